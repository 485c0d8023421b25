import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { slackPostWords } from '../../messages/slack-posts.ts';
import type { Language, PersonId } from '../../oncall/catalog.ts';
import type { Actor } from '../../oncall/recorded.ts';
import { personView, type PeopleDirectory, type PersonView } from '../incident-view.ts';
import { inline, isolate } from './text.ts';

const mostNames = 10;

/** A name that notifies nobody, for what is edited in place or concerns people who need not act. */
export function nameOf(person: PersonView, language: Language): string {
  if (person.name !== undefined) return inline(person.name, language, 60);
  return mention(person) ?? slackIncidentWords[language].someoneOutside;
}

/** Names somebody so that they are notified; by name where there is no Slack id. */
export function mentionOf(person: PersonView, language: Language): string {
  const mentioned = mention(person);
  return mentioned === undefined ? nameOf(person, language) : isolate(mentioned, language);
}

export function namesOf(people: readonly PersonView[], language: Language): string {
  const shown = people.slice(0, mostNames).map((person) => nameOf(person, language));
  const more = people.length - shown.length;
  return [...shown, ...(more > 0 ? [slackIncidentWords[language].moreAlerts(more)] : [])].join(', ');
}

export function actorName(actor: Actor, people: PeopleDirectory, language: Language): string {
  const words = slackPostWords[language];
  switch (actor.kind) {
    case 'person':
      return personName(actor.person, people, language);
    case 'automation':
      return words.automation;
    case 'outside':
      return words.outside[actor.system];
  }
}

export function personName(person: PersonId, people: PeopleDirectory, language: Language): string {
  return nameOf(personView(person, people), language);
}

/** Slack ids come from Slack or from the catalog; anything else would be somebody's own markup. */
function mention({ slack }: PersonView): string | undefined {
  return slack !== undefined && /^[UW][A-Z0-9]{1,20}$/.test(slack) ? `<@${slack}>` : undefined;
}
