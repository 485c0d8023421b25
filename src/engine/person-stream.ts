import type { PersonId } from '../oncall/catalog.ts';
import { newPerson } from '../oncall/person-rules.ts';
import type { PersonCommand, PersonState } from '../oncall/person.ts';
import { automation } from '../oncall/recorded.ts';
import type { Engine } from './orders.ts';
import type { Store } from './ports.ts';
import { personStream } from './streams.ts';

/** What is known of a person's availability; somebody of whom nothing was ever said has none. */
export async function personState(person: PersonId, store: Store): Promise<PersonState> {
  const stream = personStream(person);
  return (await store.load('person', [stream])).get(stream)?.state ?? newPerson(person);
}

/** By a part of Toran, to which nothing is refused. */
export async function tellPerson(person: PersonId, command: PersonCommand, engine: Engine): Promise<void> {
  await engine.execute({ kind: 'person', stream: personStream(person), command, actor: automation });
}
