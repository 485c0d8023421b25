import type { Layer, LayerWindow, Override, Policy, Schedule, Severity, Target } from '../../src/oncall/catalog.ts';
import { severities, weekdays } from '../../src/oncall/catalog.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, type EpochMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { withTimelines } from '../../src/oncall/timeline.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';

/** A company with its duties, absences and overrides, and moments worth asking about; the same seed makes the same one. */
export interface RandomWorld {
  readonly facts: OnCallFacts;
  readonly policy: Policy;
  readonly severity: Severity;
  readonly instants: readonly EpochMs[];
}

/** In [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const zones = [
  'Asia/Jerusalem',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'UTC',
] as const;
const crew = ['alma', 'beni', 'carmel', 'dana', 'eitan', 'fadi', 'gal'] as const;

/** Both changes of the clock of 2026 and some quiet weeks. */
const era = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 10, 15) } as const;

interface Dice {
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  chance(of: number): boolean;
  one<T>(of: readonly [T, ...T[]]): T;
  /** Some of these, at least `least`, in any order. */
  some<T>(of: readonly T[], least: number, most: number): T[];
  shuffled<T>(of: readonly T[]): T[];
}

export function dice(random: () => number): Dice {
  const below = (limit: number) => Math.floor(random() * limit);
  const shuffled = <T>(of: readonly T[]): T[] =>
    of
      .map((item) => ({ item, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ item }) => item);
  return {
    below,
    shuffled,
    chance: (of) => random() < of,
    one: (of) => of[below(of.length)] ?? of[0],
    some: (of, least, most) => shuffled(of).slice(0, least + below(most - least + 1)),
  };
}

export function randomWorld(seed: number): RandomWorld {
  const d = dice(randomFrom(seed));
  const people = d.some(crew, 3, crew.length);
  const schedules = ['s0', 's1', 's2'].slice(0, 1 + d.below(3)).map((id) => randomSchedule(id, people, d));
  const made = Array.from({ length: d.below(4) }, () => ({
    schedule: d.one(['s0', 's1', 's2']),
    override: randomOverride(people, d),
  }));
  const windows = randomWindows(people, d);
  const policy = randomPolicy(schedules, d);
  // Now and then somebody has left the company and is still named.
  const known = d.chance(0.1) ? people.slice(1) : people;
  const facts: OnCallFacts = {
    catalog: {
      workspace: {
        timezone: d.one(zones),
        workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
        locale: 'en',
        admins: [],
        announce: '#incidents',
        defaultPolicy: policy.id,
        lastResort: policy.lastResort,
      },
      people: byId(
        known.map((id) => ({
          id,
          name: id,
          slack: `U${id.toUpperCase()}`,
          pagerduty: `P${id.toUpperCase()}`,
          ...unknown,
        })),
      ),
      teams: byId([{ id: 't', members: d.some(people, 1, people.length), lead: undefined }]),
      schedules: byId(schedules),
      policies: { [policy.id]: policy },
      services: {},
    },
    windows,
    overrides: made,
  };
  // Prepared as the store hands them out; whoever exchanges the windows is answered without.
  return { facts: withTimelines(facts), policy, severity: d.one(severities), instants: momentsOf(facts, d) };
}

const unknown = { email: undefined, timezone: undefined, language: undefined };

function byId<T extends { readonly id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

function randomSchedule(id: string, people: readonly string[], d: Dice): Schedule {
  return {
    id,
    timezone: d.one(zones),
    layers: Array.from({ length: 1 + d.below(3) }, () => randomLayer(people, d)),
    overrides: Array.from({ length: d.below(4) }, () => randomOverride(people, d)),
    ...(d.chance(0.3) ? { needed: 1 + d.below(2) } : {}),
  };
}

function randomLayer(people: readonly string[], d: Dice): Layer {
  const unit = d.one(['hours', 'days', 'weeks', 'months'] as const);
  const most = { hours: 50, days: 15, weeks: 3, months: 3 }[unit];
  const start = Date.UTC(2026, 0, 1) + d.below(150 * 48) * 30 * minuteMs;
  return {
    start: new Date(start).toISOString().slice(0, 16),
    every: { unit, count: 1 + d.below(most) },
    participants: d.some(people, 1, 5),
    windows: d.chance(0.4) ? Array.from({ length: 1 + d.below(2) }, () => randomLayerWindow(d)) : [],
  };
}

function randomLayerWindow(d: Dice): LayerWindow {
  const from = d.below(48);
  return { days: d.some(weekdays, 1, 7), from: clockAt(from), to: clockAt((from + 1 + d.below(47)) % 48) };
}

function clockAt(half: number): string {
  return `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
}

function randomSpan(d: Dice): { readonly from: EpochMs; readonly to: EpochMs } {
  const from = era.from + d.below((era.to - era.from) / (30 * minuteMs)) * 30 * minuteMs;
  return { from, to: from + (1 + d.below(40 * 24)) * hourMs };
}

function randomOverride(people: readonly string[], d: Dice): Override {
  const span = randomSpan(d);
  const [person = 'alma', insteadOf = 'beni'] = [d.some(people, 1, 1)[0], d.some(people, 1, 1)[0]];
  switch (d.below(4)) {
    case 0:
      return { ...span, kind: 'remove', insteadOf };
    case 1:
      return { ...span, kind: 'add', person };
    case 2:
      return { ...span, kind: 'only', person };
    default:
      return { ...span, kind: 'replace', person, insteadOf };
  }
}

/** Absences of every kind: carved, superseded, cancelled, open, tentative, eased back from, yielding to duty. */
function randomWindows(people: readonly string[], d: Dice): AvailabilityWindow[] {
  const windows: AvailabilityWindow[] = [];
  for (let index = d.below(14); index > 0; index -= 1) {
    const { from, to } = randomSpan(d);
    const person = d.some(people, 1, 1)[0] ?? 'alma';
    const effect = d.one(['hard', 'hard', 'soft'] as const);
    const window: AvailabilityWindow = {
      id: `w${index}`,
      person,
      effect,
      certain: d.chance(0.8),
      from,
      to: d.chance(0.15) ? null : to,
      cancelled: false,
      source: 'self',
      ...(effect === 'soft' && d.chance(0.4) ? { letsThrough: d.some(severities, 0, 3) } : {}),
      ...(effect === 'soft' && d.chance(0.3) ? { yieldsToDuty: true as const } : {}),
      ...(d.chance(0.2) ? { easeBackMs: (1 + d.below(72)) * hourMs } : {}),
    };
    const older = d.shuffled(windows).find((one) => one.person === person)?.id;
    if (older === undefined || d.chance(0.5)) windows.push(window);
    // Planning does not believe a tentative home leave, which paging does: there the two differ on purpose.
    else if (d.chance(0.4)) windows.push({ ...window, effect: 'free', carves: older, certain: true });
    else windows.push({ ...window, supersedes: older, cancelled: d.chance(0.3) });
  }
  return windows;
}

function randomPolicy(schedules: readonly Schedule[], d: Dice): Policy {
  const targets: Target[] = [
    ...schedules.map(({ id }): Target => ({ kind: 'schedule', schedule: id })),
    { kind: 'team', team: 't' },
    { kind: 'person', person: 'alma' },
  ];
  return {
    id: 'p',
    pages: severities,
    ackTimeoutMs: 30 * minuteMs,
    repeat: d.below(2),
    steps: Array.from({ length: 1 + d.below(3) }, () => ({ notify: d.some(targets, 1, 2), waitMs: 5 * minuteMs })),
    lastResort: [
      { kind: 'person', person: 'beni' },
      { kind: 'channel', channel: '#incidents' },
    ],
  };
}

/** Random moments, and, half of the time, ones at which something begins or ends, or one millisecond before. */
function momentsOf(facts: OnCallFacts, d: Dice): EpochMs[] {
  const borders = [
    ...facts.windows.flatMap(({ from, to }) => [from, to ?? from + dayMs]),
    ...facts.overrides.flatMap(({ override }) => [override.from, override.to]),
    ...Object.values(facts.catalog.schedules).flatMap((one) => one.overrides.flatMap(({ from, to }) => [from, to])),
  ];
  return Array.from({ length: 3 }, () => {
    const border = d.some(borders, 1, 1)[0];
    if (border !== undefined && d.chance(0.5)) return border - d.below(2);
    return era.from + d.below((era.to - era.from) / minuteMs) * minuteMs;
  });
}
