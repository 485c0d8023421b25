import type { PageWay } from '../incident/events.ts';
import { createLane, type Lane } from './lane.ts';
import type { Engine, Order, Outcome } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import type { StreamKind } from './streams.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The ways a page can go out, as configured. */
  readonly ways: readonly PageWay[];
  /** Told after every commit that planned effects, so that the worker starts at once. */
  readonly onCommitted: () => void;
}

/**
 * Runs commands: load, decide, commit, and again on conflict. Commands for one stream queue here and are folded in
 * order; what arrives in one turn of the event loop is committed together, each stream with a verdict of its own.
 */
export function createEngine(options: EngineOptions): Engine {
  const lanes: { readonly [Kind in StreamKind]: Lane<Kind> } = {
    incident: createLane('incident', options),
    person: createLane('person', options),
    schedule: createLane('schedule', options),
    workspace: createLane('workspace', options),
  };
  function laneOf<Kind extends StreamKind>(kind: Kind): Lane<Kind> {
    return lanes[kind];
  }
  return {
    execute<Kind extends StreamKind>(order: Order<Kind>): Promise<Outcome<Kind>> {
      return laneOf(order.kind).execute(order);
    },
  };
}
