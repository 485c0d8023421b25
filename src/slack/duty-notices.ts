import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job, Store } from '../engine/ports.ts';
import { scheduleStream } from '../engine/streams.ts';
import type { Incident } from '../incident/incident.ts';
import { zoneOf } from '../oncall/burden.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { DutyEffect } from '../oncall/duty-effects.ts';
import { onDuty } from '../oncall/duty.ts';
import { tellChangesWithinMs } from '../oncall/duty-watch.ts';
import { policyFor } from '../oncall/policy.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, fromWall, hourMs, zoned, type EpochMs } from '../oncall/time.ts';
import { languageOf, type SlackEffectContext } from './effect-context.ts';
import { personView } from './incident-view.ts';
import { tellPerson } from './tell-person.ts';
import { titlesOf } from './titles.ts';
import {
  changedDutyNotice,
  comingDutyNotice,
  offDutyNotice,
  onDutyNotice,
  relievedNotice,
  type OpenIncident,
} from './views/duty-notice.ts';
import type { SlackMessage } from './views/message.ts';

type Context = Pick<SlackEffectContext, 'client' | 'addresses' | 'store' | 'clock' | 'log'>;
type Notice = Extract<DutyEffect, { kind: 'slack.duty_notice' }>;

/** How far ahead the end of a duty is looked for. */
const horizonMs = 14 * dayMs;
/** Between these hours of a person's own clock only a hand-off itself is told. */
const quietFromHour = 22;
const quietToHour = 8;
const mostIncidents = 5;

/** Direct messages about being on duty. What is no longer true when it is sent is not sent. */
export function dutyNoticeEffects(context: Context): Pick<EffectHandlers, 'slack.duty_notice' | 'slack.relieved'> {
  return {
    'slack.duty_notice': async (effect, job) => {
      const morning = await waitsForMorning(context, effect);
      if (morning !== undefined) return { kind: 'later', due: morning };
      return outcome(context, effect.person, job, (facts) => noticeFor(context, facts, effect));
    },
    'slack.relieved': ({ schedule, override: id, person }, job) =>
      outcome(context, person, job, async (facts) => {
        const stream = scheduleStream(schedule);
        const state = (await context.store.load('schedule', [stream])).get(stream)?.state;
        const made = state?.overrides.find((known) => known.id === id);
        if (made === undefined || made.override.to <= context.clock.now()) return undefined;
        const { override, cancelledAt } = made;
        const isTakenBack = cancelledAt !== undefined && cancelledAt < override.to;
        const by = override.kind === 'remove' ? undefined : override.person;
        return relievedNotice({
          language: languageOf(facts, person),
          schedule,
          by: by === undefined ? undefined : personView(by, facts.catalog.people),
          from: override.from,
          to: override.to,
          change: !isTakenBack ? 'relieved' : by === person ? 'no_longer_yours' : 'yours_again',
        });
      }),
  };
}

async function outcome(
  context: Context,
  person: PersonId,
  job: Job,
  render: (facts: OnCallFacts) => SlackMessage | undefined | Promise<SlackMessage | undefined>,
): Promise<EffectOutcome> {
  const told = await tellPerson(context, person, job, render);
  return told.kind === 'told' ? done : told.outcome;
}

/** Nobody is woken to read of a shift that begins after they would be up anyway. */
async function waitsForMorning(
  { store, clock }: Context,
  { notice, person, schedule }: Notice,
): Promise<EpochMs | undefined> {
  if (notice === 'on' || notice === 'off') return undefined;
  const facts = await store.onCallFacts();
  const now = clock.now();
  const wall = zoned(now, zoneOf(facts.catalog, person));
  if (wall.hour < quietFromHour && wall.hour >= quietToHour) return undefined;
  const day = wall.hour >= quietFromHour ? wall.toPlainDate().add({ days: 1 }) : wall.toPlainDate();
  const morning = fromWall(day.toPlainDateTime({ hour: quietToHour }), zoneOf(facts.catalog, person));
  const begins = ownShifts(facts, schedule, person, now, morning + hourMs).length > 0;
  return begins ? undefined : morning;
}

async function noticeFor(context: Context, facts: OnCallFacts, effect: Notice): Promise<SlackMessage | undefined> {
  const { schedule, person, notice, at } = effect;
  const now = context.clock.now();
  const base = { language: languageOf(facts, person), schedule };
  const { people } = facts.catalog;
  const present = peopleOnDuty(facts, schedule, now);
  switch (notice) {
    case 'on': {
      if (!present.includes(person)) return undefined;
      const [own] = ownShifts(facts, schedule, person, now, now + horizonMs);
      const before = peopleOnDuty(facts, schedule, at - 1).filter((other) => other !== person);
      const open = await openIncidents(context.store, facts, schedule, person);
      return onDutyNotice({
        ...base,
        until: own === undefined || own.to >= now + horizonMs ? null : own.to,
        before: before.map((id) => personView(id, people)),
        incidents: open.slice(0, mostIncidents),
        moreIncidents: Math.max(0, open.length - mostIncidents),
      });
    }
    case 'off':
      if (present.includes(person)) return undefined;
      return offDutyNotice({ ...base, after: present.map((id) => personView(id, people)) });
    case 'coming': {
      const shift = ownShifts(facts, schedule, person, now, now + horizonMs).find(
        ({ from, to }) => from <= at && at < to && from > now,
      );
      return shift === undefined ? undefined : comingDutyNotice({ ...base, from: shift.from, to: shift.to });
    }
    case 'changed': {
      const own = ownShifts(facts, schedule, person, now, now + tellChangesWithinMs);
      return own.length === 0 ? undefined : changedDutyNotice({ ...base, shifts: own });
    }
  }
}

function peopleOnDuty(facts: OnCallFacts, schedule: ScheduleId, at: EpochMs): readonly PersonId[] {
  return onDuty(facts, schedule, at, 'sev1').flatMap(({ person }) => (person === null ? [] : [person]));
}

/** What a person has of [from, to), joined where one part goes over into the next. */
function ownShifts(facts: OnCallFacts, schedule: ScheduleId, person: PersonId, from: EpochMs, to: EpochMs) {
  const joined: { readonly from: EpochMs; readonly to: EpochMs }[] = [];
  for (const shift of shifts(facts, schedule, from, to)) {
    if (shift.person !== person) continue;
    const last = joined.at(-1);
    if (last !== undefined && shift.start <= last.to)
      joined.splice(-1, 1, { from: last.from, to: Math.max(last.to, shift.end) });
    else joined.push({ from: shift.start, to: shift.end });
  }
  return joined;
}

/** Incidents that page through this schedule. Private ones are known to those in them alone. */
async function openIncidents(
  store: Store,
  facts: OnCallFacts,
  schedule: ScheduleId,
  person: PersonId,
): Promise<readonly OpenIncident[]> {
  const rows = (await store.incidents({ open: true, includePrivate: true, limit: 100 })).filter(({ service }) =>
    policyFor(facts.catalog, service)?.steps.some(({ notify }) =>
      notify.some((target) => target.kind === 'schedule' && target.schedule === schedule),
    ),
  );
  const loaded = await store.load(
    'incident',
    rows.map(({ id }) => id),
  );
  const titles = await titlesOf(store, rows);
  return rows.flatMap(({ id, severity, isPrivate }) => {
    const incident = loaded.get(id)?.state;
    if (incident === undefined || (isPrivate && !knows(incident, person))) return [];
    return [{ id, severity, title: titles.get(id) ?? '', channel: incident.channel }];
  });
}

function knows({ people, pages }: Incident, person: PersonId): boolean {
  const deliveries = pages.flatMap((page) => page.deliveries);
  return people.includes(person) || deliveries.some(({ to }) => to.kind === 'person' && to.person === person);
}
