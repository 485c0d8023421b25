import type { AbsenceKind } from '../oncall/absence-kind.ts';
import type { Person, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { scheduleIds } from '../oncall/past.ts';
import type { MadeOverride, Offer } from '../oncall/schedule.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import { personState } from './person-stream.ts';
import type { Store } from './ports.ts';
import type { Look, PrivateStore } from './private-ports.ts';
import { scheduleStream } from './streams.ts';

/** Everything that is kept of a person. Addresses of calendars are cut: whoever has one reads the calendar. */
export interface PersonalExport {
  readonly person: PersonId;
  readonly at: EpochMs;
  readonly catalog: Person | undefined;
  readonly delegate: PersonId | undefined;
  readonly absences: readonly (AvailabilityWindow & {
    readonly kind: AbsenceKind | undefined;
    readonly enteredBy: PersonId | undefined;
  })[];
  readonly rules: readonly unknown[];
  readonly calendars: readonly { readonly id: string; readonly address: string; readonly settings: unknown }[];
  readonly overrides: readonly (MadeOverride & { readonly schedule: string })[];
  readonly offers: readonly (Offer & { readonly schedule: string })[];
  readonly looks: readonly Look[];
}

export async function exportOf(
  person: PersonId,
  at: EpochMs,
  { store, privateStore }: { readonly store: Store; readonly privateStore: PrivateStore | undefined },
): Promise<PersonalExport> {
  const { catalog } = await store.onCallFacts();
  const state = await personState(person, store);
  const kinds = new Map((await privateStore?.reasons(person))?.map(({ window, kind }) => [window, kind]));
  const rules = (await privateStore?.rules(person)) ?? [];
  const feeds = (await privateStore?.feeds(person)) ?? [];
  return {
    person,
    at,
    catalog: entry(catalog.people, person),
    delegate: state.delegate,
    absences: state.windows.map((window) => ({
      ...window,
      kind: kinds.get(window.id),
      enteredBy: entry(state.marks, window.id)?.by,
    })),
    rules: rules.map(({ rule }) => rule),
    calendars: feeds.map(({ id, address, settings }) => ({ id, address: maskedAddress(address), settings })),
    ...(await dutiesOf(person, scheduleIds(catalog), store)),
    looks: (await privateStore?.looksAt(person)) ?? [],
  };
}

/** Where it is read, without what opens it. */
export function maskedAddress(address: string): string {
  return URL.canParse(address) ? `${new URL(address).origin}/…` : '…';
}

async function dutiesOf(
  person: PersonId,
  schedules: readonly string[],
  store: Store,
): Promise<Pick<PersonalExport, 'overrides' | 'offers'>> {
  const loaded = await store.load('schedule', schedules.map(scheduleStream));
  const states = [...loaded.values()].flatMap(({ state }) => state ?? []);
  return {
    overrides: states.flatMap(({ schedule, overrides }) =>
      overrides.filter(concerns(person)).map((made) => ({ ...made, schedule })),
    ),
    offers: states.flatMap(({ schedule, offers }) =>
      offers
        .filter(
          ({ insteadOf, asked, state }) =>
            insteadOf === person || asked.includes(person) || (state.kind === 'taken' && state.by === person),
        )
        .map((offer) => ({ ...offer, schedule })),
    ),
  };
}

function concerns(person: PersonId): (made: MadeOverride) => boolean {
  return ({ override }) =>
    (override.kind !== 'remove' && override.person === person) ||
    ((override.kind === 'remove' || override.kind === 'replace') && override.insteadOf === person);
}
