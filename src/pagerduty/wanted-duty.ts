import { available } from '../oncall/available.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { Span } from '../oncall/layer-windows.ts';
import { entry } from '../oncall/lookup.ts';
import { lastResort } from '../oncall/policy.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { type Shift, shifts } from '../oncall/shifts.ts';
import type { WantedDuty } from './override-plan.ts';

const secondMs = 1_000;

/**
 * Who ought to be on call at PagerDuty through a span, as the pager would ask them: whoever is on duty and can be rung;
 * with nobody, the last resort's people, since a gap there swallows what triggers in it. Where nobody at all can be rung
 * there is no entry: PagerDuty's own plan then stays.
 */
export function wantedDuty(facts: OnCallFacts, schedule: ScheduleId, span: Span): readonly WantedDuty[] {
  const found = shifts(facts, schedule, span.from, span.to);
  const cuts = [...new Set(found.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? span.from;
    const here = found.filter((shift) => shift.start <= start && end <= shift.end);
    return wholeSeconds(dutyThrough(facts, here, { from: start, to: end }), span);
  });
}

function dutyThrough(facts: OnCallFacts, here: readonly Shift[], { from, to }: Span): readonly WantedDuty[] {
  const onDuty = here.flatMap(({ person }) => (person === null ? [] : [person]));
  const [first, ...more] = usersOf(facts, onDuty);
  if (first !== undefined) return [{ from, to, users: [first, ...more], gone: goneAt(facts, from) }];
  const wanted: WantedDuty[] = [];
  const borders = bordersIn(facts, { from, to });
  for (let at = from; at < to;) {
    const people = lastResort(facts, undefined, at, 'sev1').people.map(({ person }) => person);
    const next = Math.min(
      to,
      ...people.map((person) => available(facts, person, at, 'sev1').until ?? to),
      borders.find((border) => border > at) ?? to,
    );
    const [one, ...others] = usersOf(facts, people);
    if (one !== undefined) wanted.push({ from: at, to: next, users: [one, ...others], gone: goneAt(facts, at) });
    at = next;
  }
  return wanted;
}

/** When anybody of the last resort may come or go, in order. */
function bordersIn({ windows }: OnCallFacts, { from, to }: Span): readonly number[] {
  const borders = windows.flatMap((window) => [window.from, window.to ?? Infinity]);
  return [...new Set(borders.filter((border) => from < border && border < to))].toSorted((a, b) => a - b);
}

function usersOf({ catalog }: OnCallFacts, people: readonly PersonId[]): readonly string[] {
  return [...new Set(people.flatMap((person) => entry(catalog.people, person)?.pagerduty ?? []))];
}

function goneAt(facts: OnCallFacts, at: number): WantedDuty['gone'] {
  const people = Object.values(facts.catalog.people);
  return {
    has: (user) =>
      people.some(({ id, pagerduty }) => pagerduty === user && available(facts, id, at, 'sev1').state === 'no'),
  };
}

/** PagerDuty keeps no fractions: what lies within one second is no time there. */
function wholeSeconds(wanted: readonly WantedDuty[], span: Span): readonly WantedDuty[] {
  return wanted
    .map((duty) => ({
      ...duty,
      from: duty.from === span.from ? duty.from : Math.floor(duty.from / secondMs) * secondMs,
      to: Math.floor(duty.to / secondMs) * secondMs,
    }))
    .filter(({ from, to }) => from < to);
}
