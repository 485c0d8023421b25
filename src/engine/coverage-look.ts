import { nextCoverageLookAt, plannedCoverageLook } from '../figures/coverage-look.ts';
import type { Clock, Store } from './ports.ts';

/**
 * Makes sure that the next daily look at coverage waits in the outbox. Each look plans the one after it; this heals the
 * chain where one was given up, and costs nothing where it is whole.
 */
export async function planNextCoverageLook(store: Store, clock: Clock): Promise<void> {
  const { catalog } = await store.onCallFacts();
  if (Object.keys(catalog.schedules).length === 0) return;
  const now = clock.now();
  const due = nextCoverageLookAt(now, catalog.workspace.timezone);
  await store.countSignals([], [], [plannedCoverageLook(due)], now);
}
