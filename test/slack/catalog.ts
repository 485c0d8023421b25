import type { Catalog, Person } from '../../src/oncall/catalog.ts';

function person(id: string, name: string, slack: string | undefined, more: Partial<Person> = {}): Person {
  return { id, name, slack, pagerduty: undefined, email: undefined, timezone: undefined, language: undefined, ...more };
}

/** A small company: Noa is on duty, Omer stands behind her, Dana has no Slack account, Carmel reads Hebrew. */
export const catalog: Catalog = {
  workspace: {
    timezone: 'Asia/Jerusalem',
    workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
    locale: 'en',
    admins: ['noa'],
    announce: '#incidents',
    defaultPolicy: undefined,
    lastResort: [{ kind: 'channel', channel: '#incidents' }],
  },
  people: {
    noa: person('noa', 'Noa Levi', 'U0NOA'),
    omer: person('omer', 'Omer Bar', 'U0OMER'),
    dana: person('dana', 'Dana Paz', undefined),
    carmel: person('carmel', 'Carmel Or', 'U0CARMEL', { language: 'he' }),
    ghost: person('ghost', 'Left Long Ago', 'U0GHOST'),
  },
  teams: {},
  schedules: {},
  policies: {
    payments: {
      id: 'payments',
      pages: ['sev1', 'sev2'],
      ackTimeoutMs: 30 * 60_000,
      repeat: 0,
      steps: [
        { notify: [{ kind: 'person', person: 'noa' }], waitMs: 5 * 60_000 },
        { notify: [{ kind: 'person', person: 'omer' }], waitMs: 5 * 60_000 },
      ],
      lastResort: [{ kind: 'channel', channel: '#incidents' }],
    },
  },
  services: {
    checkout: {
      id: 'checkout',
      name: 'Checkout',
      team: undefined,
      policy: 'payments',
      pagerduty: undefined,
      sloAvailability: undefined,
      revenuePerMinute: undefined,
      runbook: 'https://runbooks.example/checkout',
    },
  },
};
