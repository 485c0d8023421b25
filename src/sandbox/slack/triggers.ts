import { randomBytes } from 'node:crypto';
import { secondMs } from '../../oncall/time.ts';
import type { EpochMs } from '../../oncall/time.ts';

/** What a trigger id remembers of the interaction that minted it. */
export interface Trigger {
  user: string;
  channelId: string | undefined;
  /** The modal the person acted in, where there was one. */
  viewId: string | undefined;
}

export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** Trigger ids live three seconds and open one view. */
export interface Triggers {
  mint(trigger: Trigger): string;
  /** Looks without using it up. */
  check(id: string): Trigger | TriggerError;
  exchange(id: string): void;
}

const lifetimeMs = 3 * secondMs;
/** Older ones answer `invalid_trigger_id`; nobody waits that long. */
const remembered = 10_000;

export function createTriggers(now: () => EpochMs): Triggers {
  const minted = new Map<string, Trigger & { untilMs: EpochMs; used: boolean }>();
  let count = 0;
  return {
    mint(trigger) {
      count += 1;
      for (const oldest of minted.keys()) {
        if (minted.size < remembered) break;
        minted.delete(oldest);
      }
      const id = `${10_000 + count}.${now() % 1_000_000_000}.${randomBytes(16).toString('hex')}`;
      minted.set(id, { ...trigger, untilMs: now() + lifetimeMs, used: false });
      return id;
    },
    check(id) {
      const known = minted.get(id);
      if (known === undefined) return 'invalid_trigger_id';
      if (known.used) return 'exchanged_trigger_id';
      return now() >= known.untilMs ? 'expired_trigger_id' : known;
    },
    exchange(id) {
      const known = minted.get(id);
      if (known !== undefined) known.used = true;
    },
  };
}
