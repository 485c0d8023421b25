import { readdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { evolveAll } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { IncidentEvent } from '../../src/incident/events.ts';
import type { IncidentId } from '../../src/incident/ids.ts';
import { readIncidentId } from '../../src/incident/ids.ts';
import type { Store } from '../../src/engine/ports.ts';
import type { Recorded } from '../../src/oncall/recorded.ts';
import type { ToldStory } from '../support/story-driver.ts';
import { doubledMessages, doubledPlaces, type Doubled } from './verify-doubles.ts';
import { pageFindings, type PageCounts } from './verify-pages.ts';
import type { Kill } from './killer.ts';
import { waitingEffects } from './diagnose.ts';
import type { ChaosWorld } from './world.ts';

export interface Evidence {
  readonly world: ChaosWorld;
  readonly store: Store;
  readonly told: readonly ToldStory[];
  readonly kills: readonly Kill[];
  /** When each process was started. */
  readonly starts: readonly number[];
  /** When the last process was asked to stop. */
  readonly stoppedAt: number;
}

export interface Verdict {
  /** What must not be: each one is a fault of the product. */
  readonly lost: readonly string[];
  readonly doubled: readonly Doubled[];
  readonly pages: PageCounts;
  readonly incidents: number;
  readonly events: number;
  readonly messages: number;
}

/** Everything that one incident left behind. */
export interface Trace {
  readonly id: IncidentId;
  readonly story: ToldStory;
  readonly incident: Incident;
  readonly events: readonly Recorded<IncidentEvent>[];
  readonly texts: ReadonlyMap<string, string>;
}

/** What became due in the last moment may be left to the next process. */
const justDueMs = 3_000;

/** Compares what people and PagerDuty saw with what Toran wrote down. */
export async function verify(evidence: Evidence): Promise<Verdict> {
  const { world, store, told, stoppedAt } = evidence;
  const lost: string[] = [];
  const rows = await store.incidents({ includePrivate: true, limit: 10_000 });
  const ids = new Set(rows.map((row) => row.id));
  if (rows.length !== told.length) lost.push(`${rows.length} incidents for ${told.length} stories`);
  const traces: Trace[] = [];
  for (const story of told) {
    const id = readIncidentId(story.incident);
    const incident = id === undefined || !ids.has(id) ? undefined : await store.incident(id);
    if (id === undefined || incident === undefined) {
      lost.push(`${story.incident}: people saw it, the store does not have it`);
      continue;
    }
    traces.push({ id, story, incident, events: await store.events(id), texts: await store.texts(id) });
  }
  const pages = traces.map((trace) => pageFindings(trace, evidence));
  const doubled = [
    ...doubledMessages(evidence),
    ...traces.flatMap((trace) => doubledPlaces(trace, evidence)),
    ...traces.flatMap(typedTwice),
  ];
  const undone = (await waitingEffects(world.databaseUrl)).filter((one) => one.due < stoppedAt - justDueMs);
  const dead = await store.deadLetters();
  const files = await readdir(world.postmortems);
  lost.push(
    ...traces.flatMap((trace) => [...recordFindings(trace), ...placeFindings(trace, world)]),
    ...pages.flatMap((one) => one.lost),
    ...doubled.filter((one) => !one.explained).map((one) => `unexplained double: ${one.what}: ${one.why}`),
    ...dead.map((letter) => `dead letter ${letter.kind} in ${letter.lane}: ${letter.error}`),
    ...undone.map((one) => `${one.kind} in ${one.lane} was left undone for ${stoppedAt - one.due} ms`),
    ...traces.flatMap(({ id }) => {
      const own = files.filter((file) => file === `${id}.md` || file.startsWith(`${id}-`));
      return own.length === 1 ? [] : [`${id}: ${own.length} post-mortem files (${own.join(', ')})`];
    }),
    ...(await deliveryFindings(evidence)),
  );
  return {
    lost,
    doubled,
    pages: sumOf(pages.map((one) => one.counts)),
    incidents: rows.length,
    events: traces.reduce((sum, trace) => sum + trace.events.length, 0),
    messages: world.slack.state.channels().reduce((sum, one) => sum + one.messages.size, 0),
  };
}

function sumOf(counts: readonly PageCounts[]): PageCounts {
  const sum = (key: keyof PageCounts) => counts.reduce((total, one) => total + one[key], 0);
  return {
    sent: sum('sent'),
    delivered: sum('delivered'),
    dropped: sum('dropped'),
    failed: sum('failed'),
    inFlightAtAcknowledgement: sum('inFlightAtAcknowledgement'),
  };
}

function ofType<Type extends IncidentEvent['type']>({ events }: Trace, type: Type) {
  return events.flatMap(({ event }) => (event.type === type ? [event as Extract<IncidentEvent, { type: Type }>] : []));
}

/** The stream: whole, in order, and the state is its fold; everything that was confirmed to a person is in it. */
function recordFindings(trace: Trace): string[] {
  const { id, incident, events, story, texts } = trace;
  const findings: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) findings.push(`${id}: ${what}`);
  };
  const holes = events.filter((recorded, index) => recorded.sequence !== index + 1);
  expect(holes.length === 0, `sequence has holes before ${holes.map((one) => one.sequence).join(', ')}`);
  expect(
    isDeepStrictEqual(plain(evolveAll(undefined, events)), plain(incident)),
    'the state is not the fold of its events',
  );
  const count = (type: IncidentEvent['type']) => events.filter((recorded) => recorded.event.type === type).length;
  for (const once of [
    'declared',
    'alert_attached',
    'channel_opened',
    'card_posted',
    'announcement_posted',
    'resolved',
  ] as const)
    expect(count(once) === 1, `"${once}" is ${count(once)} times in the record`);
  for (const some of [
    'page_requested',
    'page_skipped',
    'page_sent',
    'page_delivered',
    'page_acknowledged',
    'postmortem_drafted',
  ] as const)
    expect(count(some) > 0, `"${some}" is missing in the record`);
  const moves = ofType(trace, 'status_changed').map((event) => event.to);
  expect(isDeepStrictEqual(moves, ['investigating', 'monitoring']), `status went ${moves.join(' → ')}`);
  const written = (event: { readonly text: string }) => texts.get(event.text);
  expect(
    ofType(trace, 'note_added').some((event) => written(event) === story.note),
    'the note is missing',
  );
  expect(
    ofType(trace, 'update_posted').some((event) => written(event) === story.update),
    'the update is missing',
  );
  const captured = ofType(trace, 'message_captured');
  expect(captured.length === 1, `${captured.length} captured messages`);
  expect(
    captured.every((event) => written(event) === story.captured),
    'the captured message has other words',
  );
  expect(incident.captured.length === 1, 'the captured message was taken out');
  expect(incident.status === 'resolved', `status is ${incident.status}`);
  expect(incident.alerts.every((alert) => alert.resolved) || incident.status === 'resolved', 'an alert is open');
  return findings;
}

/** What somebody typed again since they saw an error or nothing. More often than it was typed is the product's fault. */
function typedTwice(trace: Trace): Doubled[] {
  const { id, story, texts } = trace;
  return (['note', 'update'] as const).flatMap((what) => {
    const events = what === 'note' ? ofType(trace, 'note_added') : ofType(trace, 'update_posted');
    const copies = events.filter((event) => texts.get(event.text) === story[what]).length;
    if (copies <= 1) return [];
    const typed = story.typed[what];
    return [
      {
        what: `${id}: ${what} in the record ${copies} times`,
        why: `the person typed it ${typed} times, since the answer did not come`,
        explained: copies <= typed,
      },
    ];
  });
}

/** The places that people see: one channel, one card, one announcement. */
function placeFindings({ id, incident, story }: Trace, { slack }: ChaosWorld): string[] {
  const findings: string[] = [];
  const channels = slack.state.channels().filter((channel) => channel.name.startsWith(`inc-${incident.number}-`));
  if (channels.length !== 1)
    findings.push(`${id}: ${channels.length} channels (${channels.map((one) => one.name).join(', ')})`);
  if (incident.channel?.id !== story.channel)
    findings.push(`${id}: people are in ${story.channel}, Toran in ${incident.channel?.id ?? 'none'}`);
  const cards = slack.state
    .messages(story.channel)
    .filter((one) => JSON.stringify(one.blocks ?? []).includes(`"card ${id}"`));
  if (cards.length !== 1) findings.push(`${id}: ${cards.length} cards`);
  const pins = slack.state.pins(story.channel).filter((pin) => pin.byApp);
  if (pins.length !== 1) findings.push(`${id}: ${pins.length} pinned cards`);
  const announced = slack.state
    .messages('#incidents')
    .filter((one) => one.byApp && new RegExp(`\\b${id}\\b`).test(one.text) && !one.text.startsWith('Page:'));
  if (announced.length !== 1) findings.push(`${id}: ${announced.length} announcements`);
  return findings;
}

/** Each webhook that PagerDuty believes delivered has left its mark, and none was dropped. */
async function deliveryFindings({ world, store, told }: Evidence): Promise<string[]> {
  const { pagerDuty } = world;
  const dropped = pagerDuty.log.deliveries.filter((one) => one.outcome === 'dropped').length;
  const born = pagerDuty.state.incidents.filter((one) => told.some(({ seed }) => seed.title === one.title));
  const keys = born.map((one) => `pagerduty:${one.id}`);
  const known = await store.alerts(keys);
  return [
    ...(dropped > 0 ? [`PagerDuty dropped ${dropped} webhooks`] : []),
    ...keys.filter((key) => !known.has(key)).map((key) => `${key}: the alert is not in the store`),
    ...born.filter((one) => one.status !== 'resolved').map((one) => `PagerDuty incident ${one.id} is ${one.status}`),
  ];
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
