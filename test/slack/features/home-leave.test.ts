import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPersonalRule } from '../../../src/config/personal-rules.ts';
import { personalAvailability } from '../../../src/engine/personal-availability.ts';
import { createPrivacy } from '../../../src/engine/privacy.ts';
import type { PrivateStore } from '../../../src/engine/private-ports.ts';
import { available } from '../../../src/oncall/available.ts';
import { minuteMs, type EpochMs } from '../../../src/oncall/time.ts';
import { registerPrivateFeatures } from '../../../src/slack/private-features.ts';
import { createPersonalSurface } from '../../../src/slack/private-surface.ts';
import { openPrivateStore } from '../../../src/store/private/open.ts';
import { localWorkspace, waitMs, type LocalWorkspace } from './local-workspace.ts';

let privateStore: PrivateStore;
let slack: LocalWorkspace;
beforeEach(async () => {
  privateStore = await openPrivateStore(':memory:', { secrets: ['a secret that is long enough for everything'] });
  slack = await localWorkspace(undefined, undefined, (parts) => {
    const readRule = readPersonalRule;
    const privacy = createPrivacy({ ...parts, privateStore, readRule });
    return {
      surface: createPersonalSurface(privacy, parts.store, pino({ level: 'silent' })),
      register: (app, deps) => registerPrivateFeatures(app, deps, privacy),
      handlers: personalAvailability({
        ...parts,
        privateStore,
        readRule,
        readCalendar: () => Promise.reject(new Error('no calendars here')),
      }),
    };
  });
});
afterEach(async () => {
  await slack.close();
  await privateStore.close();
});

/** In Jerusalem; winter, two hours ahead of UTC. */
function day(date: string, hour = 12): EpochMs {
  return Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00+02:00`);
}

function goesTo(at: EpochMs): void {
  slack.passes((at - slack.clock.now()) / minuteMs);
}

async function alma(at: EpochMs): Promise<'yes' | 'last' | 'no'> {
  return available(await slack.store.onCallFacts(), 'alma', at, 'sev1').state;
}

async function comesTo(at: EpochMs, state: 'yes' | 'last' | 'no'): Promise<void> {
  await expect.poll(() => alma(at), { timeout: waitMs }).toBe(state);
}

/** Ten days there and four at home, the first of them on Tuesday. */
async function setsPattern(): Promise<void> {
  await slack.types('alma', 'away home 10/4');
  const values = { leave_first: '2026-11-24' };
  const outcome = await slack.slack.actions.submit({ user: 'UALMA', values });
  expect(outcome.ok).toBe(true);
  await comesTo(day('2026-11-25'), 'last');
}

async function declares(id: `INC-${number}`, title: string): Promise<void> {
  const alert = { key: `alerts:${id}`, source: 'alerts' as const, title, url: undefined, pagerduty: undefined };
  await slack.store.nextIncidentNumber();
  const outcome = await slack.engine.execute({
    kind: 'incident',
    stream: id,
    command: {
      type: 'declare',
      title,
      severity: 'sev1',
      service: 'checkout',
      kind: 'incident',
      isPrivate: false,
      groupKey: `key:${id}`,
      alert,
    },
    actor: { kind: 'outside', system: 'alerts' },
  });
  expect(outcome.kind).toBe('accepted');
}

/** Who was asked about an incident, once the first has been reached. */
async function asked(id: `INC-${number}`): Promise<readonly string[]> {
  const deliveries = async () => (await slack.store.incident(id))?.pages.flatMap((page) => page.deliveries) ?? [];
  await expect.poll(async () => (await deliveries()).at(-1)?.outcome.kind, { timeout: waitMs }).toBe('delivered');
  return (await deliveries()).map(({ to }) => (to.kind === 'person' ? to.person : 'channel'));
}

it('with a pattern of days at home one is paged last on a day at home, and not at all on a day there', async () => {
  await slack.types('carmel', 'away');
  await slack.types('alma', 'away until 10 december');
  await setsPattern();

  await declares('INC-1', 'Card payments fail');
  expect(await asked('INC-1')).toEqual(['beni']);

  goesTo(day('2026-11-24'));
  // It is her turn, and others who can are asked before her.
  await declares('INC-2', 'Card payments fail at home');
  expect(await asked('INC-2')).toEqual(['dana']);
  for (const person of ['beni', 'dana', 'noa']) await slack.types(person, 'away');
  await declares('INC-3', 'Card payments fail with nobody else left');
  expect(await asked('INC-3')).toEqual(['alma']);
  await slack.direct('alma', 'Page: SEV1 critical INC-3');

  goesTo(day('2026-11-28'));
  await declares('INC-4', 'Card payments fail with nobody at all');
  expect(await asked('INC-4')).not.toContain('alma');
  const pages = slack.slack.state.messages('UALMA').filter(({ text }) => text.startsWith('Page:'));
  expect(pages).toHaveLength(1);
});

it('the pattern stays with an absence that is made longer, at once, and goes with its rule', async () => {
  await slack.types('alma', 'away until 10 december');
  await setsPattern();
  expect(await alma(day('2026-11-30'))).toBe('no');
  expect(await alma(day('2026-12-09'))).toBe('last');
  expect(await alma(day('2026-12-11'))).toBe('yes');
  await slack.types('alma', 'away extend until 31 december');
  await comesTo(day('2026-12-11'), 'last');
  expect(await Promise.all(['12', '21', '22', '25', '26'].map((date) => alma(day(`2026-12-${date}`))))).toEqual([
    'no',
    'no',
    'last',
    'last',
    'no',
  ]);

  slack.opensHome('alma');
  await slack.home('alma', (lines) => lines.includes('My rules'));
  await slack.slack.actions.click({ user: 'UALMA', view: 'home', actionId: 'toran_personal_rules' });
  const form = JSON.stringify(slack.slack.log.filter(({ method }) => method === 'views.open').at(-1));
  expect(form).toContain('Home 10/4, first on 2026-11-24: Ask me last');
  const [rule] = await privateStore.rules('alma');
  await slack.slack.actions.submit({ user: 'UALMA', values: { remove: [rule?.id ?? ''] } });
  await comesTo(day('2026-12-11'), 'no');
  expect(await privateStore.rules('alma')).toEqual([]);
});
