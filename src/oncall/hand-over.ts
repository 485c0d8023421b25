import { available } from './available.ts';
import type { PersonId, ScheduleId } from './catalog.ts';
import { without } from './fairness.ts';
import { shortNameOf } from './hash.ts';
import type { Span } from './layer-windows.ts';
import { peopleIn } from './near.ts';
import type { OnCallFacts } from './resolver.ts';
import type { Offer, OfferId } from './schedule.ts';
import { shifts } from './shifts.ts';
import { dayMs, type EpochMs, hourMs } from './time.ts';
import { windowsOf, withTimelines } from './timeline.ts';
import { liveOf, type AvailabilityWindow, type WindowId } from './windows.ts';

/** A part of a shift that somebody who cannot be asked has to hand over. */
export interface HandOver extends Span {
  readonly schedule: ScheduleId;
  /** The absence that calls for it; part of the offer's id, so that looking again finds the same offer. */
  readonly window: WindowId;
}

/** Shifts that begin within this time are offered; later ones are the plan's, which people look at in the digest. */
export const handOverHorizonMs = 14 * dayMs;
/** Nobody has accepted by then: the shift is given by load. */
export const acceptWithinMs = 4 * hourMs;
/** Less than this is left to whoever covers by the resolver: asking takes as long. */
const shortestMs = hourMs;
/** A turn that is still running then has no end worth waiting for, and is offered up to the horizon. */
const longestTurnMs = 14 * dayMs;

/**
 * Whether an absence is news that calls for a hand-over. Rules of the person (Shabbat, quiet hours) and days of the company
 * are known for months, and covered by the plan and by the resolver, not by asking around each time.
 */
export function callsForHandOver({ effect, source }: AvailabilityWindow): boolean {
  return effect === 'hard' && source !== 'personal' && source !== 'company';
}

/**
 * What somebody would hold in the next two weeks while they cannot be asked: turns of the rotation and overrides that
 * name them, cut to their absence, in order. What others hold by now is no longer theirs. Standing in for somebody else is
 * nothing to hand over: the resolver finds the next by itself.
 */
export function shiftsToHandOver(facts: OnCallFacts, person: PersonId, now: EpochMs): readonly HandOver[] {
  const news = liveOf(windowsOf(facts, person))
    .filter((window) => callsForHandOver(window) && (window.to === null || window.to > now))
    .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  if (news.length === 0) return [];
  const end = now + handOverHorizonMs + longestTurnMs;
  const asIfThere = withTimelines({ ...facts, windows: facts.windows.filter((window) => window.person !== person) });
  const absent = hardSpans(facts, person, { from: now, to: end });
  return Object.keys(facts.catalog.schedules)
    .filter((schedule) => peopleIn(facts, schedule).includes(person))
    .flatMap((schedule) =>
      shifts(asIfThere, schedule, now, end)
        .filter((shift) => shift.person === person && shift.why !== 'cover' && shift.start < now + handOverHorizonMs)
        .flatMap((shift) => {
          const to = shift.end === end ? now + handOverHorizonMs : shift.end;
          return absent.flatMap((span) => handOverOf(schedule, cut(span, { from: shift.start, to }), news));
        }),
    )
    .filter(({ from, to }) => to - from >= shortestMs && from < now + handOverHorizonMs)
    .toSorted((a, b) => a.from - b.from || (a.schedule < b.schedule ? -1 : 1));
}

function handOverOf(schedule: ScheduleId, span: Span, news: readonly AvailabilityWindow[]): HandOver[] {
  const window = news.find(({ from, to }) => from < span.to && (to === null || to > span.from));
  return window === undefined || span.from >= span.to ? [] : [{ schedule, window: window.id, ...span }];
}

/** Whether a window goes on calling for hand-overs: shifts that lie beyond the horizon now will not for ever. */
export function isRunningHandOver(facts: OnCallFacts, person: PersonId, id: WindowId, now: EpochMs): boolean {
  const window = liveOf(windowsOf(facts, person)).find((live) => live.id === id);
  return window !== undefined && callsForHandOver(window) && (window.to === null || window.to > now);
}

/** What is still to be offered, and which open offers have lost their reason. */
export interface HandOverPlan {
  readonly offer: readonly (HandOver & { readonly id: OfferId })[];
  readonly withdraw: readonly OfferId[];
}

/**
 * Compares what somebody has to hand over at a schedule with what is offered already. Looking again changes nothing: an
 * offer that is open, taken or that nobody wanted is not made twice; one whose time the person can be asked again in is
 * withdrawn, and what is left of it offered anew.
 */
export function planHandOver(
  schedule: ScheduleId,
  needed: readonly HandOver[],
  offers: readonly Offer[],
  person: PersonId,
  now: EpochMs,
): HandOverPlan {
  const theirs = offers.filter(({ kind, insteadOf }) => kind === 'hand_over' && insteadOf === person);
  const own = needed.filter((handOver) => handOver.schedule === schedule);
  const isOpen = ({ state }: Offer) => state.kind === 'open';
  const stillNeeded = (offer: Offer) => without({ from: Math.max(offer.from, now), to: offer.to }, own).length === 0;
  const kept = theirs.filter((offer) => isOpen(offer) && stillNeeded(offer));
  const settled = theirs.filter(
    ({ state }) => state.kind === 'over' && state.because !== 'not_needed' && state.because !== 'passed',
  );
  const gone = theirs.filter((offer) => !kept.includes(offer));
  return {
    withdraw: theirs.filter((offer) => isOpen(offer) && !stillNeeded(offer)).map(({ id }) => id),
    offer: own.flatMap((handOver) =>
      without(handOver, [...kept, ...settled])
        .filter(({ from, to }) => to - from >= shortestMs)
        .map((span) => ({ ...handOver, ...span, id: offerId(handOver, span, gone) })),
    ),
  };
}

/** Told apart by its end: the start of what runs already is the moment of the look, and the same look may be taken twice. */
function offerId({ window, schedule }: HandOver, { to }: Span, gone: readonly Offer[]): OfferId {
  // The window's own name can come from a calendar, and offers are shown to others.
  const base = `handover:${shortNameOf(window)}:${schedule}:${to}`;
  const before = gone.filter(({ id }) => id === base || id.startsWith(`${base}#`)).length;
  return before === 0 ? base : `${base}#${before + 1}`;
}

/** The parts of [from, to) in which somebody cannot be asked at all. */
export function hardSpans(facts: OnCallFacts, person: PersonId, { from, to }: Span): readonly Span[] {
  const spans: Span[] = [];
  let at = from;
  while (at < to) {
    const { state, until } = available(facts, person, at, 'sev1');
    const next = Math.min(to, until ?? to);
    if (state === 'no') spans.push({ from: at, to: next });
    at = next;
  }
  return spans;
}

function cut(span: Span, by: Span): Span {
  return { from: Math.max(span.from, by.from), to: Math.min(span.to, by.to) };
}
