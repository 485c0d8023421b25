import { hourMs, toIso, zoned, type EpochMs } from '../../oncall/time.ts';

/** The small company of the sandbox: five payments engineers, one service that earns money, a history of twelve weeks. */
export const zone = 'Asia/Jerusalem';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly slack: string;
  readonly pagerduty: string;
  readonly handle: string;
}

export const people: readonly DemoPerson[] = [
  { id: 'alma', name: 'Alma Katz', slack: 'U0ALMA', pagerduty: 'PALMA01', handle: 'alma' },
  { id: 'beni', name: 'Beni Levi', slack: 'U0BENI', pagerduty: 'PBENI01', handle: 'beni' },
  { id: 'carmel', name: 'Carmel Azulay', slack: 'U0CARMEL', pagerduty: 'PCARMEL', handle: 'carmel' },
  { id: 'dana', name: 'Dana Peretz', slack: 'U0DANA', pagerduty: 'PDANA01', handle: 'dana' },
  { id: 'noa', name: 'Noa Shalev', slack: 'U0NOA', pagerduty: 'PNOA001', handle: 'noa' },
];

export function emailOf(person: DemoPerson): string {
  return `${person.id}@nahal.example`;
}

export interface CompanyService {
  readonly id: string;
  readonly name: string;
  readonly pagerduty: string;
  /** Further keys of the catalog, such as `slo: { availability: 99.99 }`. */
  readonly more?: string;
}

const services: readonly CompanyService[] = [
  {
    id: 'checkout',
    name: 'Checkout',
    pagerduty: 'PSVCCHK',
    more: 'slo: { availability: 99.99 }, revenue_per_minute: 5600',
  },
  { id: 'search', name: 'Search', pagerduty: 'PSVCSRC' },
];

/** What a test wants otherwise: shorter steps, longer turns, more services. */
export interface CompanyShape {
  readonly waitSeconds: readonly [first: number, second: number];
  readonly turnWeeks: number;
  readonly services: readonly CompanyService[];
}

const usual: CompanyShape = { waitSeconds: [300, 600], turnWeeks: 1, services };

/** Alma is on duty in the week of `start`; the rotation began on the Sunday three weeks before. */
export function catalogYaml(start: EpochMs, shape: CompanyShape = usual): string {
  const { waitSeconds, turnWeeks } = shape;
  const anchor = sundayBefore(start);
  const lines = people.map(
    (person) =>
      `  ${person.id}: { name: ${person.name}, slack: ${person.slack}, pagerduty: ${person.pagerduty}, email: ${emailOf(person)}, timezone: ${zone} }`,
  );
  const served = shape.services.map(({ id, name, pagerduty, more }) => {
    const keys = `name: ${name}, team: payments, policy: payments, pagerduty: ${pagerduty}`;
    return `  ${id}: { ${keys}${more === undefined ? '' : `, ${more}`} }`;
  });
  return `# The catalog of the sandbox: who works here, who is on duty, who is asked.
workspace:
  timezone: ${zone}
  work_week: [sun, mon, tue, wed, thu]
  locale: en
  admins: [noa]
  announce: "#incidents"
  default_policy: payments
  last_resort: [person:noa, "channel:#incidents"]
people:
${lines.join('\n')}
teams:
  payments: { members: [alma, beni, carmel, dana], lead: alma }
schedules:
  payments:
    timezone: ${zone}
    layers:
      - { start: "${anchor}T09:00", every: { weeks: ${turnWeeks} }, participants: [alma, beni, carmel] }
  backup:
    timezone: ${zone}
    layers:
      - { start: "${anchor}T09:00", every: { weeks: ${turnWeeks} }, participants: [dana, noa] }
policies:
  payments:
    pages: [sev1, sev2]
    ack_timeout: 30m
    repeat: 2
    steps:
      - { notify: [schedule:payments], wait: ${waitSeconds[0]}s }
      - { notify: [schedule:backup], wait: ${waitSeconds[1]}s }
    last_resort: [person:noa, "channel:#incidents"]
services:
${served.join('\n')}
`;
}

/** Alma was called up the evening before. The file says that she cannot be asked, and has no word for why. */
export function absencesYaml(start: EpochMs): string {
  return `- { person: alma, effect: hard, certain: true, from: "${toIso(start - 9 * hourMs)}", to: null }\n`;
}

/** The day of the rotation's anchor: three weeks before the Sunday of this week, so that it is Alma's turn again. */
export function sundayBefore(start: EpochMs): string {
  const local = zoned(start, zone).toPlainDate();
  return local.subtract({ days: (local.dayOfWeek % 7) + 7 * 3 }).toString();
}
