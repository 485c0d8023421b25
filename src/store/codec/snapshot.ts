import { rules } from '../../engine/rules.ts';
import type { StreamKind, Streams } from '../../engine/streams.ts';
import { readEvent, type StoredEvent } from './events.ts';

/** Raise a number whenever the shape of that fold changes: stored folds of another number are folded again from events. */
export const snapshotFormat: Readonly<Record<StreamKind, number>> = {
  incident: 2,
  person: 2,
  schedule: 3,
  workspace: 5,
};

/** A fold as it was stored. Only for rows of the format that this code writes. */
export function readSnapshot<Kind extends StreamKind>(_kind: Kind, stored: unknown): Streams[Kind]['state'] {
  // Not parsed again: it is a cache of our own making, read for every command, and its format number vouches for it.
  return stored as Streams[Kind]['state'];
}

export function foldAgain<Kind extends StreamKind>(
  kind: Kind,
  stream: Streams[Kind]['id'],
  history: readonly StoredEvent[],
): Streams[Kind]['state'] | undefined {
  let state: Streams[Kind]['state'] | undefined;
  for (const row of history) state = rules[kind].evolve(stream, state, readEvent(kind, row));
  return state;
}
