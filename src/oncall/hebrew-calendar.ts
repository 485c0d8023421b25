import { dayMs } from './time.ts';
import type { DayNumber } from './civil-date.ts';

/** The Hebrew date of a civil day; the evening before, which already belongs to it, is not meant. */
export interface HebrewDate {
  readonly year: number;
  /** As ICU names it in English; Adar of a leap year is `Adar I` and `Adar II`. */
  readonly month: string;
  readonly day: number;
}

const calendar = new Intl.DateTimeFormat('en-u-ca-hebrew-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});

export function hebrewDate(day: DayNumber): HebrewDate {
  let [year, month, dayOfMonth] = [0, '', 0];
  for (const { type, value } of calendar.formatToParts(day * dayMs)) {
    if (type === 'year') year = Number(value);
    else if (type === 'month') month = value;
    else if (type === 'day') dayOfMonth = Number(value);
  }
  return { year, month, day: dayOfMonth };
}
