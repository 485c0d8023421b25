import { slackOncallWords } from '../../messages/slack-oncall.ts';
import type { IncidentView } from '../incident-view.ts';
import type { NamesOrCount, WhyAsked, WhyPage, WhyStep } from '../why-view.ts';
import { context, section } from './blocks.ts';
import { headed } from './incident-words.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { nameOf, namesOf } from './people.ts';
import { inline, leftToRight, line, localTime } from './text.ts';

/** Newest page first, since that is the one somebody asks about. For one reader only. */
export function whyMessage(pages: readonly WhyPage[], view: IncidentView): SlackMessage {
  const words = slackOncallWords[view.language].why;
  const { language } = view;
  const head = headed(words.title(leftToRight(view.id, language)), view);
  if (pages.length === 0) return spokenMessage([...head, section(line(words.noPages, language))]);
  const hasHidden = pages.some(({ steps }) => steps.some(({ passedOver }) => passedOver.others > 0));
  return spokenMessage([
    ...head,
    ...pages.map((page, index) => section(pageText(page, index + 1, view))).toReversed(),
    ...(hasHidden ? [context([line(words.namesForMembers, language)])] : []),
  ]);
}

function pageText(page: WhyPage, number: number, view: IncidentView): string {
  const words = slackOncallWords[view.language].why;
  return [
    `*${words.page(number, localTime(page.requestedAt))}* · ${words.reasons[page.reason]}`,
    ...page.steps.flatMap((step) => stepLines(step, view)),
    ...namesOrCountLines(page.declined, words.declined, words.declinedCount, view),
    answerText(page, view),
  ]
    .map((each) => line(each, view.language))
    .join('\n');
}

function stepLines(step: WhyStep, view: IncidentView): string[] {
  const words = slackOncallWords[view.language].why;
  const name = step.at.step === 'last_resort' ? words.lastResort : words.step(step.at.step + 1);
  const round = step.at.round === 0 ? '' : ` (${words.round(step.at.round + 1)})`;
  const decided = step.decidedAt === undefined ? '' : `, ${localTime(step.decidedAt, '{time}')}`;
  return [
    `*${name}*${round}${decided}`,
    ...step.asked.map((asked) => `• ${askedText(asked, view)}`),
    ...step.channels.map((channel) => `• ${words.askedChannel(inline(channel, view.language, 80))}`),
    ...namesOrCountLines(step.passedOver, words.passedOver, words.passedOverCount, view).map((each) => `• ${each}`),
  ];
}

function askedText({ person, why, inPlaceOf, asOf, ways }: WhyAsked, view: IncidentView): string {
  const words = slackOncallWords[view.language].why;
  const how = ways.map(({ via, outcome }) => {
    const state = outcome === 'queued' || outcome === 'delivered' ? words[outcome] : words.failures[outcome];
    return `${words.ways[via]} ${state}`;
  });
  const text = words.asked(nameOf(person, view.language), how.join(', '));
  const notes = [
    words.because[why],
    ...(inPlaceOf.length === 0 ? [] : [words.inPlaceOf(namesOf(inPlaceOf, view.language))]),
    ...(asOf === undefined ? [] : [words.asOf(localTime(asOf))]),
  ];
  return `${text} (${notes.join(', ')})`;
}

function namesOrCountLines(
  { people, others }: NamesOrCount,
  named: (people: string) => string,
  counted: (count: number) => string,
  view: IncidentView,
): string[] {
  return [
    ...(people.length === 0 ? [] : [named(namesOf(people, view.language))]),
    ...(others === 0 ? [] : [counted(others)]),
  ];
}

function answerText({ answer }: WhyPage, view: IncidentView): string {
  const words = slackOncallWords[view.language].why;
  switch (answer.kind) {
    case 'acknowledged':
      return words.acknowledged(nameOf(answer.by, view.language), localTime(answer.at));
    case 'waiting':
      return words.waiting;
    case 'over':
      return words.over;
  }
}
