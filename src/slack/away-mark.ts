import { durationText } from '../messages/figures.ts';
import { slackAwayWords } from '../messages/slack-away.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { EpochMs } from '../oncall/time.ts';
import { liveOf, type AvailabilityWindow, type WindowId } from '../oncall/windows.ts';
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

/**
 * By the person or their delegate, who may say how and when. Whoever is away without an end and says until when has said
 * how it ends: beside a window that goes on for ever the new one would mean nothing.
 */
export async function markAway(
  asked: Asked,
  speaking: Speaking,
  request: Mark,
  window: WindowId = asked.deps.newId(),
): Promise<Said> {
  const endless = givesAnEnd(request, asked.now) ? endlessAbsences(speaking, asked.now) : [];
  const outcomes =
    endless.length === 0
      ? [await mark(asked, speaking, request, window)]
      : await endAll(asked, speaking, endless, request, window);
  const refused = outcomes.find((outcome) => outcome.kind === 'refused');
  if (refused !== undefined) return { isDone: false, lines: [refusalText(refused.refusal, asked)] };
  return { isDone: true, lines: markedLines(asked, speaking, request) };
}

function givesAnEnd({ span, manner }: Mark, now: EpochMs): boolean {
  return manner.effect === 'hard' && span.from <= now && span.to !== null;
}

/** What the person can be said to have begun: not their rules, and not the days of the company. */
function endlessAbsences({ state }: Speaking, now: EpochMs): readonly AvailabilityWindow[] {
  return liveOf(state.windows).filter(
    ({ effect, source, from, to }) =>
      effect === 'hard' && source !== 'personal' && source !== 'company' && from <= now && to === null,
  );
}

async function endAll(
  asked: Asked,
  { person }: Speaking,
  windows: readonly AvailabilityWindow[],
  { span, manner }: Mark,
  id: WindowId,
): Promise<readonly Awaited<ReturnType<typeof executeFor>>[]> {
  const { certain, easeBackMs } = manner;
  const outcomes = [];
  for (const [index, window] of windows.entries()) {
    const change = { type: 'change_window', window: window.id, to: span.to, certain, easeBackMs } as const;
    const made = index === 0 ? id : asked.deps.newId();
    outcomes.push(await executeFor(asked, person, { ...change, id: made }, String(index)));
  }
  return outcomes;
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
    ...(name === undefined ? [isNow ? slackOncallWords[asked.language].howBack : words.howChange] : []),
  ];
}

function mannerLines({ language }: Asked, { certain, easeBackMs }: AwayManner): string[] {
  const words = slackAwayWords[language];
  return [
    ...(certain ? [] : [words.tentative]),
    ...(easeBackMs === 0 ? [] : [words.easeBack(leftToRight(durationText(easeBackMs, language), language))]),
  ];
}
