import { minuteMs, secondMs } from '../../oncall/time.ts';
import type { EpochMs } from '../../oncall/time.ts';
import tiers from './rate-limit-tiers.json' with { type: 'json' };

/** How many calls of one method a workspace may make per minute, by tier. */
const perMinute: Readonly<Record<string, number>> = {
  Tier1: 1,
  Tier2: 20,
  Tier3: 50,
  Tier4: 100,
  // "Hundreds per minute": auth.test, chat.getPermalink, and chat.postMessage over all channels.
  SpecialTier_auth_test: 300,
  SpecialTier_chat_getPermalink: 300,
  SpecialTier_chat_postMessage: 300,
};

/** Tier 1 says "1+ per minute"; ten connections are allowed, so that a start that opens them all must pass. */
const connectionsPerMinute = 10;

/** One message per second and channel; Slack allows short bursts without saying how short. */
const channelBurst = 5;
const channelRefillMs = secondMs;

export interface RateLimits {
  /** Seconds to wait, or undefined when the call may pass; a refused call does not count. */
  refuse(method: string, channel: string | undefined): number | undefined;
}

const tierOf = new Map<string, string>(Object.entries(tiers));

export function createRateLimits(now: () => EpochMs): RateLimits {
  const calls = new Map<string, EpochMs[]>();
  const channels = new Map<string, { tokens: number; atMs: EpochMs }>();

  function refuseMethod(method: string): number | undefined {
    const limit = method === 'apps.connections.open' ? connectionsPerMinute : perMinute[tierOf.get(method) ?? ''];
    if (limit === undefined) return undefined;
    const recent = calls.get(method) ?? [];
    calls.set(method, recent);
    while (recent[0] !== undefined && recent[0] <= now() - minuteMs) recent.shift();
    const [oldest] = recent;
    if (recent.length < limit || oldest === undefined) return undefined;
    return waitSeconds(oldest + minuteMs - now());
  }

  function refuseChannel(channel: string): number | undefined {
    const bucket = channels.get(channel) ?? { tokens: channelBurst, atMs: now() };
    channels.set(channel, bucket);
    const refilled = bucket.tokens + (now() - bucket.atMs) / channelRefillMs;
    bucket.tokens = Math.min(channelBurst, refilled);
    bucket.atMs = now();
    return bucket.tokens >= 1 ? undefined : waitSeconds((1 - bucket.tokens) * channelRefillMs);
  }

  return {
    refuse(method, channel) {
      const post = method === 'chat.postMessage' ? channel : undefined;
      const wait = refuseMethod(method) ?? (post === undefined ? undefined : refuseChannel(post));
      if (wait !== undefined) return wait;
      calls.get(method)?.push(now());
      const bucket = channels.get(post ?? '');
      if (bucket !== undefined) bucket.tokens -= 1;
      return undefined;
    },
  };
}

function waitSeconds(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / secondMs));
}
