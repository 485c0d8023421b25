import { durationText } from '../messages/figures.ts';
import { slackAwayWords } from '../messages/slack-away.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { WindowId } from '../oncall/windows.ts';
import type { Asked } from './asked.ts';
import type { AwayManner, AwayRequest } from './away-arguments.ts';
import { refusalText } from './refusals.ts';
import { executeFor, timeOrNone, type Said, type Speaking } from './speaking.ts';
import { leftToRight, localTime } from './views/text.ts';

export function unreadable({ language }: Asked, kind: 'unclear' | 'past'): string {
  const words = slackOncallWords[language];
  return kind === 'past' ? words.awayPast : words.awayUnclear;
}

export type Mark = Extract<AwayRequest, { kind: 'mark' }>;

/** By the person or their delegate, who may say how and when. */
export async function markAway(
  asked: Asked,
  speaking: Speaking,
  request: Mark,
  window: WindowId = asked.deps.newId(),
): Promise<Said> {
  const outcome = await mark(asked, speaking, request, window);
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  return { isDone: true, lines: markedLines(asked, speaking, request) };
}

/** `manner` is the person's or their delegate's to say. */
export function mark(asked: Asked, { person, role }: Speaking, { span, manner }: Mark, window: string) {
  const { from, to } = span;
  const source = role === 'self' ? 'self' : role;
  return executeFor(asked, person, { type: 'mark_unavailable', window, from, to, source, ...manner });
}

function markedLines(asked: Asked, { name }: Speaking, { span, manner }: Mark): string[] {
  const words = slackAwayWords[asked.language];
  const { from, to } = span;
  const sentence = manner.effect === 'hard' ? words.away : words.askedLast;
  const isNow = from <= asked.now;
  return [
    sentence(name, isNow ? undefined : localTime(from), timeOrNone(to)),
    ...mannerLines(asked, manner),
    ...(isNow && manner.effect === 'hard' && name === undefined ? [slackOncallWords[asked.language].pagesMove] : []),
    ...(name === undefined ? [slackOncallWords[asked.language].howBack] : []),
  ];
}

function mannerLines({ language }: Asked, { certain, easeBackMs }: AwayManner): string[] {
  const words = slackAwayWords[language];
  return [
    ...(certain ? [] : [words.tentative]),
    ...(easeBackMs === 0 ? [] : [words.easeBack(leftToRight(durationText(easeBackMs, language), language))]),
  ];
}
