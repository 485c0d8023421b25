import type { Logger } from 'pino';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import type { IncidentCommand } from '../incident/commands.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Incident } from '../incident/incident.ts';
import { available } from '../oncall/available.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { automation } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Addresses } from './addresses.ts';
import type { SlackClient } from './client.ts';
import type { DrawCoverage } from './coverage-picture.ts';
import type { HomePublisher } from './home.ts';
import type { IdentityReader } from './identity.ts';
import { incidentView, type IncidentView } from './incident-view.ts';
import type { NameInstead } from './mention-guard.ts';

/** What the handlers of Slack's effects work with. */
export interface SlackEffectContext {
  readonly client: SlackClient;
  readonly identity: IdentityReader;
  readonly addresses: Addresses;
  readonly home: HomePublisher;
  /** Left out: coverage is told in words alone. */
  readonly drawCoverage?: DrawCoverage | undefined;
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Logger;
  /** Reads a file that Toran wrote: post-mortem drafts. */
  readonly readFile: (path: string) => Promise<string>;
}

/** Writes down what became of an effect; the rules say what it means. */
export async function tell(
  { engine }: Pick<SlackEffectContext, 'engine'>,
  incident: IncidentId,
  command: IncidentCommand,
): Promise<void> {
  await engine.execute({ kind: 'incident', stream: incident, command, actor: automation });
}

/** What is true now, ready to be shown in `language` (the workspace's when left out). */
export async function look(
  { store, clock }: Pick<SlackEffectContext, 'store' | 'clock'>,
  incident: Incident,
  facts: OnCallFacts,
  language: Language = facts.catalog.workspace.locale,
): Promise<IncidentView> {
  return incidentView(incident, await store.texts(incident.id), facts.catalog, clock.now(), language);
}

/** Never invited, mentioned, reminded or paged (DESIGN §8). */
export function cannotAnswer(
  facts: OnCallFacts,
  person: PersonId,
  { severity }: Pick<Incident, 'severity'>,
  now: number,
): boolean {
  return available(facts, person, now, severity).state === 'no';
}

/** For messages that ring: who is mentioned in them and cannot answer now is shown by name instead. */
export function awayNames(facts: OnCallFacts, incident: Pick<Incident, 'severity'>, now: number): NameInstead {
  const people = Object.values(facts.catalog.people);
  return (slackId) => {
    const person = people.find(({ slack }) => slack === slackId);
    return person !== undefined && cannotAnswer(facts, person.id, incident, now) ? person.name : undefined;
  };
}

export function slackIdOf(facts: OnCallFacts, person: PersonId): string | undefined {
  const known = entry(facts.catalog.people, person)?.slack;
  if (known !== undefined) return known;
  // People whom the catalog does not know act under their Slack id.
  return person.startsWith('slack:') ? person.slice('slack:'.length) : undefined;
}

export function languageOf(facts: OnCallFacts, person: PersonId): Language {
  return entry(facts.catalog.people, person)?.language ?? facts.catalog.workspace.locale;
}
