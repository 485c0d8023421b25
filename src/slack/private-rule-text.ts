import { weekdays, type Language, type Severity, type Weekday } from '../oncall/catalog.ts';
import { slackPrivateWords } from '../messages/slack-private.ts';

/** A week's times as they are typed. */
export interface TypedTimes {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

const hours = /(\d{1,2}:\d{2})\s*(?:-|–|—|to|until|עד)\s*(\d{1,2}:\d{2})\s*$/iu;
const dayWords: Readonly<Record<Weekday, readonly string[]>> = {
  sun: ['sun', 'sunday', 'ראשון', 'א'],
  mon: ['mon', 'monday', 'שני', 'ב'],
  tue: ['tue', 'tues', 'tuesday', 'שלישי', 'ג'],
  wed: ['wed', 'wednesday', 'רביעי', 'ד'],
  thu: ['thu', 'thurs', 'thursday', 'חמישי', 'ה'],
  fri: ['fri', 'friday', 'שישי', 'ו'],
  sat: ['sat', 'saturday', 'שבת', 'ש'],
};

/** `22:00-07:00`, `tue, thu 14:00-17:00`, `שלישי 14:00-17:00`; without days every day. Undefined for anything else. */
export function readTimes(text: string): TypedTimes | undefined {
  const match = hours.exec(text.trim());
  const from = clockOf(match?.[1], 23);
  const to = clockOf(match?.[2], 24);
  if (match === null || from === undefined || to === undefined || from === to) return undefined;
  const words = text
    .trim()
    .slice(0, match.index)
    .replace(/(?<!\p{L})(?:every|and|on|from|יום|ימי|בימי|ב|כל)(?!\p{L})|[,׳']/giu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
  const days = words.map((word) => weekdays.find((day) => dayWords[day].includes(word.toLowerCase())));
  if (days.some((day) => day === undefined)) return undefined;
  const named = weekdays.filter((day) => days.includes(day));
  return { days: named.length === 0 ? weekdays : named, from, to };
}

/** `HH:MM`; 24:00 is the end of a day and not a beginning. */
function clockOf(written: string | undefined, last: 23 | 24): string | undefined {
  const [hour = 99, minute = 99] = (written ?? '').split(':').map(Number);
  if (hour > last || minute > 59 || (hour === 24 && minute !== 0)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

export function timesText({ days, from, to }: TypedTimes, language: Language): string {
  const words = slackPrivateWords[language].rules;
  const named = days.length === weekdays.length ? '' : `${days.map((day) => words.days[day]).join(', ')} `;
  return `${named}${from}–${to}`;
}

/** Quiet hours let through what a sev1 is for, unless the person says otherwise. */
export const throughQuietHours: readonly Severity[] = ['sev1'];
