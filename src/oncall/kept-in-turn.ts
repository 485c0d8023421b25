import type { Layer, PersonId, Schedule } from './catalog.ts';
import { rosterOf } from './duty.ts';
import { turnsTaken } from './rotation.ts';
import type { EpochMs } from './time.ts';

/**
 * The layers that a file declares, with the participants turned so that nobody is moved in the middle of a turn: whoever
 * has the turn at `now` keeps it until the hand-off, and then the file's order goes on from them. Whoever is no longer in
 * the list hands over now, to the one who would have come next. Only for a layer whose grid stays as it is (zone, start,
 * step, windows); one with another grid begins anew, in the order of the file.
 */
export function keptInTurn(before: Schedule, file: Schedule, now: EpochMs): readonly Layer[] {
  if (before.timezone !== file.timezone) return file.layers;
  const left = [...before.layers];
  const { rotations, offsets } = rosterOf(file, now, now);
  return file.layers.map((layer, index) => {
    const was = mostAlike(layer, left);
    const rotation = rotations[index];
    if (was === undefined || rotation === undefined) return layer;
    left.splice(left.indexOf(was), 1);
    const taken = turnsTaken(rotation, offsets, now);
    return taken === undefined
      ? layer
      : { ...layer, participants: turned(was.participants, layer.participants, taken) };
  });
}

/** What decides when turns begin and which are taken; not who takes them. */
export function gridKey({ start, every, windows }: Layer): string {
  const opened = windows.map(({ days, from, to }) => [...new Set(days), from, to].toSorted().join(' '));
  return JSON.stringify([start, every.unit, every.count, opened.toSorted()]);
}

/** Of the layers with the same grid, the one that shares the most people; the first of several. */
function mostAlike(layer: Layer, others: readonly Layer[]): Layer | undefined {
  const shared = ({ participants }: Layer) =>
    participants.filter((person) => layer.participants.includes(person)).length;
  const alike = others.filter((other) => gridKey(other) === gridKey(layer));
  return alike.reduce<Layer | undefined>(
    (best, other) => (best === undefined || shared(other) > shared(best) ? other : best),
    undefined,
  );
}

/** The list of the file, turned so that its entry number `taken` is whoever has the turn now, or would have had the next. */
function turned(was: readonly PersonId[], file: readonly PersonId[], taken: number): readonly PersonId[] {
  const ahead = startingAt(was, taken % was.length);
  const heir = ahead.findIndex((person) => file.includes(person));
  const first = heir === -1 ? 0 : mostLikely(file, startingAt(ahead, heir));
  return startingAt(file, first - (taken % file.length));
}

/** Of the places of the person at the head of `ahead`, the one after which most turns come as they would have. */
function mostLikely(file: readonly PersonId[], ahead: readonly PersonId[]): number {
  const places = file.flatMap((person, index) => (person === ahead[0] ? [index] : []));
  return places.toSorted((a, b) => likeness(file, b, ahead) - likeness(file, a, ahead))[0] ?? 0;
}

/** How many turns come as they would have when the list goes on from `position`: tells two turns of one person apart. */
function likeness(file: readonly PersonId[], position: number, ahead: readonly PersonId[]): number {
  const next = startingAt(file, position);
  const different = ahead.findIndex((person, index) => person !== next[index % next.length]);
  return different === -1 ? ahead.length : different;
}

function startingAt(list: readonly PersonId[], index: number): readonly PersonId[] {
  const start = ((index % list.length) + list.length) % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
