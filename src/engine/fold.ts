import type { NewText } from '../incident/draft.ts';
import type { Planned, Recorded } from '../oncall/recorded.ts';
import type { Order, Outcome } from './orders.ts';
import type { AlertRow, Batch, StoredStream } from './ports.ts';
import { rules, type RuleContext } from './rules.ts';
import type { Effect, StreamKind, Streams } from './streams.ts';

/** What a queue of commands for one stream comes to, decided one upon the other. Pure. */
export interface Folded<Kind extends StreamKind> {
  /** Undefined when there is nothing to write. */
  readonly batch: Batch | undefined;
  /** One per order, true once the batch is committed. */
  readonly outcomes: readonly Outcome<Kind>[];
}

export function foldOrders<Kind extends StreamKind>(
  kind: Kind,
  stream: Streams[Kind]['id'],
  stored: StoredStream<Streams[Kind]['state']>,
  orders: readonly Order<Kind>[],
  context: RuleContext,
): Folded<Kind> {
  const rule = rules[kind];
  let state = stored.state ?? rule.start(stream);
  let version = stored.version;
  const events: Recorded<Streams[Kind]['event']>[] = [];
  const effects: Planned<Effect>[] = [];
  const texts: NewText[] = [];
  const inbound: Batch['inbound'][number][] = [];
  const alerts: AlertRow[] = [];
  const outcomes: Outcome<Kind>[] = [];

  for (const order of orders) {
    const decision = rule.decide(order, { state, version }, context);
    if (!decision.accepted) {
      outcomes.push({ kind: 'refused', refusal: decision.refusal });
      continue;
    }
    for (const recorded of decision.events) {
      state = rule.evolve(stream, state, recorded);
      version = recorded.sequence;
    }
    const after = state;
    if (after === undefined)
      throw new Error(`${stream}: "${order.command.type}" was accepted on a stream that does not exist`);
    events.push(...decision.events);
    texts.push(...decision.texts);
    effects.push(...decision.events.flatMap((recorded) => rule.react(recorded, after)));
    if (order.inbound !== undefined) inbound.push({ key: order.inbound, verdict: verdictOf(order) });
    if (order.alert !== undefined) alerts.push(order.alert);
    outcomes.push({ kind: 'accepted', state: after, events: decision.events });
  }

  if (state === undefined || (events.length === 0 && inbound.length === 0 && alerts.length === 0))
    return { batch: undefined, outcomes };
  const batch: Batch = {
    stream,
    kind,
    expectedVersion: stored.version,
    events,
    state,
    texts,
    effects: onePerKey(effects),
    row: rule.row(state),
    openGroup: rule.openGroup(state, stored.state),
    inbound,
    alerts,
  };
  return { batch, outcomes };
}

function verdictOf(order: Order): Batch['inbound'][number]['verdict'] {
  return {
    incident: order.kind === 'incident' && order.stream.startsWith('INC-') ? incidentStream(order.stream) : undefined,
  };
}

function incidentStream(stream: string): `INC-${number}` | undefined {
  const number = Number(stream.slice('INC-'.length));
  return Number.isInteger(number) ? `INC-${number}` : undefined;
}

/** Of edits with one key the first is enough: it shows what is true when it is sent. */
function onePerKey(effects: readonly Planned<Effect>[]): readonly Planned<Effect>[] {
  const keys = new Set<string>();
  return effects.filter(({ coalesce }) => {
    if (coalesce === undefined) return true;
    if (keys.has(coalesce)) return false;
    keys.add(coalesce);
    return true;
  });
}
