import { personStream } from '../engine/streams.ts';
import type { Outcome } from '../engine/orders.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { newPerson } from '../oncall/person-rules.ts';
import type { PersonCommand, PersonState } from '../oncall/person.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { actorOf, type Asked } from './asked.ts';
import { shareTeam } from './membership.ts';
import { personName } from './views/people.ts';
import { localTime } from './views/text.ts';

/** What came of it, as lines of markup; `isDone` false: nothing has changed. */
export interface Said {
  readonly isDone: boolean;
  readonly lines: readonly string[];
}

/** Somebody's availability as one who asks may speak of it. */
export interface Speaking {
  readonly person: PersonId;
  /** Times are read on the clock of the person concerned. */
  readonly zone: TimeZone;
  /** Undefined for oneself; ready to be shown otherwise. */
  readonly name: string | undefined;
  readonly role: 'self' | 'delegate' | 'teammate';
  readonly state: PersonState;
}

export type MaySpeak =
  { readonly kind: 'speaking'; readonly speaking: Speaking } | { readonly kind: 'refused'; readonly why: string };

/** Oneself and whoever named one as their delegate; of team-mates only that they cannot be reached. */
export async function speakingFor(asked: Asked, person: PersonId): Promise<MaySpeak> {
  const { catalog } = asked.facts;
  const words = slackOncallWords[asked.language];
  const isSelf = person === asked.person;
  const known = entry(catalog.people, person);
  const name = personName(person, catalog.people, asked.language);
  if (known === undefined)
    return { kind: 'refused', why: isSelf ? words.notInCatalog : words.personNotInCatalog(name) };
  const state = await personState(asked, person);
  const role = isSelf ? 'self' : state.delegate === asked.person ? 'delegate' : 'teammate';
  if (role === 'teammate' && !mayMark(asked, person)) return { kind: 'refused', why: words.notTeammate(name) };
  const zone = known.timezone ?? catalog.workspace.timezone;
  return { kind: 'speaking', speaking: { person, zone, name: isSelf ? undefined : name, role, state } };
}

/** Who has just been called up cannot do it themselves: a team-mate or an admin can. */
function mayMark({ facts: { catalog }, person: asking }: Asked, person: PersonId): boolean {
  return shareTeam(catalog, asking, person) || catalog.workspace.admins.includes(asking);
}

export async function personState({ deps }: Asked, person: PersonId): Promise<PersonState> {
  const stream = personStream(person);
  return (await deps.store.load('person', [stream])).get(stream)?.state ?? newPerson(person);
}

/** `part` tells several commands of one request apart. */
export function executeFor(
  asked: Asked,
  person: PersonId,
  command: PersonCommand,
  part?: string,
): Promise<Outcome<'person'>> {
  const { inbound } = asked;
  return asked.deps.engine.execute({
    kind: 'person',
    stream: personStream(person),
    command,
    actor: actorOf(asked),
    inbound: part === undefined ? inbound : { ...inbound, id: `${inbound.id}:${part}` },
  });
}

export function timeOrNone(at: EpochMs | null): string | undefined {
  return at === null ? undefined : localTime(at);
}
