import type { Outcome } from '../engine/orders.ts';
import { scheduleStream } from '../engine/streams.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackCoverWords } from '../messages/slack-cover.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { Span } from '../oncall/layer-windows.ts';
import { loadsOf, loadSpan } from '../oncall/load.ts';
import { newSchedule, type ScheduleCommand, type ScheduleState } from '../oncall/schedule.ts';
import { factsAround } from '../oncall/near.ts';
import { substitutes } from '../oncall/substitutes.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import { actorOf, type Asked } from './asked.ts';
import { slackIdOf } from './effect-context.ts';
import { isInSchedule, shareTeam } from './membership.ts';
import { refusalText } from './refusals.ts';
import { personName } from './views/people.ts';

/** More names than anybody reads; whoever is not asked can still take the shift. */
const mostAsked = 10;

/** `part` tells several commands of one request apart: each is known again by an id of its own. */
export function executeOn(
  asked: Asked,
  schedule: ScheduleId,
  command: ScheduleCommand,
  part?: string,
): Promise<Outcome<'schedule'>> {
  const { deps, inbound } = asked;
  return deps.engine.execute({
    kind: 'schedule',
    stream: scheduleStream(schedule),
    command,
    actor: actorOf(asked),
    inbound: part === undefined ? inbound : { ...inbound, id: `${inbound.id}:${part}` },
  });
}

export async function scheduleStates(
  { deps }: Pick<Asked, 'deps'>,
  schedules: readonly ScheduleId[],
): Promise<ReadonlyMap<ScheduleId, ScheduleState>> {
  const loaded = await deps.store.load('schedule', schedules.map(scheduleStream));
  return new Map(
    schedules.map((schedule) => [schedule, loaded.get(scheduleStream(schedule))?.state ?? newSchedule(schedule)]),
  );
}

/** What stands against it, in words; undefined when it was done. */
export function problemWith(asked: Asked, outcome: Outcome<'schedule'>): string | undefined {
  switch (outcome.kind) {
    case 'accepted':
      return undefined;
    case 'refused':
      return outcome.refusal.code === 'person_unavailable' && outcome.refusal.person === asked.person
        ? slackCoverWords[asked.language].youAreAway
        : refusalText(outcome.refusal, asked);
    case 'duplicate':
    case 'group_taken':
      return slackAnswerWords[asked.language].alreadyDone;
  }
}

/** Anyone of the team: whoever takes turns in the schedule, shares a team with the person, or is an admin. */
export function mayTakeFrom({ facts, person }: Asked, schedule: ScheduleId, whose: PersonId | undefined): boolean {
  const { catalog } = facts;
  return (
    isInSchedule(facts, schedule, person) ||
    catalog.workspace.admins.includes(person) ||
    (whose !== undefined && shareTeam(catalog, person, whose))
  );
}

export function nameIn({ facts, language }: Asked, person: PersonId): string {
  return personName(person, facts.catalog.people, language);
}

/**
 * Who can be asked to take a span over from `whose`, best first: people who are to be asked last only where nobody else is
 * left, and nobody whom Slack does not reach.
 */
export function whoCouldTake(
  { facts, now }: Asked,
  whose: PersonId,
  schedules: readonly ScheduleId[],
): (schedule: ScheduleId, span: Span, seed: string) => readonly PersonId[] {
  const dayKind = dayKindsOf(facts.catalog);
  const loads = loadsOf(factsAround(facts, whose, schedules), loadSpan(now), dayKind);
  return (schedule, span, seed) => {
    const able = substitutes(facts, schedule, span, whose, { loads, dayKind, seed }).filter(
      ({ canTakeWhole, person }) => canTakeWhole && slackIdOf(facts, person) !== undefined,
    );
    const first = able.filter(({ availability }) => availability === 'yes');
    return (first.length > 0 ? first : able).slice(0, mostAsked).map(({ person }) => person);
  };
}
