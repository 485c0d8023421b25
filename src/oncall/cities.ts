import type { FestivalCustom } from './holidays.ts';
import type { Place } from './sun.ts';

export interface City extends Place {
  /** How long before sunset Shabbat and festivals begin there by custom. */
  readonly minutesBeforeSunset: number;
  readonly custom: FestivalCustom;
}

/** What is usual where no other custom is known. */
export const usualMinutesBeforeSunset = 20;

/** Where people of Israeli companies live. Whoever lives elsewhere gives coordinates and a zone. */
export const cities = {
  jerusalem: inIsrael(31.76904, 35.21633, 40),
  'tel-aviv': inIsrael(32.08088, 34.78057),
  haifa: inIsrael(32.81841, 34.9885, 30),
  'beer-sheva': inIsrael(31.25181, 34.7913),
  eilat: inIsrael(29.55805, 34.94821),
  tiberias: inIsrael(32.79221, 35.53124),
  safed: inIsrael(32.96465, 35.496),
  netanya: inIsrael(32.33291, 34.8599),
  ashdod: inIsrael(31.79213, 34.64966),
  ashkelon: inIsrael(31.66926, 34.57149),
  herzliya: inIsrael(32.16627, 34.82536),
  'petah-tikva': inIsrael(32.08707, 34.88747),
  'bnei-brak': inIsrael(32.08074, 34.8338),
  modiin: inIsrael(31.89385, 35.01504),
  raanana: inIsrael(32.18489, 34.87064),
  rehovot: inIsrael(31.89421, 34.81199),
  'beit-shemesh': inIsrael(31.73072, 34.99293),
  'rishon-lezion': inIsrael(31.97102, 34.78939),
  yokneam: inIsrael(32.65944, 35.10995),
  nazareth: inIsrael(32.69925, 35.30483),
  london: abroad(51.50853, -0.12574, 'Europe/London'),
  paris: abroad(48.85341, 2.3488, 'Europe/Paris'),
  amsterdam: abroad(52.37403, 4.88969, 'Europe/Amsterdam'),
  berlin: abroad(52.52437, 13.41053, 'Europe/Berlin'),
  zurich: abroad(47.36667, 8.55, 'Europe/Zurich'),
  stockholm: abroad(59.32938, 18.06871, 'Europe/Stockholm'),
  'new-york': abroad(40.71427, -74.00597, 'America/New_York'),
  boston: abroad(42.35843, -71.05977, 'America/New_York'),
  miami: abroad(25.77427, -80.19366, 'America/New_York'),
  toronto: abroad(43.70011, -79.4163, 'America/Toronto'),
  chicago: abroad(41.85003, -87.65005, 'America/Chicago'),
  'los-angeles': abroad(34.05223, -118.24368, 'America/Los_Angeles'),
  'san-francisco': abroad(37.77493, -122.41942, 'America/Los_Angeles'),
  'buenos-aires': abroad(-34.61315, -58.37723, 'America/Argentina/Buenos_Aires'),
  'sao-paulo': abroad(-23.5475, -46.63611, 'America/Sao_Paulo'),
  johannesburg: abroad(-26.20227, 28.04363, 'Africa/Johannesburg'),
  sydney: abroad(-33.86785, 151.20732, 'Australia/Sydney'),
  melbourne: abroad(-37.814, 144.96332, 'Australia/Melbourne'),
} as const satisfies Readonly<Record<string, City>>;

export type CityId = keyof typeof cities;

export function isCity(id: string): id is CityId {
  return Object.hasOwn(cities, id);
}

function inIsrael(latitude: number, longitude: number, minutesBeforeSunset = usualMinutesBeforeSunset): City {
  return { latitude, longitude, zone: 'Asia/Jerusalem', minutesBeforeSunset, custom: 'israel' };
}

function abroad(latitude: number, longitude: number, zone: string): City {
  return { latitude, longitude, zone, minutesBeforeSunset: usualMinutesBeforeSunset, custom: 'abroad' };
}
