import type { Refusal } from '../incident/refusal.ts';
import { refusalWords } from '../messages/refusals.ts';
import { slackIncidentWords } from '../messages/slack-incident.ts';
import type { Language } from '../oncall/catalog.ts';
import type { PersonRefusal } from '../oncall/person.ts';
import type { ScheduleRefusal } from '../oncall/schedule.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { roleName } from './views/incident-words.ts';
import { personName } from './views/people.ts';

export interface RefusalReader {
  readonly facts: OnCallFacts;
  readonly language: Language;
}

/** Why not, in the reader's words, as markup. */
export function refusalText(
  refusal: Refusal | PersonRefusal | ScheduleRefusal,
  { facts, language }: RefusalReader,
): string {
  const words = refusalWords[language];
  const { people } = facts.catalog;
  switch (refusal.code) {
    case 'incident_is_over':
      return words.incident_is_over(slackIncidentWords[language].statuses[refusal.status]);
    case 'already_acknowledged':
      return words.already_acknowledged(personName(refusal.by, people, language));
    case 'person_unavailable':
      return words.person_unavailable(personName(refusal.person, people, language));
    case 'not_in_catalog':
      return words.not_in_catalog(personName(refusal.person, people, language));
    case 'not_on_duty':
      return words.not_on_duty(personName(refusal.person, people, language));
    case 'goes_in_circles':
      return words.goes_in_circles(personName(refusal.person, people, language));
    case 'promised':
      return words.promised(personName(refusal.to, people, language));
    case 'offer_over':
      return words.offer_over(refusal.by === undefined ? undefined : personName(refusal.by, people, language));
    case 'text_too_long':
      return words.text_too_long(refusal.limit);
    case 'role_is_vacant':
      return words.role_is_vacant(roleName(refusal.role, { language }));
    default:
      return words[refusal.code];
  }
}
