import type { EffectOutcome } from './effects.ts';
import type { Job } from './ports.ts';

/** What operators want to know of the worker; `web` counts it, the log writes it. */
export interface WorkerEvents {
  ran(job: Job, outcome: EffectOutcome, tookMs: number): void;
  /** An effect became a dead letter: someone has to look. */
  buried(job: Job, error: string): void;
  storeFailed(error: unknown): void;
}
