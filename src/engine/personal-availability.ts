import type { Catalog, Person, PersonId } from '../oncall/catalog.ts';
import { companyDayWindows } from '../oncall/company-days.ts';
import { entry } from '../oncall/lookup.ts';
import {
  nextNight,
  nextReadings,
  plannedMaterialisation,
  plannedRetention,
  plannedStaleNotice,
  plannedSync,
} from '../oncall/person-effects.ts';
import type { PersonCommand } from '../oncall/person.ts';
import { automation } from '../oncall/recorded.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import { done, type EffectHandler, type EffectHandlers } from './effects.ts';
import type { Engine } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import type { CalendarFeed, PrivateStore, StoredRule } from './private-ports.ts';
import { letGo } from './retention.ts';
import { personStream } from './streams.ts';

/** So far ahead private rules and calendars are turned into windows: as far as coverage looks. */
export const horizonMs = 90 * dayMs;

export interface Horizon {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What reading a calendar came to. `stale`: it could not be read, or said less than can be believed; nothing changes. */
export type CalendarOutcome =
  | { readonly kind: 'read'; readonly windows: readonly AvailabilityWindow[]; readonly memory: unknown }
  | { readonly kind: 'stale'; readonly memory: unknown; readonly tellOwner: boolean };

export interface CalendarContext {
  readonly person: Person;
  readonly catalog: Catalog;
  readonly horizon: Horizon;
}

/** What makes plain windows of what is private. */
export interface PersonalSources {
  /** Pure. Ids are the same every time for the same rule and day. */
  windowsOf(rule: StoredRule, person: Person, catalog: Catalog, horizon: Horizon): readonly AvailabilityWindow[];
  readCalendar(feed: CalendarFeed, context: CalendarContext): Promise<CalendarOutcome>;
}

export interface PersonalAvailabilityOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Undefined while private data is off: there are then only the company's days to look after, and what is to go. */
  readonly privateStore: PrivateStore | undefined;
  readonly sources: PersonalSources | undefined;
}

export type PersonalAvailabilityKinds =
  'availability.materialise' | 'availability.sync_calendar' | 'availability.retention';

/** The part that is not the pager: it alone opens what is private, and leaves plain windows for those who page. */
export function personalAvailability(
  options: PersonalAvailabilityOptions,
): Pick<EffectHandlers, PersonalAvailabilityKinds> {
  return {
    'availability.materialise': materialise(options),
    'availability.sync_calendar': syncCalendar(options),
    'availability.retention': async () => {
      const { store, engine, clock, privateStore } = options;
      await letGo({ store, engine, now: clock.now(), privateStore });
      return done;
    },
  };
}

function materialise(options: PersonalAvailabilityOptions): EffectHandler<'availability.materialise'> {
  const { store, clock, privateStore, sources } = options;
  return async ({ person: id }) => {
    const { catalog } = await store.onCallFacts();
    const person = entry(catalog.people, id);
    if (person === undefined) return done;
    const horizon = horizonAt(clock.now());
    if (privateStore !== undefined && sources !== undefined) {
      // A rule that cannot be opened throws: what it came to before stays, and is tried again.
      const rules = await privateStore.rules(id);
      const windows = rules.flatMap((rule) => sources.windowsOf(rule, person, catalog, horizon));
      await apply(id, { type: 'apply_personal', windows }, options);
    }
    const windows = companyDayWindows(catalog, id, horizon.from, horizon.to);
    await apply(id, { type: 'apply_company', windows }, options);
    return done;
  };
}

function syncCalendar(options: PersonalAvailabilityOptions): EffectHandler<'availability.sync_calendar'> {
  const { store, clock, privateStore, sources } = options;
  return async ({ feed: id }) => {
    const feed = await privateStore?.feed(id);
    if (privateStore === undefined || sources === undefined || feed === undefined) return done;
    const { catalog } = await store.onCallFacts();
    const person = entry(catalog.people, feed.person);
    if (person === undefined) return done;
    const outcome = await sources.readCalendar(feed, { person, catalog, horizon: horizonAt(clock.now()) });
    // Dropped while it was being read: its windows have ended with it, and must not come back.
    if ((await privateStore.feed(id)) === undefined) return done;
    if (outcome.kind === 'read') {
      await apply(feed.person, { type: 'apply_calendar', feed: id, windows: outcome.windows }, options);
    } else if (outcome.tellOwner) {
      await store.countSignals([], [], [plannedStaleNotice(feed.person, clock.now())], clock.now());
    }
    await privateStore.rememberOfFeed(id, outcome.memory);
    return done;
  };
}

function horizonAt(now: EpochMs): Horizon {
  return { from: now, to: now + horizonMs };
}

async function apply(
  person: PersonId,
  command: PersonCommand,
  { engine }: Pick<PersonalAvailabilityOptions, 'engine'>,
): Promise<void> {
  await engine.execute({ kind: 'person', stream: personStream(person), command, actor: automation });
}

/**
 * Makes sure that the next night's work and the next readings of calendars wait in the outbox. Asked every hour: each is
 * planned once, whoever asks, and what a crash has lost is planned again.
 */
export async function planPersonalAvailability({
  store,
  clock,
  privateStore,
}: Pick<PersonalAvailabilityOptions, 'store' | 'clock' | 'privateStore'>): Promise<void> {
  const now = clock.now();
  const { catalog } = await store.onCallFacts();
  const night = nextNight(now);
  const feeds = (await privateStore?.feedIds()) ?? [];
  await store.countSignals(
    [],
    [],
    [
      plannedRetention(night),
      ...Object.keys(catalog.people).map((person) => plannedMaterialisation(person, night)),
      ...feeds.flatMap(({ id }) => nextReadings(now).map((due) => plannedSync(id, due))),
    ],
    now,
  );
}
