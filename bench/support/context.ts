import type { Report } from './report.ts';

/** What every benchmark gets. */
export interface BenchContext {
  readonly report: Report;
  /** The bundle that serves, built for this run. */
  readonly entry: string;
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  run(context: BenchContext): Promise<void>;
}
