import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAwaySpan, takePastTime } from '../../../src/slack/command-times.ts';
import { toIsoInZone } from '../../../src/oncall/time.ts';

const zone = 'Asia/Jerusalem';
/** Tuesday, 24 November 2026, 16:00 in Jerusalem. */
const now = Date.UTC(2026, 10, 24, 14, 0);

function past(text: string): [string | undefined, string] {
  const { at, rest } = takePastTime(text, now, zone);
  return [at === undefined ? undefined : toIsoInZone(at, zone), rest];
}

function away(text: string, from = now): string {
  const span = readAwaySpan(text, from, zone);
  if (span.kind !== 'span') return span.kind;
  const begin = span.from === from ? 'now' : toIsoInZone(span.from, zone).slice(0, 16);
  return `${begin} – ${span.to === null ? 'open' : toIsoInZone(span.to, zone).slice(0, 16)}`;
}

describe('when something noted down happened', () => {
  it.each([
    ['10 minutes ago restarted the pool', '2026-11-24T15:50:00+02:00', 'restarted the pool'],
    ['10m ago: restarted', '2026-11-24T15:50:00+02:00', 'restarted'],
    ['2 hours ago, restarted', '2026-11-24T14:00:00+02:00', 'restarted'],
    ['an hour ago restarted', '2026-11-24T15:00:00+02:00', 'restarted'],
    ['half an hour ago restarted', '2026-11-24T15:30:00+02:00', 'restarted'],
    ['at 14:05 restarted', '2026-11-24T14:05:00+02:00', 'restarted'],
    ['14:05 – restarted', '2026-11-24T14:05:00+02:00', 'restarted'],
    ['23:30 restarted', '2026-11-23T23:30:00+02:00', 'restarted'],
    ['לפני 10 דקות הופעל מחדש', '2026-11-24T15:50:00+02:00', 'הופעל מחדש'],
    ['לפני שעתיים הופעל מחדש', '2026-11-24T14:00:00+02:00', 'הופעל מחדש'],
    ['לפני חצי שעה הופעל מחדש', '2026-11-24T15:30:00+02:00', 'הופעל מחדש'],
    ['לפני שעה הופעל', '2026-11-24T15:00:00+02:00', 'הופעל'],
  ])('reads "%s"', (text, at, rest) => {
    expect(past(text)).toEqual([at, rest]);
  });

  it.each([
    'restarted 10 minutes ago',
    '10 replicas are gone',
    '99:99 odd',
    '10 minutes later',
    'לפני כולם',
    '14:05:33 log line',
  ])('finds no time at the beginning of "%s"', (text) => {
    expect(past(text)).toEqual([undefined, text]);
  });

  it('is never in the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const text = `${hour}:${String(minute).padStart(2, '0')} x`;
        const { at } = takePastTime(text, now, zone);
        expect(at).toBeLessThanOrEqual(now);
        expect(at).toBeGreaterThan(now - 25 * 3_600_000);
      }),
    );
  });
});

describe('how long somebody is away', () => {
  it.each([
    ['', 'now – open'],
    ['until further notice', 'now – open'],
    ['עד להודעה חדשה', 'now – open'],
    ['until 18:00', 'now – 2026-11-24T18:00'],
    ['18:00', 'now – 2026-11-24T18:00'],
    ['until 09:00', 'now – 2026-11-25T09:00'],
    ['tomorrow 09:00', 'now – 2026-11-25T09:00'],
    ['until tomorrow', 'now – 2026-11-25T09:00'],
    ['until sunday', 'now – 2026-11-29T09:00'],
    ['until tuesday 12:00', 'now – 2026-12-01T12:00'],
    ['until 2026-12-20', 'now – 2026-12-20T09:00'],
    ['until 2026-12-20 18:30', 'now – 2026-12-20T18:30'],
    ['until 2026-12-20T18:30+02:00', 'now – 2026-12-20T18:30'],
    ['for 3 days', 'now – 2026-11-27T16:00'],
    ['for 2 weeks', 'now – 2026-12-08T16:00'],
    ['for an hour', 'now – 2026-11-24T17:00'],
    ['from tomorrow until sunday 08:00', '2026-11-25T09:00 – 2026-11-29T08:00'],
    ['from 2026-12-01 08:00', '2026-12-01T08:00 – open'],
    ['from tomorrow 08:00 for 2 days', '2026-11-25T08:00 – 2026-11-27T08:00'],
    ['until 3 february', 'now – 2027-02-03T09:00'],
    ['until Feb 3rd, 2027 18:00', 'now – 2027-02-03T18:00'],
    ['until December 1', 'now – 2026-12-01T09:00'],
    ['until 1.12', 'now – 2026-12-01T09:00'],
    ['until 31/12/2026 12:00', 'now – 2026-12-31T12:00'],
    ['from 1.2.27 until 28.2.27', '2027-02-01T09:00 – 2027-02-28T09:00'],
    ['february', '2027-02-01T00:00 – 2027-03-01T00:00'],
    ['in february 2028', '2028-02-01T00:00 – 2028-03-01T00:00'],
    ['in november', 'now – 2026-12-01T00:00'],
    ['בפברואר', '2027-02-01T00:00 – 2027-03-01T00:00'],
    ['מ-1 בדצמבר עד ה-20 בדצמבר 18:00', '2026-12-01T09:00 – 2026-12-20T18:00'],
    ['from tomorrow 08:00 until tomorrow 20:00', '2026-11-25T08:00 – 2026-11-25T20:00'],
    ['from 25.12 until 3.1', '2026-12-25T09:00 – 2027-01-03T09:00'],
    ['עד 18:00', 'now – 2026-11-24T18:00'],
    ['עד מחר 10:00', 'now – 2026-11-25T10:00'],
    ['עד מחרתיים', 'now – 2026-11-26T09:00'],
    ['עד יום ראשון', 'now – 2026-11-29T09:00'],
    ['עד שבת', 'now – 2026-11-28T09:00'],
    ['למשך 3 ימים', 'now – 2026-11-27T16:00'],
    ['לשעתיים', 'now – 2026-11-24T18:00'],
    ['לשבועיים', 'now – 2026-12-08T16:00'],
    ['ממחר עד יום ראשון', '2026-11-25T09:00 – 2026-11-29T09:00'],
  ])('reads "%s" as %s', (text, span) => {
    expect(away(text)).toBe(span);
  });

  it.each([
    'miluim until sunday',
    'because of the army',
    'until',
    'until someday',
    '18:00 sharp',
    'until 2026-13-45',
    'until 25:00',
    'until 31.2',
    'until february the lion',
    'may be',
    'march with the unit',
    'in february in the north',
    'מילואים',
  ])('takes "%s" for no time, so that no reason is ever kept', (text) => {
    expect(away(text)).toBe('unclear');
  });

  it.each(['until 2026-11-01', 'until today 09:00', 'until 2026-11-24T15:00+02:00'])(
    'says that "%s" has passed',
    (text) => {
      expect(away(text)).toBe('past');
    },
  );

  it('keeps the hour on the wall when the clock goes back in between', () => {
    // Israel leaves summer time on Sunday, 25 October 2026.
    const friday = Date.UTC(2026, 9, 23, 6, 0);
    expect(away('until monday 09:00', friday)).toBe('now – 2026-10-26T09:00');
  });

  it('never throws, and never lets an absence end before it begins', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const span = readAwaySpan(text, now, zone);
        if (span.kind === 'span' && span.to !== null) expect(span.to).toBeGreaterThan(span.from);
      }),
    );
  });
});
