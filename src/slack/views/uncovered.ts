import { slackUncoveredWords } from '../../messages/slack-uncovered.ts';
import type { Language } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { inline, line, localTime } from './text.ts';

export interface Uncovered {
  readonly schedule: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly hasBegun: boolean;
  /** Name of whoever is paged meanwhile, if anybody is. */
  readonly standsIn: string | undefined;
}

export function uncoveredMessage(uncovered: Uncovered, language: Language): SlackMessage {
  const { schedule, from, to, hasBegun, standsIn } = uncovered;
  const words = slackUncoveredWords[language];
  const lines = [
    words.title(inline(schedule, language, 80)),
    words.span(localTime(from), localTime(to)),
    standsIn === undefined ? words.nobodyStandsIn(hasBegun) : words.standsIn(inline(standsIn, language, 60)),
    words.whatToDo(hasBegun),
  ];
  return spokenMessage([section(lines.map((each) => line(each, language)).join('\n'))]);
}
