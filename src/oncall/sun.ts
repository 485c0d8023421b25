import { addDays, type CivilDate, dateAt, dayNumber } from './civil-date.ts';
import { dayMs, type EpochMs, minuteMs, type TimeZone } from './time.ts';

/** Degrees north and east. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Place extends Coordinates {
  readonly zone: TimeZone;
}

/** Degrees from the zenith: the upper edge of the sun on the horizon, with the usual refraction. */
const sunsetZenith = 90.8333;
/** Three medium stars: the sun 8.5° below the horizon. */
const nightfallZenith = 98.5;
const radians = Math.PI / 180;

/** Sunset of a day of the place's own calendar. Where the sun does not set, see `descent`. */
export function sunset(date: CivilDate, place: Place): EpochMs {
  return descent(date, place, sunsetZenith);
}

/** When it is night: 8.5° below the horizon. Where it does not get so dark, see `descent`. */
export function nightfall(date: CivilDate, place: Place): EpochMs {
  return descent(date, place, nightfallZenith);
}

/**
 * When the sun comes down to a zenith distance after the noon of `date`, by NOAA's equations; to a second or two between
 * the polar circles. Where it stays above all night it is the darkest moment, solar midnight; where it stays below all
 * day it is noon: what the times run towards as the season nears. A moment always exists, and later latitudes and days
 * move it without a jump.
 */
function descent(date: CivilDate, place: Place, zenith: number): EpochMs {
  const noonIsOn = dateAt(noonOf(date, place), place.zone);
  // East of the antimeridian the sun of a civil day belongs to another day of UTC (Samoa, Kiribati).
  const solarDate = addDays(date, dayNumber(date) - dayNumber(noonIsOn));
  const startMs = dayNumber(solarDate) * dayMs;
  let minutes = 720 - 4 * place.longitude;
  for (let round = 0; round < 3; round += 1) {
    const { declination, equationOfTime } = sunAt(startMs + minutes * minuteMs);
    minutes =
      720 - 4 * place.longitude - equationOfTime + (4 * hourAngle(place.latitude, declination, zenith)) / radians;
  }
  return Math.round(startMs + minutes * minuteMs);
}

function noonOf(date: CivilDate, { longitude }: Coordinates): EpochMs {
  return Math.round(dayNumber(date) * dayMs + (720 - 4 * longitude) * minuteMs);
}

/** In radians, 0 at noon and π at midnight; held within them where the sun never comes so low, or never so high. */
function hourAngle(latitude: number, declination: number, zenith: number): number {
  const cosine =
    (Math.cos(zenith * radians) - Math.sin(latitude * radians) * Math.sin(declination)) /
    (Math.cos(latitude * radians) * Math.cos(declination));
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

/** Declination in radians and equation of time in minutes. https://gml.noaa.gov/grad/solcalc/calcdetails.html */
function sunAt(atMs: EpochMs): { readonly declination: number; readonly equationOfTime: number } {
  const century = (atMs / dayMs + 2440587.5 - 2451545) / 36525;
  const longitude = (((280.46646 + century * (36000.76983 + century * 0.0003032)) % 360) + 360) % 360;
  const anomaly = (357.52911 + century * (35999.05029 - 0.0001537 * century)) * radians;
  const eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
  const centre =
    Math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century)) +
    Math.sin(2 * anomaly) * (0.019993 - 0.000101 * century) +
    Math.sin(3 * anomaly) * 0.000289;
  const node = (125.04 - 1934.136 * century) * radians;
  const apparent = (longitude + centre - 0.00569 - 0.00478 * Math.sin(node)) * radians;
  const meanObliquity = 23 + (26 + (21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))) / 60) / 60;
  const obliquity = (meanObliquity + 0.00256 * Math.cos(node)) * radians;
  const tangent = Math.tan(obliquity / 2) ** 2;
  const mean = longitude * radians;
  const equationOfTime =
    (4 / radians) *
    (tangent * Math.sin(2 * mean) -
      2 * eccentricity * Math.sin(anomaly) +
      4 * eccentricity * tangent * Math.sin(anomaly) * Math.cos(2 * mean) -
      0.5 * tangent ** 2 * Math.sin(4 * mean) -
      1.25 * eccentricity ** 2 * Math.sin(2 * anomaly));
  return { declination: Math.asin(Math.sin(obliquity) * Math.sin(apparent)), equationOfTime };
}
