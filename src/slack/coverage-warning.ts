import { planNextCoverageLook } from '../engine/coverage-look.ts';
import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import { available } from '../oncall/available.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import { coverageConcerns, type CoverageConcern } from '../oncall/coverage-concerns.ts';
import {
  coverageWarnings,
  nothingTold,
  type CoverageMemory,
  type CoverageWarning,
  type ToldConcern,
} from '../oncall/coverage-warnings.ts';
import { coverage, coverageTarget } from '../oncall/coverage.ts';
import { automation } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { leadsOf } from '../oncall/schedule-teams.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { concernView } from './coverage-view.ts';
import { languageOf, slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { asAnotherTry, postOnce } from './posting.ts';
import { tellPerson } from './tell-person.ts';
import { coverageWarningMessage, type WarningView } from './views/coverage-warning.ts';

const horizonDays = 90;

/** What is told to one lead, or, with `lead` undefined, to the channel of incidents for want of one. */
interface Telling {
  readonly lead: PersonId | undefined;
  readonly warnings: readonly CoverageWarning[];
  readonly cleared: readonly ToldConcern[];
}

/** Looks once a day and after news; what was told is remembered, so that nothing is said twice without a change. */
export function coverageEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.coverage_warning'> {
  const { store, clock, engine } = context;
  return {
    'slack.coverage_warning': async (_effect, job) => {
      const now = clock.now();
      const facts = await store.onCallFacts();
      const memory =
        (await store.load('workspace', ['workspace'])).get('workspace')?.state?.coverageTold ?? nothingTold;
      const news = newsOf(facts, memory, now);
      for (const telling of tellings(facts, news, now)) {
        const outcome = await tell(context, facts, telling, news.confirmed, job);
        // Whoever has been told already must be found by the next try.
        if (outcome.kind !== 'done') return asAnotherTry(outcome);
      }
      const command = { type: 'record_coverage', memory: news.memory } as const;
      await engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: automation });
      await planNextCoverageLook(store, clock);
      return done;
    },
  };
}

function newsOf(facts: OnCallFacts, memory: CoverageMemory, now: EpochMs) {
  const k = coverageTarget(facts);
  const span = { from: now, to: now + horizonDays * dayMs };
  const concerns = coverageConcerns(coverage(facts, { ...span, mode: 'tentative' }), k);
  const confirmed = coverageConcerns(coverage(facts, { ...span, mode: 'confirmed' }), k);
  return { ...coverageWarnings(memory, concerns, now), confirmed };
}

/** Each lead hears of their own schedules; what no lead can hear goes where incidents are announced. */
function tellings(
  facts: OnCallFacts,
  { warnings, cleared }: { readonly warnings: readonly CoverageWarning[]; readonly cleared: readonly ToldConcern[] },
  now: EpochMs,
): readonly Telling[] {
  const leads = (schedules: readonly ScheduleId[]) => reachableLeads(facts, schedules, now);
  const everyone = new Set([
    ...warnings.flatMap(({ concern }) => leads(concern.schedules)),
    ...cleared.flatMap(({ schedules }) => leads(schedules)),
  ]);
  const told = [...everyone].map((lead) => ({
    lead,
    warnings: warnings.filter(({ concern }) => leads(concern.schedules).includes(lead)),
    cleared: cleared.filter(({ schedules }) => leads(schedules).includes(lead)),
  }));
  const rest = {
    lead: undefined,
    warnings: warnings.filter(({ concern }) => leads(concern.schedules).length === 0),
    cleared: cleared.filter(({ schedules }) => leads(schedules).length === 0),
  };
  return [...told, rest].filter((each) => each.warnings.length > 0 || each.cleared.length > 0);
}

/** Who is unavailable is not reminded of anything, leads included. */
function reachableLeads(facts: OnCallFacts, schedules: readonly ScheduleId[], now: EpochMs): readonly PersonId[] {
  const leads = new Set(schedules.flatMap((schedule) => leadsOf(facts.catalog, schedule)));
  return [...leads].filter(
    (lead) => slackIdOf(facts, lead) !== undefined && available(facts, lead, now, 'sev1').state !== 'no',
  );
}

async function tell(
  context: SlackEffectContext,
  facts: OnCallFacts,
  { lead, warnings, cleared }: Telling,
  confirmed: readonly CoverageConcern[],
  job: Job,
): Promise<EffectOutcome> {
  const now = context.clock.now();
  const { announce, locale } = facts.catalog.workspace;
  const view: WarningView = {
    language: lead === undefined ? locale : languageOf(facts, lead),
    now,
    isPublic: lead === undefined,
    warnings: warnings.map(({ concern, because, leadMs }) => ({
      concern: concernView(concern, confirmed, facts),
      because,
      leadMs,
    })),
    cleared: cleared.map(({ schedules }) => schedules),
  };
  const message = coverageWarningMessage(view);
  if (lead !== undefined) {
    // Somebody who cannot be written to, or who has left meanwhile, must not keep the others from hearing of it.
    const told = await tellPerson(context, lead, job, () => message);
    return told.kind === 'failed' ? told.outcome : done;
  }
  if (announce === undefined) return done;
  const channel = await context.addresses.channel(announce);
  if (!channel.ok) return outcomeOf(channel, now);
  if (channel.answer === undefined) return done;
  const posted = await postOnce(context, { to: channel.answer, isDirect: false, message }, job);
  return posted.ok || isRefused(posted.failure, 'is_archived') ? done : outcomeOf(posted, now);
}
