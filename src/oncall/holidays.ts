import { dayNumber, type CivilDate, type DayNumber, weekdayOf } from './civil-date.ts';
import { hebrewDate, type HebrewDate } from './hebrew-calendar.ts';

/**
 * `rest`: a festival on which work rests. `national`: a day off without that, Independence Day. `eve`: the day before a
 * festival of rest. `mid`: the days between, worked with few people. `memorial`: Memorial Day, worked.
 */
export type HolidayKind = 'rest' | 'national' | 'eve' | 'mid' | 'memorial';

export interface Holiday {
  readonly id: string;
  readonly kind: HolidayKind;
}

/** Where festivals are kept for one day, and where for two (Rosh Hashana has two everywhere). */
export type FestivalCustom = 'israel' | 'abroad';

const restDays: Readonly<Record<string, string>> = {
  '1 Tishri': 'rosh-hashana-1',
  '2 Tishri': 'rosh-hashana-2',
  '10 Tishri': 'yom-kippur',
  '15 Tishri': 'sukkot-1',
  '22 Tishri': 'shmini-atzeret',
  '15 Nisan': 'pesach-1',
  '21 Nisan': 'pesach-7',
  '6 Sivan': 'shavuot',
};

const secondDays: Readonly<Record<string, string>> = {
  '16 Tishri': 'sukkot-2',
  '23 Tishri': 'simchat-tora',
  '16 Nisan': 'pesach-2',
  '22 Nisan': 'pesach-8',
  '7 Sivan': 'shavuot-2',
};

const eves: Readonly<Record<string, string>> = {
  '29 Elul': 'erev-rosh-hashana',
  '9 Tishri': 'erev-yom-kippur',
  '14 Tishri': 'erev-sukkot',
  '21 Tishri': 'hoshana-raba',
  '14 Nisan': 'erev-pesach',
  '20 Nisan': 'erev-pesach-7',
  '5 Sivan': 'erev-shavuot',
};

/**
 * What a day is in Israel. The nine statutory days off are those of kind `rest` and `national`; Election Day is set by law
 * each time and cannot be computed: it is a company day of the catalog.
 */
export function israeliHoliday(date: CivilDate): Holiday | undefined {
  return holidayOn(dayNumber(date));
}

/** As israeliHoliday, for somebody who counts days. */
export function holidayOn(day: DayNumber): Holiday | undefined {
  const hebrew = hebrewDate(day);
  const key = `${hebrew.day} ${hebrew.month}`;
  const rest = restDays[key];
  if (rest !== undefined) return { id: rest, kind: 'rest' };
  const eve = eves[key];
  if (eve !== undefined) return { id: eve, kind: 'eve' };
  if (hebrew.month === 'Tishri' && hebrew.day >= 16 && hebrew.day <= 20) return { id: 'sukkot-mid', kind: 'mid' };
  if (hebrew.month === 'Nisan' && hebrew.day >= 16 && hebrew.day <= 19) return { id: 'pesach-mid', kind: 'mid' };
  return hebrew.month === 'Iyar' ? independence(day, hebrew) : undefined;
}

/** Whether work rests on a day by religious law, as a festival; Shabbat is not asked. */
export function isFestival(day: DayNumber, custom: FestivalCustom): boolean {
  const hebrew = hebrewDate(day);
  const key = `${hebrew.day} ${hebrew.month}`;
  return restDays[key] !== undefined || (custom === 'abroad' && secondDays[key] !== undefined);
}

/**
 * 5 Iyar, moved so that neither the day nor Memorial Day before it touches Shabbat: from Friday and Shabbat to Thursday
 * before, from Monday to Tuesday after (the rule since 2004).
 */
function independence(day: DayNumber, hebrew: HebrewDate): Holiday | undefined {
  const fifth = weekdayOf(day + 5 - hebrew.day);
  const moved = { 5: 4, 6: 3, 1: 6 }[fifth] ?? 5;
  if (hebrew.day === moved) return { id: 'independence-day', kind: 'national' };
  if (hebrew.day === moved - 1) return { id: 'memorial-day', kind: 'memorial' };
  return undefined;
}
