import type { Layer, Person, Schedule } from '../../src/oncall/catalog.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, type EpochMs, hourMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';

export interface CompanySize {
  readonly people: number;
  readonly schedules: number;
  readonly windows: number;
}

/**
 * A company of that size, the same every time: schedules of five to twelve people who overlap with their neighbours, a
 * third of them by day only, and windows of every kind spread over 100 days from `start`.
 */
export function largeCompany({ people, schedules, windows }: CompanySize, start: EpochMs): OnCallFacts {
  const random = mulberry32(people * 1_000_003 + schedules * 101 + windows);
  const below = (count: number) => Math.floor(random() * count);
  const ids = Array.from({ length: people }, (_, index) => `p${String(index).padStart(4, '0')}`);
  const crews = Array.from({ length: schedules }, (_, index) => {
    const first = Math.floor((index * people) / schedules);
    return [...new Set(Array.from({ length: 5 + below(8) }, () => ids[(first + below(16)) % people] ?? 'p0000'))];
  });
  return {
    catalog: {
      workspace: {
        timezone: 'Asia/Jerusalem',
        workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
        locale: 'en',
        admins: [],
        announce: '#incidents',
        defaultPolicy: undefined,
        lastResort: [{ kind: 'channel', channel: '#incidents' }],
      },
      people: Object.fromEntries(ids.map((id) => [id, personOf(id)])),
      teams: {},
      schedules: Object.fromEntries(crews.map((crew, index) => [`s${index}`, scheduleOf(`s${index}`, crew, index)])),
      policies: {},
      services: {},
    },
    windows: Array.from({ length: windows }, (_, index) =>
      windowOf(index, ids[below(people)] ?? 'p0000', start, random),
    ),
    overrides: crews.map((crew, index) => {
      const from = start + below(90) * dayMs;
      const [person, insteadOf] = [crew[0] ?? 'p0000', crew[1] ?? 'p0001'];
      return { schedule: `s${index}`, override: { kind: 'replace', from, to: from + dayMs, person, insteadOf } };
    }),
  };
}

function personOf(id: string): Person {
  const none = { slack: undefined, pagerduty: undefined, email: undefined, timezone: undefined, language: undefined };
  return { id, name: id, ...none };
}

function scheduleOf(id: string, crew: readonly string[], index: number): Schedule {
  const base: Layer = {
    start: '2024-01-07T09:00',
    every: { unit: 'weeks', count: 1 },
    participants: crew,
    windows: [],
  };
  const days: Layer = {
    ...base,
    every: { unit: 'days', count: 1 },
    windows: [{ days: ['sun', 'mon', 'tue', 'wed', 'thu'], from: '08:00', to: '18:00' }],
  };
  const layers = index % 3 === 0 ? [days] : index % 3 === 1 ? [base] : [base, days];
  return { id, timezone: 'Asia/Jerusalem', layers, overrides: [] };
}

function windowOf(index: number, person: string, start: EpochMs, random: () => number): AvailabilityWindow {
  const from = start + Math.floor(random() * 100 * 24) * hourMs - 5 * dayMs;
  // Most absences are days, some are weeks, a few are open.
  const hours = random() < 0.8 ? 4 + random() * 72 : 24 * (7 + random() * 30);
  return {
    id: `w${index}`,
    person,
    effect: random() < 0.7 ? 'hard' : 'soft',
    certain: random() < 0.8,
    from,
    to: random() < 0.01 ? null : from + Math.ceil(hours) * hourMs,
    cancelled: false,
    source: 'self',
  };
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
