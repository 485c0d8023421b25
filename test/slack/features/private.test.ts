import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPersonalRule } from '../../../src/config/personal-rules.ts';
import { createPrivacy, type Privacy } from '../../../src/engine/privacy.ts';
import type { PrivateStore } from '../../../src/engine/private-ports.ts';
import { liveOf } from '../../../src/oncall/windows.ts';
import { registerPrivateFeatures } from '../../../src/slack/private-features.ts';
import { createPersonalSurface } from '../../../src/slack/private-surface.ts';
import { openPrivateStore } from '../../../src/store/private/open.ts';
import { workspace, type Workspace } from './workspace.ts';

let privateStore: PrivateStore;
let slack: Workspace;
let privacy: Privacy;
beforeEach(async () => {
  privateStore = await openPrivateStore(':memory:', { secrets: ['a secret that is long enough for everything'] });
  slack = await workspace(undefined, (parts) => {
    privacy = createPrivacy({ ...parts, privateStore, readRule: readPersonalRule });
    return {
      surface: createPersonalSurface(privacy, parts.store, pino({ level: 'silent' })),
      register: (app, deps) => registerPrivateFeatures(app, deps, privacy),
    };
  });
});
afterEach(async () => {
  await slack.close();
  await privateStore.close();
});

function opened(): string {
  return JSON.stringify(slack.calls.filter(({ method }) => method === 'views.open').at(-1)?.body ?? {});
}

describe('the kind of an absence', () => {
  it('is asked in the form, may stay unsaid, and goes to the private store and nowhere else', async () => {
    await slack.types('UALMA', 'away form');
    expect(opened()).toContain('prefer not to say');
    const answer = await slack.submits('UALMA', 'toran_away', { from: '', until: 'sunday', kind: 'service' }, 'alma');
    expect(JSON.stringify(answer)).not.toMatch(/service/i);
    const [window] = liveOf((await slack.store.onCallFacts()).windows);
    expect(JSON.stringify(window)).not.toContain('service');
    expect(await privacy.reasonsOf('alma', 'alma')).toEqual(new Map([[window?.id, 'service']]));
    await slack.submits('UBENI', 'toran_away', { from: '', until: 'sunday', kind: 'unsaid' }, 'beni');
    expect(await privacy.reasonsOf('beni', 'beni')).toEqual(new Map());
  });

  it('holds up no absence when it cannot be kept', async () => {
    await privateStore.close();
    const answer = await slack.submits('UALMA', 'toran_away', { from: '', until: 'sunday', kind: 'service' }, 'alma');
    expect(JSON.stringify(answer)).toContain('unavailable');
    expect(liveOf((await slack.store.onCallFacts()).windows)).toHaveLength(1);
    privateStore = await openPrivateStore(':memory:', { secrets: ['a secret that is long enough for everything'] });
  });

  it('may be told by the delegate, and read by the person alone', async () => {
    await slack.types('UALMA', 'away delegate <@UDANA>');
    await slack.submits('UDANA', 'toran_away', { from: '', until: 'sunday', kind: 'sick' }, 'alma');
    expect(await privacy.reasonsOf('alma', 'dana')).toBe('not_yours');
    await slack.clicks('UALMA', { actionId: 'toran_personal_data', value: 'data' });
    expect(opened()).toContain('sick');
    await slack.clicks('UDANA', { actionId: 'toran_personal_data', value: 'data' });
    expect(opened()).not.toContain('sick');
  });
});

describe('rules of one’s own', () => {
  it('are set, listed and removed in a form, and leave no trace in any answer', async () => {
    await slack.clicks('UALMA', { actionId: 'toran_personal_rules', value: 'rules' });
    expect(opened()).toContain('Tel Aviv');
    const answer = await slack.submits('UALMA', 'toran_personal_rules', {
      city: 'haifa',
      keeps: 'shabbat',
      effect: 'hard',
      weekly: 'tue thu 14:00-17:00',
      quiet: '22:00-07:00',
    });
    expect(JSON.stringify(answer)).not.toMatch(/haifa|shabbat|tue/i);
    const rules = await privateStore.rules('alma');
    expect(rules.map(({ rule }) => rule)).toMatchObject([
      { kind: 'observance', where: { city: 'haifa' }, shabbat: true, festivals: false, effect: 'hard' },
      { kind: 'weekly', days: ['tue', 'thu'], from: '14:00', to: '17:00', zone: 'Asia/Jerusalem', effect: 'hard' },
      { kind: 'quiet_hours', from: '22:00', to: '07:00' },
    ]);
    await slack.clicks('UALMA', { actionId: 'toran_personal_rules', value: 'rules' });
    expect(opened()).toContain('Shabbat, Haifa: I can’t be paged');
    await slack.submits('UALMA', 'toran_personal_rules', { remove: rules[0]?.id ?? '' });
    expect(await privateStore.rules('alma')).toHaveLength(2);
    // Ids of another's rules open nothing.
    await slack.submits('UBENI', 'toran_personal_rules', { remove: rules[1]?.id ?? '' });
    expect(await privateStore.rules('alma')).toHaveLength(2);
  });

  it('are refused beside the input that is wrong', async () => {
    const wrong = await slack.submits('UALMA', 'toran_personal_rules', { city: 'haifa', keeps: '', quiet: 'at night' });
    expect(wrong).toMatchObject({ payload: { errors: { keeps: expect.any(String), quiet: expect.any(String) } } });
    expect(await privateStore.rules('alma')).toEqual([]);
  });
});

describe('calendars', () => {
  it('are taken by address, of which nobody ever sees more than the host', async () => {
    const secret = 'webcal://calendar.example.com/private-abc123/basic.ics';
    const answer = await slack.submits('UALMA', 'toran_personal_calendars', { address: secret, effect: 'hard' });
    expect(JSON.stringify(answer)).not.toContain('abc123');
    expect(await privateStore.feeds('alma')).toMatchObject([
      { address: 'https://calendar.example.com/private-abc123/basic.ics', settings: { effect: 'hard' } },
    ]);
    await slack.clicks('UALMA', { actionId: 'toran_personal_calendars', value: 'calendars' });
    expect(opened()).toContain('calendar.example.com');
    expect(opened()).not.toContain('abc123');
    for (const address of [
      'http://calendar.example.com/a',
      'file:///etc/passwd',
      'reserve duty',
      'https://localhost/a',
    ]) {
      const wrong = await slack.submits('UALMA', 'toran_personal_calendars', { address });
      expect(wrong).toMatchObject({ payload: { errors: { address: expect.any(String) } } });
    }
  });

  it.each([
    ['days_away', { daysAwayOnly: true }],
    ['busy', {}],
    ['everything', { countsTransparent: true }],
  ])('count what their owner says: %s', async (counts, expected) => {
    const address = 'https://calendar.example.com/basic.ics';
    await slack.submits('UALMA', 'toran_personal_calendars', { address, effect: 'soft', counts });
    const [feed] = await privateStore.feeds('alma');
    expect(feed?.settings).toEqual({ effect: 'soft', ...expected });
  });
});

describe('what is kept of a person', () => {
  it('is erased by them, and without it the absences that hold stay', async () => {
    await slack.submits('UALMA', 'toran_away', { from: '', until: 'sunday', kind: 'service' }, 'alma');
    const answer = await slack.submits('UALMA', 'toran_personal_data', { action: 'past' });
    expect(JSON.stringify(answer)).toContain('Erased');
    expect(await privacy.reasonsOf('alma', 'alma')).toEqual(new Map());
    expect(liveOf((await slack.store.onCallFacts()).windows)).toHaveLength(1);
  });
});

describe('where private data is off', () => {
  it('everything else works, and one line says why', async () => {
    const off = await workspace();
    await off.types('UALMA', 'away form');
    const form = off.calls.find(({ method }) => method === 'views.open');
    expect(JSON.stringify(form?.body)).not.toContain('prefer not to say');
    for (const which of ['rules', 'calendars', 'data'])
      expect((await off.clicks('UALMA', { actionId: `toran_personal_${which}`, value: which }))?.words).toContain(
        'Private data is off',
      );
    await off.close();
  });
});

describe('days at home in an absence', () => {
  const pattern = { leave_pattern: '10/4', leave_absence: '', leave_asked: 'last' };
  const saves = (values: Readonly<Record<string, string>>) => slack.submits('UALMA', 'toran_personal_rules', values);
  const rules = async () => (await privateStore.rules('alma')).map(({ rule }) => rule);

  async function isAway(): Promise<string> {
    await slack.types('UALMA', 'away until 10 december');
    return liveOf((await slack.store.onCallFacts()).windows)[0]?.id ?? '';
  }

  it('are asked for once there is an absence to come home from, by the person alone', async () => {
    await slack.clicks('UALMA', { actionId: 'toran_personal_rules', value: 'rules' });
    expect(opened()).toContain('once the absence is written down');
    await isAway();
    await slack.clicks('UALMA', { actionId: 'toran_personal_rules', value: 'rules' });
    expect(opened()).toContain('2026-11-22 to 2026-12-10');
    await slack.clicks('UBENI', { actionId: 'toran_personal_rules', value: 'rules' });
    expect(opened()).not.toContain('2026-12-10');
    await slack.types('UALMA', 'away delegate <@UDANA>');
    expect((await slack.types('UDANA', 'away <@UALMA> home 10/4')).words).toContain('Only');
    await slack.types('UALMA', 'away home 10/4');
    expect(opened()).toContain('"initial_value":"10/4"');
  });

  it.each([
    ['10/4', { kind: 'cycle', start: '2026-11-22', awayDays: 10, homeDays: 4, at: '00:00' }],
    ['11-3', { kind: 'cycle', start: '2026-11-22', awayDays: 11, homeDays: 3, at: '00:00' }],
    ['week on, week off', { kind: 'cycle', start: '2026-11-22', awayDays: 7, homeDays: 7, at: '00:00' }],
    ['שבוע שבוע', { kind: 'cycle', start: '2026-11-22', awayDays: 7, homeDays: 7, at: '00:00' }],
    ['fri sat', { kind: 'weekly', days: ['fri', 'sat'], from: '00:00', to: '24:00' }],
    ['שישי שבת', { kind: 'weekly', days: ['fri', 'sat'], from: '00:00', to: '24:00' }],
    ['thu 16:00-08:00', { kind: 'weekly', days: ['thu'], from: '16:00', to: '08:00' }],
  ])('are read from "%s", and a new pattern takes the place of the one before', async (leave_pattern, expected) => {
    const leave_absence = await isAway();
    await saves({ ...pattern, leave_absence, leave_pattern: '20/10', leave_first: '2026-12-01' }).then(() =>
      saves({ ...pattern, leave_absence, leave_pattern, leave_asked: 'in_order' }),
    );
    expect(await rules()).toMatchObject([
      { kind: 'home_leave', carves: leave_absence, zone: 'Asia/Jerusalem', pattern: expected, asked: 'in_order' },
    ]);
  });

  it.each([
    [{ leave_pattern: 'reserve duty' }, 'leave_pattern'],
    [{ leave_pattern: '0/4' }, 'leave_pattern'],
    [{ leave_pattern: 'every' }, 'leave_pattern'],
    [{ leave_pattern: '30/4' }, 'leave_pattern'],
    [{ leave_first: '2026-12-11' }, 'leave_first'],
    [{ leave_first: '2026-11-21' }, 'leave_first'],
    [{ leave_pattern: 'fri sat', leave_first: '2026-11-27' }, 'leave_first'],
    [{ leave_absence: 'another' }, 'leave_absence'],
  ])('are refused beside the input that is wrong: %o', async (typed, input) => {
    const leave_absence = await isAway();
    const wrong = await saves({ ...pattern, leave_absence, ...typed });
    expect(wrong).toMatchObject({ payload: { errors: { [input]: expect.any(String) } } });
    expect(await rules()).toEqual([]);
  });

  it('are not touched when only other rules are filled in', async () => {
    const leave_absence = await isAway();
    await saves({ ...pattern, leave_absence, leave_pattern: '', quiet: '22:00-07:00' });
    expect(await rules()).toMatchObject([{ kind: 'quiet_hours' }]);
  });
});
