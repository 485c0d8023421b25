import {
  asIfGone,
  callUpHorizonMs,
  callUpPlan,
  callUpWindow,
  hollowSchedules,
  markedIn,
  type CallUpSpan,
  type HollowSchedule,
} from '../oncall/call-up.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { CoverPlan, PlannedCover } from '../oncall/cover-plan.ts';
import type { PersonRefusal } from '../oncall/person.ts';
import type { Actor } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { ScheduleState } from '../oncall/schedule.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import type { Engine, Outcome } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import { scheduleStates } from './schedule-states.ts';
import { personStream, scheduleStream } from './streams.ts';

export interface CallUpOptions {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
}

export interface CallUp extends CallUpSpan {
  readonly people: readonly PersonId[];
  /** Who marks them; for a quarter of an hour they can undo it. */
  readonly marker: Actor;
  /** Names what is done together, and undone together. The same batch twice is one. */
  readonly batch: string;
}

/** What has become of one person. `already`: it was so before, and nothing has changed. */
export interface PersonVerdict {
  readonly person: PersonId;
  readonly verdict: 'done' | 'already' | 'refused';
  readonly refusal?: PersonRefusal['code'];
}

/** What is hollow without these people, and who could take what. */
export interface CallUpPicture {
  readonly hollow: readonly HollowSchedule[];
  readonly plan: CoverPlan;
}

export interface CalledUp extends CallUpPicture {
  readonly people: readonly PersonVerdict[];
}

/** Looks before anything is done: what would be hollow, and what the plan would be. */
export async function previewCallUp(
  { store, clock }: Omit<CallUpOptions, 'engine'>,
  { people, from, to, batch }: Omit<CallUp, 'marker'>,
): Promise<CallUpPicture> {
  return pictureOf(asIfGone(await store.onCallFacts(), people, { from, to }), people, batch, clock.now());
}

/**
 * Marks people who cannot be asked from one moment on, each by a command of their own, so that one who is refused keeps
 * nobody else from being marked. Pages move at once; shifts are offered, and the plan that comes back can be applied.
 */
export async function callUp(options: CallUpOptions, { people, from, to, marker, batch }: CallUp): Promise<CalledUp> {
  const { engine, store, clock } = options;
  const verdicts = await Promise.all(
    people.map(async (person) => {
      const outcome = await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command: {
          type: 'mark_unavailable',
          window: callUpWindow(batch, person),
          effect: 'hard',
          certain: true,
          from,
          to,
          source: 'teammate',
        },
        actor: marker,
      });
      return personVerdict(person, outcome);
    }),
  );
  return { people: verdicts, ...pictureOf(await store.onCallFacts(), people, batch, clock.now()) };
}

/** One planned cover, as an override of its batch. */
export interface CoverVerdict extends Omit<PlannedCover, 'why'> {
  readonly verdict: 'done' | 'already' | 'refused';
  readonly refusal?: string;
}

export interface AppliedPlan {
  readonly covers: readonly CoverVerdict[];
  readonly unfilled: CoverPlan['unfilled'];
}

/**
 * Puts the plan for a mass call-up into force, as it is by now: shifts that somebody has taken meanwhile stay theirs. Applied
 * again it adds what has become hollow since, and nothing twice.
 */
export async function applyCallUpPlan(options: CallUpOptions, batch: string, actor: Actor): Promise<AppliedPlan> {
  const { engine, store, clock } = options;
  const facts = await store.onCallFacts();
  const { plan } = pictureOf(facts, markedIn(facts, batch), batch, clock.now());
  const before = [...(await scheduleStates(store, Object.keys(facts.catalog.schedules)))].flatMap(([, state]) =>
    madeBefore(state, batch),
  );
  const covers: CoverVerdict[] = before;
  for (const { schedule, from, to, person, insteadOf } of plan.covers) {
    if (insteadOf === null) continue;
    const outcome = await engine.execute({
      kind: 'schedule',
      stream: scheduleStream(schedule),
      command: {
        type: 'make_override',
        id: `${batch}:${schedule}:${from}:${insteadOf}:${person}`,
        override: { kind: 'replace', from, to, person, insteadOf },
        origin: 'plan',
        batch,
      },
      actor,
    });
    covers.push({ schedule, from, to, person, insteadOf, ...verdictOf(outcome) });
  }
  return { covers, unfilled: plan.unfilled };
}

export interface UndoneCallUp {
  readonly people: readonly PersonVerdict[];
  readonly schedules: readonly { readonly schedule: ScheduleId; readonly ended: number }[];
}

/**
 * Takes a mass call-up back: the people first, so that nobody is left without a cover in between, then what the plan has
 * put into force. Who may do it, and for how long, is for the rules of the person to say; what they refuse is told.
 */
export async function undoCallUp(options: CallUpOptions, batch: string, actor: Actor): Promise<UndoneCallUp> {
  const { engine, store } = options;
  const facts = await store.onCallFacts();
  const people = await Promise.all(
    markedIn(facts, batch).map(async (person) => {
      const outcome = await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command: { type: 'withdraw', window: callUpWindow(batch, person) },
        actor,
      });
      return personVerdict(person, outcome);
    }),
  );
  // Whoever could not be taken back is still away: their shifts stay with those who have them.
  if (people.some(({ verdict }) => verdict === 'refused')) return { people, schedules: [] };
  const schedules: { schedule: ScheduleId; ended: number }[] = [];
  for (const [schedule, state] of await scheduleStates(store, Object.keys(facts.catalog.schedules))) {
    if (![...state.overrides, ...state.offers].some((made) => made.batch === batch)) continue;
    const outcome = await engine.execute({
      kind: 'schedule',
      stream: scheduleStream(schedule),
      command: { type: 'cancel_batch', batch },
      actor,
    });
    schedules.push({ schedule, ended: outcome.kind === 'accepted' ? outcome.events.length : 0 });
  }
  return { people, schedules };
}

function pictureOf(facts: OnCallFacts, people: readonly PersonId[], batch: string, now: number): CallUpPicture {
  const span = { from: now, to: now + callUpHorizonMs };
  return {
    hollow: hollowSchedules(facts, people, span),
    plan: callUpPlan(facts, people, span, { dayKind: dayKindsOf(facts.catalog), seed: batch }),
  };
}

function madeBefore({ schedule, overrides }: ScheduleState, batch: string): CoverVerdict[] {
  return overrides.flatMap(({ override, batch: of, cancelledAt }) =>
    of === batch && cancelledAt === undefined && override.kind === 'replace'
      ? [
          {
            schedule,
            from: override.from,
            to: override.to,
            person: override.person,
            insteadOf: override.insteadOf,
            verdict: 'already' as const,
          },
        ]
      : [],
  );
}

function personVerdict(person: PersonId, outcome: Outcome<'person'>): PersonVerdict {
  if (outcome.kind === 'accepted') return { person, verdict: outcome.events.length > 0 ? 'done' : 'already' };
  if (outcome.kind === 'refused') {
    const { code } = outcome.refusal;
    if (code === 'window_over' || code === 'no_such_window') return { person, verdict: 'already' };
    if (code === 'too_late_to_withdraw' || code === 'not_your_absence' || code === 'window_ends_before_it_starts')
      return { person, verdict: 'refused', refusal: code };
  }
  throw new Error(`${person}: a mass call-up was answered with "${outcome.kind}"; look at the log`);
}

function verdictOf(outcome: Outcome<'schedule'>): Pick<CoverVerdict, 'verdict' | 'refusal'> {
  if (outcome.kind === 'accepted') return { verdict: outcome.events.length > 0 ? 'done' : 'already' };
  return { verdict: 'refused', refusal: outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind };
}
