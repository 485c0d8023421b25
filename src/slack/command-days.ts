import { Temporal } from 'temporal-polyfill';

/** English and Hebrew names of the months, January first; abbreviations too. */
const monthWords: readonly (readonly string[])[] = [
  ['january', 'jan', 'ינואר'],
  ['february', 'feb', 'פברואר'],
  ['march', 'mar', 'מרץ', 'מרס'],
  ['april', 'apr', 'אפריל'],
  ['may', 'מאי'],
  ['june', 'jun', 'יוני'],
  ['july', 'jul', 'יולי'],
  ['august', 'aug', 'אוגוסט'],
  ['september', 'sept', 'sep', 'ספטמבר'],
  ['october', 'oct', 'אוקטובר'],
  ['november', 'nov', 'נובמבר'],
  ['december', 'dec', 'דצמבר'],
];

const anyMonth = monthWords.flat().join('|');
const dayFirst = new RegExp(
  `^(?:the\\s+|ה-?)?(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+(?:[בל]-?)?(${anyMonth})(?!\\p{L})`,
  'iu',
);
const monthFirst = new RegExp(`^(${anyMonth})(?!\\p{L})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.\\p{L}])`, 'iu');
/** Day first, as people here write it. A time has a colon, so a dot or a stroke is a date. */
const numeric = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d./:])/u;
const year = /^,?\s*(\d{4})(?![\d:])/u;

export interface WrittenDay {
  readonly date: Temporal.PlainDate;
  readonly rest: string;
}

/** `3 february`, `Feb 3rd, 2027`, `3.2`, `3/2/2027`, `3 בפברואר`. Without a year it is the next such day, today included. */
export function takeWrittenDay(text: string, today: Temporal.PlainDate): WrittenDay | undefined {
  const digits = numeric.exec(text);
  if (digits !== null) {
    const [whole, day = '', month = '', written] = digits;
    const fullYear = written?.length === 2 ? `20${written}` : written;
    return dayIn(Number(month), Number(day), fullYear, text.slice(whole.length), today);
  }
  const [words, first = '', second = ''] = dayFirst.exec(text) ?? monthFirst.exec(text) ?? [];
  if (words === undefined) return undefined;
  const isDayFirst = /^\d/.test(first);
  const month = monthNumber(isDayFirst ? second : first);
  const rest = text.slice(words.length);
  const written = year.exec(rest);
  const left = written === null ? rest : rest.slice(written[0].length);
  return dayIn(month, Number(isDayFirst ? first : second), written?.[1], left, today);
}

/** `february`, `in march 2027`, `בפברואר`: the whole month, the next one of this name; what is left of it when it runs. */
export function readMonth(text: string, today: Temporal.PlainDate): Temporal.PlainYearMonth | undefined {
  const match = new RegExp(`^(?:in\\s+|during\\s+|all\\s+(?:of\\s+)?|ב-?)?(${anyMonth})(?:\\s+(\\d{4}))?$`, 'iu').exec(
    text.trim(),
  );
  if (match?.[1] === undefined) return undefined;
  const month = monthNumber(match[1]);
  const nextYear = month < today.month ? today.year + 1 : today.year;
  return Temporal.PlainYearMonth.from({ year: match[2] === undefined ? nextYear : Number(match[2]), month });
}

function monthNumber(word: string): number {
  return monthWords.findIndex((words) => words.includes(word.toLowerCase())) + 1;
}

function dayIn(
  month: number,
  day: number,
  written: string | undefined,
  rest: string,
  today: Temporal.PlainDate,
): WrittenDay | undefined {
  const years = written === undefined ? [today.year, today.year + 1] : [Number(written)];
  for (const candidate of years) {
    const date = exactDate(candidate, month, day);
    if (date === undefined) continue;
    if (written !== undefined || Temporal.PlainDate.compare(date, today) >= 0) return { date, rest: rest.trim() };
  }
  return undefined;
}

function exactDate(wantedYear: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year: wantedYear, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
