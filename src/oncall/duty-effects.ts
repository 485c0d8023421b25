import type { PersonId, ScheduleId } from './catalog.ts';
import { plannedRefresh, type HomeEffect } from './home.ts';
import { concernedBy } from './overrides.ts';
import { priorities, type Actor, type Planned, type Recorded } from './recorded.ts';
import type { MadeOverride, Offer, OfferId, OverrideId, ScheduleEvent, ScheduleState } from './schedule.ts';
import { minuteMs, type EpochMs } from './time.ts';

/** `on`, `off`: at a hand-off. `coming`: a day before. `changed`: put on duty soon by what others did. */
export type DutyNotice = 'on' | 'off' | 'coming' | 'changed';

/** What being on duty wants done in the world. Rendered and decided anew when it is done, from what is true then. */
export type DutyEffect =
  | { readonly kind: 'slack.sync_user_group'; readonly schedule: ScheduleId }
  /** Asks one person to take a shift. */
  | { readonly kind: 'slack.offer'; readonly schedule: ScheduleId; readonly offer: OfferId; readonly person: PersonId }
  /** Shows to everybody who was asked how it stands, and takes the buttons away once it is over. */
  | { readonly kind: 'slack.update_offer'; readonly schedule: ScheduleId; readonly offer: OfferId }
  /** Tells whoever asked, and whoever it was given to, what became of it. */
  | { readonly kind: 'slack.offer_outcome'; readonly schedule: ScheduleId; readonly offer: OfferId }
  /** Tells somebody whom an override concerns that others have made it, or have taken it back. */
  | {
      readonly kind: 'slack.relieved';
      readonly schedule: ScheduleId;
      readonly override: OverrideId;
      readonly person: PersonId;
    }
  | {
      readonly kind: 'slack.duty_notice';
      readonly schedule: ScheduleId;
      readonly person: PersonId;
      readonly notice: DutyNotice;
      /** When it became news: a hand-off's instant, or when a shift begins. */
      readonly at: EpochMs;
    }
  /** Somebody else may be on duty by now. Each plans the next, by the event that it leads to. */
  | { readonly kind: 'timer.hand_off'; readonly schedule: ScheduleId; readonly at: EpochMs }
  /** Availability or the catalog has changed: every schedule is looked at. */
  | { readonly kind: 'reassess.duty' };

/** A slip that is mended at once is told to nobody. */
const settleMs = minuteMs;

/** Whatever changes availability or the catalog may change who is on duty. One look serves all changes before it. */
export function lookAtAllDuty({ recordedAt: now }: Pick<Recorded<unknown>, 'recordedAt'>): Planned<DutyEffect> {
  const key = 'reassess:duty';
  return { effect: { kind: 'reassess.duty' }, due: now, lane: key, priority: priorities.timer, coalesce: key };
}

/** What follows from an event of a schedule's stream for people and for Slack. */
export function reactDuty(
  recorded: Recorded<ScheduleEvent>,
  state: ScheduleState,
): readonly Planned<DutyEffect | HomeEffect>[] {
  const { event, recordedAt: now, actor } = recorded;
  const { schedule } = state;
  switch (event.type) {
    case 'override_made':
      return [
        look(schedule, now),
        ...tellOfOverride(event.made, actor, state, now),
        ...concernedBy(event.made.override).map((person) => plannedRefresh(person, now)),
      ];
    case 'override_cancelled':
      return [look(schedule, now), ...tellOfCancelled(event.override, actor, state, now)];
    case 'offer_made':
      return event.offer.asked.map((person) => ask(schedule, event.offer.id, person, now));
    case 'offer_declined':
      return [updateOffer(schedule, event.offer, now)];
    case 'offer_taken':
      return [updateOffer(schedule, event.offer, now), tellOutcome(schedule, event.offer, now)];
    case 'offer_ended':
      return [
        updateOffer(schedule, event.offer, now),
        ...(isWorthTelling(event.because, offerIn(state, event.offer), actor)
          ? [tellOutcome(schedule, event.offer, now)]
          : []),
      ];
    case 'offer_sent':
      return isOpenFor(offerIn(state, event.message.offer), event.message.person)
        ? []
        : [updateOffer(schedule, event.message.offer, now)];
    case 'overrides_published':
      return [];
    case 'duty_noted':
      return reactNoted(event, schedule, now);
  }
}

function reactNoted(
  event: Extract<ScheduleEvent, { type: 'duty_noted' }>,
  schedule: ScheduleId,
  now: EpochMs,
): readonly Planned<DutyEffect>[] {
  const { duty, cameOn, wentOff, coming, changed } = event;
  const tell = (person: PersonId, notice: DutyNotice, at: EpochMs, due = now) =>
    direct(
      { kind: 'slack.duty_notice', schedule, person, notice, at },
      `duty:${schedule}:${person}:${notice}:${at}`,
      due,
    );
  return [
    look(schedule, duty.next),
    ...(duty.userGroup === undefined ? [] : [syncGroup(schedule, now)]),
    ...cameOn.map(({ person, from }) => tell(person, 'on', from)),
    ...wentOff.map((person) => tell(person, 'off', now)),
    ...coming.map(({ person, from }) => tell(person, 'coming', from)),
    ...changed.map((person) => tell(person, 'changed', now, now + settleMs)),
  ];
}

/** Each look has a lane of its own: one that waits for tomorrow must not hold up another. */
function look(schedule: ScheduleId, due: EpochMs): Planned<DutyEffect> {
  const key = `hand_off:${schedule}:${due}`;
  const effect = { kind: 'timer.hand_off', schedule, at: due } as const;
  return { effect, due, lane: key, priority: priorities.timer, coalesce: key };
}

function syncGroup(schedule: ScheduleId, due: EpochMs): Planned<DutyEffect> {
  const key = `group:${schedule}`;
  const effect = { kind: 'slack.sync_user_group', schedule } as const;
  return { effect, due, lane: key, priority: priorities.channel, coalesce: key };
}

function ask(schedule: ScheduleId, offer: OfferId, person: PersonId, due: EpochMs): Planned<DutyEffect> {
  return direct({ kind: 'slack.offer', schedule, offer, person }, `offer:${schedule}:${offer}:${person}`, due);
}

function updateOffer(schedule: ScheduleId, offer: OfferId, due: EpochMs): Planned<DutyEffect> {
  const key = `offer:${schedule}:${offer}:edits`;
  const effect = { kind: 'slack.update_offer', schedule, offer } as const;
  return { effect, due, lane: key, priority: priorities.edit, coalesce: key };
}

function tellOutcome(schedule: ScheduleId, offer: OfferId, due: EpochMs): Planned<DutyEffect> {
  return direct({ kind: 'slack.offer_outcome', schedule, offer }, `offer:${schedule}:${offer}:outcome`, due);
}

/** A direct message of its own: nothing else waits behind it. */
function direct(effect: DutyEffect, lane: string, due: EpochMs): Planned<DutyEffect> {
  return { effect, due, lane, priority: priorities.channel, coalesce: undefined };
}

/**
 * Whoever is taken off duty later on is told now; at a hand-off that is now, the notice of the hand-off says it. What an
 * offer came to is told as the offer's outcome, and what is left of an older override is no news.
 */
function tellOfOverride(
  { id, override }: MadeOverride,
  actor: Actor,
  { schedule, overrides, offers }: ScheduleState,
  now: EpochMs,
): readonly Planned<DutyEffect>[] {
  if (override.kind !== 'replace' && override.kind !== 'remove') return [];
  const isOfOffer = offers.some((offer) => id.startsWith(`${offer.id}/`));
  const isRest = overrides.some((other) => id.startsWith(`${other.id}~`));
  if (isOfOffer || isRest || override.from <= now || isPerson(actor, override.insteadOf)) return [];
  return [relieved(schedule, id, override.insteadOf, now)];
}

/** Whoever has a duty no longer, or again, since others have taken the override back; unless another override says it. */
function tellOfCancelled(
  id: OverrideId,
  actor: Actor,
  { schedule, overrides }: ScheduleState,
  now: EpochMs,
): readonly Planned<DutyEffect>[] {
  const override = overrides.find((made) => made.id === id)?.override;
  if (override === undefined || override.kind === 'remove' || override.from <= now) return [];
  const isSaidByAnother = overrides.some(
    (made) => made.madeAt === now && made.override.kind === 'replace' && made.override.insteadOf === override.person,
  );
  if (isSaidByAnother) return [];
  return concernedBy(override).flatMap((person) =>
    isPerson(actor, person) ? [] : [relieved(schedule, id, person, now)],
  );
}

function relieved(schedule: ScheduleId, override: OverrideId, person: PersonId, due: EpochMs): Planned<DutyEffect> {
  const lane = `relieved:${schedule}:${override}:${person}:${due}`;
  return direct({ kind: 'slack.relieved', schedule, override, person }, lane, due);
}

/** What somebody did themselves, and what nobody asked for, is not told to them. */
function isWorthTelling(
  because: Extract<Offer['state'], { kind: 'over' }>['because'],
  offer: Offer | undefined,
  actor: Actor,
): boolean {
  if (offer === undefined || (offer.kind !== 'cover' && offer.kind !== 'swap')) return false;
  switch (because) {
    case 'declined_by_all':
    case 'passed':
      return true;
    case 'withdrawn':
      return !isPerson(actor, offer.insteadOf);
    case 'not_needed':
      return false;
  }
}

function isOpenFor(offer: Offer | undefined, person: PersonId): boolean {
  return offer?.state.kind === 'open' && !offer.declined.includes(person);
}

function offerIn({ offers }: ScheduleState, id: OfferId): Offer | undefined {
  return offers.find((offer) => offer.id === id);
}

function isPerson(actor: Actor, person: PersonId): boolean {
  return actor.kind === 'person' && actor.person === person;
}
