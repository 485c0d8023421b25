import { chartData, type ChartData } from '../figures/chart-data.ts';
import { nextDigestAt } from '../figures/digest-due.ts';
import { digestContent, type DigestContent } from '../figures/digest.ts';
import { entry } from '../oncall/lookup.ts';
import { priorities } from '../oncall/recorded.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { Clock, Store } from './ports.ts';

/** Longer than a week, so that the week that ended last is in it whatever the zone and its clock changes. */
const pagesBackMs = 9 * dayMs;
const mostIncidents = 10_000;

/** The digest of the week that ended last before `at`, from what the store holds. */
export async function weeklyDigest(store: Store, at: EpochMs): Promise<DigestContent> {
  const { catalog } = await store.onCallFacts();
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
  });
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
