import { computeMetrics, publicSince, weekMs } from '../figures/metrics.ts';
import { metricsText } from '../messages/metrics-cli.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { entry } from '../oncall/lookup.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { serviceNamed } from './command-arguments.ts';
import { teamLoadLines } from './team-load.ts';
import { linesMessage } from './views/lines.ts';
import { inline } from './views/text.ts';

const defaultWeeks = 12;
const mostWeeks = 260;

/**
 * `/incident metrics`, `metrics 4 weeks`, `metrics checkout`: the same numbers as `toran metrics`, without private incidents,
 * and how evenly duty lies on the asker's teams.
 */
export async function metricsCommand(asked: Asked, text: string): Promise<Answer> {
  const { catalog } = asked.facts;
  const words = slackAnswerWords[asked.language];
  const { weeks, rest } = takeWeeks(text);
  const service = rest === '' ? undefined : serviceNamed(rest, catalog);
  if (rest !== '' && service === undefined) {
    const known = inline(Object.keys(catalog.services).join(', '), asked.language, 600);
    return say(asked, words.serviceUnknown(inline(rest, asked.language, 60), known));
  }
  const fromMs = asked.now - weeks * weekMs;
  const records = publicSince(await asked.deps.store.records(), fromMs);
  const report = computeMetrics(records, { fromMs, toMs: asked.now, service });
  const heading = words.figuresOfWeeks(weeks);
  const title = service === undefined ? heading : `${heading}, ${entry(catalog.services, service)?.name ?? service}`;
  const loads = service === undefined ? teamLoadLines(asked, { from: fromMs, to: asked.now }) : [];
  const lines = [...metricsText(report, asked.language), ...loads];
  return { kind: 'say', message: linesMessage(title, lines, asked.language) };
}

function takeWeeks(text: string): { readonly weeks: number; readonly rest: string } {
  const match = /(?:^|\s)(\d{1,3})\s*(?:w|weeks?|שבועות)?(?!\S)/iu.exec(text);
  if (match === null) return { weeks: defaultWeeks, rest: text.trim() };
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim();
  return { weeks: Math.min(Math.max(Number(match[1]), 1), mostWeeks), rest };
}
