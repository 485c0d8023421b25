import type { AccountSeed } from '../../src/sandbox/pagerduty/seed.ts';

const people = ['noa', 'omer'] as const;

/** Services that PagerDuty knows and the catalog does not: an incident of each is an incident of its own. */
export const foreignServices = 2_500;

export function foreignService(n: number): string {
  return `PSV${n % foreignServices}`;
}

/** Who is paged while things are measured: one schedule of two, a second step, a last resort. */
export const company: {
  readonly catalog: string;
  readonly slackUsers: readonly string[];
  readonly pagerDutyAccount: AccountSeed;
} = {
  slackUsers: people.map((person) => `U0${person.toUpperCase()}`),
  catalog: `
workspace: { timezone: Asia/Jerusalem, admins: [noa], announce: "#incidents", default_policy: payments, last_resort: ["channel:#incidents"] }
people:
${people.map((id) => `  ${id}: { name: ${id}, slack: U0${id.toUpperCase()}, pagerduty: P${id.toUpperCase()}01, email: ${id}@example.com }`).join('\n')}
teams:
  payments: { members: [noa, omer] }
schedules:
  payments:
    timezone: Asia/Jerusalem
    layers: [{ start: "2026-01-04T09:00", every: { weeks: 1 }, participants: [noa, omer] }]
policies:
  payments:
    pages: [sev1, sev2]
    repeat: 1
    steps:
      - { notify: [schedule:payments], wait: 5m }
      - { notify: [team:payments], wait: 10m }
    last_resort: [person:noa, "channel:#incidents"]
services:
  checkout: { name: Checkout, team: payments, policy: payments, pagerduty: PSVCCHK }
`,
  pagerDutyAccount: {
    apiTokens: ['bench-key'],
    users: people.map((id) => ({ id: `P${id.toUpperCase()}01`, name: id, email: `${id}@example.com` })),
    schedules: [],
    escalationPolicies: [
      { id: 'PPOLICY', name: 'Payments', rules: [{ delayMinutes: 30, targets: [{ type: 'user', id: 'PNOA01' }] }] },
    ],
    services: [
      { id: 'PSVCCHK', name: 'Checkout', escalationPolicyId: 'PPOLICY' },
      ...Array.from({ length: foreignServices }, (_, n) => ({
        id: foreignService(n),
        name: `Service ${n}`,
        escalationPolicyId: 'PPOLICY',
      })),
    ],
  },
};
