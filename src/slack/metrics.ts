import { computeMetrics, publicSince, weekMs } from '../figures/metrics.ts';
import { metricsText } from '../messages/metrics-cli.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { entry } from '../oncall/lookup.ts';
import type { Answer, Asked } from './asked.ts';
import { serviceNamed } from './command-arguments.ts';
import { linesMessage } from './views/lines.ts';

const defaultWeeks = 12;
const mostWeeks = 260;

/** `/incident metrics`, `metrics 4 weeks`, `metrics checkout`: the same numbers as `toran metrics`, without private incidents. */
export async function metricsCommand(asked: Asked, text: string): Promise<Answer> {
  const weeks = weeksIn(text);
  const service = serviceNamed(
    text.replace(/\b\d{1,3}\s*(?:w|weeks?|שבועות)?(?!\S)/iu, '').trim(),
    asked.facts.catalog,
  );
  const fromMs = asked.now - weeks * weekMs;
  const records = publicSince(await asked.deps.store.records(), fromMs);
  const report = computeMetrics(records, { fromMs, toMs: asked.now, service });
  const heading = slackAnswerWords[asked.language].figuresOfWeeks(weeks);
  const title =
    service === undefined ? heading : `${heading}, ${entry(asked.facts.catalog.services, service)?.name ?? service}`;
  return { kind: 'say', message: linesMessage(title, metricsText(report, asked.language), asked.language) };
}

function weeksIn(text: string): number {
  const number = /(?:^|\s)(\d{1,3})\s*(?:w|weeks?|שבועות)?(?!\S)/iu.exec(text)?.[1];
  const weeks = number === undefined ? defaultWeeks : Number(number);
  return Math.min(Math.max(weeks, 1), mostWeeks);
}
