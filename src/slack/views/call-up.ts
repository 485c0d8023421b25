import type { KnownBlock, ModalView } from '@slack/types';
import type { CalledUp } from '../../engine/call-up.ts';
import { slackCallUpWords } from '../../messages/slack-call-up.ts';
import { slackCoverageWords } from '../../messages/slack-coverage.ts';
import { slackModalWords } from '../../messages/slack-modals.ts';
import type { Language, PersonId } from '../../oncall/catalog.ts';
import type { Span } from '../../oncall/layer-windows.ts';
import { actionIds, callbackIds } from '../ids.ts';
import { personView, type PeopleDirectory } from '../incident-view.ts';
import { actions, button, context, plain, section } from './blocks.ts';
import { awayInputIds } from './away-modals.ts';
import { levelMark } from './coverage.ts';
import { message, withinBudget, type SlackMessage } from './message.ts';
import { modal, textInput } from './modals.ts';
import { namesOf, personName } from './people.ts';
import { plainText } from './plain-text.ts';
import { inline, line, localTime } from './text.ts';

export interface CallUpView extends CalledUp {
  readonly language: Language;
  readonly directory: PeopleDirectory;
  /** Named, and not even tried. */
  readonly strangers: readonly PersonId[];
  readonly batch: string;
}

const mostHollow = 10;
const mostCovers = 12;
const longestTime = 100;

/** To whoever has marked them, and to nobody else. */
export function callUpMessage(view: CallUpView): SlackMessage {
  const { language, people, strangers, directory } = view;
  const words = slackCallUpWords[language];
  const by = (wanted: CalledUp['people'][number]['verdict']) =>
    people.filter(({ verdict }) => verdict === wanted).map(({ person }) => person);
  const refused = [...by('refused'), ...strangers];
  const named = (some: readonly PersonId[]) => namesIn(some, directory, language);
  const verdicts = [
    ...(by('done').length === 0 ? [] : [words.marked(named(by('done'))), words.pagesMove]),
    ...(by('already').length === 0 ? [] : [words.already(named(by('already')))]),
    ...(refused.length === 0 ? [] : [words.refused(named(refused))]),
  ].map((each) => line(each, language));
  const isDone = by('done').length + by('already').length > 0;
  return message(plainText(verdicts.join('\n')), [
    section(verdicts.join('\n')),
    ...(isDone ? [...hollowBlocks(view), ...planBlocks(view), callUpButtons(view)] : []),
  ]);
}

function hollowBlocks({ hollow, language }: CallUpView): KnownBlock[] {
  const words = slackCallUpWords[language];
  if (hollow.length === 0) return [section(line(words.nothingHollow, language))];
  const { levels } = slackCoverageWords[language];
  const rows = hollow.slice(0, mostHollow).map(({ schedule, level, from }) => {
    const said = words.hollowSchedule(inline(schedule, language, 60), levels[level], localTime(from));
    return `${levelMark(level)} ${said}`;
  });
  return [titledRows(words.hollow, rows, language)];
}

function planBlocks(view: CallUpView): KnownBlock[] {
  const { plan, language, directory } = view;
  const words = slackCallUpWords[language];
  if (plan.covers.length + plan.unfilled.length === 0) return [section(line(words.nothingToPlan, language))];
  const hidden = plan.covers.length - mostCovers;
  const covers = plan.covers.slice(0, mostCovers).map(({ schedule, person, insteadOf, why, ...span }) => {
    const name = inline(schedule, language, 60);
    const whose = insteadOf === null ? '…' : personName(insteadOf, directory, language);
    const said = words.cover(name, personName(person, directory, language), whose, spanIn(span, language));
    return why.length === 0 ? said : `${said} (${why.map((reason) => words.reasons[reason]).join(', ')})`;
  });
  const unfilled = plan.unfilled
    .slice(0, mostHollow)
    .map(({ schedule, ...span }) => `🟥 ${words.unfilled(inline(schedule, language, 60), spanIn(span, language))}`);
  const overloaded = plan.overloaded.map(({ person }) => person);
  return [
    titledRows(words.plan, [...covers, ...(hidden > 0 ? [words.moreCovers(hidden)] : []), ...unfilled], language),
    ...(overloaded.length === 0
      ? []
      : [context([line(words.overloaded(namesIn(overloaded, directory, language)), language)])]),
  ];
}

function callUpButtons({ batch, plan, language }: CallUpView): KnownBlock {
  const words = slackCallUpWords[language];
  return actions([
    ...(plan.covers.length === 0
      ? []
      : [button(words.apply, actionIds.applyCallUp, batch, { style: 'primary' as const })]),
    button(words.undo, actionIds.undoCallUp, batch),
  ]);
}

function titledRows(title: string, rows: readonly string[], language: Language): KnownBlock {
  return section([`*${title}*`, ...rows].map((each) => line(each, language)).join('\n'));
}

function spanIn({ from, to }: Span, language: Language): string {
  return slackCallUpWords[language].span(localTime(from), localTime(to));
}

export function namesIn(people: readonly PersonId[], directory: PeopleDirectory, language: Language): string {
  return namesOf(
    people.map((person) => personView(person, directory)),
    language,
  );
}

export function callUpModal(language: Language): ModalView {
  const words = slackCallUpWords[language].form;
  return modal({
    callbackId: callbackIds.callUp,
    title: words.title,
    submit: words.submit,
    language,
    blocks: [
      section(line(words.note, language)),
      {
        type: 'input',
        block_id: awayInputIds.person,
        label: plain(words.people, 2_000),
        element: { type: 'multi_users_select', action_id: awayInputIds.person, max_selected_items: 50 },
      },
      textInput(awayInputIds.until, words.until, words.untilHint, { limit: longestTime, isOptional: true }),
    ],
  });
}

/** What came of the form, with its buttons. */
export function callUpResult(language: Language, { blocks }: SlackMessage): ModalView {
  return modal({
    callbackId: callbackIds.answer,
    title: slackModalWords[language].answer,
    language,
    blocks: withinBudget(blocks),
  });
}
