import type { Logger } from 'pino';
import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { scheduleStates } from '../engine/schedule-states.ts';
import { scheduleStream } from '../engine/streams.ts';
import type { ScheduleId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { syncOverrides, type PublishedOverride } from '../oncall/published.ts';
import { automation } from '../oncall/recorded.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { NewOverride, ScheduleOverride, ScheduleReading } from './client-overrides.ts';
import type { PagerDutyError, PagerDutyResult } from './client-result.ts';
import type { PagerDutyClient } from './client.ts';
import { outcomeOf } from './outcome.ts';
import { missingOf, ownOf, staleOf, type WantedDuty } from './override-plan.ts';
import { wantedDuty } from './wanted-duty.ts';

export interface OverrideOptions {
  readonly client: PagerDutyClient;
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

type Kinds = 'pagerduty.sync_overrides' | 'pagerduty.sync_all_overrides';

/** So far ahead PagerDuty is told: what lies beyond comes into reach day by day. */
const aheadMs = 14 * dayMs;
const secondMs = 1_000;

/**
 * Writes who is really on duty into PagerDuty's schedules, where a schedule has opted in: PagerDuty rings the right phone
 * also when Toran is down. What people have overridden there is never touched, and what Toran wrote goes when its reason does.
 */
export function overrideEffects(options: OverrideOptions): Pick<EffectHandlers, Kinds> {
  const { store, clock } = options;
  return {
    'pagerduty.sync_all_overrides': async () => {
      const { catalog } = await store.onCallFacts();
      const states = await scheduleStates(store, Object.keys(catalog.schedules));
      const concerned = Object.values(catalog.schedules).filter(
        ({ id, pagerduty }) => pagerduty?.publishAbsences === true || (states.get(id)?.published.length ?? 0) > 0,
      );
      const now = clock.now();
      const planned = concerned.map(({ id }) => syncOverrides(id, now));
      if (planned.length > 0) await store.countSignals([], [], planned, now);
      return done;
    },
    'pagerduty.sync_overrides': ({ schedule }) => sync(schedule, options),
  };
}

/** Without a token there is nothing to write to. */
export const overridesOff: Pick<EffectHandlers, Kinds> = {
  'pagerduty.sync_all_overrides': () => Promise.resolve(done),
  'pagerduty.sync_overrides': () => Promise.resolve(done),
};

async function sync(id: ScheduleId, options: OverrideOptions): Promise<EffectOutcome> {
  const { store, clock } = options;
  const facts = await store.onCallFacts();
  const { pagerduty } = entry(facts.catalog.schedules, id) ?? {};
  const published = (await scheduleStates(store, [id])).get(id)?.published ?? [];
  // What is read back has whole seconds, and what begins in the past may be refused.
  const from = Math.ceil(clock.now() / secondMs) * secondMs;
  const span = { from, to: from + aheadMs };
  const wanted = wantedDuty(facts, id, span);
  const target = pagerduty?.publishAbsences === true ? pagerduty.schedule : undefined;
  const everywhere = new Set([...published.map(({ schedule }) => schedule), ...(target === undefined ? [] : [target])]);
  for (const there of everywhere) {
    const place: Place = { schedule: id, there, span, ...options };
    const error = await follow(place, there === target ? wanted : undefined);
    if (error?.kind === 'refused') {
      options.log.warn(
        { schedule: id, status: error.status, code: error.code },
        'pagerduty does not take overrides for this schedule; check its id in the catalog, and the rights of the token',
      );
    } else if (error !== undefined) return outcomeOf(error, clock.now());
  }
  return done;
}

interface Place extends OverrideOptions {
  readonly schedule: ScheduleId;
  /** PagerDuty's id of its schedule. */
  readonly there: string;
  readonly span: { readonly from: EpochMs; readonly to: EpochMs };
}

/** `wanted` undefined: nothing of Toran's belongs there any more. Undefined when all is well. */
async function follow(place: Place, wanted: readonly WantedDuty[] | undefined): Promise<PagerDutyError | undefined> {
  const before = await look(place);
  if (!before.ok) return before.error;
  const stale = staleOf(before.value.own, wanted ?? [], place.span);
  for (const { id } of stale) {
    if (id === undefined) continue;
    const deleted = await place.client.deleteScheduleOverride(place.there, before.value.reading.system, id);
    if (!deleted.ok) return deleted.error;
  }
  const after = stale.length === 0 ? before : await look(place);
  if (!after.ok) return after.error;
  const { own, others, reading } = after.value;
  const missing = wanted === undefined ? [] : missingOf(reading, wanted, others);
  return publish(place, reading, own, missing);
}

interface Look {
  readonly reading: ScheduleReading;
  readonly own: readonly ScheduleOverride[];
  /** Made by people there: theirs to change. */
  readonly others: readonly ScheduleOverride[];
}

async function look({ client, store, schedule, there, span }: Place): Promise<PagerDutyResult<Look>> {
  const reading = await client.readSchedule(there, span.from, span.to);
  if (!reading.ok) return reading;
  const listed = await client.listScheduleOverrides(there, reading.value.system, span.from, span.to);
  if (!listed.ok) return listed;
  const own = ownOf(listed.value, await publishedAt(store, schedule, there));
  const isOwn = (override: ScheduleOverride) =>
    own.some(({ from, to, user, id }) =>
      override.id === undefined
        ? from === override.from && to === override.to && user === override.user
        : id === override.id,
    );
  return { ok: true, value: { reading: reading.value, own, others: listed.value.filter((each) => !isOwn(each)) } };
}

/**
 * What is going to be written is written down first: when the answer to it is lost, the next look finds it by its values,
 * and neither writes it twice nor takes it for somebody else's.
 */
async function publish(
  place: Place,
  { system }: ScheduleReading,
  own: readonly ScheduleOverride[],
  missing: readonly NewOverride[],
): Promise<PagerDutyError | undefined> {
  const { client, there } = place;
  const kept = own.flatMap(({ id, from, to, user }) =>
    user === null ? [] : [{ id, schedule: there, from, to, user }],
  );
  const intended = missing.map(({ from, to, user }): PublishedOverride => ({
    id: undefined,
    schedule: there,
    from,
    to,
    user,
  }));
  await record(place, [...kept, ...intended]);
  let known: readonly PublishedOverride[] = [...kept, ...intended];
  let refused: PagerDutyError | undefined;
  for (const [index, override] of missing.entries()) {
    const made = await client.createScheduleOverride(there, system, override);
    const intent = intended[index];
    if (made.ok) known = known.map((each) => (each === intent ? { ...each, id: made.value.id } : each));
    else if (made.error.kind === 'refused') {
      refused = made.error;
      known = known.filter((each) => each !== intent);
    } else {
      await record(place, known);
      return made.error;
    }
  }
  if (missing.length > 0) await record(place, known);
  return refused;
}

async function record(
  { engine, store, schedule, there }: Place,
  published: readonly PublishedOverride[],
): Promise<void> {
  const all = (await scheduleStates(store, [schedule])).get(schedule)?.published ?? [];
  const elsewhere = all.filter((each) => each.schedule !== there);
  await engine.execute({
    kind: 'schedule',
    stream: scheduleStream(schedule),
    command: { type: 'record_published', published: [...elsewhere, ...published] },
    actor: automation,
  });
}

async function publishedAt(store: Store, schedule: ScheduleId, there: string): Promise<readonly PublishedOverride[]> {
  const all = (await scheduleStates(store, [schedule])).get(schedule)?.published ?? [];
  return all.filter((each) => each.schedule === there);
}
