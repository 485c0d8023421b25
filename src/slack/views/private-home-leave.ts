import type { InputBlock, KnownBlock } from '@slack/types';
import { slackHomeLeaveWords } from '../../messages/slack-home-leave.ts';
import type { Language } from '../../oncall/catalog.ts';
import { context, option, plain } from './blocks.ts';
import { selectInput, textInput } from './modals.ts';
import { line } from './text.ts';

export const homeLeaveInputIds = {
  absence: 'leave_absence',
  pattern: 'leave_pattern',
  first: 'leave_first',
  asked: 'leave_asked',
} as const;

/** `label` is plain text. */
export interface OfferedAbsence {
  readonly id: string;
  readonly label: string;
}

const mostAbsences = 100;
/** Of the value of an option. A longer id is not one that Toran gives. */
const longestId = 75;
const longestPattern = 100;

/** `typed`: a pattern that was written behind a command already. */
export function homeLeaveInputs(
  absences: readonly OfferedAbsence[],
  language: Language,
  typed?: string,
): readonly KnownBlock[] {
  const words = slackHomeLeaveWords[language];
  const options = absences
    .filter(({ id }) => id.length <= longestId)
    .slice(0, mostAbsences)
    .map(({ id, label }) => option(label, id));
  if (options.length === 0) return [context([line(words.noAbsence, language)])];
  const asked = (['last', 'in_order'] as const).map((id) => option(words.askedOptions[id], id));
  return [
    selectInput(homeLeaveInputIds.absence, words.absence, options, { initial: options[0] }),
    textInput(homeLeaveInputIds.pattern, words.pattern, words.patternHint, {
      limit: longestPattern,
      isOptional: true,
      initial: typed,
    }),
    firstDay(language),
    selectInput(homeLeaveInputIds.asked, words.asked, asked, { initial: asked[0] }),
  ];
}

function firstDay(language: Language): InputBlock {
  const words = slackHomeLeaveWords[language];
  return {
    type: 'input',
    block_id: homeLeaveInputIds.first,
    optional: true,
    label: plain(words.first, 2_000),
    hint: plain(words.firstHint, 2_000),
    element: {
      type: 'datepicker',
      action_id: homeLeaveInputIds.first,
      placeholder: plain(words.firstPlaceholder, 150),
    },
  };
}
