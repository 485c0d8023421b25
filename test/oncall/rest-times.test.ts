import { describe, expect, it } from 'vitest';
import { cities } from '../../src/oncall/cities.ts';
import { addDays, dateAt } from '../../src/oncall/civil-date.ts';
import { isResting, restBlocks, type Observance } from '../../src/oncall/rest-times.ts';
import { nightfall, type Place, sunset } from '../../src/oncall/sun.ts';
import { dayMs, hourMs, minuteMs, toIsoInZone } from '../../src/oncall/time.ts';
import { at } from './world.ts';

const keeps = { minutesBeforeSunset: 20, custom: 'abroad', shabbat: true, festivals: true } as const;
const tromso: Place = { latitude: 69.6489, longitude: 18.9551, zone: 'Europe/Oslo' };
const apia: Place = { latitude: -13.8333, longitude: -171.7667, zone: 'Pacific/Apia' };

describe('the sun', () => {
  it.each([
    // Almanac minutes, from published tables.
    ['London in June', cities.london, '2026-06-21', '21:21'],
    ['New York in December', cities['new-york'], '2026-12-21', '16:32'],
    ['Sydney in December', cities.sydney, '2026-12-21', '20:05'],
  ])('sets in %s when the almanac says', (_, place, date, expected) => {
    const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
    const shown = toIsoInZone(sunset(date, place), place.zone).slice(11, 16);
    expect(Math.abs(minutes(shown) - minutes(expected))).toBeLessThanOrEqual(1);
  });

  it.each([['Apia', apia], ['Tromsø', tromso], ...Object.entries(cities)] as [string, Place][])(
    'sets and leaves the sky dark in %s on the evening of each day of its own calendar',
    (_, place) => {
      for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 9)) {
        const [sets, dark] = [sunset(date, place), nightfall(date, place)];
        expect(dark).toBeGreaterThanOrEqual(sets);
        // Solar midnight may be an hour and more after the one on the clock, and noon is the earliest that there is.
        expect(dateAt(sets - 2 * hourMs, place.zone)).toBe(date);
        expect(sunset(addDays(date, 1), place) - sets).toBeGreaterThan(dayMs - 30 * minuteMs);
        expect(sunset(addDays(date, 1), place) - sets).toBeLessThan(dayMs + 30 * minuteMs);
      }
    },
  );

  it('goes by its darkest moment where it does not set, and by noon where it does not rise', () => {
    // Solar noon in Tromsø is near 11:45 UTC+1, solar midnight twelve hours on.
    expect(toIsoInZone(sunset('2026-06-20', tromso), 'UTC').slice(11, 14)).toBe('22:');
    expect(toIsoInZone(sunset('2026-12-20', tromso), 'UTC').slice(11, 14)).toBe('10:');
    expect(nightfall('2026-06-20', tromso)).toBe(sunset('2026-06-20', tromso));
  });
});

describe('blocks of rest', () => {
  it('come every week in the far north too, summer and winter', () => {
    const blocks = restBlocks(
      { ...keeps, place: tromso, festivals: false },
      at('2026-01-01T00:00Z'),
      at('2027-01-01T00:00Z'),
    );
    expect(blocks.length).toBe(52);
    for (const { from, to } of blocks) {
      expect(to - from).toBeGreaterThan(24 * hourMs);
      expect(to - from).toBeLessThan(30 * hourMs);
    }
  });

  it('keep second days of festivals abroad, and not in Israel', () => {
    const secondDay = at('2027-04-23T12:00Z');
    expect(isResting({ ...keeps, place: cities.london }, secondDay)).toBe(true);
    expect(isResting({ ...keeps, place: cities.jerusalem, custom: 'israel' }, secondDay)).toBe(false);
  });

  it('hold only what is kept: Shabbat, festivals, or neither', () => {
    const [shabbat, festival] = [at('2026-11-28T10:00Z'), at('2026-09-21T10:00Z')];
    const by = (more: Partial<Observance>): Observance => ({
      ...keeps,
      place: cities.jerusalem,
      custom: 'israel',
      ...more,
    });
    const resting = (observance: Observance) => [isResting(observance, shabbat), isResting(observance, festival)];
    expect(resting(by({}))).toEqual([true, true]);
    expect(resting(by({ festivals: false }))).toEqual([true, false]);
    expect(resting(by({ shabbat: false }))).toEqual([false, true]);
    expect(resting(by({ shabbat: false, festivals: false }))).toEqual([false, false]);
  });

  it('begin earlier by the minutes of the city: 40 in Jerusalem, 30 in Haifa, 20 elsewhere', () => {
    expect(
      [cities.jerusalem, cities.haifa, cities['tel-aviv'], cities.eilat].map((city) => city.minutesBeforeSunset),
    ).toEqual([40, 30, 20, 20]);
    const blocks = [40, 20].map((minutesBeforeSunset) =>
      restBlocks(
        { ...keeps, place: cities.jerusalem, minutesBeforeSunset },
        at('2026-11-27T00:00Z'),
        at('2026-11-28T00:00Z'),
      ),
    );
    expect((blocks[1]?.[0]?.from ?? 0) - (blocks[0]?.[0]?.from ?? 0)).toBe(20 * minuteMs);
  });
});
