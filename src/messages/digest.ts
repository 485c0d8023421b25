import type { Comparison } from '../figures/comparison.ts';
import { type DigestContent, fewIncidents, type IncidentReference } from '../figures/digest.ts';
import type { DurationFigures, MetricsReport } from '../figures/metrics.ts';
import type { Language } from '../oncall/catalog.ts';
import { digestWords } from './digest-words.ts';
import { slackCoverageWords } from './slack-coverage.ts';
import {
  durationText,
  excludedTexts,
  figureWords,
  isolated,
  leftToRight,
  lineIn,
  medianText,
  rateText,
  shareText,
} from './figures.ts';

export interface DigestSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Plain text, free of any markup: whoever prints it escapes it for the place where it is shown. */
export interface DigestText {
  readonly headline: string;
  readonly sections: readonly DigestSection[];
}

/** A list goes on as a number from here on; nobody reads more in a message. */
const longestList = 15;
const longestCoverage = 6;

/** The digest in words. Sections without anything to say are left out; the numbers are always there. */
export function digestText(content: DigestContent, language: Language): DigestText {
  const words = digestWords[language];
  const sections: DigestSection[] = [
    { title: words.sections.week, lines: weekLines(content, language) },
    { title: words.sections.times, lines: timeLines(content, language) },
    { title: words.sections.incidents, lines: incidentLines(content, language) },
    { title: words.sections.open, lines: openLines(content, language) },
    { title: slackCoverageWords[language].digestTitle, lines: coverageLines(content, language) },
    { title: words.sections.proposals, lines: proposalLines(content, language) },
    { title: words.sections.onCall, lines: [words.pages(content.pages)] },
    {
      title: words.sections.postmortems,
      lines: listed(content.postmortemsMissing, language, (each) => name(each, language)),
    },
    { title: words.sections.beside, lines: excludedTexts(weekOnly(content), language) },
  ];
  return {
    headline: lineIn(language, words.headline(weekDates(content, language))),
    sections: sections
      .filter(({ lines }) => lines.length > 0)
      .map(({ title, lines }) => ({
        title: lineIn(language, title),
        lines: lines.map((line) => lineIn(language, line)),
      })),
  };
}

/** Anybody may read it: which duties, when, and how many are left for them. */
function coverageLines({ coverage, week, zone }: DigestContent, language: Language): string[] {
  const words = slackCoverageWords[language];
  const lines = coverage.slice(0, longestCoverage).map(({ level, schedules, people, from, to, isOpen }) => {
    const names = schedules.map((schedule) => isolated(schedule, language)).join(', ');
    const said = schedules.length === 1 ? words.alone(names, level) : words.together(names, level);
    const start = from <= week.toMs ? undefined : dayIn(from, zone, language);
    const left = people.length === 0 ? words.nobodyLeft : words.leftCount(people.length);
    return [said, words.span(start, isOpen ? undefined : dayIn(to, zone, language)), left].join(' · ');
  });
  const hidden = coverage.length - lines.length;
  return hidden > 0 ? [...lines, words.digestMore(hidden)] : lines;
}

/** Proposals, for a lead to talk about. Whose shift it would be has no place here. */
function proposalLines({ proposals, zone }: DigestContent, language: Language): string[] {
  const words = digestWords[language];
  const lines = proposals.slice(0, longestCoverage).map(({ schedule, fromMs, toMs, person }) => {
    const dates = words.dates(dayIn(fromMs, zone, language), dayIn(toMs, zone, language));
    return [isolated(schedule, language), dates, words.couldTake(isolated(person, language))].join(' · ');
  });
  const hidden = proposals.length - lines.length;
  return hidden > 0 ? [...lines, words.more(hidden)] : lines;
}

function dayIn(at: number, zone: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'he' ? 'he-IL' : 'en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
  });
  return isolated(format.format(at), language);
}

/** Open incidents have a section of their own. */
function weekOnly({ figures }: DigestContent): MetricsReport['excluded'] {
  return { ...figures.excluded, open: 0 };
}

function weekDates({ week, zone }: DigestContent, language: Language): string {
  const format = new Intl.DateTimeFormat(language === 'he' ? 'he-IL' : 'en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return isolated(format.formatRange(week.fromMs, week.toMs - 1), language);
}

function weekLines({ figures, isTooFew, comparisons }: DigestContent, language: Language): string[] {
  const words = digestWords[language];
  return [
    words.resolved(figures.n),
    ...comparisons.map((each) => comparisonLine(each, language)),
    ...(comparisons.some(({ isClustered }) => isClustered) ? [words.clustered] : []),
    ...(isTooFew && figures.n > 0 ? [words.tooFew(fewIncidents)] : []),
  ];
}

function comparisonLine({ weeksAsked, now, before, ratio, verdict }: Comparison, language: Language): string {
  const words = digestWords[language];
  const shared = figureWords[language];
  const weeks = Math.round(before.weeks);
  if (ratio === undefined || ratio.ratio === null) return words.nothingToCompare(weeksAsked, weeks, before.count);
  const high = ratio.high === null ? words.unlimited : rateText(ratio.high);
  return words.compared({
    weeks,
    now: rateText(now.count / now.weeks),
    before: rateText(before.count / before.weeks),
    times: rateText(ratio.ratio),
    interval: shared.interval95(shared.range(rateText(ratio.low), high)),
    verdict: verdict === 'baseline_too_small' ? words.baselineTooSmall(before.count) : words.verdicts[verdict],
  });
}

function timeLines({ figures, before }: DigestContent, language: Language): string[] {
  const { durations, withinHalfAnHour } = figureWords[language];
  if (figures.n === 0) return [];
  return [
    timeLine(durations.detect, figures.time_to_detect, before.time_to_detect, language),
    timeLine(durations.acknowledge, figures.time_to_acknowledge, before.time_to_acknowledge, language),
    timeLine(durations.mitigate, figures.time_to_mitigate, before.time_to_mitigate, language),
    timeLine(durations.recover, figures.time_to_recover, before.time_to_recover, language),
    `${withinHalfAnHour}: ${shareText(figures.share_within_30_min, language)}`,
  ];
}

function timeLine(label: string, week: DurationFigures, before: DurationFigures, language: Language): string {
  const line = `${label}: ${medianText(week, language)}`;
  return before.n === 0 ? line : `${line}. ${digestWords[language].weeksBefore(medianText(before, language))}`;
}

function incidentLines({ incidents, longest }: DigestContent, language: Language): string[] {
  const words = digestWords[language];
  const lines = listed(incidents, language, (incident) => {
    const { recoverMs, startIsDetected } = incident;
    const duration = recoverMs === undefined ? words.durationUnknown : durationText(recoverMs, language);
    return `${name(incident, language)} · ${startIsDetected && recoverMs !== undefined ? words.sinceDetected(duration) : duration}`;
  });
  if (longest?.recoverMs === undefined || incidents.length < 2) return lines;
  return [...lines, words.longest(leftToRight(longest.id, language), durationText(longest.recoverMs, language))];
}

function openLines({ stillOpen }: DigestContent, language: Language): string[] {
  const words = digestWords[language];
  return listed(stillOpen, language, (incident) => {
    const { openForMs } = incident;
    return openForMs === undefined
      ? name(incident, language)
      : `${name(incident, language)} · ${words.openFor(durationText(openForMs, language))}`;
  });
}

/** `INC-42 · Card payments fail · SEV1 · payments`, each part on its own so that none turns the line around. */
function name({ id, title, severity, service }: IncidentReference, language: Language): string {
  const parts = [
    leftToRight(id, language),
    isolated(title, language),
    figureWords[language].severities[severity ?? 'unknown'],
  ];
  return [...parts, ...(service === undefined ? [] : [isolated(service, language)])].join(' · ');
}

function listed<T>(items: readonly T[], language: Language, line: (item: T) => string): string[] {
  const lines = items.slice(0, longestList).map(line);
  const rest = items.length - lines.length;
  return rest === 0 ? lines : [...lines, digestWords[language].more(rest)];
}
