import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { ScheduleId } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Offer } from '../oncall/schedule.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readSchedules } from './command-arguments.ts';
import { nextDuties } from './duties.ts';
import { isInSchedule } from './membership.ts';
import { personView } from './incident-view.ts';
import { scheduleStates } from './schedule-commands.ts';
import { canTake } from './take.ts';
import { horizonDays, onCallMessage, type CoverLine, type DutyView, type OfferLine } from './views/on-call.ts';
import { inline } from './views/text.ts';

const mostSchedules = 20;
const severity = 'sev1';

/** Who is on duty, and who is next, by the resolver that the pager asks; and what people have changed or look for. */
export async function onCallCommand(asked: Asked, text: string): Promise<Answer> {
  const words = slackOncallWords[asked.language];
  const { catalog } = asked.facts;
  const ids = readSchedules(text, catalog);
  if (ids === undefined) {
    const known = Object.keys(catalog.schedules).slice(0, mostSchedules).join(', ');
    return say(asked, words.scheduleUnknown(inline(text, asked.language, 60), inline(known, asked.language, 600)));
  }
  if (ids.length === 0) return say(asked, words.noSchedules);
  const shown = ids.slice(0, mostSchedules);
  const states = await scheduleStates(asked, shown);
  const duties = shown.map((id) => dutyView(asked, id, states.get(id)?.offers ?? []));
  const hidden = ids.length - duties.length;
  const hasShifts = nextDuties(asked.facts, asked.person, asked.now, 1).length > 0;
  return { kind: 'say', message: onCallMessage(duties, hidden, asked.language, hasShifts, asked.facts.asOf) };
}

function dutyView(asked: Asked, schedule: ScheduleId, offers: readonly Offer[]): DutyView {
  const { facts, now, person } = asked;
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
    covers: coversOf(facts, schedule, now),
    // That somebody looks for cover is for those who could give it.
    offers: isMember ? openOffers(facts, offers, now) : [],
    canTake: canTake(asked, schedule),
  };
}

/** What people changed in Slack: who is on duty by that now or within two weeks. */
function coversOf(facts: OnCallFacts, schedule: ScheduleId, now: EpochMs): readonly CoverLine[] {
  const { people } = facts.catalog;
  return facts.overrides
    .flatMap((made) => (made.schedule === schedule ? [made.override] : []))
    .filter(({ from, to }) => to > now && from < now + horizonDays * dayMs)
    .toSorted((a, b) => a.from - b.from)
    .flatMap((override): CoverLine[] => {
      if (override.kind === 'remove') return [];
      const { from, to, person } = override;
      const insteadOf = override.kind === 'replace' ? personView(override.insteadOf, people) : undefined;
      return [{ from, to, person: personView(person, people), insteadOf }];
    });
}

function openOffers(facts: OnCallFacts, offers: readonly Offer[], now: EpochMs): readonly OfferLine[] {
  return offers
    .filter(({ state, to }) => state.kind === 'open' && to > now)
    .map(({ kind, from, to, insteadOf }) => ({
      kind: kind === 'swap' ? 'swap' : 'cover',
      from,
      to,
      whose: personView(insteadOf, facts.catalog.people),
    }));
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
