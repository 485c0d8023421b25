import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { ScheduleId } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readSchedules } from './command-arguments.ts';
import { isInSchedule } from './membership.ts';
import { personView } from './incident-view.ts';
import { horizonDays, onCallMessage, type DutyView } from './views/on-call.ts';
import { inline } from './views/text.ts';

const mostSchedules = 20;
const severity = 'sev1';

/** Who is on duty, and who is next, by the resolver that the pager asks. */
export function onCallCommand(asked: Asked, text: string): Promise<Answer> {
  return Promise.resolve(onCall(asked, text));
}

function onCall(asked: Asked, text: string): Answer {
  const words = slackOncallWords[asked.language];
  const { catalog } = asked.facts;
  const ids = readSchedules(text, catalog);
  if (ids === undefined) {
    const known = Object.keys(catalog.schedules).slice(0, mostSchedules).join(', ');
    return say(asked, words.scheduleUnknown(inline(text, asked.language, 60), inline(known, asked.language, 600)));
  }
  if (ids.length === 0) return say(asked, words.noSchedules);
  const duties = ids.slice(0, mostSchedules).map((id) => dutyView(asked, id));
  const hidden = ids.length - duties.length;
  return { kind: 'say', message: onCallMessage(duties, hidden, asked.language) };
}

function dutyView({ facts, now, person }: Asked, schedule: ScheduleId): DutyView {
  const { people } = facts.catalog;
  const rows = onDuty(facts, schedule, now, severity);
  const next = nextHandOff(facts, schedule, now);
  const isMember = isInSchedule(facts, schedule, person);
  const unavailable = rows
    .flatMap(({ excluded }) => excluded)
    // Everybody knows it of themselves; of others only members of the schedule do.
    .filter((each) => each.because === 'unavailable' && (isMember || each.person === person));
  return {
    schedule,
    onDuty: rows.flatMap((row) =>
      row.person === null
        ? []
        : [{ person: personView(row.person, people), askedLast: isMember && row.availability === 'last' }],
    ),
    unavailable: unavailable.map((each) => personView(each.person, people)),
    next: next === undefined ? undefined : { at: next.at, people: next.people.map((id) => personView(id, people)) },
  };
}

interface HandOff {
  readonly at: EpochMs;
  /** Empty: nobody. */
  readonly people: readonly string[];
}

/** The next instant at which other people are on duty than now; undefined when there is none within the horizon. */
export function nextHandOff(facts: OnCallFacts, schedule: ScheduleId, now: EpochMs): HandOff | undefined {
  const ahead = shifts(facts, schedule, now, now + horizonDays * dayMs, severity);
  const peopleAt = (at: EpochMs) =>
    ahead
      .flatMap((shift) => (shift.start <= at && at < shift.end && shift.person !== null ? [shift.person] : []))
      .toSorted();
  const current = peopleAt(now).join('\n');
  for (const at of [...new Set(ahead.map(({ start }) => start))].toSorted((a, b) => a - b)) {
    const people = peopleAt(at);
    if (people.join('\n') !== current) return { at, people };
  }
  return undefined;
}
