import type { Store } from '../../src/engine/ports.ts';

/** A store on an empty database of its own, and what a test may do to it from outside. */
export interface Harness {
  readonly store: Store;
  /** Another process on the same database. */
  another(): Promise<Store>;
  /** Runs SQL behind the store's back. */
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

export type OpenHarness = () => Promise<Harness>;
