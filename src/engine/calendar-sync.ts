import { feedDifference, feedHorizon } from '../oncall/feed.ts';
import { entry } from '../oncall/lookup.ts';
import { plannedStaleNotice } from '../oncall/person-effects.ts';
import { hourMs, secondMs, type EpochMs } from '../oncall/time.ts';
import { done, type EffectHandler } from './effects.ts';
import { personState, tellPerson } from './person-stream.ts';
import type { PersonalAvailabilityOptions } from './personal-availability.ts';
import type { CalendarFeed, CalendarMemory } from './private-ports.ts';

/** Servers of calendars have bad hours; only what lasts is worth a message. */
const patienceMs = 12 * hourMs;

/**
 * All calendars are due at the same minute, each may take many seconds and a thread of its own: no more of them than leave
 * room for pages.
 */
const mostAtOnce = 4;
const waitForRoomMs = 2 * secondMs;

/** Reads one calendar, and makes what it says the whole of what it says, unless that cannot be believed. */
export function syncCalendar(options: PersonalAvailabilityOptions): EffectHandler<'availability.sync_calendar'> {
  const { clock } = options;
  const read = reader(options);
  let reading = 0;
  return async ({ feed }) => {
    if (reading >= mostAtOnce) return { kind: 'later', due: clock.now() + waitForRoomMs };
    reading += 1;
    try {
      return await read(feed);
    } finally {
      reading -= 1;
    }
  };
}

function reader(options: PersonalAvailabilityOptions): (feed: string) => Promise<typeof done> {
  const { store, engine, clock, privateStore, readCalendar } = options;
  return async (id) => {
    const feed = await privateStore?.feed(id);
    if (privateStore === undefined || feed === undefined) return done;
    const { catalog } = await store.onCallFacts();
    const person = entry(catalog.people, feed.person);
    if (person === undefined) return done;
    const { effect, letsThrough, ...reading } = feed.settings;
    const zone = person.timezone ?? catalog.workspace.timezone;
    const question = { ...reading, feed: id, zone, ...feedHorizon(clock.now()) };
    const answer = await readCalendar(feed.address, question);
    // Dropped while it was being read: its absences have ended with it, and must not come back.
    const still = await privateStore.feed(id);
    if (still === undefined) return done;
    if (answer.kind === 'failed') return stale(still, answer.because, options);
    const settings = { feed: id, effect, letsThrough };
    const isConfirmed = still.memory?.isConfirmed ?? false;
    const state = await personState(feed.person, store);
    const verdict = feedDifference(state, answer, settings, clock.now(), isConfirmed);
    if (verdict.kind === 'keep') return stale(still, verdict.because, options);
    if (verdict.kind === 'apply') await tellPerson(feed.person, verdict.command, engine);
    await privateStore.rememberOfFeed(id, good(clock.now()));
    return done;
  };
}

function good(now: EpochMs): CalendarMemory {
  return { goodAt: now, staleSince: undefined, because: undefined, isOwnerTold: false, isConfirmed: false };
}

/** What is known of absences stays. The owner is told once: at once where only they can say what is right. */
async function stale(
  feed: CalendarFeed,
  because: string,
  { store, clock, privateStore }: PersonalAvailabilityOptions,
): Promise<typeof done> {
  const now = clock.now();
  const staleSince = feed.memory?.staleSince ?? now;
  const isForOwner = because === 'empty' || because === 'mostly_gone' || because === 'bad_address';
  const isTold = feed.memory?.isOwnerTold ?? false;
  const tells = !isTold && (isForOwner || now - staleSince >= patienceMs);
  if (tells) await store.countSignals([], [], [plannedStaleNotice(feed.person, now)], now);
  await privateStore?.rememberOfFeed(feed.id, {
    goodAt: feed.memory?.goodAt,
    staleSince,
    because,
    isOwnerTold: isTold || tells,
    isConfirmed: feed.memory?.isConfirmed ?? false,
  });
  return done;
}
