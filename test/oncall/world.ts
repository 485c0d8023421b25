import * as fc from 'fast-check';
import type {
  Layer,
  Override,
  Person,
  Policy,
  Schedule,
  Service,
  Target,
  Team,
  Weekday,
} from '../../src/oncall/catalog.ts';
import { severities, weekdays } from '../../src/oncall/catalog.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, type EpochMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';

/** `at('2026-11-05T10:00+02:00')`: an instant, written with its offset. */
export function at(text: string): EpochMs {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs) || !/(Z|[+-]\d{2}:\d{2})$/.test(text)) throw new Error(`no instant: ${text}`);
  return atMs;
}

export function person(id: string, more: Partial<Person> = {}): Person {
  const none = { slack: undefined, pagerduty: undefined, email: undefined, timezone: undefined, language: undefined };
  return { id, name: id, ...none, ...more };
}

export function layer(participants: readonly string[], more: Partial<Layer> = {}): Layer {
  return { start: '2026-11-01T09:00', every: { unit: 'weeks', count: 1 }, participants, windows: [], ...more };
}

export function schedule(id: string, layers: readonly Layer[], more: Partial<Schedule> = {}): Schedule {
  return { id, timezone: 'Asia/Jerusalem', layers, overrides: [], ...more };
}

let serial = 0;

export function away(
  who: string,
  from: EpochMs,
  to: EpochMs | null,
  more: Partial<AvailabilityWindow> = {},
): AvailabilityWindow {
  serial += 1;
  return {
    id: `w${serial}`,
    person: who,
    effect: 'hard',
    certain: true,
    from,
    to,
    cancelled: false,
    source: 'self',
    ...more,
  };
}

export interface World {
  readonly people?: readonly string[];
  readonly teams?: readonly Team[];
  readonly schedules?: readonly Schedule[];
  readonly policies?: readonly Policy[];
  readonly services?: readonly Service[];
  readonly windows?: readonly AvailabilityWindow[];
  readonly overrides?: OnCallFacts['overrides'];
  readonly lastResort?: readonly Target[];
  readonly defaultPolicy?: string;
}

/** Facts of a small company. Everybody named anywhere is in the catalog unless `people` says otherwise. */
export function facts(world: World): OnCallFacts {
  const named = [
    ...(world.schedules ?? []).flatMap(({ layers, overrides }) => [
      ...layers.flatMap(({ participants }) => participants),
      ...overrides.flatMap((override) => (override.kind === 'remove' ? [] : [override.person])),
    ]),
    ...(world.teams ?? []).flatMap(({ members }) => members),
    ...(world.overrides ?? []).flatMap(({ override }) => (override.kind === 'remove' ? [] : [override.person])),
  ];
  return {
    catalog: {
      workspace: {
        timezone: 'Asia/Jerusalem',
        workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
        locale: 'en',
        admins: [],
        announce: undefined,
        defaultPolicy: world.defaultPolicy,
        lastResort: world.lastResort ?? [],
      },
      people: byId((world.people ?? [...new Set(named)]).map((id) => person(id))),
      teams: byId(world.teams ?? []),
      schedules: byId(world.schedules ?? []),
      policies: byId(world.policies ?? []),
      services: byId(world.services ?? []),
    },
    windows: world.windows ?? [],
    overrides: world.overrides ?? [],
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

/** Zones with everything that clocks do: late and early changes, half hours, a change at midnight, none at all. */
export const zones = [
  'Asia/Jerusalem',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'UTC',
] as const;

export const crew = ['alma', 'beni', 'carmel', 'dana', 'eitan'] as const;

/** The time in which random worlds play: both changes of the clock of 2026 and some quiet weeks. */
export const era = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 10, 15) } as const;

export const instants = fc
  .integer({ min: era.from / minuteMs, max: era.to / minuteMs })
  .map((minute) => minute * minuteMs);

const someone = fc.constantFrom(...crew);
const days = fc.uniqueArray(fc.constantFrom<Weekday>(...weekdays), { minLength: 1, maxLength: 7 });
const clock = fc.integer({ min: 0, max: 47 }).map((half) => `${pad(Math.floor(half / 2))}:${pad((half % 2) * 30)}`);

const layerWindows = fc.array(
  fc.record({ days, from: clock, to: clock }).filter(({ from, to }) => from !== to),
  { maxLength: 3 },
);

export const steps = fc.oneof(
  fc.record({ unit: fc.constant('hours' as const), count: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ unit: fc.constant('days' as const), count: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ unit: fc.constant('weeks' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ unit: fc.constant('months' as const), count: fc.integer({ min: 1, max: 3 }) }),
);

export const layers = fc.record({
  start: fc
    .integer({ min: Date.UTC(2026, 0, 1) / (30 * minuteMs), max: Date.UTC(2026, 5, 1) / (30 * minuteMs) })
    .map((half) => new Date(half * 30 * minuteMs).toISOString().slice(0, 16)),
  every: steps,
  participants: fc.array(someone, { minLength: 1, maxLength: 4 }),
  windows: layerWindows,
});

const spans = fc
  .tuple(instants, fc.integer({ min: 1, max: 40 * 24 }))
  .map(([from, hours]) => ({ from, to: from + hours * hourMs }));

export const overrides: fc.Arbitrary<Override> = fc.oneof(
  fc
    .record({ span: spans, person: someone, insteadOf: someone })
    .map(({ span, ...who }) => ({ ...span, kind: 'replace' as const, ...who })),
  fc
    .record({ span: spans, insteadOf: someone })
    .map(({ span, ...who }) => ({ ...span, kind: 'remove' as const, ...who })),
  fc.record({ span: spans, person: someone }).map(({ span, ...who }) => ({ ...span, kind: 'add' as const, ...who })),
  fc.record({ span: spans, person: someone }).map(({ span, ...who }) => ({ ...span, kind: 'only' as const, ...who })),
);

/** Absences that supersede nothing: only more of them, in any order. */
export const absences: fc.Arbitrary<AvailabilityWindow> = fc
  .record({
    id: fc.uuid(),
    person: someone,
    effect: fc.constantFrom('hard' as const, 'soft' as const),
    certain: fc.boolean(),
    span: spans,
    isOpen: fc.boolean(),
    letsThrough: fc.subarray([...severities]),
  })
  .map(({ span, isOpen, letsThrough, effect, ...rest }) => ({
    ...rest,
    effect,
    from: span.from,
    to: isOpen ? null : span.to,
    cancelled: false,
    source: 'self' as const,
    ...(effect === 'soft' ? { letsThrough } : {}),
  }));

/** Windows of every kind: carved, superseded and cancelled ones too. */
export const histories: fc.Arbitrary<AvailabilityWindow[]> = fc
  .array(fc.tuple(absences, fc.nat(9), fc.constantFrom('plain', 'free', 'supersedes', 'cancels')), { maxLength: 10 })
  .map((drafts) =>
    drafts.map(([absence, which, role]): AvailabilityWindow => {
      const older = drafts[which]?.[0].id ?? 'nothing';
      if (role === 'free') return { ...absence, effect: 'free', carves: older };
      if (role === 'supersedes') return { ...absence, supersedes: older };
      if (role === 'cancels') return { ...absence, supersedes: older, cancelled: true };
      return absence;
    }),
  );

export const worlds: fc.Arbitrary<OnCallFacts> = fc
  .record({
    timezone: fc.constantFrom(...zones),
    layers: fc.array(layers, { minLength: 1, maxLength: 3 }),
    declared: fc.array(overrides, { maxLength: 4 }),
    made: fc.array(overrides, { maxLength: 3 }),
    windows: histories,
    team: fc.subarray([...crew], { minLength: 1 }),
  })
  .map((world) =>
    facts({
      people: crew,
      schedules: [schedule('s', world.layers, { timezone: world.timezone, overrides: world.declared })],
      teams: [{ id: 't', members: world.team, lead: undefined }],
      windows: world.windows,
      overrides: world.made.map((override) => ({ schedule: 's', override })),
    }),
  );

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

export { dayMs, hourMs, minuteMs };
