import type { BurdenWeights, Catalog, PersonId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { entry } from './lookup.ts';
import { dayMs, type EpochMs, hourMs, type TimeZone } from './time.ts';
import { firstInstant, lastInstant, offsetsBetween, wallAt, type WallMs, type ZoneOffsets } from './wall-clock.ts';

/** What a calendar day is to somebody: `weekend` is a day outside their own work week, `eve` the day before a festival. */
export type DayKind = 'workday' | 'weekend' | 'eve' | 'festival';

/** `date` is a day of the person's own zone, `2026-10-27`. */
export type DayKindOf = (person: PersonId, date: string) => DayKind;

/** How hard duty is: hours, each weighed by when it falls. A plain hour of a working day is one point. */
export type BurdenPoints = number;

export const defaultBurden: BurdenWeights = { night: 1.5, weekend: 1.5, festival: 2, eve: 1.25 };

const nightEndsMs = 7 * hourMs;
const nightBeginsMs = 22 * hourMs;

/**
 * The burden of being on duty through [from, to), on the wall clock of `zone`. Night is 22:00 to 07:00. An hour counts as
 * the hardest thing that it is, never as a product of several: a festival's night weighs what the festival weighs
 * (decision record 0010). Additive: two halves weigh what the whole does.
 */
export function burdenOf(
  span: Span,
  zone: TimeZone,
  kindOf: (date: string) => DayKind,
  weights: BurdenWeights = defaultBurden,
): BurdenPoints {
  return span.from >= span.to ? 0 : burdenOn(offsetsBetween(zone, span.from, span.to), span, kindOf, weights);
}

function burdenOn(
  offsets: ZoneOffsets,
  { from, to }: Span,
  kindOf: (date: string) => DayKind,
  weights: BurdenWeights,
): BurdenPoints {
  let points = 0;
  let at = from;
  while (at < to) {
    const wall = wallAt(offsets, at);
    const day = Math.floor(wall / dayMs) * dayMs;
    const next = Math.min(to, nextAt(offsets, at, borderAfter(wall, day)));
    points += ((next - at) / hourMs) * weightOf(wall - day, kindOf(dateOf(day)), weights);
    at = next;
  }
  return points;
}

/** What `burdenOf` says for a person: in their zone, by their days and with the workspace's weights. */
export function burdenFor(catalog: Catalog, person: PersonId, span: Span, dayKind: DayKindOf): BurdenPoints {
  return burdenOf(span, zoneOf(catalog, person), (date) => dayKind(person, date), weightsOf(catalog));
}

/** The same for many spans that all lie within one: reading a zone's clock costs more than what follows from it. */
export function burdensWithin(
  catalog: Catalog,
  { from, to }: Span,
  dayKind: DayKindOf,
): (person: PersonId, span: Span) => BurdenPoints {
  const clocks = new Map<TimeZone, ZoneOffsets>();
  const weights = weightsOf(catalog);
  return (person, span) => {
    const zone = zoneOf(catalog, person);
    const offsets = clocks.get(zone) ?? offsetsBetween(zone, from, to);
    clocks.set(zone, offsets);
    return burdenOn(offsets, span, (date) => dayKind(person, date), weights);
  };
}

export function zoneOf(catalog: Catalog, person: PersonId): TimeZone {
  return entry(catalog.people, person)?.timezone ?? catalog.workspace.timezone;
}

function weightsOf(catalog: Catalog): BurdenWeights {
  return catalog.workspace.burden ?? defaultBurden;
}

function weightOf(timeOfDay: number, kind: DayKind, weights: BurdenWeights): number {
  const isNight = timeOfDay < nightEndsMs || timeOfDay >= nightBeginsMs;
  return Math.max(kind === 'workday' ? 1 : weights[kind], isNight ? weights.night : 1);
}

function borderAfter(wall: WallMs, day: WallMs): WallMs {
  const borders = [day + nightEndsMs, day + nightBeginsMs, day + dayMs];
  return borders.find((border) => border > wall) ?? day + dayMs;
}

/** In an hour that is shown twice the border may have been shown before: then its last occurrence is meant. */
function nextAt(offsets: ZoneOffsets, at: EpochMs, border: WallMs): EpochMs {
  const first = firstInstant(offsets, border);
  return first > at ? first : lastInstant(offsets, border);
}

function dateOf(day: WallMs): string {
  return new Date(day).toISOString().slice(0, 10);
}
