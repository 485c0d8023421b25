import type { PersonId, Severity, Target } from './catalog.ts';
import { answers, distinct, exclusion, holdsDuty, onDuty, stateAt } from './duty.ts';
import { entry } from './lookup.ts';
import type { Candidate, Candidates, DutyRow, Excluded, OnCallFacts, Why } from './resolver.ts';
import type { EpochMs } from './time.ts';

/**
 * Who answers for a target at an instant, in the order in which they count, and who was passed over. The one resolver:
 * the pager, `/incident oncall`, the preview, the gap report and the user groups all ask here. A person who is hard
 * unavailable is never a candidate, and everybody appears once.
 */
export function candidates(facts: OnCallFacts, target: Target, atMs: EpochMs, severity: Severity): Candidates {
  switch (target.kind) {
    case 'person':
      return merge([single(facts, target.person, 'direct', atMs, severity)]);
    case 'team': {
      const members = entry(facts.catalog.teams, target.team)?.members ?? [];
      return merge(members.map((member) => single(facts, member, 'team', atMs, severity)));
    }
    case 'schedule':
      return ofSchedule(facts, target.schedule, atMs, severity);
    case 'channel':
      return { inOrder: [], excluded: [], channels: [target.channel] };
  }
}

/** Several answers as one; whoever appears twice keeps the first place, and is not excluded if anything named them. */
export function merge(answers: readonly Candidates[]): Candidates {
  const inOrder = new Map<PersonId, Candidate>();
  for (const candidate of answers.flatMap((answer) => answer.inOrder)) {
    if (!inOrder.has(candidate.person)) inOrder.set(candidate.person, candidate);
  }
  return {
    inOrder: [...inOrder.values()],
    excluded: distinct(answers.flatMap((answer) => answer.excluded)).filter(({ person }) => !inOrder.has(person)),
    channels: [...new Set(answers.flatMap((answer) => answer.channels))],
  };
}

function ofSchedule(facts: OnCallFacts, schedule: string, atMs: EpochMs, severity: Severity): Candidates {
  const rows = onDuty(facts, schedule, atMs, severity);
  return merge(
    rows.map((row) => ({
      inOrder: row.person === null ? [] : [fromRow(row)],
      // Whoever an override took off duty was not passed over: nobody meant to page them.
      excluded: row.excluded.filter(({ because }) => because !== 'replaced'),
      channels: [],
    })),
  );
}

function fromRow(row: DutyRow & { readonly person: PersonId }): Candidate {
  const { person, why, availability, schedule, insteadOf } = row;
  const takenOff = row.excluded.filter(({ because }) => because === 'replaced').map((excluded) => excluded.person);
  return { person, why, availability, schedule, insteadOf, ...(takenOff.length === 0 ? {} : { takenOff }) };
}

function single(facts: OnCallFacts, person: PersonId, why: Why, atMs: EpochMs, severity: Severity): Candidates {
  const state = stateOf(facts, person, atMs, severity);
  const excluded: Excluded[] = exclusion(person, state);
  return {
    inOrder: answers(state) ? [{ person, why, availability: state, schedule: undefined, insteadOf: undefined }] : [],
    excluded,
    channels: [],
  };
}

/** Quiet hours do not hold back whoever is on duty anywhere; the schedules are asked only where that makes a difference. */
function stateOf(facts: OnCallFacts, person: PersonId, atMs: EpochMs, severity: Severity) {
  const offDuty = stateAt(facts, person, atMs, severity, 'off_duty');
  const onDutyState = stateAt(facts, person, atMs, severity, 'on_duty');
  return onDutyState !== offDuty && holdsDuty(facts, person, atMs) ? onDutyState : offDuty;
}
