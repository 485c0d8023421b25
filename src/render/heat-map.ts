import * as Plot from '@observablehq/plot';
import { dayText } from '../messages/coverage.ts';
import { type CoverageMapWords, coverageMapWords, noteTexts } from '../messages/coverage-map.ts';
import type { Language } from '../oncall/catalog.ts';
import type { CoverageMap, MapCell, MapDay, MapNote } from '../oncall/coverage-map.ts';
import { createSvgDocument } from './mini-dom.ts';
import { clipped, drawn, faint, font, ink, isolated, svgText, width, wrapped } from './picture.ts';
import type { HeatMapJob } from './render-job.ts';

type Drawing = Pick<HeatMapJob, 'map' | 'names' | 'language'>;

const labelWidth = 138;
const margin = 16;
const gridWidth = width - labelWidth - margin;
const gridTop = 132;
const rowHeight = 22;
const noteLine = 21;

/**
 * From light to dark as it gets worse, so that the order also shows in grey and to those who tell few colours apart; what
 * is uncovered is hatched besides.
 */
const colours: Readonly<Record<MapCell, string>> = {
  ok: '#d3e6f1',
  thin: '#f4c95d',
  last_person: '#d4621c',
  uncovered: '#43104f',
  rest: '#ffffff',
};
const legendOrder = ['ok', 'thin', 'last_person', 'uncovered', 'rest'] as const satisfies readonly MapCell[];
const todayColour = '#1d4ed8';

/** The heat map as PNG: a row for each schedule and one for all together, a column for each day. */
export function heatMapPng(drawing: Drawing): Uint8Array {
  return drawn(heatMapSvg(drawing));
}

export function heatMapSvg(drawing: Drawing): string {
  const { map, language } = drawing;
  const words = coverageMapWords[language];
  const layout = layoutOf(map);
  const notes = notesBelow(drawing, layout.bottom + 34);
  const height = notes.bottom + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}" font-size="14">`,
    `<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${colours.uncovered}"/><rect width="1.6" height="5" fill="#ffffff" fill-opacity="0.75"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    line(words.title(map.k), 28, { size: 19, weight: 700 }, language),
    line(words.subtitle, 50, { size: 14, weight: 400, colour: faint }, language),
    legend(words, language),
    weekends(map.days, layout, language),
    cells(map, layout, language),
    dates(map, layout, language),
    rowNames(map, layout, language),
    marks(map, layout, language),
    notes.svg,
    '</svg>',
  ].join('');
}

interface Layout {
  /** Top of the row of all schedules together, and of each schedule. */
  readonly together: number;
  readonly rows: readonly number[];
  /** Where the grid ends, and where the notes may begin. */
  readonly gridBottom: number;
  readonly bottom: number;
  readonly dayWidth: number;
}

function layoutOf(map: CoverageMap): Layout {
  const first = gridTop + rowHeight + 12;
  const rows = map.rows.map((_, index) => first + index * rowHeight);
  const gridBottom = first + map.rows.length * rowHeight;
  return {
    together: gridTop,
    rows,
    gridBottom,
    bottom: gridBottom + (map.left > 0 ? 20 : 0),
    dayWidth: gridWidth / Math.max(map.days.length, 1),
  };
}

/** Hebrew reads from the right, and so does its time: names stand on the right and the first day beside them. */
function dayLeft(index: number, { dayWidth }: Layout, language: Language): number {
  return language === 'he' ? width - labelWidth - (index + 1) * dayWidth : labelWidth + index * dayWidth;
}

function line(
  text: string,
  baseline: number,
  style: { size: number; weight: number; colour?: string },
  language: Language,
): string {
  const isHebrew = language === 'he';
  const place = isHebrew ? width - margin : margin;
  return svgText(isolated(text, language), place, baseline, { ...style, anchor: isHebrew ? 'end' : 'start' });
}

function legend(words: CoverageMapWords, language: Language): string {
  const isHebrew = language === 'he';
  let at = isHebrew ? width - margin : margin;
  return legendOrder
    .map((cell) => {
      const name = words.legend[cell];
      const left = isHebrew ? at - 16 : at;
      const textAt = isHebrew ? left - 7 : left + 23;
      at += (isHebrew ? -1 : 1) * (42 + name.length * 7);
      const border = cell === 'rest' ? ' stroke="#d1d5db"' : '';
      return (
        `<rect x="${left}" y="64" width="16" height="14" rx="2" fill="${fillOf(cell)}"${border}/>` +
        svgText(isolated(name, language), textAt, 76, { size: 14, weight: 400, anchor: isHebrew ? 'end' : 'start' })
      );
    })
    .join('');
}

function fillOf(cell: MapCell): string {
  return cell === 'uncovered' ? 'url(#hatch)' : colours[cell];
}

/** Grey behind the weekend, seen above the rows and between them. */
function weekends(days: readonly MapDay[], layout: Layout, language: Language): string {
  const height = layout.gridBottom - gridTop + 8;
  return days
    .map(({ isWeekend }, index) =>
      isWeekend
        ? `<rect x="${dayLeft(index, layout, language)}" y="${gridTop - 8}" width="${layout.dayWidth}" height="${height}" fill="#e5e7eb"/>`
        : '',
    )
    .join('');
}

interface Cell {
  readonly day: string;
  readonly row: string;
  readonly cell: MapCell;
}

/** The rows themselves, drawn as bands without gaps between days, so that a span reads as one. */
function cells(map: CoverageMap, layout: Layout, language: Language): string {
  const dates = map.days.map(({ date }) => date);
  const rows = [map.together, ...map.rows.map((row) => row.cells)];
  const tops = [layout.together, ...layout.rows];
  return rows
    .map((row, index) => {
      const data: Cell[] = row.flatMap((cell, at) =>
        dates[at] === undefined ? [] : [{ day: dates[at], row: '', cell }],
      );
      const plot = Plot.plot({
        document: createSvgDocument(),
        width: gridWidth,
        height: rowHeight - 4,
        margin: 0,
        x: {
          type: 'band',
          domain: language === 'he' ? dates.toReversed() : dates,
          padding: 0,
          round: false,
          axis: null,
        },
        y: { type: 'band', domain: [''], padding: 0, axis: null },
        marks: legendOrder
          .filter((level) => level !== 'rest')
          .map((level) =>
            Plot.cell(
              data.filter(({ cell }) => cell === level),
              { x: 'day', y: 'row', fill: fillOf(level), shapeRendering: 'crispEdges' },
            ),
          ),
      });
      plot.setAttribute('x', language === 'he' ? margin : labelWidth);
      plot.setAttribute('y', tops[index] ?? 0);
      return plot.outerHTML;
    })
    .join('');
}

/** A label and a line at the first working day of every week, or of every second where weeks are narrow. */
function dates(map: CoverageMap, layout: Layout, language: Language): string {
  const begins = map.days.flatMap(({ isWeekend }, index) =>
    !isWeekend && map.days[index - 1]?.isWeekend === true ? [index] : [],
  );
  const every = Math.ceil(54 / (layout.dayWidth * 7));
  const today = map.days.findIndex(({ isToday }) => isToday);
  const weeks = begins.map((index, week) => {
    const x = dayLeft(language === 'he' ? index - 1 : index, layout, language);
    const tick = `<line x1="${x}" y1="${gridTop - 12}" x2="${x}" y2="${layout.gridBottom - 2}" stroke="#9ca3af" stroke-width="0.7"/>`;
    // Beside today's label there is no room.
    const isFree = today < 0 || Math.abs(index - today) * layout.dayWidth > 46;
    if (week % every !== 0 || !isFree) return tick;
    const text = isolated(dayText(map.days[index]?.from ?? 0, map.zone, language), language);
    return tick + svgText(text, x, gridTop - 17, { size: 13, weight: 400, anchor: 'middle', colour: faint });
  });
  return weeks.join('') + (today < 0 ? '' : todayLine(today, layout, language));
}

function todayLine(index: number, layout: Layout, language: Language): string {
  const x = dayLeft(index, layout, language) + layout.dayWidth / 2;
  const text = isolated(coverageMapWords[language].today, language);
  return (
    `<line x1="${x}" y1="${gridTop - 12}" x2="${x}" y2="${layout.gridBottom}" stroke="${todayColour}" stroke-width="2"/>` +
    svgText(text, x, gridTop - 17, { size: 13, weight: 600, anchor: 'middle', colour: todayColour })
  );
}

function rowNames(map: CoverageMap, layout: Layout, language: Language): string {
  const words = coverageMapWords[language];
  const isHebrew = language === 'he';
  const place = isHebrew ? width - labelWidth + 10 : labelWidth - 10;
  const anchor = isHebrew ? 'start' : 'end';
  const name = (text: string, top: number, weight: number) =>
    svgText(isolated(clipped(text, 17), language), place, top + 14, { size: 14, weight, anchor });
  const more = svgText(
    isolated(words.more(map.left), language),
    isHebrew ? width - margin : margin,
    layout.bottom - 2,
    { size: 13, weight: 400, anchor: isHebrew ? 'end' : 'start', colour: faint },
  );
  return (
    name(words.together, layout.together, 700) +
    map.rows.map(({ schedule }, index) => name(schedule, layout.rows[index] ?? 0, 400)).join('') +
    (map.left > 0 ? more : '')
  );
}

/** A frame and a number on what the notes below tell about. */
function marks(map: CoverageMap, layout: Layout, language: Language): string {
  const taken: { readonly row: number; readonly x: number }[] = [];
  const drawnMarks = map.notes.map((note, index) => {
    const top = topOf(note, map, layout);
    const [first, last] = [dayLeft(note.firstDay, layout, language), dayLeft(note.lastDay, layout, language)];
    const left = Math.min(first, last);
    const spanWidth = Math.abs(first - last) + layout.dayWidth;
    // At the beginning of a long span, after a short one: a day must not vanish below its number.
    const isLong = spanWidth > 26;
    const forward = language === 'he' ? -1 : 1;
    const [begin, end] = language === 'he' ? [left + spanWidth, left] : [left, left + spanWidth];
    let x = isLong ? begin + forward * 11 : end + forward * 10;
    const step = forward * 19;
    while (taken.some((other) => other.row === top && Math.abs(other.x - x) < 19)) x += step;
    x = Math.min(Math.max(x, margin + 9), width - margin - 9);
    taken.push({ row: top, x });
    const frame = `<rect x="${left}" y="${top - 0.5}" width="${spanWidth}" height="${rowHeight - 3}" fill="none" stroke="${ink}" stroke-width="1.4"/>`;
    return { frame, badge: badge(index + 1, x, top + (rowHeight - 4) / 2) };
  });
  return [...drawnMarks.map(({ frame }) => frame), ...drawnMarks.map((mark) => mark.badge)].join('');
}

function topOf({ concern }: MapNote, map: CoverageMap, layout: Layout): number {
  if (concern.schedules.length > 1) return layout.together;
  const row = map.rows.findIndex(({ schedule }) => schedule === concern.schedules[0]);
  return layout.rows[row] ?? layout.together;
}

function badge(number: number, x: number, y: number): string {
  return (
    `<circle cx="${x}" cy="${y}" r="8.5" fill="white" stroke="${ink}" stroke-width="1.4"/>` +
    svgText(String(number), x, y + 4.6, { size: 13, weight: 700, anchor: 'middle' })
  );
}

/** The numbers again, each with its days and what it rests on; long ones take a second line. */
function notesBelow({ map, names, language }: Drawing, top: number) {
  const words = coverageMapWords[language];
  const isHebrew = language === 'he';
  const nameOf = (person: string) => names[person] ?? person;
  let y = top;
  const parts = [line(map.notes.length === 0 ? words.nothing : words.notes, y, { size: 16, weight: 700 }, language)];
  for (const [index, note] of map.notes.entries()) {
    const { days, what } = noteTexts(map, note, nameOf, language);
    const level = words.legend[note.concern.level];
    y += 26;
    parts.push(badge(index + 1, isHebrew ? width - margin - 9 : margin + 9, y - 5));
    const lines = wrapped(`${days} · ${level} · ${what}`, 100);
    for (const [at, text] of lines.entries()) {
      if (at > 0) y += noteLine;
      const place = isHebrew ? width - margin - 28 : margin + 28;
      const anchor = isHebrew ? 'end' : 'start';
      parts.push(svgText(isolated(text, language), place, y, { size: 14, weight: 400, anchor }));
    }
  }
  return { svg: parts.join(''), bottom: y };
}
