import * as Plot from '@observablehq/plot';
import { type ChartData, type ChartSeverity, chartSeverities, type ChartWeek } from '../figures/chart-data.ts';
import { type ChartWords, chartWords } from '../messages/chart.ts';
import type { Language } from '../oncall/catalog.ts';
import { createSvgDocument, type SvgElement } from './mini-dom.ts';
import { drawn, faint, font, ink, isolated, svgText, width } from './picture.ts';

const margins = { marginLeft: 66, marginRight: 18 };
const barsPanel = { top: 64, height: 250 };
const timesPanel = { top: 350, height: 204 };
const height = timesPanel.top + timesPanel.height + 6;

/** Dark to light with falling severity, so that the order also shows without colours. */
const colours: Readonly<Record<ChartSeverity, string>> = {
  sev1: '#7f1d1d',
  sev2: '#dc2626',
  sev3: '#f59e0b',
  sev4: '#fcd34d',
  unknown: '#cbd5e1',
};

const targetMinutes = 30;

/** The digest's picture as PNG. Two panels over the same weeks rather than two axes over one. */
export function digestChartPng(data: ChartData, language: Language): Uint8Array {
  return drawn(digestChartSvg(data, language));
}

export function digestChartSvg(data: ChartData, language: Language): string {
  const words = chartWords[language];
  const shown = chartSeverities.filter(
    (severity) => severity !== 'unknown' || data.weeks.some((week) => week.counts.unknown > 0),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}" font-size="15">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    heading(words.incidents, 28, language),
    legend(shown, words, language),
    placed(bars(data.weeks, shown, words), barsPanel.top),
    heading(words.recover, timesPanel.top - 12, language),
    targetKey(words, language),
    placed(times(data.weeks, words, language), timesPanel.top),
    '</svg>',
  ].join('');
}

const axisStyle = { tickSize: 0, fontSize: 14, color: faint };

function bars(weeks: readonly ChartWeek[], shown: readonly ChartSeverity[], words: ChartWords): SvgElement {
  const highest = Math.max(4, ...weeks.map((week) => week.total));
  const parts = weeks.flatMap((week) =>
    shown.map((severity) => ({ week: week.label, severity, count: week.counts[severity] })),
  );
  return Plot.plot({
    document: createSvgDocument(),
    width,
    height: barsPanel.height,
    ...margins,
    marginTop: 24,
    marginBottom: 32,
    style: { fontFamily: font, fontSize: '15px', color: ink, background: 'white' },
    x: { type: 'band', domain: weeks.map((week) => week.label), padding: 0.28, label: null },
    y: { domain: [0, highest], label: null },
    color: { domain: [...shown], range: shown.map((severity) => colours[severity]) },
    marks: [
      Plot.gridY({ stroke: '#e5e7eb', strokeOpacity: 1, ticks: wholeTicks(highest) }),
      Plot.axisY({ ...axisStyle, ticks: wholeTicks(highest), tickFormat: String, label: null }),
      Plot.axisX({ ...axisStyle, tickFormat: (label: string) => isolated(words.week(label), 'en'), label: null }),
      Plot.barY(parts, { x: 'week', y: 'count', fill: 'severity', order: [...shown] }),
      Plot.text(weeks, {
        x: 'label',
        y: 'total',
        text: (week: ChartWeek) => String(week.total),
        dy: -11,
        fontSize: 15,
        fontWeight: 600,
        fill: ink,
      }),
      Plot.ruleY([0], { stroke: ink }),
    ],
  });
}

function times(weeks: readonly ChartWeek[], words: ChartWords, language: Language): SvgElement {
  const known = weeks.flatMap(({ label, medianRecoverMin }) =>
    // A logarithm has no zero; what recovered within seconds stands at the bottom.
    medianRecoverMin === null
      ? []
      : [{ week: label, minutes: Math.max(medianRecoverMin, 0.5), text: words.duration(medianRecoverMin) }],
  );
  const low = Math.min(10, ...known.map((dot) => dot.minutes * 0.8));
  const high = Math.max(120, ...known.map((dot) => dot.minutes * 1.8));
  const ticks = durationTicks(low, high);
  return Plot.plot({
    document: createSvgDocument(),
    width,
    height: timesPanel.height,
    ...margins,
    marginTop: 24,
    marginBottom: 32,
    style: { fontFamily: font, fontSize: '15px', color: ink, background: 'white' },
    x: { type: 'point', domain: weeks.map((week) => week.label), padding: 0.64, label: null },
    y: { type: 'log', domain: [low, high], axis: null, insetBottom: 20 },
    marks: [
      Plot.gridY(ticks, { stroke: '#e5e7eb', strokeOpacity: 1 }),
      // Not an axis mark: on a logarithmic scale that leaves out most labels.
      Plot.text(ticks, {
        y: (minutes: number) => minutes,
        text: (minutes: number) => isolated(words.duration(minutes), language),
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -10,
        fontSize: 14,
        fill: faint,
      }),
      Plot.axisX({ ...axisStyle, tickFormat: (week: string) => isolated(words.week(week), 'en'), label: null }),
      Plot.ruleY([targetMinutes], { stroke: '#047857', strokeWidth: 2, strokeDasharray: '6 4' }),
      Plot.lineY(known, { x: 'week', y: 'minutes', stroke: '#94a3b8', strokeWidth: 1.5 }),
      Plot.dot(known, { x: 'week', y: 'minutes', r: 6, fill: '#1d4ed8' }),
      // Away from the target line, on either side of it.
      valueLabels(
        known.filter((dot) => dot.minutes >= targetMinutes),
        -16,
        language,
      ),
      valueLabels(
        known.filter((dot) => dot.minutes < targetMinutes),
        17,
        language,
      ),
      ...(known.length === 0
        ? [
            Plot.text([isolated(words.nothingRecovered, language)], {
              frameAnchor: 'bottom',
              dy: -34,
              fontSize: 15,
              fill: faint,
            }),
          ]
        : []),
    ],
  });
}

interface Dot {
  readonly week: string;
  readonly minutes: number;
  readonly text: string;
}

function valueLabels(dots: readonly Dot[], dy: number, language: Language) {
  return Plot.text(dots, {
    x: 'week',
    y: 'minutes',
    text: (dot: Dot) => isolated(dot.text, language),
    dy,
    fontSize: 13,
    fontWeight: 600,
    fill: ink,
    stroke: 'white',
    strokeWidth: 4,
  });
}

/** A panel at its place in the picture. */
function placed(panel: SvgElement, top: number): string {
  panel.setAttribute('y', top);
  return panel.outerHTML;
}

function heading(text: string, baseline: number, language: Language): string {
  return svgText(
    isolated(text, language),
    language === 'he' ? width - margins.marginRight : margins.marginLeft,
    baseline,
    { size: 19, weight: 700, anchor: language === 'he' ? 'end' : 'start' },
  );
}

/** Squares with names under the heading, in reading direction. */
function legend(shown: readonly ChartSeverity[], words: ChartWords, language: Language): string {
  const isHebrew = language === 'he';
  let at = isHebrew ? width - margins.marginRight : margins.marginLeft;
  return shown
    .map((severity) => {
      const name = words.severities[severity];
      const left = isHebrew ? at - 14 : at;
      const textAt = isHebrew ? left - 7 : left + 21;
      at += (isHebrew ? -1 : 1) * (38 + name.length * 9);
      return (
        `<rect x="${left}" y="44" width="14" height="14" rx="2" fill="${colours[severity]}"/>` +
        svgText(isolated(name, language), textAt, 56, { size: 14, weight: 400, anchor: isHebrew ? 'end' : 'start' })
      );
    })
    .join('');
}

function targetKey(words: ChartWords, language: Language): string {
  const isHebrew = language === 'he';
  const left = isHebrew ? margins.marginLeft : width - margins.marginRight - 36;
  const textAt = isHebrew ? left + 44 : left - 8;
  const y = timesPanel.top - 18;
  return (
    `<line x1="${left}" y1="${y}" x2="${left + 36}" y2="${y}" stroke="#047857" stroke-width="2" stroke-dasharray="6 4"/>` +
    svgText(isolated(words.target, language), textAt, y + 5, {
      size: 14,
      weight: 400,
      anchor: isHebrew ? 'start' : 'end',
    })
  );
}

/** Whole numbers, at most six of them. */
function wholeTicks(highest: number): number[] {
  const step =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].find((size) => highest / size <= 5) ?? Math.ceil(highest / 5);
  return Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step);
}

/** Durations that people say, far enough apart to be read; the target is always one of them. */
function durationTicks(low: number, high: number): number[] {
  const sayable = [40_320, 10_080, 2_880, 1_440, 480, 240, 120, 60, 10, 5, 1];
  const apart = 0.13 * Math.log(high / low);
  const ticks = [targetMinutes];
  for (const minutes of sayable) {
    if (minutes < low || minutes > high) continue;
    if (ticks.every((tick) => Math.abs(Math.log(tick / minutes)) >= apart)) ticks.push(minutes);
  }
  return ticks;
}
