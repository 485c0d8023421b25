import type { EpochMs } from '../oncall/time.ts';
import type { Job } from './ports.ts';
import type { Effect, EffectKind } from './streams.ts';

/**
 * How an effect ended. A handler that throws is treated as `retry` with the error's message: unknown faults are worth
 * another try, known ones are returned.
 */
export type EffectOutcome =
  /** Done, or found to be needless by now. */
  | { readonly kind: 'done' }
  /** Not tried: a rate plan or a lease says "not yet". Spends no attempt. */
  | { readonly kind: 'later'; readonly due: EpochMs }
  /** Failed in a way that can pass. `notBefore` honours Retry-After. `unknownOutcome`: it may have happened. */
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: EpochMs; readonly unknownOutcome?: boolean }
  /** Can never succeed. It becomes a dead letter that alarms, unless the handler has told the incident itself. */
  | { readonly kind: 'failed'; readonly error: string };

export const done: EffectOutcome = { kind: 'done' };

export type EffectOf<Kind extends EffectKind> = Extract<Effect, { kind: Kind }>;

/** May run late and may run twice: a handler looks at what is true now and finds what it already did. */
export type EffectHandler<Kind extends EffectKind> = (effect: EffectOf<Kind>, job: Job) => Promise<EffectOutcome>;

export type EffectHandlers = { readonly [Kind in EffectKind]: EffectHandler<Kind> };
