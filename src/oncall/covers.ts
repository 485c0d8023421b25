import type { PersonId } from './catalog.ts';
import type { Rotation } from './rotation.ts';

/** What the layers say at an instant: each layer's holder (undefined where it is not active), and which layer wins. */
export interface LayerHolders {
  readonly rotations: readonly Rotation[];
  readonly holders: readonly (PersonId | undefined)[];
  /** Index of the layer that wins; -1 when none is active. */
  readonly top: number;
}

/**
 * In what order a schedule's people are asked to stand in for one who cannot: the participants of the layer on duty,
 * beginning after the absent person and going round, then those of the other layers from the top down, each beginning
 * with whoever it has on duty, who is the nominal backup (decision record 0005). `takenOff` are those whose place it was
 * before overrides: an outsider's place in the order is theirs.
 */
export function coverOrder(layers: LayerHolders, absent: PersonId, takenOff: readonly PersonId[]): PersonId[] {
  const others = layers.rotations.map((_, index) => index).filter((index) => index !== layers.top);
  const order = [layers.top, ...others.toReversed()].flatMap((index) => {
    const participants = layers.rotations[index]?.participants ?? [];
    const holder = layers.holders[index];
    if (index !== layers.top && holder !== undefined && holder !== absent) return startingAt(participants, holder);
    const pivot = [absent, ...takenOff.toReversed(), holder].find(
      (person) => person !== undefined && participants.includes(person),
    );
    return pivot === undefined ? participants : startingAfter(participants, pivot);
  });
  return [...new Set(order)].filter((person) => person !== absent);
}

function startingAt(participants: readonly PersonId[], person: PersonId): PersonId[] {
  const index = participants.indexOf(person);
  return [...participants.slice(index), ...participants.slice(0, index)];
}

function startingAfter(participants: readonly PersonId[], person: PersonId): PersonId[] {
  const index = participants.indexOf(person) + 1;
  return [...participants.slice(index), ...participants.slice(0, index)];
}
