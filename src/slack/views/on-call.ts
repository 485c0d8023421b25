import { slackOncallWords } from '../../messages/slack-oncall.ts';
import type { Language } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';
import type { PersonView } from '../incident-view.ts';
import { context, section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { nameOf, namesOf } from './people.ts';
import { inlineBold, line, localTime } from './text.ts';

const mostShown = 10;

/** How far ahead the next hand-off is looked for. */
export const horizonDays = 14;

export interface DutyView {
  readonly schedule: string;
  readonly onDuty: readonly { readonly person: PersonView; readonly askedLast: boolean }[];
  /** Empty for readers who are not members of the schedule. */
  readonly unavailable: readonly PersonView[];
  readonly next: { readonly at: EpochMs; readonly people: readonly PersonView[] } | undefined;
}

/** Names that notify nobody; why somebody covers is not said. */
export function onCallMessage(duties: readonly DutyView[], hidden: number, language: Language): SlackMessage {
  const words = slackOncallWords[language];
  return spokenMessage([
    section(line(`*${words.title}*`, language)),
    ...duties.map((duty) => section(dutyText(duty, language))),
    ...(hidden > 0 ? [context([line(words.moreSchedules(hidden), language)])] : []),
  ]);
}

function dutyText({ schedule, onDuty, unavailable, next }: DutyView, language: Language): string {
  const words = slackOncallWords[language];
  const now = onDuty.slice(0, mostShown).map(({ person, askedLast }) => {
    const name = nameOf(person, language);
    return askedLast ? `${name} (${words.askedLast})` : name;
  });
  const nextPeople = next === undefined || next.people.length === 0 ? words.nobody : namesOf(next.people, language);
  return [
    inlineBold(schedule, language, 80),
    now.length === 0 ? words.nobody : now.join(', '),
    ...(unavailable.length === 0 ? [] : [words.unavailable(namesOf(unavailable, language))]),
    next === undefined ? words.noChangeWithin(horizonDays) : words.next(nextPeople, localTime(next.at)),
  ]
    .map((each) => line(each, language))
    .join('\n');
}
