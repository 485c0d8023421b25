import { slackCoverageWords } from '../../messages/slack-coverage.ts';
import type { Language, ScheduleId } from '../../oncall/catalog.ts';
import type { CoverageWarning } from '../../oncall/coverage-warnings.ts';
import { dayMs, type EpochMs } from '../../oncall/time.ts';
import type { ConcernView } from '../coverage-view.ts';
import { actionIds } from '../ids.ts';
import { actions, button, context, section } from './blocks.ts';
import { concernText, publicConcern } from './coverage.ts';
import { message, type SlackMessage } from './message.ts';
import { plainText } from './plain-text.ts';
import { inline, line } from './text.ts';

export interface WarningView {
  readonly language: Language;
  readonly now: EpochMs;
  /** Read by anybody: no names of people at all. */
  readonly isPublic: boolean;
  readonly warnings: readonly {
    readonly concern: ConcernView;
    readonly because: CoverageWarning['because'];
    readonly leadMs: number;
  }[];
  readonly cleared: readonly (readonly ScheduleId[])[];
}

const mostWarnings = 10;

export function coverageWarningMessage(view: WarningView): SlackMessage {
  const { language, warnings, cleared } = view;
  const words = slackCoverageWords[language];
  const title = line(`*${words.warning.title}*`, language);
  const hidden = warnings.length - mostWarnings;
  const clear = cleared.slice(0, mostWarnings).map((schedules) => {
    const names = schedules.map((schedule) => inline(schedule, language, 60)).join(', ');
    return section(line(`🟩 ${words.warning.cleared(names)}`, language));
  });
  if (warnings.length === 0) return message(plainText(words.homeTitle), clear);
  return message(plainText(title), [
    section(title),
    ...warnings.slice(0, mostWarnings).map((warning) => section(warningText(warning, view))),
    ...(hidden > 0 ? [context([line(words.more(hidden), language)])] : []),
    ...clear,
    context([line(words.warning.whatToDo, language)]),
    actions([button(words.show, actionIds.showCoverage, 'coverage')]),
  ]);
}

function warningText({ concern, because, leadMs }: WarningView['warnings'][number], view: WarningView): string {
  const { warning } = slackCoverageWords[view.language];
  const text = view.isPublic ? publicConcern(concern, view) : concernText(concern, view);
  const when = leadMs === 0 ? warning.begun : warning.inDays(Math.max(1, Math.ceil(leadMs / dayMs)));
  return `${text}\n${line(`${when} · ${warning.because[because]}`, view.language)}`;
}
