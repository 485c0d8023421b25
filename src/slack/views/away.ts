import type { KnownBlock } from '@slack/types';
import { durationText } from '../../messages/figures.ts';
import { slackAwayWords } from '../../messages/slack-away.ts';
import { slackHomeWords } from '../../messages/slack-home.ts';
import type { Language, PersonId } from '../../oncall/catalog.ts';
import { actionIds } from '../ids.ts';
import type { WindowView } from '../home-view.ts';
import { actions, button, context, section } from './blocks.ts';
import { message, spokenMessage, type SlackMessage } from './message.ts';
import { plainText } from './plain-text.ts';
import { leftToRight, line, localTime } from './text.ts';

const mostShown = 20;

/** For the person themselves, or the delegate they have named. */
export function absencesMessage(windows: readonly WindowView[], person: PersonId, language: Language): SlackMessage {
  const words = slackAwayWords[language];
  const shown = windows.slice(0, mostShown);
  const hidden = windows.length - shown.length;
  return spokenMessage([
    section(line(`*${words.listTitle}*`, language)),
    ...(shown.length === 0 ? [section(line(words.listEmpty, language))] : []),
    ...shown.map((window) => windowRow(window, person, language)),
    ...(hidden > 0 ? [context([line(slackHomeWords[language].moreWindows(hidden), language)])] : []),
  ]);
}

/** What somebody else said of a person, told to them once, with the way back. `by` and `until` are markup. */
export function awayNotice(by: string, until: string | undefined, language: Language): SlackMessage {
  const { notice } = slackAwayWords[language];
  const sentence = line(notice.marked(by, until), language);
  return message(plainText(sentence), [
    section(sentence),
    context([line(notice.nothingToDo, language), line(notice.whenBack, language)]),
    actions([button(slackHomeWords[language].back, actionIds.back, 'back')]),
  ]);
}

/** One window with the button to change it, where it was said in Slack or can be overridden by the person. */
export function windowRow(window: WindowView, person: PersonId, language: Language): KnownBlock {
  const row = section(spanText(window, language));
  if (window.effect === 'free') return row;
  const change = button(slackHomeWords[language].change, actionIds.changeAway, `${person} ${window.id}`);
  return { ...row, accessory: change };
}

export function spanText(window: WindowView, language: Language): string {
  const words = slackHomeWords[language];
  const to = window.to === null ? undefined : localTime(window.to);
  const notes = [
    ...(window.certain ? [] : [words.tentative]),
    ...(window.isSaid ? [] : [words.byRule]),
    ...(window.easeBackMs === 0 || window.effect === 'free' ? [] : [easeText(window, language)]),
  ];
  const head = [words.effects[window.effect], ...notes].join(' · ');
  return [head, words.span(localTime(window.from), to)].map((each) => line(each, language)).join('\n');
}

function easeText({ easeBackMs }: WindowView, language: Language): string {
  return slackHomeWords[language].easeBack(leftToRight(durationText(easeBackMs, language), language));
}
