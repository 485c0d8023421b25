import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { slackAwayWords } from '../../messages/slack-away.ts';
import { slackModalWords } from '../../messages/slack-modals.ts';
import type { Language, PersonId } from '../../oncall/catalog.ts';
import { dayMs } from '../../oncall/time.ts';
import { callbackIds } from '../ids.ts';
import type { WindowView } from '../home-view.ts';
import { spanText } from './away.ts';
import { option, plain, section } from './blocks.ts';
import { inputIds, modal, selectInput, textInput } from './modals.ts';
import { line } from './text.ts';

/** Names of the inputs; errors of a submission are keyed by them. */
export const awayInputIds = {
  until: inputIds.until,
  from: 'from',
  effect: 'effect',
  certainty: 'certainty',
  ease: 'ease',
  action: 'action',
  asked: 'asked',
  person: 'person',
} as const;

export const easeBacks = { none: 0, day: dayMs, two_days: 2 * dayMs, three_days: 3 * dayMs, week: 7 * dayMs } as const;
const effects = ['hard', 'soft'] as const;
const certainties = ['certain', 'tentative'] as const;
const eases = ['none', 'day', 'two_days', 'three_days', 'week'] as const;
const homeAsked = ['last', 'in_order'] as const;
const longestTime = 100;

/** Asks when and how. `person`: whose absence it is; `more`: what the private part asks, and keeps to itself. */
export function awayModal(language: Language, person: PersonId, more: readonly KnownBlock[] = []): ModalView {
  const { away } = slackModalWords[language];
  const words = slackAwayWords[language].modal;
  return modal({
    callbackId: callbackIds.away,
    title: away.title,
    submit: away.submit,
    language,
    metadata: person,
    blocks: [
      section(line(away.note, language)),
      textInput(awayInputIds.from, words.from, words.fromHint, { limit: longestTime, isOptional: true }),
      textInput(awayInputIds.until, away.until, away.hint, { limit: longestTime, isOptional: true }),
      chosen(awayInputIds.effect, words.effect, effects, words.effects),
      chosen(awayInputIds.certainty, words.certainty, certainties, words.certainties),
      chosen(awayInputIds.ease, words.ease, eases, words.eases),
      ...more,
    ],
  });
}

export function changeAwayModal(language: Language, person: PersonId, window: WindowView): ModalView {
  const words = slackAwayWords[language].modal;
  const actions = window.certain ? (['change', 'end'] as const) : (['change', 'confirm', 'end'] as const);
  return modal({
    callbackId: callbackIds.changeAway,
    title: words.change.title,
    submit: words.change.submit,
    language,
    metadata: `${person} ${window.id}`,
    blocks: [
      section(spanText(window, language)),
      chosen(awayInputIds.action, words.change.action, actions, words.changeActions),
      textInput(awayInputIds.until, words.change.until, words.change.untilHint, {
        limit: longestTime,
        isOptional: true,
      }),
    ],
  });
}

export function homeLeaveModal(language: Language, person: PersonId): ModalView {
  const words = slackAwayWords[language].modal;
  return modal({
    callbackId: callbackIds.homeLeave,
    title: words.home.title,
    submit: words.home.submit,
    language,
    metadata: person,
    blocks: [
      section(line(words.home.note, language)),
      textInput(awayInputIds.from, words.from, words.fromHint, { limit: longestTime, isOptional: true }),
      textInput(awayInputIds.until, words.home.until, words.home.untilHint, { limit: longestTime }),
      chosen(awayInputIds.asked, words.home.asked, homeAsked, words.homeAsked),
    ],
  });
}

/** `current`: the Slack id of whom they have named. */
export function delegateModal(language: Language, current: string | undefined): ModalView {
  const words = slackAwayWords[language].modal.delegate;
  return modal({
    callbackId: callbackIds.delegate,
    title: words.title,
    submit: words.submit,
    language,
    blocks: [
      section(line(words.note, language)),
      {
        type: 'input',
        block_id: awayInputIds.person,
        optional: true,
        label: plain(words.who, 2_000),
        element: {
          type: 'users_select',
          action_id: awayInputIds.person,
          ...(current === undefined ? {} : { initial_user: current }),
        },
      },
    ],
  });
}

/** The first is what holds when nobody chooses. */
function chosen<Choice extends string>(
  id: string,
  label: string,
  choices: readonly Choice[],
  words: Readonly<Record<Choice, string>>,
): InputBlock {
  const options = choices.map((choice) => option(words[choice], choice));
  return selectInput(id, label, options, { initial: options[0] });
}
