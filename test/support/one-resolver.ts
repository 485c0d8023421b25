import { dutyAnswer } from '../../src/cli/oncall.ts';
import { decide } from '../../src/incident/decide.ts';
import { evolveAll } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/incident.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { currentDeliveries, recipientPerson } from '../../src/incident/page.ts';
import { available } from '../../src/oncall/available.ts';
import { candidates } from '../../src/oncall/candidates.ts';
import { coverage, type CoverageSegment } from '../../src/oncall/coverage.ts';
import type { Policy, ScheduleId, Severity } from '../../src/oncall/catalog.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { dayMs, hourMs, minuteMs, type EpochMs } from '../../src/oncall/time.ts';
import { wantedDuty } from '../../src/pagerduty/wanted-duty.ts';
import { membersOf } from '../../src/slack/user-groups.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { dice, randomFrom, randomWorld, type RandomWorld } from './random-world.ts';

/**
 * Everything that a random world contradicts: who the pager asks, the preview prints, the roster shows, and who is in the user
 * group and to be on call in PagerDuty must be one and the same at every moment, and nobody who is hard unavailable may be among them. Empty when all is well.
 */
export function contradictionsOf(seed: number): string[] {
  const world = randomWorld(seed);
  const { facts, severity } = world;
  const found: string[] = [];
  const random = dice(randomFrom(seed ^ 0x5bd1e995));
  for (const atMs of world.instants) {
    const [gaps] = coverage(facts, { from: atMs, to: atMs + 1, mode: 'tentative' });
    for (const schedule of Object.keys(facts.catalog.schedules)) {
      found.push(...disagreements(facts, schedule, atMs, severity));
      found.push(...unlikeGapReport(facts, schedule, atMs, gaps));
    }
    found.push(...pageOf(world, atMs));
    found.push(...absencesOnlyTakeAway(world, atMs, random.shuffled(Object.keys(facts.catalog.people))[0] ?? 'alma'));
    found.push(...orderOf(world, atMs, random.shuffled(facts.windows)));
  }
  return found.map((each) => `seed ${seed}: ${each}`);
}

/** Pager, preview, roster and candidates about one schedule at one moment. */
function disagreements(facts: OnCallFacts, schedule: ScheduleId, atMs: EpochMs, severity: Severity): string[] {
  const rows = onDuty(facts, schedule, atMs, severity);
  const onDutyNow = rows.flatMap(({ person }) => person ?? []);
  const asked = candidates(facts, { kind: 'schedule', schedule }, atMs, severity).inOrder.map(({ person }) => person);
  const previewed = dutyAnswer(facts, schedule, atMs, severity).on_call.flatMap(({ person }) => person ?? []);
  const rostered = shifts(facts, schedule, atMs - 2 * dayMs, atMs + dayMs, severity)
    .filter(({ start, end, person }) => start <= atMs && atMs < end && person !== null)
    .map(({ person }) => person ?? '');
  // Whoever is asked last is rung when nobody else is on duty there.
  const first = rows.flatMap((row) => (row.person !== null && row.availability === 'yes' ? [row.person] : []));
  const expected = first.length > 0 ? first : onDutyNow;
  const paged = pagedBy(facts, schedule, atMs, severity);
  return [
    ...unlike('candidates', asked, onDutyNow, schedule, atMs),
    ...unlike('preview', previewed, onDutyNow, schedule, atMs),
    ...unlike('roster', rostered, onDutyNow, schedule, atMs),
    ...unlikeGroup(facts, schedule, atMs),
    ...unlikePagerDuty(facts, schedule, atMs),
    ...(expected.length === 0 ? [] : unlike('pager', paged, expected, schedule, atMs)),
    ...onDutyNow
      .filter((person) => available(facts, person, atMs, severity).state === 'no')
      .map((person) => `${person} is on duty for ${schedule} at ${iso(atMs)} and cannot answer`),
  ];
}

function unlike(what: string, found: readonly string[], expected: readonly string[], schedule: string, atMs: EpochMs) {
  const [one, other] = [found, expected].map((names) => [...new Set(names)].toSorted().join(', '));
  return one === other ? [] : [`${what} of ${schedule} at ${iso(atMs)} is ${one}, on duty is ${other}`];
}

/** The user group in Slack holds whoever is on duty; with nobody there, those who are the last resort. */
function unlikeGroup(facts: OnCallFacts, schedule: ScheduleId, atMs: EpochMs): string[] {
  const slackOf = (person: string) => facts.catalog.people[person]?.slack ?? person;
  const onDutyNow = onDuty(facts, schedule, atMs, 'sev1').flatMap(({ person }) =>
    person === null ? [] : slackOf(person),
  );
  const members = membersOf(facts, schedule, atMs);
  const away = Object.keys(facts.catalog.people).filter(
    (person) => available(facts, person, atMs, 'sev1').state === 'no',
  );
  return [
    ...(onDutyNow.length === 0 ? [] : unlike('user group', members, onDutyNow, schedule, atMs)),
    ...away
      .filter((person) => members.includes(slackOf(person)))
      .map((person) => `${person} is in the group of ${schedule} at ${iso(atMs)} and cannot answer`),
  ];
}

/** PagerDuty's schedule is to have whoever is on duty, and never somebody who cannot answer. */
function unlikePagerDuty(facts: OnCallFacts, schedule: ScheduleId, atMs: EpochMs): string[] {
  const userOf = (person: string) => facts.catalog.people[person]?.pagerduty ?? person;
  const onDutyNow = onDuty(facts, schedule, atMs, 'sev1').flatMap(({ person }) =>
    person === null ? [] : userOf(person),
  );
  const wanted = wantedDuty(facts, schedule, { from: atMs - hourMs, to: atMs + hourMs });
  const users = wanted.filter(({ from, to }) => from <= atMs && atMs < to).flatMap((duty) => duty.users);
  const away = Object.keys(facts.catalog.people).filter(
    (person) => available(facts, person, atMs, 'sev1').state === 'no',
  );
  return [
    ...(onDutyNow.length === 0 ? [] : unlike('PagerDuty schedule', users, onDutyNow, schedule, atMs)),
    ...away
      .filter((person) => users.includes(userOf(person)))
      .map((person) => `${person} is to be on call in PagerDuty for ${schedule} at ${iso(atMs)} and cannot answer`),
  ];
}

/** Whoever is on duty is among those whom the gap report counts, and where it counts nobody, nobody is on duty. */
function unlikeGapReport(
  facts: OnCallFacts,
  schedule: ScheduleId,
  atMs: EpochMs,
  gaps: CoverageSegment | undefined,
): string[] {
  const counted = gaps?.schedules.find((one) => one.schedule === schedule)?.left ?? [];
  return onDuty(facts, schedule, atMs, 'sev1')
    .filter(({ person }) => person !== null && !counted.includes(person))
    .map(({ person }) => `gap report of ${schedule} at ${iso(atMs)} does not count ${person}, who is on duty`);
}

/** Whom the rules of an incident really ask for a schedule. */
function pagedBy(facts: OnCallFacts, schedule: ScheduleId, atMs: EpochMs, severity: Severity): string[] {
  const policy: Policy = {
    id: 'p',
    pages: ['sev1', 'sev2', 'sev3', 'sev4'],
    ackTimeoutMs: 30 * minuteMs,
    repeat: 0,
    steps: [{ notify: [{ kind: 'schedule', schedule }], waitMs: 5 * minuteMs }],
    lastResort: [{ kind: 'channel', channel: '#incidents' }],
  };
  const catalog = { ...facts.catalog, policies: { p: policy } };
  const incident = lived({ ...facts, catalog }, [{ at: atMs, command: declare(severity) }]);
  return askedBy(incident);
}

/** A page of the world's own policy through two steps, a new absence among those asked, and the check that follows. */
function pageOf({ facts, severity }: RandomWorld, atMs: EpochMs): string[] {
  const begun = lived(facts, [{ at: atMs, command: declare(severity) }]);
  const page = begun.pages[0];
  if (page === undefined) return [`nobody was paged at ${iso(atMs)}`];
  const later = atMs + 5 * minuteMs;
  const [leaver] = askedBy(begun);
  const timedOut: IncidentCommand = { type: 'step_timed_out', page: page.id, entry: page.entry };
  const moved = lived(facts, [{ at: later, command: timedOut }], begun);
  const without = leaver === undefined ? facts : { ...facts, windows: [...facts.windows, gone(leaver, atMs)] };
  const reassessed = lived(without, [{ at: later, command: { type: 'reassess' } }], begun);
  return [
    ...ringsOnlyThoseWhoCan(begun, facts, atMs, severity),
    ...ringsOnlyThoseWhoCan(moved, facts, later, severity),
    ...ringsOnlyThoseWhoCan(reassessed, without, later, severity),
  ];
}

function ringsOnlyThoseWhoCan(incident: Incident, facts: OnCallFacts, atMs: EpochMs, severity: Severity): string[] {
  const sentNow = incident.pages.flatMap((page) =>
    currentDeliveries(page).length === 0
      ? [undefined]
      : page.deliveries.filter(({ sentAt, outcome }) => sentAt === atMs && outcome.kind === 'queued'),
  );
  return sentNow.flatMap((delivery) => {
    if (delivery === undefined) return [`a page asks nobody and no channel at ${iso(atMs)}`];
    const person = recipientPerson(delivery);
    if (person === undefined || available(facts, person, atMs, severity).state !== 'no') return [];
    return [`${person} is paged at ${iso(atMs)} and cannot answer`];
  });
}

/** One more hard absence takes that person off, and makes nobody available who was not. */
function absencesOnlyTakeAway({ facts, severity }: RandomWorld, atMs: EpochMs, person: string): string[] {
  const fewer = { ...facts, windows: [...facts.windows, gone(person, atMs)] };
  const onDutyNow = Object.keys(facts.catalog.schedules).flatMap((id) =>
    onDuty(fewer, id, atMs, severity).flatMap((row) => row.person ?? []),
  );
  const freed = Object.keys(facts.catalog.people).filter((other) => {
    const rank = { no: 0, last: 1, yes: 2 };
    const [before, after] = [facts, fewer].map((some) => rank[available(some, other, atMs, severity).state]);
    return (after ?? 0) > (before ?? 0);
  });
  return [
    ...(onDutyNow.includes(person) ? [`${person} is on duty at ${iso(atMs)} with an absence more`] : []),
    ...freed.map((other) => `${other} can answer at ${iso(atMs)} since ${person} is away`),
  ];
}

function orderOf({ facts, severity }: RandomWorld, atMs: EpochMs, windows: readonly AvailabilityWindow[]): string[] {
  return Object.keys(facts.catalog.schedules).flatMap((id) => {
    const [one, other] = [facts, { ...facts, windows }].map((some) => JSON.stringify(onDuty(some, id, atMs, severity)));
    return one === other ? [] : [`who is on duty for ${id} at ${iso(atMs)} depends on the order of absences`];
  });
}

function gone(person: string, atMs: EpochMs): AvailabilityWindow {
  return {
    id: `gone:${person}`,
    person,
    effect: 'hard',
    certain: true,
    from: atMs - hourMs,
    to: atMs + hourMs,
    cancelled: false,
    source: 'self',
  };
}

function declare(severity: Severity): IncidentCommand {
  return {
    type: 'declare',
    title: 'Checkout is down',
    severity,
    service: undefined,
    kind: 'incident',
    isPrivate: false,
    groupKey: undefined,
    alert: undefined,
  };
}

function lived(
  onCall: OnCallFacts,
  commands: readonly { readonly at: EpochMs; readonly command: IncidentCommand }[],
  from?: Incident,
): Incident {
  let incident = from;
  for (const { at, command } of commands) {
    const facts = { onCall, ways: ['slack'] as const };
    const decision = decide(command, incident, {
      id: 'INC-1',
      actor: automation,
      now: at,
      happenedAt: undefined,
      facts,
    });
    if (!decision.accepted) throw new Error(`${command.type} was refused: ${decision.refusal.code}`);
    incident = evolveAll(incident, decision.events);
  }
  if (incident === undefined) throw new Error('nothing was declared');
  return incident;
}

function askedBy(incident: Incident): string[] {
  return incident.pages.flatMap((page) =>
    currentDeliveries(page).flatMap((delivery) => recipientPerson(delivery) ?? []),
  );
}

function iso(atMs: EpochMs): string {
  return new Date(atMs).toISOString();
}
