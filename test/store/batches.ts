import { foldOrders } from '../../src/engine/fold.ts';
import type { Order } from '../../src/engine/orders.ts';
import type { AlertRow, Batch, Inbound, Store } from '../../src/engine/ports.ts';
import type { Effect } from '../../src/engine/streams.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import type { PageWay } from '../../src/incident/events.ts';
import { incidentId, type IncidentId } from '../../src/incident/ids.ts';
import { automation, type Planned } from '../../src/oncall/recorded.ts';
import type { ScheduleCommand } from '../../src/oncall/schedule.ts';
import { dayMs, type EpochMs } from '../../src/oncall/time.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';

export const start: EpochMs = sundayMorning;

interface With {
  readonly inbound?: Inbound;
  readonly alert?: AlertRow;
  readonly now?: EpochMs;
  readonly ways?: readonly PageWay[];
}

const context = (now: EpochMs, ways: readonly PageWay[] = ['slack']) => ({
  now,
  facts: { onCall: onCallFacts(), ways },
});

const declaration = {
  type: 'declare',
  severity: 'sev1',
  service: 'checkout',
  kind: 'incident',
  isPrivate: false,
  alert: undefined,
} as const;

/** What declaring an incident comes to, as the rules decide it. */
export function declared(
  number: number,
  more: With & { readonly groupKey?: string; readonly title?: string } = {},
): Batch {
  const { groupKey, title = 'Checkout is down', now = start } = more;
  const command: IncidentCommand = { ...declaration, title, groupKey };
  return fold(incidentId(number), { version: 0, state: undefined }, command, more, now);
}

/** What a command comes to on an incident as the store has it. */
export async function decided(store: Store, id: IncidentId, command: IncidentCommand, more: With = {}): Promise<Batch> {
  const stored = (await store.load('incident', [id])).get(id);
  return fold(id, stored ?? { version: 0, state: undefined }, command, more, more.now ?? start);
}

function fold(
  id: IncidentId,
  stored: Parameters<typeof foldOrders<'incident'>>[2],
  command: IncidentCommand,
  more: With,
  now: EpochMs,
) {
  const order: Order<'incident'> = {
    kind: 'incident',
    stream: id,
    command,
    actor: automation,
    ...(more.inbound === undefined ? {} : { inbound: more.inbound }),
    ...(more.alert === undefined ? {} : { alert: more.alert }),
  };
  const { batch } = foldOrders('incident', id, stored, [order], context(now, more.ways));
  if (batch === undefined) throw new Error(`"${command.type}" decided nothing for ${id}`);
  return batch;
}

/** A window that begins at `from`, written to the person's stream. */
export async function leaves(store: Store, person: string, from: EpochMs): Promise<Batch> {
  const stream = `person:${person}` as const;
  const stored = (await store.load('person', [stream])).get(stream) ?? { version: 0, state: undefined };
  const window = away(person, from);
  const command = {
    type: 'mark_unavailable',
    window: window.id,
    effect: 'hard',
    certain: true,
    from,
    to: null,
    source: 'self',
  } as const;
  const { batch } = foldOrders(
    'person',
    stream,
    stored,
    [{ kind: 'person', stream, command, actor: automation }],
    context(start),
  );
  if (batch === undefined) throw new Error('the window was not written');
  return batch;
}

/** One puts themselves on duty for payments instead of another, from `from` for a day. */
export function takesShift(store: Store, person: string, insteadOf: string, from: EpochMs = start): Promise<Batch> {
  const override = { kind: 'replace', from, to: start + dayMs, person, insteadOf } as const;
  const id = `${person}:${insteadOf}`;
  return onSchedule(store, { type: 'make_override', id, override, origin: 'take' }, start);
}

export async function onSchedule(store: Store, command: ScheduleCommand, now: EpochMs): Promise<Batch> {
  const stream = 'schedule:payments' as const;
  const stored = (await store.load('schedule', [stream])).get(stream) ?? { version: 0, state: undefined };
  const order = { kind: 'schedule', stream, command, actor: automation } as const;
  const { batch } = foldOrders('schedule', stream, stored, [order], context(now));
  if (batch === undefined) throw new Error(`"${command.type}" decided nothing`);
  return batch;
}

export function fired(key: string, incident: IncidentId, at: EpochMs = start): AlertRow {
  return { key, incident, count: 1, firstAt: at, lastAt: at, resolved: false };
}

export function planned(lane: string, more: Partial<Planned<Effect>> = {}): Planned<Effect> {
  return {
    effect: { kind: 'timer.count_alerts', incident: 'INC-1' },
    due: start,
    lane,
    priority: 1,
    coalesce: undefined,
    ...more,
  };
}

/** Puts effects into the outbox that no stream planned. */
export function plan(store: Store, ...effects: readonly Planned<Effect>[]): Promise<void> {
  return store.countSignals([], [], effects, start);
}
