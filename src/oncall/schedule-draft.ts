import { available } from './available.ts';
import type { PersonId } from './catalog.ts';
import { entry } from './lookup.ts';
import type { Actor } from './recorded.ts';
import type { OnCallFacts } from './resolver.ts';
import { evolveSchedule, overridesInForce } from './schedule-evolve.ts';
import type { ScheduleDecision, ScheduleEvent, ScheduleRefusal, ScheduleState } from './schedule.ts';
import { shifts } from './shifts.ts';
import type { EpochMs } from './time.ts';

export interface ScheduleContext {
  readonly now: EpochMs;
  readonly actor: Actor;
  readonly facts: OnCallFacts;
}

/** A decision in the making: what is added is folded in, so that the next look sees it. */
export interface ScheduleDraft {
  readonly context: ScheduleContext;
  current(): ScheduleState;
  /** The facts as they are with everything added so far. */
  facts(): OnCallFacts;
  add(event: ScheduleEvent): void;
  accept(): ScheduleDecision;
}

export function scheduleDraft(state: ScheduleState, context: ScheduleContext): ScheduleDraft {
  const { now, actor, facts } = context;
  const others = facts.overrides.filter(({ schedule }) => schedule !== state.schedule);
  const events: ScheduleEvent[] = [];
  let current = state;
  return {
    context,
    current: () => current,
    facts: () => ({ ...facts, overrides: [...others, ...overridesInForce(current)] }),
    add(event) {
      events.push(event);
      const sequence = current.version + 1;
      current = evolveSchedule(current, { sequence, happenedAt: now, recordedAt: now, actor, event });
    },
    accept: () => ({ accepted: true, events }),
  };
}

export function refuse(refusal: ScheduleRefusal): ScheduleDecision {
  return { accepted: false, refusal };
}

/** [from, to) without what has passed; undefined when all of it has. */
export function ahead<Span extends { readonly from: EpochMs; readonly to: EpochMs }>(
  span: Span,
  now: EpochMs,
): Span | undefined {
  return span.to <= now ? undefined : { ...span, from: Math.max(span.from, now) };
}

/** Whose shift it is at some time in [from, to), whether or not they can answer then. */
export function nominally(
  facts: OnCallFacts,
  schedule: string,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): readonly { readonly person: PersonId | null; readonly start: EpochMs; readonly end: EpochMs }[] {
  return shifts({ ...facts, windows: [] }, schedule, from, to);
}

/**
 * Whether somebody can take [from, to) over. Not with a hard window anywhere in it; but windows that follow from personal
 * rules (the Sabbath, a festival) come with every long shift and are covered when they begin, so they only count where
 * they leave nothing of it.
 */
export function canTakeOver(
  facts: OnCallFacts,
  person: PersonId,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): boolean {
  const said = { ...facts, windows: facts.windows.filter(({ source }) => source !== 'personal') };
  return (
    statesWithin(said, person, from, to).every((state) => state !== 'no') && canAnswer(facts, person, { from, to })
  );
}

/** Whether there is any time in [from, to) in which this person can be asked. */
export function canAnswer(
  facts: OnCallFacts,
  person: PersonId,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): boolean {
  return statesWithin(facts, person, from, to).some((state) => state !== 'no');
}

function statesWithin(facts: OnCallFacts, person: PersonId, from: EpochMs, to: EpochMs): readonly string[] {
  const states: string[] = [];
  for (let at = from; at < to;) {
    const { state, until } = available(facts, person, at, 'sev1');
    states.push(state);
    at = until ?? to;
  }
  return states;
}

export function isKnown(facts: OnCallFacts, person: PersonId): boolean {
  return entry(facts.catalog.people, person) !== undefined;
}

/** Whether the actor is one of these people. Automation acts for whoever it concerns. */
export function isOneOf(actor: Actor, people: readonly PersonId[]): boolean {
  return actor.kind === 'automation' || (actor.kind === 'person' && people.includes(actor.person));
}

/** Whether the actor may decide for these people: an admin, the lead of a team of theirs, or automation. */
export function decidesFor({ catalog }: OnCallFacts, actor: Actor, people: readonly PersonId[]): boolean {
  if (actor.kind !== 'person') return actor.kind === 'automation';
  return (
    catalog.workspace.admins.includes(actor.person) ||
    Object.values(catalog.teams).some(
      ({ lead, members }) => lead === actor.person && members.some((member) => people.includes(member)),
    )
  );
}

/** Whether the actor and one of these people are in one team. */
export function sharesTeam({ catalog }: OnCallFacts, actor: Actor, people: readonly PersonId[]): boolean {
  if (actor.kind !== 'person') return actor.kind === 'automation';
  return Object.values(catalog.teams).some(
    ({ lead, members }) =>
      (lead === actor.person || members.includes(actor.person)) && members.some((member) => people.includes(member)),
  );
}
