import type { Catalog, Layer, Person, Policy, Service } from '../../src/oncall/catalog.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { minuteMs, type EpochMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';

/** Sunday, 22 November 2026, 10:00 in Jerusalem. */
export const sundayMorning: EpochMs = Date.UTC(2026, 10, 22, 8, 0);

export function person(id: string, more: Partial<Person> = {}): Person {
  const capital = id.charAt(0).toUpperCase() + id.slice(1);
  return {
    id,
    name: capital,
    slack: `U${id.toUpperCase()}`,
    pagerduty: `P${id.toUpperCase()}`,
    email: `${id}@example.com`,
    timezone: undefined,
    language: undefined,
    ...more,
  };
}

function weekly(...participants: readonly string[]): Layer {
  return { start: '2026-11-22T09:00', every: { unit: 'weeks', count: 1 }, participants, windows: [] };
}

export const paymentsPolicy: Policy = {
  id: 'payments',
  pages: ['sev1', 'sev2'],
  ackTimeoutMs: 30 * minuteMs,
  repeat: 1,
  steps: [
    { notify: [{ kind: 'schedule', schedule: 'payments' }], waitMs: 5 * minuteMs },
    { notify: [{ kind: 'schedule', schedule: 'backup' }], waitMs: 10 * minuteMs },
  ],
  lastResort: [
    { kind: 'person', person: 'noa' },
    { kind: 'channel', channel: '#incidents' },
  ],
};

const checkout: Service = {
  id: 'checkout',
  name: 'Checkout',
  team: 'payments',
  policy: 'payments',
  pagerduty: 'PSVC1',
  sloAvailability: 99.99,
  revenuePerMinute: undefined,
  runbook: undefined,
};

/** Alma is on duty for payments (then Beni, then Carmel), Dana is the backup, Noa is the last resort. */
export function company(more: Partial<Catalog> = {}): Catalog {
  return {
    workspace: {
      timezone: 'Asia/Jerusalem',
      workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
      locale: 'en',
      admins: ['noa'],
      announce: '#incidents',
      defaultPolicy: 'payments',
      lastResort: [
        { kind: 'person', person: 'noa' },
        { kind: 'channel', channel: '#incidents' },
      ],
    },
    people: Object.fromEntries(['alma', 'beni', 'carmel', 'dana', 'noa'].map((id) => [id, person(id)])),
    teams: { payments: { id: 'payments', members: ['alma', 'beni', 'carmel'], lead: 'alma' } },
    schedules: {
      payments: {
        id: 'payments',
        timezone: 'Asia/Jerusalem',
        layers: [weekly('alma', 'beni', 'carmel')],
        overrides: [],
      },
      backup: { id: 'backup', timezone: 'Asia/Jerusalem', layers: [weekly('dana')], overrides: [] },
    },
    policies: { payments: paymentsPolicy },
    services: { checkout },
    ...more,
  };
}

/** A hard window without an end, unless told otherwise. */
export function away(who: string, from: EpochMs, to: EpochMs | null = null): AvailabilityWindow {
  return {
    id: `away:${who}:${from}`,
    person: who,
    effect: 'hard',
    certain: true,
    from,
    to,
    cancelled: false,
    source: 'self',
  };
}

export function onCallFacts(windows: readonly AvailabilityWindow[] = [], catalog: Catalog = company()): OnCallFacts {
  return { catalog, windows, overrides: [] };
}
