import { minuteMs, secondMs, type EpochMs } from '../oncall/time.ts';
import type { SlackMethodName } from './scopes.ts';

export interface RateRequest {
  readonly method: SlackMethodName;
  /** Where a message goes: a channel's or a person's id. */
  readonly channel?: string | undefined;
  /** Which message an edit changes. */
  readonly message?: string | undefined;
  /** A page, or what a page needs: it may use the reserve and never waits behind other traffic. */
  readonly isPage?: boolean | undefined;
}

export type Permit = { readonly allowed: true } | { readonly allowed: false; readonly at: EpochMs };

export interface RatePlan {
  /** Takes a place for the call if there is one now; else says when to ask again. */
  ask(request: RateRequest, now: EpochMs): Permit;
  /** Slack answered 429: the method rests. */
  pause(request: RateRequest, forMs: number, now: EpochMs): void;
}

const tier2 = 20;
const tier3 = 50;
const tier4 = 100;

/** Calls per minute and workspace, from Slack's table of tiers; `chat.postMessage` has "several hundred". */
const perMinute: Readonly<Record<SlackMethodName, number>> = {
  'auth.test': tier4,
  'bookmarks.add': tier2,
  'bookmarks.list': tier3,
  'canvases.edit': tier3,
  'canvases.sections.lookup': tier3,
  'chat.postMessage': 300,
  'chat.update': tier3,
  'conversations.canvases.create': tier2,
  'conversations.create': tier2,
  'conversations.history': tier3,
  'conversations.info': tier3,
  'conversations.invite': tier3,
  'conversations.join': tier3,
  'conversations.list': tier2,
  'conversations.open': tier3,
  'conversations.replies': tier3,
  'conversations.setPurpose': tier2,
  'conversations.setTopic': tier2,
  'files.completeUploadExternal': tier4,
  'files.getUploadURLExternal': tier4,
  'pins.add': tier2,
  'usergroups.disable': tier2,
  'usergroups.enable': tier2,
  'usergroups.list': tier2,
  'usergroups.users.update': tier2,
  'views.publish': tier4,
};

/** What pages need is never used up by the rest: a fifth of these methods' minute is theirs. Leaves 40 edits for all else. */
const pageReserve = 0.2;
const methodsOfPages: ReadonlySet<SlackMethodName> = new Set([
  'chat.postMessage',
  'chat.update',
  'conversations.history',
  'conversations.join',
  'conversations.list',
  'conversations.open',
]);
/** Slack allows one message per second and channel and "short bursts" without a number. */
const channelBurst = 4;
const channelSpacingMs = secondMs;
/** One card is not edited more often, however fast its incident changes. */
const editSpacingMs = 2 * secondMs;
/** Nobody is sent away for longer: what waited may have become needless, and its place is free again. */
const longestPromiseMs = 10 * minuteMs;
const mostPlacesKept = 2_000;

/** Calls within the last minute, oldest first, and the latest time that somebody was told to come back at. */
interface Window {
  calls: EpochMs[];
  promised: EpochMs;
}

/** A place that takes one message per `spacing`, after an initial burst; `owed` is when it will be empty again. */
interface Place {
  owed: EpochMs;
  /** Set while pages, too, go one by one into a place that Slack has called full. */
  full: { readonly until: EpochMs; freeAt: EpochMs; promised: EpochMs } | undefined;
}

/** Slack tells a full channel to wait a second or two; a longer rest is one of the whole workspace. */
const longestPlaceRestMs = 2 * secondMs;
const fullForMs = minuteMs;

/**
 * Plans calls so that Slack has no reason to answer 429. No clock of its own, nothing random: the same questions get the
 * same answers. Whoever is turned away is told different times, so that a crowd does not come back at one instant.
 */
export function createRatePlan(): RatePlan {
  const windows = new Map<SlackMethodName, Window>();
  const places = new Map<string, Place>();
  const paused = new Map<string, EpochMs>();

  function windowOf(method: SlackMethodName, now: EpochMs): Window {
    const window = windows.get(method) ?? { calls: [], promised: 0 };
    windows.set(method, window);
    let gone = 0;
    for (const at of window.calls) {
      if (at > now - minuteMs) break;
      gone += 1;
    }
    if (gone > 0) window.calls.splice(0, gone);
    return window;
  }

  /** When the method has room; `now` or earlier means now. */
  function methodFreeAt(request: RateRequest, window: Window, now: EpochMs): EpochMs {
    const limit = request.isPage === true ? perMinute[request.method] : shared(request.method);
    const last = window.calls[window.calls.length - limit];
    if (last === undefined) return now;
    const spacing = minuteMs / perMinute[request.method];
    window.promised = Math.min(Math.max(last + minuteMs, window.promised + spacing), now + longestPromiseMs);
    return window.promised;
  }

  function place(key: string): Place {
    const known = places.get(key) ?? { owed: 0, full: undefined };
    places.set(key, known);
    return known;
  }

  return {
    ask(request, now) {
      const rest = paused.get(pauseKey(request)) ?? 0;
      if (rest > now) return { allowed: false, at: rest };
      const key = placeKey(request);
      const { spacingMs, burst } = spacingOf(request);
      const where = key === undefined ? undefined : place(key);
      // Each message owes one spacing; a burst may run ahead of the clock by so many.
      const placeFreeAt = where === undefined ? now : where.owed - (burst - 1) * spacingMs;
      if (request.isPage !== true && placeFreeAt > now) return { allowed: false, at: placeFreeAt };
      const turn = request.isPage === true ? turnIn(where, now) : now;
      if (turn > now) return { allowed: false, at: turn };
      const window = windowOf(request.method, now);
      const freeAt = methodFreeAt(request, window, now);
      if (freeAt > now) return { allowed: false, at: Math.ceil(freeAt) };
      window.calls.push(now);
      if (where !== undefined) where.owed = Math.max(where.owed, now) + spacingMs;
      if (where?.full !== undefined) where.full.freeAt = Math.max(where.full.freeAt, now) + spacingMs;
      if (places.size > mostPlacesKept) for (const [k, one] of places) if (one.owed <= now) places.delete(k);
      return { allowed: true };
    },
    pause(request, forMs, now) {
      // Slack does not count what it refused; so many pages that are refused must not use up a minute of pages.
      windowOf(request.method, now).calls.pop();
      const full = request.isPage === true && forMs <= longestPlaceRestMs ? placeKey(request) : undefined;
      if (full !== undefined) {
        const where = place(full);
        const freeAt = Math.max(where.full?.freeAt ?? 0, now + forMs);
        where.full = { until: now + fullForMs, freeAt, promised: where.full?.promised ?? 0 };
        return;
      }
      const key = pauseKey(request);
      paused.set(key, Math.max(paused.get(key) ?? 0, now + forMs));
    },
  };
}

/** When a page may go into a place: at once, unless Slack has said that the place is full; then one after the other. */
function turnIn(where: Place | undefined, now: EpochMs): EpochMs {
  const full = where?.full;
  if (full === undefined || full.until <= now || full.freeAt <= now) return now;
  full.promised = Math.min(Math.max(full.freeAt, full.promised + channelSpacingMs), now + longestPromiseMs);
  return full.promised;
}

function shared(method: SlackMethodName): number {
  return methodsOfPages.has(method) ? Math.floor(perMinute[method] * (1 - pageReserve)) : perMinute[method];
}

/**
 * Pages rest only after a 429 of a page that is longer than one of a single channel: the limit that somebody else ran into
 * is most often that of one channel, and a page that tries costs one call.
 */
function pauseKey({ method, isPage }: RateRequest): string {
  return isPage === true ? `${method} (pages)` : method;
}

function placeKey({ method, channel, message }: RateRequest): string | undefined {
  if (channel === undefined) return undefined;
  if (method === 'chat.postMessage') return channel;
  return method === 'chat.update' && message !== undefined ? `${channel} ${message}` : undefined;
}

function spacingOf({ method }: RateRequest): { readonly spacingMs: number; readonly burst: number } {
  return method === 'chat.update'
    ? { spacingMs: editSpacingMs, burst: 1 }
    : { spacingMs: channelSpacingMs, burst: channelBurst };
}
