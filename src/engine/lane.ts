import type { EngineOptions } from './executor.ts';
import { foldOrders, type Folded } from './fold.ts';
import type { Order, Outcome } from './orders.ts';
import { inboundKey, type CommitResult, type Verdict } from './ports.ts';
import type { StreamKind, Streams } from './streams.ts';

/** More per turn gains little and holds the event loop longer (facts: groups above about 20 do not pay). */
const ordersPerTurn = 50;
/** Lost races in a row before a command gives up: only a store that keeps answering nonsense gets there. */
const mostTries = 25;

export interface Lane<Kind extends StreamKind> {
  execute(order: Order<Kind>): Promise<Outcome<Kind>>;
}

interface Waiting<Kind extends StreamKind> {
  readonly order: Order<Kind>;
  tries: number;
  resolve(outcome: Outcome<Kind>): void;
  reject(error: unknown): void;
}

type Id<Kind extends StreamKind> = Streams[Kind]['id'];

/** The queues of all streams of one kind. */
export function createLane<Kind extends StreamKind>(kind: Kind, options: EngineOptions): Lane<Kind> {
  const queues = new Map<Id<Kind>, Waiting<Kind>[]>();
  const busy = new Set<Id<Kind>>();
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const taken = take();
      if (taken.size === 0) return;
      void turn(taken).finally(() => {
        for (const stream of taken.keys()) busy.delete(stream);
        if (queues.size > 0) schedule();
      });
      // Streams that did not fit into this turn need not wait for its end.
      if ([...queues.keys()].some((stream) => !busy.has(stream))) schedule();
    });
  }

  function take(): Map<Id<Kind>, Waiting<Kind>[]> {
    const taken = new Map<Id<Kind>, Waiting<Kind>[]>();
    let room = ordersPerTurn;
    for (const [stream, queue] of queues) {
      if (room === 0) break;
      if (busy.has(stream)) continue;
      const some = queue.splice(0, room);
      room -= some.length;
      if (queue.length === 0) queues.delete(stream);
      busy.add(stream);
      taken.set(stream, some);
    }
    return taken;
  }

  function enqueue(waiting: Waiting<Kind>): void {
    const queue = queues.get(waiting.order.stream);
    if (queue === undefined) queues.set(waiting.order.stream, [waiting]);
    else queue.push(waiting);
    schedule();
  }

  /** Never rejects: every waiting command is answered, with an error if need be. */
  async function turn(taken: ReadonlyMap<Id<Kind>, Waiting<Kind>[]>): Promise<void> {
    try {
      const again = await runTurn(kind, taken, options);
      for (const waiting of again) retry(waiting);
    } catch (error) {
      for (const queue of taken.values()) for (const waiting of queue) waiting.reject(error);
    }
  }

  function retry(waiting: Waiting<Kind>): void {
    waiting.tries += 1;
    if (waiting.tries < mostTries) enqueue(waiting);
    else
      waiting.reject(
        new Error(`${waiting.order.stream}: lost ${mostTries} races in a row for "${waiting.order.command.type}"`),
      );
  }

  return { execute: (order) => new Promise((resolve, reject) => enqueue({ order, tries: 0, resolve, reject })) };
}

/** One load, one decision per command, one commit. Returns the commands that lost a race and must be decided again. */
async function runTurn<Kind extends StreamKind>(
  kind: Kind,
  taken: ReadonlyMap<Id<Kind>, readonly Waiting<Kind>[]>,
  { store, clock, ways, onCommitted }: EngineOptions,
): Promise<readonly Waiting<Kind>[]> {
  const everyone = [...taken.values()].flat();
  const seen = await store.seen(everyone.flatMap(({ order }) => order.inbound ?? []));
  const streams = await store.load(kind, [...taken.keys()]);
  const facts = { onCall: await store.onCallFacts(), ways };
  const now = clock.now();
  const again: Waiting<Kind>[] = [];
  const folds: { readonly folded: Folded<Kind>; readonly waiting: readonly Waiting<Kind>[] }[] = [];
  for (const [stream, queue] of taken) {
    const fresh: Waiting<Kind>[] = [];
    const keys = new Set<string>();
    for (const waiting of queue) {
      const key = waiting.order.inbound === undefined ? undefined : inboundKey(waiting.order.inbound);
      const verdict: Verdict | undefined = key === undefined ? undefined : seen.get(key);
      if (verdict !== undefined) waiting.resolve({ kind: 'duplicate', verdict });
      // The same delivery twice in one turn: the second is answered from what the first commits.
      else if (key !== undefined && keys.has(key)) again.push(waiting);
      else fresh.push(waiting);
      if (key !== undefined) keys.add(key);
    }
    const stored = streams.get(stream) ?? { version: 0, state: undefined };
    const orders = fresh.map((waiting) => waiting.order);
    folds.push({ folded: foldOrders(kind, stream, stored, orders, { now, facts }), waiting: fresh });
  }
  const toCommit = folds.flatMap(({ folded }) => folded.batch ?? []);
  const results = toCommit.length === 0 ? [] : await store.commit(toCommit, now);
  let next = 0;
  for (const { folded, waiting } of folds) {
    const result: CommitResult | undefined = folded.batch === undefined ? 'committed' : results[next++];
    again.push(...answer(result, folded, waiting));
  }
  if (toCommit.some((batch) => batch.effects.length > 0)) onCommitted();
  return again;
}

function answer<Kind extends StreamKind>(
  result: CommitResult | undefined,
  folded: Folded<Kind>,
  waiting: readonly Waiting<Kind>[],
): readonly Waiting<Kind>[] {
  if (result === 'committed') {
    for (const [index, one] of waiting.entries()) {
      const outcome = folded.outcomes[index];
      if (outcome === undefined)
        one.reject(new Error(`no outcome for "${one.order.command.type}" on ${one.order.stream}`));
      else one.resolve(outcome);
    }
    return [];
  }
  if (result === 'group_taken') {
    if (waiting.some(({ order }) => order.command.type === 'reopen')) return waiting.map(withoutGroup);
    for (const one of waiting) one.resolve({ kind: 'group_taken' });
    return [];
  }
  return waiting;
}

/** Alerts open another incident while this one was over; it is reopened beside that one. */
function withoutGroup<Kind extends StreamKind>(waiting: Waiting<Kind>): Waiting<Kind> {
  return { ...waiting, order: { ...waiting.order, groupTaken: true } };
}
