import { ahead, nominally, refuse, type ScheduleDraft } from './schedule-draft.ts';
import { effective } from './schedule-evolve.ts';
import type { Override } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import type { MadeOverride, ScheduleDecision } from './schedule.ts';
import type { EpochMs } from './time.ts';

/** Adds an override and what follows from it; a refusal when it would leave nobody on duty. */
export function putOn(made: MadeOverride, draft: ScheduleDraft): ScheduleDecision | undefined {
  const { override } = made;
  const { schedule } = draft.current();
  const before = nominally(draft.facts(), schedule, override);
  if (override.kind === 'replace') takeBack(override, draft);
  draft.add({ type: 'override_made', made });
  if (override.kind !== 'remove') {
    const isManned = (atMs: EpochMs, shifts: typeof before) =>
      shifts.some(({ person, start, end }) => person !== null && start <= atMs && atMs < end);
    const after = nominally(draft.facts(), schedule, override);
    const lost = after.some(({ person, start }) => person === null && isManned(start, before));
    if (lost) return refuse({ code: 'goes_in_circles', person: override.person });
  }
  endNeedlessOffers(draft);
  return undefined;
}

/**
 * Whoever takes back a shift that they gave away ends that: otherwise "Beni covers Alma" and, later, "Alma covers Beni"
 * would go round in a circle and leave nobody. What lies before and after stays given away.
 */
function takeBack(taken: Replacement, draft: ScheduleDraft): void {
  const { from, to, person, insteadOf } = taken;
  for (const given of replacements(draft)) {
    const { override } = given;
    if (override.insteadOf !== person || !overlap(override, taken)) continue;
    if (!leadsTo(override.person, insteadOf, taken, draft)) continue;
    draft.add({ type: 'override_cancelled', override: given.id, at: Math.max(from, override.from) });
    if (override.to <= to) continue;
    const id = `${given.id}~${to}`;
    const made = { ...given, id, override: { ...override, from: to }, madeAt: draft.context.now };
    draft.add({ type: 'override_made', made: { ...made, cancelledAt: undefined } });
  }
}

type Replacement = Extract<Override, { kind: 'replace' }>;

/** Those who stand in for somebody, each for the time in which that counts. */
function replacements(draft: ScheduleDraft): readonly (MadeOverride & { readonly override: Replacement })[] {
  return draft.current().overrides.flatMap((made) => {
    const override = effective(made);
    return override?.kind === 'replace' ? [{ ...made, override }] : [];
  });
}

/** Whether a shift of `person` comes to `goal` by those who stand in for each other at some time within `within`. */
function leadsTo(person: string, goal: string, within: Span, draft: ScheduleDraft): boolean {
  const reached = new Set([person]);
  for (const each of reached) {
    for (const { override } of replacements(draft))
      if (override.insteadOf === each && overlap(override, within)) reached.add(override.person);
  }
  return reached.has(goal);
}

function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Open offers of shifts that somebody has taken by now, or that are over. */
export function endNeedlessOffers(draft: ScheduleDraft): void {
  const { schedule, offers } = draft.current();
  for (const offer of offers) {
    if (offer.state.kind !== 'open') continue;
    const rest = ahead(offer, draft.context.now);
    if (rest === undefined) draft.add({ type: 'offer_ended', offer: offer.id, because: 'passed' });
    else if (!nominally(draft.facts(), schedule, rest).some(({ person }) => person === offer.insteadOf))
      draft.add({ type: 'offer_ended', offer: offer.id, because: 'not_needed' });
  }
}
