import type { PersonId } from '../oncall/catalog.ts';
import { liveVersionOf } from '../oncall/person-mark.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { endOf, type WindowId } from '../oncall/windows.ts';
import type { Engine } from './orders.ts';
import type { Store } from './ports.ts';
import { personState, tellPerson } from './person-stream.ts';
import type { PrivateStore } from './private-ports.ts';

/** After the end of the absence. */
export const reasonsKeptMs = 30 * dayMs;
export const windowsKeptMs = 90 * dayMs;
/** After the page. */
export const skippedKeptMs = 90 * dayMs;
export const looksKeptMs = 365 * dayMs;

export interface LettingGo {
  readonly store: Store;
  readonly engine: Engine;
  readonly now: EpochMs;
  readonly privateStore: PrivateStore | undefined;
}

/** Lets go what has been kept for long enough. Done again after a crash, it finds what was left. */
export async function letGo(options: LettingGo): Promise<void> {
  const { store, engine, now, privateStore } = options;
  // Reasons first: when a window is forgotten, nothing tells any more how old its reason is.
  if (privateStore !== undefined) await letGoReasons(privateStore, options);
  for (const person of await everybody(store)) {
    const command = { type: 'forget_windows', endedBefore: now - windowsKeptMs } as const;
    await tellPerson(person, command, engine);
    await store.emptyForgotten(person);
  }
  await store.eraseSkipped(now - skippedKeptMs);
  if (privateStore === undefined) return;
  await privateStore.forgetLooks(now - looksKeptMs);
  await privateStore.sealAnew();
}

/** Also those who are in the catalog no more. */
async function everybody(store: Store): Promise<readonly PersonId[]> {
  const { catalog, windows } = await store.onCallFacts();
  return [...new Set([...Object.keys(catalog.people), ...windows.map(({ person }) => person)])];
}

/** Of absences that ended long enough ago, that were taken back, or of which nothing is known any more. */
async function letGoReasons(privateStore: PrivateStore, { store, now }: LettingGo): Promise<void> {
  const all = await privateStore.windowsWithReasons();
  const old: WindowId[] = [];
  for (const [person, windows] of Map.groupBy(all, ({ person }) => person)) {
    const state = await personState(person, store);
    for (const { window } of windows) {
      const live = liveVersionOf(window, state);
      if (live === undefined || endOf(live) + reasonsKeptMs <= now) old.push(window);
    }
  }
  await privateStore.eraseReasons(old);
}
