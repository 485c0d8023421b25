import { dayMs, minuteMs, toIso, type EpochMs } from '../../oncall/time.ts';

interface PastIncident {
  readonly daysAgo: number;
  readonly title: string;
  readonly severity: 'sev1' | 'sev2' | 'sev3';
  readonly service: 'checkout' | 'search';
  readonly detectMinutes: number;
  readonly ackMinutes: number;
  readonly recoverMinutes: number;
  readonly kind?: 'drill';
}

/** Twelve weeks as such weeks are: more in the beginning, a few long ones, one drill. Hand-made, the same in every run. */
const past: readonly PastIncident[] = [
  {
    daysAgo: 82,
    title: 'Connection pool of payments-db exhausted',
    severity: 'sev1',
    service: 'checkout',
    detectMinutes: 6,
    ackMinutes: 14,
    recoverMinutes: 96,
  },
  {
    daysAgo: 80,
    title: 'Search answers with errors after a deploy',
    severity: 'sev2',
    service: 'search',
    detectMinutes: 3,
    ackMinutes: 8,
    recoverMinutes: 41,
  },
  {
    daysAgo: 78,
    title: 'Card payments time out',
    severity: 'sev1',
    service: 'checkout',
    detectMinutes: 9,
    ackMinutes: 21,
    recoverMinutes: 133,
  },
  {
    daysAgo: 73,
    title: 'Certificate of the payment gateway expired',
    severity: 'sev1',
    service: 'checkout',
    detectMinutes: 4,
    ackMinutes: 11,
    recoverMinutes: 64,
  },
  {
    daysAgo: 71,
    title: 'Slow search in the evening peak',
    severity: 'sev3',
    service: 'search',
    detectMinutes: 12,
    ackMinutes: 19,
    recoverMinutes: 88,
  },
  {
    daysAgo: 66,
    title: 'Orders are charged twice',
    severity: 'sev1',
    service: 'checkout',
    detectMinutes: 17,
    ackMinutes: 9,
    recoverMinutes: 158,
  },
  {
    daysAgo: 64,
    title: 'Queue of receipts stands still',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 22,
    ackMinutes: 6,
    recoverMinutes: 72,
  },
  {
    daysAgo: 58,
    title: 'Index rebuild takes search down',
    severity: 'sev2',
    service: 'search',
    detectMinutes: 2,
    ackMinutes: 7,
    recoverMinutes: 35,
  },
  {
    daysAgo: 55,
    title: 'Disk of the log shipper is full',
    severity: 'sev3',
    service: 'checkout',
    detectMinutes: 31,
    ackMinutes: 12,
    recoverMinutes: 58,
  },
  {
    daysAgo: 51,
    title: 'Checkout is slow after a schema change',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 5,
    ackMinutes: 5,
    recoverMinutes: 47,
  },
  {
    daysAgo: 44,
    title: 'Third-party fraud check does not answer',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 3,
    ackMinutes: 4,
    recoverMinutes: 29,
  },
  {
    daysAgo: 38,
    title: 'Search loses a replica',
    severity: 'sev3',
    service: 'search',
    detectMinutes: 6,
    ackMinutes: 10,
    recoverMinutes: 33,
  },
  {
    daysAgo: 36,
    title: 'Failover of payments-db',
    severity: 'sev1',
    service: 'checkout',
    detectMinutes: 2,
    ackMinutes: 3,
    recoverMinutes: 26,
    kind: 'drill',
  },
  {
    daysAgo: 30,
    title: 'Wrong flag turns off saved cards',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 8,
    ackMinutes: 4,
    recoverMinutes: 24,
  },
  {
    daysAgo: 22,
    title: 'Payment gateway throttles us',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 2,
    ackMinutes: 5,
    recoverMinutes: 31,
  },
  {
    daysAgo: 15,
    title: 'Autocomplete is empty',
    severity: 'sev3',
    service: 'search',
    detectMinutes: 4,
    ackMinutes: 9,
    recoverMinutes: 22,
  },
  {
    daysAgo: 9,
    title: 'Checkout errors during a rollout',
    severity: 'sev2',
    service: 'checkout',
    detectMinutes: 1,
    ackMinutes: 3,
    recoverMinutes: 18,
  },
];

/** As a file that `toran import incidents` takes. */
export function historyCsv(now: EpochMs): string {
  const header = 'title,severity,service,impact_start,detected,acked,declared,mitigated,resolved,kind';
  const rows = past.map((one, index) => {
    // Spread over the day, so that not everything happens at the same hour.
    const start = now - one.daysAgo * dayMs + ((index * 197) % 1_200) * minuteMs - 600 * minuteMs;
    const at = (minutes: number) => toIso(start + minutes * minuteMs);
    const mitigated = Math.round(one.recoverMinutes * 0.8);
    return [
      one.title,
      one.severity,
      one.service,
      at(0),
      at(one.detectMinutes),
      at(one.detectMinutes + one.ackMinutes),
      at(one.detectMinutes + 1),
      at(mitigated),
      at(one.recoverMinutes),
      one.kind ?? 'incident',
    ].join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}
