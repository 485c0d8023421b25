import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import { acceptWithinMs, isRunningHandOver, planHandOver, shiftsToHandOver } from '../oncall/hand-over.ts';
import { loadsOf, loadSpan } from '../oncall/load.ts';
import { factsAround } from '../oncall/near.ts';
import { automation, priorities } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Offer, ScheduleCommand } from '../oncall/schedule.ts';
import { substitutes, type Substitute } from '../oncall/substitutes.ts';
import { dayMs } from '../oncall/time.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import { done, type EffectHandler, type EffectHandlers } from './effects.ts';
import type { Engine, Outcome } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import { scheduleStates } from './schedule-states.ts';
import { scheduleStream } from './streams.ts';

export interface HandOverOptions {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
}

/** More names than anybody reads; whoever is not asked can still take the shift. */
const mostAsked = 10;
const mostOpenIncidents = 10_000;

/**
 * What follows for shifts and roles when somebody cannot be asked any more (DESIGN §8). Pages are not in here: they move
 * at once by `reassess.person`, and whoever covers by the resolver holds the duty until an offer is accepted or assigned.
 */
export function handOverHandlers(options: HandOverOptions): Pick<EffectHandlers, 'handover.person' | 'timer.offer'> {
  return { 'handover.person': handOverPerson(options), 'timer.offer': assignInTime(options) };
}

/** Looks again every day for as long as the absence lasts: shifts of weeks to come move into reach. */
function handOverPerson({ engine, store, clock }: HandOverOptions): EffectHandler<'handover.person'> {
  return async ({ person, window }) => {
    const now = clock.now();
    await handOverRoles(person, { engine, store, clock });
    const facts = await store.onCallFacts();
    const needed = shiftsToHandOver(facts, person, now);
    const states = await scheduleStates(store, Object.keys(facts.catalog.schedules));
    const loads = loadsWhenAsked(facts, now);
    for (const [schedule, { offers }] of states) {
      const plan = planHandOver(schedule, needed, offers, person, now);
      const ask = (command: ScheduleCommand) => change(engine, schedule, command);
      for (const offer of plan.withdraw) await ask({ type: 'withdraw_offer', offer, because: 'not_needed' });
      for (const { id, from, to } of plan.offer) {
        const found = loads.substitutes(schedule, { from, to }, person, id);
        const asked = found
          .filter(({ canTakeWhole }) => canTakeWhole)
          .slice(0, mostAsked)
          .map((substitute) => substitute.person);
        // With nobody to ask there is nothing to wait for: whoever leads hears of it at once.
        const assignAt = asked.length === 0 ? now : Math.min(now + acceptWithinMs, to);
        await ask({ type: 'offer', kind: 'hand_over', id, from, to, insteadOf: person, asked, assignAt });
      }
    }
    return isRunningHandOver(facts, person, window, now) ? { kind: 'later', due: now + dayMs } : done;
  };
}

/** Nobody has accepted by now. Who is asked last is never given a shift without consent. */
function assignInTime({ engine, store, clock }: HandOverOptions): EffectHandler<'timer.offer'> {
  return async ({ schedule, offer: id }) => {
    const now = clock.now();
    const offer = (await scheduleStates(store, [schedule])).get(schedule)?.offers.find((known) => known.id === id);
    if (offer === undefined || offer.state.kind !== 'open' || offer.assignAt === null) return done;
    if (now < offer.assignAt) return { kind: 'later', due: offer.assignAt };
    const ask = (command: ScheduleCommand) => change(engine, schedule, command);
    const facts = await store.onCallFacts();
    if (now >= offer.to) {
      await ask({ type: 'assign_offer', offer: id, person: undefined });
      return done;
    }
    if (isNeedless(facts, schedule, offer, now)) {
      await ask({ type: 'withdraw_offer', offer: id, because: 'not_needed' });
      return done;
    }
    const span = { from: Math.max(offer.from, now), to: offer.to };
    const candidates = loadsWhenAsked(facts, now)
      .substitutes(schedule, span, offer.insteadOf, id, offer.declined)
      .filter(({ availability, canTakeWhole }) => availability === 'yes' && canTakeWhole);
    for (const { person } of candidates) {
      const outcome = await ask({ type: 'assign_offer', offer: id, person });
      if (outcome.kind !== 'refused') return done;
    }
    await warnLead(schedule, id, { engine, store, clock });
    return done;
  };
}

/** Somebody came back, or holds the shift no longer, before anybody took it. */
function isNeedless(facts: OnCallFacts, schedule: ScheduleId, offer: Offer, now: number): boolean {
  if (offer.kind !== 'hand_over') return false;
  const needed = shiftsToHandOver(facts, offer.insteadOf, now);
  return planHandOver(schedule, needed, [offer], offer.insteadOf, now).withdraw.length > 0;
}

async function handOverRoles(person: PersonId, { engine, store }: HandOverOptions): Promise<void> {
  const rows = await store.incidents({ open: true, includePrivate: true, limit: mostOpenIncidents });
  const ids = rows.map(({ id }) => id);
  const loaded = await store.load('incident', ids);
  const holds = ids.filter((id) => Object.values(loaded.get(id)?.state?.roles ?? {}).includes(person));
  await Promise.all(
    holds.map((stream) =>
      engine.execute({ kind: 'incident', stream, command: { type: 'hand_over_roles', person }, actor: automation }),
    ),
  );
}

async function warnLead(schedule: ScheduleId, offer: string, { store, clock }: HandOverOptions): Promise<void> {
  const now = clock.now();
  const key = `uncovered:${offer}`;
  const effect = { kind: 'slack.warn_uncovered' as const, schedule, offer };
  await store.countSignals([], [], [{ effect, due: now, lane: key, priority: priorities.channel, coalesce: key }], now);
}

function change(engine: Engine, schedule: ScheduleId, command: ScheduleCommand): Promise<Outcome<'schedule'>> {
  return engine.execute({ kind: 'schedule', stream: scheduleStream(schedule), command, actor: automation });
}

/** Load takes some milliseconds to add up, and most looks find nothing to offer. */
function loadsWhenAsked(facts: OnCallFacts, now: number) {
  const dayKind = dayKindsOf(facts.catalog);
  const known = new Map<ScheduleId, ReturnType<typeof loadsOf>>();
  return {
    substitutes(
      schedule: ScheduleId,
      span: { readonly from: number; readonly to: number },
      absent: PersonId,
      seed: string,
      notAgain: readonly PersonId[] = [],
    ): readonly Substitute[] {
      // Of the people and schedules around it alone: many are called up at once, and their pages must not wait for this.
      const loads = known.get(schedule) ?? loadsOf(factsAround(facts, absent, [schedule]), loadSpan(now), dayKind);
      known.set(schedule, loads);
      return substitutes(facts, schedule, span, absent, { loads, dayKind, seed, notAgain });
    },
  };
}
