import { chartData, type ChartData } from '../figures/chart-data.ts';
import { nextDigestAt } from '../figures/digest-due.ts';
import { digestContent, type DigestContent, type ProposedCover } from '../figures/digest.ts';
import { proposedCovers } from '../oncall/call-up.ts';
import { coverageConcerns, type CoverageConcern } from '../oncall/coverage-concerns.ts';
import { coverage, coverageTarget } from '../oncall/coverage.ts';
import { entry } from '../oncall/lookup.ts';
import { priorities } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import type { Clock, Store } from './ports.ts';

/** Longer than a week, so that the week that ended last is in it whatever the zone and its clock changes. */
const pagesBackMs = 9 * dayMs;
const mostIncidents = 10_000;
const coverageAheadMs = 90 * dayMs;

/** The digest of the week that ended last before `at`, from what the store holds. */
export async function weeklyDigest(store: Store, at: EpochMs): Promise<DigestContent> {
  const facts = await store.onCallFacts();
  const { catalog } = facts;
  const { timezone, workWeek } = catalog.workspace;
  const pages = await store.deliveredPages(at - pagesBackMs, at);
  const ended = await store.incidents({ open: false, limit: mostIncidents });
  return digestContent(await store.records(), at, timezone, {
    pages: pages.map(({ person, at: deliveredAt }) => ({
      at: deliveredAt,
      personZone: entry(catalog.people, person)?.timezone ?? timezone,
    })),
    workWeek,
    postmortemsMissing: ended
      .filter((row) => row.outcome === 'resolved' && row.kind === 'incident' && !row.hasPostmortem)
      .map((row) => row.id),
    recordedSinceMs: undefined,
    coverage: coverageAhead(facts, at),
    proposals: proposalsAhead(facts, at),
  });
}

/** What is thin or worse in the next quarter, with what is not certain yet. */
function coverageAhead(facts: OnCallFacts, at: EpochMs): readonly CoverageConcern[] {
  const span = { from: at, to: at + coverageAheadMs };
  return coverageConcerns(coverage(facts, { ...span, mode: 'tentative' }), coverageTarget(facts));
}

/** Shifts of the weeks to come that look for somebody, and who could take them by a fair plan. */
function proposalsAhead(facts: OnCallFacts, at: EpochMs): readonly ProposedCover[] {
  const { covers } = proposedCovers(facts, at, dayKindsOf(facts.catalog));
  return covers.map(({ schedule, from, to, person }) => ({
    schedule,
    fromMs: from,
    toMs: to,
    person: entry(facts.catalog.people, person)?.name ?? person,
  }));
}

/** What the digest's picture shows. */
export async function digestChartData(store: Store, at: EpochMs): Promise<ChartData> {
  const { catalog } = await store.onCallFacts();
  return chartData(await store.records(), at, catalog.workspace.timezone);
}

/**
 * Makes sure that the next digest waits in the outbox. Each digest plans the one after it; this heals the chain where one
 * was given up, and costs nothing where it is whole, since only one with its key can wait.
 */
export async function planNextDigest(store: Store, clock: Clock): Promise<void> {
  const { catalog } = await store.onCallFacts();
  if (catalog.workspace.announce === undefined) return;
  const now = clock.now();
  const due = nextDigestAt(now, catalog.workspace.timezone);
  await store.countSignals(
    [],
    [],
    [
      {
        effect: { kind: 'digest.post', due },
        due,
        lane: 'digest',
        priority: priorities.channel,
        coalesce: `digest:${due}`,
      },
    ],
    now,
  );
}
