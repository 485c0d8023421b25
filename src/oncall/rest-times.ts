import { civilDate, dateAt, dayNumber, type DayNumber, weekdayOf } from './civil-date.ts';
import { isFestival, type FestivalCustom } from './holidays.ts';
import type { Span } from './layer-windows.ts';
import { nightfall, type Place, sunset } from './sun.ts';
import { type EpochMs, minuteMs } from './time.ts';

/** What somebody keeps, and by the sun of which place. */
export interface Observance {
  readonly place: Place;
  readonly minutesBeforeSunset: number;
  readonly custom: FestivalCustom;
  readonly shabbat: boolean;
  readonly festivals: boolean;
}

const saturday = 6;
/** Rosh Hashana before Shabbat is three days; nothing that is kept is longer. */
const longestRunDays = 3;

/**
 * Blocks of rest that touch [from, to), whole and in order: each from `minutesBeforeSunset` before the sunset of the eve
 * until nightfall of the last day, half-open. Days of rest in a row are one block. A computed custom, not a ruling.
 */
export function restBlocks(observance: Observance, from: EpochMs, to: EpochMs): readonly Span[] {
  const { place, minutesBeforeSunset } = observance;
  const last = dayNumber(dateAt(to, place.zone)) + longestRunDays + 1;
  const blocks: Span[] = [];
  let day = dayNumber(dateAt(from, place.zone)) - longestRunDays - 1;
  // A run of which the first days lie before what is asked would be cut: begin on a day that rests not.
  while (rests(day, observance)) day -= 1;
  for (; day <= last; day += 1) {
    if (!rests(day, observance)) continue;
    const eve = civilDate(day - 1);
    while (rests(day + 1, observance)) day += 1;
    blocks.push({ from: sunset(eve, place) - minutesBeforeSunset * minuteMs, to: nightfall(civilDate(day), place) });
  }
  return blocks.filter((block) => block.from < to && block.to > from);
}

/** Whether an instant lies in a block of rest. */
export function isResting(observance: Observance, atMs: EpochMs): boolean {
  return restBlocks(observance, atMs, atMs + 1).length > 0;
}

function rests(day: DayNumber, { shabbat, festivals, custom }: Observance): boolean {
  return (shabbat && weekdayOf(day) === saturday) || (festivals && isFestival(day, custom));
}
