import type { ScheduleEvent } from '../../src/oncall/schedule.ts';
import { sundayMorning } from '../support/company.ts';

const span = { from: sundayMorning, to: sundayMorning + 1 };
const madeBy = { kind: 'person', person: 'alma' } as const;

/** Everything that can happen to a schedule, in the order in which it can. */
export const scheduleEvents: readonly ScheduleEvent[] = [
  ...(
    [
      { kind: 'replace', person: 'beni', insteadOf: 'alma' },
      { kind: 'remove', insteadOf: 'alma' },
      { kind: 'add', person: 'beni' },
      { kind: 'only', person: 'beni' },
    ] as const
  ).map((what, n): ScheduleEvent => ({
    type: 'override_made',
    made: {
      id: `o${n}`,
      override: { ...span, ...what },
      origin: 'cover',
      madeAt: sundayMorning,
      madeBy,
      cancelledAt: undefined,
      batch: 'b',
    },
  })),
  { type: 'override_cancelled', override: 'o1', at: sundayMorning },
  {
    type: 'offer_made',
    offer: {
      id: 'f',
      ...span,
      insteadOf: 'alma',
      kind: 'swap',
      inReturn: span,
      asked: ['beni', 'carmel'],
      declined: [],
      madeAt: sundayMorning,
      madeBy,
      assignAt: null,
      state: { kind: 'open' },
      batch: undefined,
    },
  },
  { type: 'offer_declined', offer: 'f', person: 'carmel' },
  { type: 'offer_ended', offer: 'f', because: 'withdrawn' },
  { type: 'offer_sent', message: { offer: 'f', person: 'beni', channel: 'D1', ts: '1.1' } },
  { type: 'offer_taken', offer: 'f', by: 'beni', how: 'accepted' },
  {
    type: 'duty_noted',
    duty: {
      at: sundayMorning,
      onDuty: ['beni'],
      shifts: [{ person: 'beni', ...span }],
      until: span.to,
      next: span.to,
      userGroup: 'payments-oncall',
    },
    cameOn: [{ person: 'beni', ...span }],
    wentOff: ['alma'],
    coming: [{ person: 'carmel', ...span }],
    changed: ['dana'],
  },
  {
    type: 'overrides_published',
    published: [
      { id: 'V1', schedule: 'SPAY', ...span, user: 'PBENI' },
      { id: undefined, schedule: 'SPAY', ...span, user: 'PBENI' },
    ],
  },
];
