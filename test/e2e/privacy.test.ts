import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readInThread } from '../../src/calendars/calendar-thread.ts';
import { createNarrator } from '../../src/cli/demo/narrator.ts';
import { storyStart } from '../../src/cli/demo/seeds.ts';
import { tellStory } from '../../src/cli/demo/story.ts';
import { startWorld, type World } from '../../src/cli/demo/world.ts';
import { dispatch } from '../../src/cli/run.ts';
import { readPersonalRule } from '../../src/config/personal-rules.ts';
import { personalAvailability } from '../../src/engine/personal-availability.ts';
import { operator, type PrivateStore } from '../../src/engine/private-ports.ts';
import { createPrivacy, type Privacy } from '../../src/engine/privacy.ts';
import { createLog } from '../../src/log.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';

const secret = 'unmistakable-key-of-more-than-thirty-two-characters';
/** Nothing of what people keep to themselves; wherever one of these is read, somebody has learned it. */
const secrets = [
  /unmistakable/i,
  /parental|observance/,
  /31\.41592|34\.27182/,
  /Troll/,
  /quiet_hours/,
  /secret-token/,
] as const;
const address = 'https://hr.unmistakable.invalid/secret-token.ics';

let folder: string;
let world: World;
let privateStore: PrivateStore;
let privacy: Privacy;
let postmortem: string;
const logged: string[] = [];
const told: string[] = [];
const file = () => join(folder, 'toran.db');

/** Everything that everybody keeps to themselves, and then a whole incident and a week. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toran-secrets-'));
  const start = storyStart(Date.UTC(2026, 11, 1, 22, 0));
  world = await startWorld({
    start,
    databaseUrl: `file:${file()}`,
    slackPort: 0,
    log: createLog('trace', { write: (line) => void logged.push(line) }),
    settings: { TORAN_SECRET: secret },
  });
  const { store, engine } = world.toran;
  privateStore = await openPrivateStore(`file:${join(folder, 'toran-private.db')}`, { secrets: [secret] });
  const parts = { store, engine, clock: world.clock, privateStore, readRule: readPersonalRule };
  privacy = createPrivacy(parts);
  await keepSecrets(parts);
  const narrator = createNarrator((line) => void told.push(line), world.clock, start, 0);
  const end = await tellStory(world, narrator);
  postmortem = readFileSync(end.postmortem, 'utf8');
  world.advance(2 * dayMs);
  await world.caughtUp();
}, 120_000);

afterAll(async () => {
  await privateStore.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function keepSecrets(parts: Parameters<typeof createPrivacy>[0]): Promise<void> {
  const { store, engine, clock } = parts;
  const { windows } = await store.onCallFacts();
  const alma = windows.find(({ person }) => person === 'alma');
  expect(await privacy.tellReason('alma', alma?.id ?? '', 'parental', 'alma')).toBe('told');
  const place = { latitude: 31.41592, longitude: 34.27182, zone: 'Antarctica/Troll' };
  await privacy.saveRule(
    'dana',
    { kind: 'observance', id: 'k3j2h1', effect: 'soft', where: { place }, shabbat: true, festivals: true },
    'dana',
  );
  const night = { days: ['fri', 'sat'], from: '23:00', to: '06:00', zone: 'Antarctica/Troll' } as const;
  await privacy.saveRule('beni', { kind: 'quiet_hours', id: 'k9j8h7', ...night }, 'beni');
  const settings = { effect: 'soft', floatingZone: 'Antarctica/Troll' } as const;
  const feed = { id: 'f1', person: 'carmel', address, settings, memory: undefined };
  await parts.privateStore?.saveFeed(feed);
  // What is at the address is read here; the process itself cannot reach it, and says so.
  const stamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const [from, to] = [clock.now() + 20 * dayMs, clock.now() + 21 * dayMs];
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:unmistakable-uid@hr.unmistakable.invalid',
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(to)}`,
    'SUMMARY:unmistakable title',
    'DESCRIPTION:unmistakable description',
    'LOCATION:unmistakable place',
    'ATTENDEE;CN=unmistakable name:mailto:unmistakable@example.com',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const sync = personalAvailability({
    ...parts,
    engine,
    async readCalendar(_address, question) {
      const reading = await readInThread(Buffer.from(calendar), question, { longestMs: 20_000 });
      return reading.kind === 'read' ? reading : { kind: 'failed', because: reading.because };
    },
  })['availability.sync_calendar'];
  const effect = { kind: 'availability.sync_calendar', feed: 'f1' } as const;
  await sync(effect, { id: 'j', effect, lane: 'l', due: 0, createdAt: 0, attempt: 1, token: 't' });
  await privacy.saveCalendar(feed, 'carmel');
  for (const text of [
    'away unmistakable words',
    'away until tomorrow 10:00 unmistakable reason',
    'back unmistakable',
  ]) {
    const outcome = await world.slack.actions.command({
      user: 'U0DANA',
      channel: '#incidents',
      command: '/incident',
      text,
    });
    if (!outcome.ok) throw new Error(`no answer to /incident ${text}`);
  }
  // Noa says why in the form, which nobody but her is shown.
  const { actions } = world.slack;
  await actions.command({ user: 'U0NOA', channel: '#incidents', command: '/incident', text: 'away form' });
  const submitted = await actions.submit({ user: 'U0NOA', values: { kind: 'parental', until: 'sunday' } });
  if (!submitted.ok) throw new Error('the form was not taken');
  world.toran.wake();
  await vi.waitFor(async () => expect((await privateStore.feed('f1'))?.memory?.because).toBeDefined(), {
    timeout: 20_000,
    interval: 50,
  });
  await world.caughtUp();
}

function expectNothingIn(text: string): void {
  expect(text.length).toBeGreaterThan(20);
  for (const pattern of secrets) {
    const found = pattern.exec(text);
    expect(found === null ? 'nothing' : text.slice(Math.max(0, found.index - 200), found.index + 100)).toBe('nothing');
  }
}

describe('what people keep to themselves', () => {
  it('was kept, and has its effect', async () => {
    expect((await privateStore.reasons()).map(({ person, kind }) => [person, kind])).toEqual(
      expect.arrayContaining([
        ['alma', 'parental'],
        ['noa', 'parental'],
      ]),
    );
    const { windows } = await world.toran.store.onCallFacts();
    const sources = (person: string) =>
      new Set(windows.filter((window) => window.person === person).map(({ source }) => source));
    expect(sources('dana')).toContain('personal');
    expect(sources('beni')).toContain('personal');
    expect(sources('carmel')).toContain('calendar');
    expect((await privateStore.feed('f1'))?.memory?.because).toMatch(/unreachable|too_slow/);
  });

  it('is in no request to Slack, and in nothing that people see there', () => {
    expect(world.slack.log.length).toBeGreaterThan(20);
    // A form is shown to whoever asked for it, and lists what could be chosen.
    const forms = world.slack.log.filter(({ method }) => method === 'views.open');
    expect(forms).toHaveLength(1);
    expect(JSON.stringify(forms)).toContain('parental');
    const requests = world.slack.log.filter(({ method }) => method !== 'views.open');
    expectNothingIn(JSON.stringify(requests.map(({ method, args }) => ({ method, args }))));
    expectNothingIn(told.join('\n'));
  });

  it('is in no request to PagerDuty, and in nothing that is kept there', () => {
    expectNothingIn(JSON.stringify(world.pagerDuty.log));
    expectNothingIn(JSON.stringify(world.pagerDuty.state));
  });

  it('is in no line of the log, down to the finest', () => {
    expect(logged.length).toBeGreaterThan(20);
    expectNothingIn(logged.join(''));
  });

  it('is in no timeline, post-mortem, metric or export of others', async () => {
    expectNothingIn(postmortem);
    expectNothingIn(JSON.stringify(await world.toran.store.events('INC-1')));
    expectNothingIn(JSON.stringify([...(await world.toran.store.texts('INC-1')).values()]));
    const metrics = await fetch(`http://127.0.0.1:${world.toran.port}/metrics`);
    expectNothingIn(await metrics.text());
    const ready = await fetch(`http://127.0.0.1:${world.toran.port}/readyz`);
    expectNothingIn(await ready.text());
    // Each has secrets of their own by now, and gets those alone.
    expect(JSON.stringify(await privacy.exportOf('noa', operator))).not.toMatch(
      /unmistakable|31\.41592|Troll|quiet_hours/,
    );
    expect(JSON.stringify(await privacy.exportOf('carmel', operator))).not.toMatch(/parental|31\.41592|quiet_hours/);
    expect(JSON.stringify(await privacy.exportOf('beni', operator))).not.toMatch(/parental|31\.41592|unmistakable/);
    for (const command of [
      ['metrics', '--json', '--from', '2026-11-01T00:00Z', '--to', '2026-12-31T00:00Z'],
      ['fairness', '--json'],
      ['dead-letters'],
    ])
      expectNothingIn(await printed(command));
  });

  it('is in no byte of the database, and sealed in the bytes of the private one', () => {
    const bytes = (name: string) => (existsSync(name) ? readFileSync(name, 'latin1') : '');
    expectNothingIn(bytes(file()) + bytes(`${file()}-wal`));
    const sealed = bytes(join(folder, 'toran-private.db'));
    expect(sealed).toContain('alma');
    expectNothingIn(sealed);
  });

  it('is given whole to its own person', async () => {
    const exported = JSON.stringify([
      await privacy.exportOf('alma', 'alma'),
      await privacy.exportOf('beni', 'beni'),
      await privacy.exportOf('dana', 'dana'),
      await privacy.exportOf('carmel', 'carmel'),
    ]);
    for (const word of ['parental', 'quiet_hours', '31.41592', 'hr.unmistakable.invalid'])
      expect(exported).toContain(word);
    expect(exported).not.toContain('secret-token');
  });
});

async function printed(args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const env = { DATABASE_URL: `file:${file()}`, TORAN_SECRET: secret };
  const { signal } = new AbortController();
  await dispatch(args, {
    out: print,
    err: print,
    env,
    isTerminal: false,
    now: () => world.clock.now() + hourMs,
    signal,
  });
  return `${args.join(' ')}\n${lines.join('\n')}`;
}
