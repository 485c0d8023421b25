import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import { scheduleStream } from '../engine/streams.ts';
import { available } from '../oncall/available.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import { entry } from '../oncall/lookup.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { leadsOf } from '../oncall/schedule-teams.ts';
import type { Offer } from '../oncall/schedule.ts';
import { languageOf, slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { asAnotherTry, postOnce } from './posting.ts';
import { tellPerson } from './tell-person.ts';
import { uncoveredMessage } from './views/uncovered.ts';

/** Tells whoever leads that a shift has found nobody; where no lead can be asked, the channel of incidents. */
export function uncoveredEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.warn_uncovered'> {
  const { store, clock } = context;
  return {
    'slack.warn_uncovered': async ({ schedule, offer: id }, job) => {
      const stream = scheduleStream(schedule);
      const state = (await store.load('schedule', [stream])).get(stream)?.state;
      const offer = state?.offers.find((known) => known.id === id);
      if (offer === undefined || offer.state.kind === 'taken' || offer.to <= clock.now()) return done;
      const facts = await store.onCallFacts();
      const leads = leadsOf(facts.catalog, schedule).filter(
        (lead) => available(facts, lead, clock.now(), 'sev1').state !== 'no' && slackIdOf(facts, lead) !== undefined,
      );
      for (const lead of leads) {
        const outcome = await tellLead(context, facts, lead, schedule, offer, job);
        // Whoever has been told already must be found by the next try.
        if (outcome.kind !== 'done') return asAnotherTry(outcome);
      }
      return leads.length === 0 ? tellChannel(context, facts, schedule, offer, job) : done;
    },
  };
}

/** One message for each lead: the mark that finds an earlier copy lies in the conversation with them. */
async function tellLead(
  context: SlackEffectContext,
  facts: OnCallFacts,
  lead: PersonId,
  schedule: string,
  offer: Offer,
  job: Job,
): Promise<EffectOutcome> {
  const message = uncoveredMessage(shown(facts, schedule, offer, context.clock.now()), languageOf(facts, lead));
  // Somebody who cannot be written to, or who has left meanwhile, must not keep the others from hearing of it.
  const told = await tellPerson(context, lead, job, () => message);
  return told.kind === 'failed' ? told.outcome : done;
}

async function tellChannel(
  context: SlackEffectContext,
  facts: OnCallFacts,
  schedule: string,
  offer: Offer,
  job: Job,
): Promise<EffectOutcome> {
  const { announce, locale } = facts.catalog.workspace;
  if (announce === undefined) return done;
  const channel = await context.addresses.channel(announce);
  if (!channel.ok) return outcomeOf(channel, context.clock.now());
  if (channel.answer === undefined) return done;
  const message = uncoveredMessage(shown(facts, schedule, offer, context.clock.now()), locale);
  const posted = await postOnce(context, { to: channel.answer, isDirect: false, message }, job);
  return posted.ok || isRefused(posted.failure, 'is_archived') ? done : outcomeOf(posted, context.clock.now());
}

function shown(facts: OnCallFacts, schedule: string, { from, to }: Offer, now: number) {
  const [row] = onDuty(facts, schedule, Math.max(from, now), 'sev1');
  const person = row?.person ?? undefined;
  const standsIn = person === undefined ? undefined : (entry(facts.catalog.people, person)?.name ?? person);
  return { schedule, from, to, hasBegun: from <= now, standsIn };
}
