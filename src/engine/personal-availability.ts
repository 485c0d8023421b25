import { companyDayWindows } from '../oncall/company-days.ts';
import type { FeedContent } from '../oncall/feed.ts';
import { entry } from '../oncall/lookup.ts';
import { plannedAheadMs, rulesCommand } from '../oncall/materialise.ts';
import {
  nextNight,
  nextReadings,
  plannedForNight,
  plannedReading,
  plannedRetention,
} from '../oncall/person-effects.ts';
import type { PersonalRule } from '../oncall/personal-rules.ts';
import { syncCalendar } from './calendar-sync.ts';
import { done, type EffectHandler, type EffectHandlers } from './effects.ts';
import type { Engine } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import type { CalendarQuestion } from './calendar-question.ts';
import { personState, tellPerson } from './person-stream.ts';
import type { PrivateStore } from './private-ports.ts';
import { letGo } from './retention.ts';

/** `because` is a word that names no address. */
export type CalendarAnswer =
  ({ readonly kind: 'read' } & FeedContent) | { readonly kind: 'failed'; readonly because: string };

export interface PersonalAvailabilityOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Undefined while private data is off: there are then only the company's days to look after, and what is to go. */
  readonly privateStore: PrivateStore | undefined;
  /** Throws for a rule that this version does not know, and says nothing of what is in it. */
  readonly readRule: (stored: unknown) => PersonalRule;
  /** Never rejects for what an address or a calendar holds. */
  readonly readCalendar: (address: string, question: CalendarQuestion) => Promise<CalendarAnswer>;
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
  const { store, engine, clock, privateStore, readRule } = options;
  return async ({ person }) => {
    const { catalog } = await store.onCallFacts();
    if (entry(catalog.people, person) === undefined) return done;
    const now = clock.now();
    if (privateStore !== undefined) {
      // One that cannot be opened or read throws: what the rules came to before stays, and it is tried again.
      const rules = (await privateStore.rules(person)).map(({ rule }) => readRule(rule));
      const command = rulesCommand(rules, await personState(person, store), now);
      if (command !== undefined) await tellPerson(person, command, engine);
    }
    const windows = companyDayWindows(catalog, person, now, now + plannedAheadMs);
    await tellPerson(person, { type: 'apply_company', windows }, engine);
    return done;
  };
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
      ...Object.keys(catalog.people).map((person) => plannedForNight(person, night)),
      ...feeds.flatMap(({ id }) => nextReadings(now).map((due) => plannedReading(id, due))),
    ],
    now,
  );
}
