import type { KnownBlock } from '@slack/types';
import { slackCoverageWords } from '../../messages/slack-coverage.ts';
import type { Language } from '../../oncall/catalog.ts';
import type { CoverageLevel } from '../../oncall/coverage.ts';
import type { ConcernView, CoverageRow, CoverageView } from '../coverage-view.ts';
import { actionIds } from '../ids.ts';
import { actions, button, context, section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { namesOf } from './people.ts';
import { inline, inlineBold, leftToRight, line, localTime } from './text.ts';

const marks: Readonly<Record<CoverageLevel, string>> = { uncovered: '🟥', last_person: '🟧', thin: '🟨', ok: '🟩' };
export function levelMark(level: CoverageLevel): string {
  return marks[level];
}

const noNeed = '⬜';
const mostRows = 15;
const mostConcerns = 8;

export function coverageMessage(view: CoverageView): SlackMessage {
  const { language, rows, concerns } = view;
  const words = slackCoverageWords[language];
  const hiddenRows = rows.length - mostRows;
  const hidden = concerns.length - mostConcerns;
  return spokenMessage([
    section(line(`*${words.title(view.days)}*`, language)),
    context([words.target(view.k), words.modes[view.mode], words.weeks].map((each) => line(each, language))),
    ...coverageRows(rows.slice(0, mostRows), language),
    ...(hiddenRows > 0 ? [context([line(words.more(hiddenRows), language)])] : []),
    ...(concerns.length === 0 ? [section(line(words.allWell, language))] : []),
    ...concerns.slice(0, mostConcerns).map((concern) => section(concernText(concern, view))),
    ...(hidden > 0 ? [context([line(words.more(hidden), language)])] : []),
    context([line(legend(language), language)]),
    actions([button(words.picture, actionIds.coveragePicture, `${view.days} ${view.k} ${view.mode}`)]),
  ]);
}

/** One line of squares for each schedule; they run from left to right in every language. */
export function coverageRows(rows: readonly CoverageRow[], language: Language): KnownBlock[] {
  return rows.map(({ schedule, weeks }) => {
    const squares = weeks.map((level) => (level === undefined ? noNeed : marks[level])).join('');
    return section(
      [inlineBold(schedule, language, 80), leftToRight(squares, language)]
        .map((each) => line(each, language))
        .join('\n'),
    );
  });
}

function legend(language: Language): string {
  const words = slackCoverageWords[language];
  return (['uncovered', 'last_person', 'thin', 'ok'] as const)
    .map((level) => `${marks[level]} ${words.levels[level]}`)
    .join(' · ');
}

/** To those who may know who is left; see `publicConcern` for everybody else. */
export function concernText(concern: ConcernView, { language, now }: Pick<CoverageView, 'language' | 'now'>): string {
  const words = slackCoverageWords[language];
  const { left } = concern;
  const rest = left.length === 0 ? words.nobodyLeft : words.left(namesOf(left, language));
  return [...concernLines(concern, language, now), rest].map((each) => line(each, language)).join('\n');
}

/** Where anybody reads it: which duties, when, and how many are left. */
export function publicConcern(concern: ConcernView, { language, now }: Pick<CoverageView, 'language' | 'now'>): string {
  const words = slackCoverageWords[language];
  const count = concern.left.length;
  const rest = count === 0 ? words.nobodyLeft : words.leftCount(count);
  return [...concernLines(concern, language, now), rest].map((each) => line(each, language)).join('\n');
}

function concernLines({ level, schedules, from, to, isOpen, isCertain }: ConcernView, language: Language, now: number) {
  const words = slackCoverageWords[language];
  const names = schedules.map((schedule) => inline(schedule, language, 60)).join(', ');
  const said = schedules.length === 1 ? words.alone(names, level) : words.together(names, level);
  const span = words.span(from <= now ? undefined : localTime(from), isOpen ? undefined : localTime(to));
  return [`${marks[level]} ${said}`, isCertain ? span : `${span} · ${words.notCertain}`];
}
