import type { ModalView } from '@slack/types';
import type { Inbound } from '../engine/ports.ts';
import type { Outcome } from '../engine/orders.ts';
import type { IncidentCommand } from '../incident/commands.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Incident } from '../incident/incident.ts';
import { recipientPerson } from '../incident/page.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackIncidentWords } from '../messages/slack-incident.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { Actor } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { personBySlack } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { inboundOf } from './inbound.ts';
import { incidentView, type IncidentView } from './incident-view.ts';
import { refusalText } from './refusals.ts';
import { messageText } from './slack-text.ts';
import { section } from './views/blocks.ts';
import { statusText } from './views/incident-words.ts';
import { message, type SlackMessage } from './views/message.ts';
import { plainText } from './views/plain-text.ts';
import { leftToRight, line } from './views/text.ts';

/** One request of one person: who asks, where, in which language, and what is known at this moment. */
export interface Asked {
  readonly deps: SlackFeatureDeps;
  readonly facts: OnCallFacts;
  readonly person: PersonId;
  readonly slackUser: string;
  readonly channel: string | undefined;
  readonly language: Language;
  readonly zone: TimeZone;
  readonly now: EpochMs;
  readonly inbound: Inbound;
}

/** `open`: shows a form and changes nothing. */
export type Answer =
  { readonly kind: 'say'; readonly message: SlackMessage } | { readonly kind: 'open'; readonly view: ModalView };

/** Throws when the store cannot be read: then nothing is acknowledged. */
export async function askedBy(
  deps: SlackFeatureDeps,
  from: { readonly slackUser: string; readonly channel: string | undefined; readonly context: object },
): Promise<Asked> {
  const facts = await deps.store.onCallFacts();
  const { catalog } = facts;
  const person = personBySlack(from.slackUser, catalog);
  const known = entry(catalog.people, person);
  return {
    deps,
    facts,
    person,
    slackUser: from.slackUser,
    channel: from.channel,
    language: known?.language ?? catalog.workspace.locale,
    zone: known?.timezone ?? catalog.workspace.timezone,
    now: deps.clock.now(),
    inbound: inboundOf(from.context) ?? { source: 'slack', id: deps.newId() },
  };
}

export function actorOf({ person }: Asked): Actor {
  return { kind: 'person', person };
}

/**
 * A private incident is known to those who are in it or were asked for it; to everybody else there is no such number.
 */
export async function visible(asked: Asked, id: IncidentId): Promise<Incident | undefined> {
  const incident = await asked.deps.store.incident(id);
  if (incident === undefined || !incident.isPrivate) return incident;
  if (asked.channel !== undefined && incident.channel?.id === asked.channel) return incident;
  const deliveries = incident.pages.flatMap((page) => page.deliveries);
  const wasAsked = deliveries.some((delivery) => recipientPerson(delivery) === asked.person);
  return wasAsked || incident.people.includes(asked.person) ? incident : undefined;
}

/** `part` tells several commands of one request apart: each is known again by an id of its own. */
export async function execute(
  asked: Asked,
  id: IncidentId,
  command: IncidentCommand,
  options: { readonly happenedAt?: EpochMs; readonly part?: string } = {},
): Promise<Outcome<'incident'>> {
  const { deps, inbound } = asked;
  // Ids come back from clients and can be guessed.
  if ((await visible(asked, id)) === undefined) return { kind: 'refused', refusal: { code: 'no_such_incident' } };
  return deps.engine.execute({
    kind: 'incident',
    stream: id,
    command,
    actor: actorOf(asked),
    inbound: options.part === undefined ? inbound : { ...inbound, id: `${inbound.id}:${options.part}` },
    ...(options.happenedAt === undefined ? {} : { happenedAt: options.happenedAt }),
  });
}

/** Says what came of a command; a refusal also says what is true now, since the button or screen it came from is old. */
export async function answer(
  asked: Asked,
  incident: IncidentId,
  outcome: Outcome<'incident'>,
  accepted: (incident: Incident) => string,
): Promise<Answer> {
  switch (outcome.kind) {
    case 'accepted':
      return say(asked, accepted(outcome.state));
    case 'refused':
      return refused(asked, incident, outcome.refusal);
    case 'duplicate':
    case 'group_taken':
      return say(asked, slackAnswerWords[asked.language].alreadyDone);
  }
}

async function refused(
  asked: Asked,
  id: IncidentId,
  refusal: Extract<Outcome, { kind: 'refused' }>['refusal'],
): Promise<Answer> {
  const why = refusalText(refusal, asked);
  const incident = await asked.deps.store.incident(id);
  if (incident === undefined || refusal.code === 'no_such_incident') return say(asked, why);
  return say(asked, why, stateLine(await viewFor(asked, incident)));
}

/** `INC-42 is resolved, SEV1 critical.` */
export function stateLine(view: IncidentView): string {
  const words = slackIncidentWords[view.language];
  return slackAnswerWords[view.language].nowTrue(
    leftToRight(view.id, view.language),
    statusText(view).toLocaleLowerCase(view.language),
    words.severities[view.severity],
  );
}

/** What somebody typed behind a command: Slack escapes it, and mentions arrive as ids. */
export function typedText({ facts }: Asked, text: string): string {
  return messageText(text, facts.catalog);
}

/** The incident in the language of whoever asks. */
export async function viewFor(asked: Asked, incident: Incident): Promise<IncidentView> {
  const { deps, facts, now, language } = asked;
  return incidentView(incident, await deps.store.texts(incident.id), facts.catalog, now, language);
}

/** Lines are markup: what is foreign in them is escaped already. */
export function say(asked: Pick<Asked, 'language'>, ...lines: readonly string[]): Answer {
  return { kind: 'say', message: said(asked, ...lines) };
}

export function said({ language }: Pick<Asked, 'language'>, ...lines: readonly string[]): SlackMessage {
  const text = lines.map((each) => line(each, language)).join('\n');
  return message(plainText(text), [section(text)]);
}

export function idOf({ language }: Pick<Asked, 'language'>, incident: IncidentId): string {
  return leftToRight(incident, language);
}
