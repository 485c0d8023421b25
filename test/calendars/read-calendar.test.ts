import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../src/calendars/read-calendar.ts';
import { calendar, question, read, times } from './calendar-world.ts';

const codes = (text: string | Uint8Array) => read(text).warnings.map(({ code }) => code);

describe('a whole day', () => {
  it('is a day of the person, 23 hours long where the clock jumps', () => {
    const text = calendar(['DTSTART;VALUE=DATE:20270326']);
    expect(times(read(text))).toEqual(['2027-03-25T22:00Z/2027-03-26T21:00Z']);
    expect(times(read(text, { zone: 'America/New_York' }))).toEqual(['2027-03-26T04:00Z/2027-03-27T04:00Z']);
  });

  it('is one also where VALUE=DATE was forgotten', () => {
    expect(times(read(calendar(['DTSTART:20261206', 'DTEND:20261208'])))).toEqual([
      '2026-12-05T22:00Z/2026-12-07T22:00Z',
    ]);
  });

  it('lasts as many days as DURATION says', () => {
    expect(times(read(calendar(['DTSTART;VALUE=DATE:20270325', 'DURATION:P1W'])))).toEqual([
      '2027-03-24T22:00Z/2027-03-31T21:00Z',
    ]);
  });
});

describe('a time', () => {
  const nine = 'DTSTART:20261206T090000';
  it('without a zone is in that of the calendar, else of the feed, else of the person', () => {
    const text = calendar([nine, 'DURATION:PT1H']);
    const told = text.replace('VERSION:2.0', 'VERSION:2.0\r\nX-WR-TIMEZONE:Europe/Berlin');
    expect(times(read(told, { floatingZone: 'America/New_York' }))).toEqual(['2026-12-06T08:00Z/2026-12-06T09:00Z']);
    expect(times(read(text, { floatingZone: 'America/New_York' }))).toEqual(['2026-12-06T14:00Z/2026-12-06T15:00Z']);
    expect(times(read(text))).toEqual(['2026-12-06T07:00Z/2026-12-06T08:00Z']);
  });

  it.each([
    ['Israel Standard Time', '2026-12-06T07:00Z'],
    ['"Europe/Berlin"', '2026-12-06T08:00Z'],
    ['/freeassociation.sourceforge.net/Europe/Berlin', '2026-12-06T08:00Z'],
    ['/mozilla.org/20070129_1/America/Argentina/Buenos_Aires', '2026-12-06T12:00Z'],
    ['W. Europe Standard Time', '2026-12-06T08:00Z'],
  ])('knows the zone %s', (name, expected) => {
    const reading = read(calendar([`DTSTART;TZID=${name}:20261206T090000`, 'DURATION:PT1H']));
    expect([times(reading)[0]?.split('/')[0], reading.warnings]).toEqual([expected, []]);
  });

  it('goes by the rules that the calendar brings for a name that nobody knows, and says so when there are none', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Custom/Here',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0500',
      'TZOFFSETTO:+0400',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0400',
      'TZOFFSETTO:+0500',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ].join('\r\n');
    const lines = [
      'DTSTART;TZID=Custom/Here:20261206T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=MONTHLY;COUNT=8;INTERVAL=7',
    ];
    const text = calendar(lines).replace('VERSION:2.0', `VERSION:2.0\r\n${zone}`);
    expect(times(read(text))).toEqual(['2026-12-06T05:00Z/2026-12-06T06:00Z', '2027-07-06T04:00Z/2027-07-06T05:00Z']);
    expect(times(read(calendar([lines[0] ?? '', 'DURATION:PT1H'])))).toEqual(['2026-12-06T07:00Z/2026-12-06T08:00Z']);
    expect(codes(calendar(lines))).toEqual(['unknown_zone']);
  });

  it('that the clock skips counts on by the offset before, and one that is shown twice is the first', () => {
    const at = (local: string) => times(read(calendar([`DTSTART;TZID=Asia/Jerusalem:${local}`, 'DURATION:PT1H'])))[0];
    expect(at('20270326T023000')).toBe('2027-03-26T00:30Z/2027-03-26T01:30Z');
    expect(at('20271031T013000')).toBe('2027-10-30T22:30Z/2027-10-30T23:30Z');
  });

  it('lasts by the clock when DURATION has hours, by the calendar when it has days', () => {
    const start = 'DTSTART;TZID=Asia/Jerusalem:20270325T120000';
    expect(times(read(calendar([start, 'DURATION:PT24H'])))).toEqual(['2027-03-25T10:00Z/2027-03-26T10:00Z']);
    expect(times(read(calendar([start, 'DURATION:P1D'])))).toEqual(['2027-03-25T10:00Z/2027-03-26T09:00Z']);
    expect(times(read(calendar([start, 'DURATION:P1DT2H'])))).toEqual(['2027-03-25T10:00Z/2027-03-26T11:00Z']);
  });

  it('may end on another clock than it begins: a flight', () => {
    const lines = ['DTSTART;TZID=Asia/Jerusalem:20261206T010000', 'DTEND;TZID=America/New_York:20261206T060000'];
    expect(times(read(calendar(lines)))).toEqual(['2026-12-05T23:00Z/2026-12-06T11:00Z']);
  });

  it('without length is no absence', () => {
    expect(read(calendar(['DTSTART:20261206T090000Z'])).occurrences).toEqual([]);
    expect(codes(calendar(['DTSTART:20261206T090000Z']))).toEqual(['zero_length']);
  });
});

describe('a series', () => {
  const weekly = (...more: string[]) =>
    calendar(['DTSTART;TZID=Asia/Jerusalem:20270321T090000', 'DURATION:PT1H', ...more]);
  const starts = (text: string) => times(read(text)).map((each) => each.split('/')[0]);

  it('keeps its wall time when the clock moves, and UNTIL in UTC counts on its own clock', () => {
    expect(starts(weekly('RRULE:FREQ=WEEKLY;UNTIL=20270404T060000Z'))).toEqual([
      '2027-03-21T07:00Z',
      '2027-03-28T06:00Z',
      '2027-04-04T06:00Z',
    ]);
    expect(starts(weekly('RRULE:FREQ=WEEKLY;UNTIL=20270404T055959Z')).length).toBe(2);
    expect(starts(weekly('RRULE:FREQ=WEEKLY;UNTIL=20270404')).length).toBe(3);
  });

  it('leaves out exceptions, written as times of any zone or as days', () => {
    const rule = 'RRULE:FREQ=WEEKLY;COUNT=4';
    expect(starts(weekly(rule, 'EXDATE:20270328T060000Z', 'EXDATE;VALUE=DATE:20270404'))).toEqual([
      '2027-03-21T07:00Z',
      '2027-04-11T06:00Z',
    ]);
  });

  it('counts an exception as cancelled by the calendar itself', () => {
    const rule = 'RRULE:FREQ=WEEKLY;COUNT=3';
    const [, second] = read(weekly(rule)).occurrences;
    expect(read(weekly(rule, 'EXDATE:20270328T060000Z')).cancelled).toEqual([second?.key]);
  });

  it('has dates of its own, and periods, each once', () => {
    const dates = 'RDATE;TZID=Asia/Jerusalem:20270321T090000,20270324T100000';
    const period = 'RDATE;VALUE=PERIOD:20270501T060000Z/PT3H,20270502T060000Z/20270502T080000Z';
    expect(times(read(weekly(dates, period)))).toEqual([
      '2027-03-21T07:00Z/2027-03-21T08:00Z',
      '2027-03-24T08:00Z/2027-03-24T09:00Z',
      '2027-05-01T06:00Z/2027-05-01T09:00Z',
      '2027-05-02T06:00Z/2027-05-02T08:00Z',
    ]);
  });

  it('skips days that a month or year does not have', () => {
    const day = (rule: string, start: string) =>
      starts(calendar([`DTSTART;VALUE=DATE:${start}`, rule])).map((each) => each?.slice(0, 10));
    expect(day('RRULE:FREQ=YEARLY', '20240229')).toEqual([]);
    expect(day('RRULE:FREQ=MONTHLY;BYMONTHDAY=30;COUNT=3', '20261230')).toEqual([
      '2026-12-29',
      '2027-01-29',
      '2027-03-29',
    ]);
  });

  it('moves one occurrence and all that follow', () => {
    const master = ['DTSTART:20261207T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4'];
    const change = ['RECURRENCE-ID;RANGE=THISANDFUTURE:20261221T080000Z', 'DTSTART:20261222T100000Z', 'DURATION:PT2H'];
    expect(times(read(calendar(change, master)))).toEqual([
      '2026-12-07T08:00Z/2026-12-07T09:00Z',
      '2026-12-14T08:00Z/2026-12-14T09:00Z',
      '2026-12-22T10:00Z/2026-12-22T12:00Z',
      '2026-12-29T10:00Z/2026-12-29T12:00Z',
    ]);
  });

  it('is gone with its cancellation, and says which occurrences that were', () => {
    const lines = ['DTSTART:20261207T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'];
    const before = read(calendar(lines));
    const after = read(calendar([...lines, 'STATUS:CANCELLED', 'SEQUENCE:1']));
    expect(after.occurrences).toEqual([]);
    expect(after.cancelled).toEqual(before.occurrences.map(({ key }) => key));
  });

  it('that nobody can read is taken once, and one by seconds or minutes not at all', () => {
    expect(starts(weekly('RRULE:FREQ=WEEKLY;BYDAY=XX'))).toEqual(['2027-03-21T07:00Z']);
    expect(codes(weekly('RRULE:FREQ=SOMETIMES'))).toEqual(['bad_rule']);
    expect(codes(weekly('RRULE:FREQ=SECONDLY'))).toEqual(['too_frequent']);
    expect(starts(weekly('RRULE:FREQ=MINUTELY;INTERVAL=5'))).toEqual([]);
  });

  it('gives at most a thousand occurrences, and says so', () => {
    const reading = read(weekly('RRULE:FREQ=HOURLY'));
    // Those of the two days before what is asked were counted, since clocks differ.
    expect(reading.occurrences.length).toBeLessThanOrEqual(1_000);
    expect(reading.occurrences.length).toBeGreaterThan(950);
    expect(reading.warnings.map(({ code }) => code)).toEqual(['too_many_occurrences']);
  });

  it('that began long ago costs nothing of that thousand', () => {
    const reading = read(calendar(['DTSTART;VALUE=DATE:20100101', 'RRULE:FREQ=DAILY']));
    expect([reading.occurrences.length, reading.warnings]).toEqual([366, []]);
  });
});

describe('what is busy', () => {
  const busy = (...lines: string[]) => read(calendar(['DTSTART;VALUE=DATE:20261206', ...lines])).occurrences[0]?.busy;
  it('is what Outlook says, else what the standard says', () => {
    expect(busy()).toBe('busy');
    expect(busy('TRANSP:TRANSPARENT')).toBe('free');
    expect(busy('TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF')).toBe('busy');
    expect(busy('X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE')).toBe('tentative');
    expect(busy('X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE')).toBe('free');
  });

  it('is everything for a feed whose owner says that it marks leave as free', () => {
    const text = calendar(['DTSTART;VALUE=DATE:20261206', 'TRANSP:TRANSPARENT']);
    expect(read(text, { countsTransparent: true }).occurrences[0]?.busy).toBe('busy');
  });
});

describe('a broken calendar', () => {
  const whole = ['DTSTART;VALUE=DATE:20261206'];
  it('loses the line that cannot be read, and names it', () => {
    const text = calendar([...whole, 'EXDATE;X="open:20261206', 'ATTENDEE;CN="unbalanced:mailto:x@example.com']);
    const reading = read(text);
    expect(reading.occurrences.length).toBe(1);
    expect(reading.warnings).toEqual([{ code: 'broken_line', line: 7 }]);
  });

  it('loses an event without a beginning, and keeps the others', () => {
    expect(times(read(calendar(['DTSTART:20261399T250000Z', 'UID:a'], [...whole, 'UID:b'])))).toEqual([
      '2026-12-05T22:00Z/2026-12-06T22:00Z',
    ]);
    expect(codes(calendar(['DTSTART:20261399T250000Z']))).toEqual(['broken_line', 'no_start']);
  });

  it('is not complete when it breaks off anywhere', () => {
    const text = calendar(whole, ['DTSTART;VALUE=DATE:20270101', 'UID:b']);
    const [begin, end] = [text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VCALENDAR') + 'END:VCALENDAR'.length];
    for (let cut = begin; cut < end; cut += 1) expect(read(text.slice(0, cut)).isComplete).toBe(false);
    expect(read(text.slice(0, end)).isComplete).toBe(true);
  });

  it('that is none is refused', () => {
    expect(readCalendar(Buffer.from('<html>Sign in</html>'), question)).toEqual({
      kind: 'unusable',
      because: 'not_a_calendar',
    });
    expect(readCalendar(new Uint8Array(), question)).toEqual({ kind: 'unusable', because: 'not_a_calendar' });
  });

  it('with more than five thousand events is refused', () => {
    const events = Array.from({ length: 5_001 }, (_, index) => [...whole, `UID:${index}`]);
    expect(readCalendar(Buffer.from(calendar(...events)), question)).toEqual({
      kind: 'unusable',
      because: 'too_many_events',
    });
  });

  it('never throws, whatever is done to its bytes', () => {
    const text = Buffer.from(calendar([...whole, 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20261213']));
    const damage = fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = Buffer.from(text);
        for (const [at, byte] of changes) bytes[at] = byte;
        // A slip that makes FREQ=HOURLY of it is still bounded.
        expect(['read', 'unusable']).toContain(readCalendar(bytes, question).kind);
      }),
      { numRuns: 300 },
    );
  });
});

describe('bytes', () => {
  it('are unfolded before they are decoded: a fold may lie within a letter', () => {
    const folded = Buffer.concat([
      Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:'),
      Buffer.from('א').subarray(0, 1),
      Buffer.from('\r\n '),
      Buffer.from('א').subarray(1),
      Buffer.from('\r\nDTSTART;VALUE=DA\r\n\tTE:20261206\r\nEND:VEVENT\r\nEND:VCALENDAR'),
    ]);
    const plain = Buffer.from(folded.toString('latin1').replaceAll(/\r\n[ \t]/g, ''), 'latin1');
    expect(read(folded)).toEqual(read(plain));
    expect(read(folded).occurrences.length).toBe(1);
  });
});

describe('the key of an occurrence', () => {
  const key = (lines: string[], feed = 'f1') => read(calendar(lines), { feed }).occurrences.map((each) => each.key);
  it('stays when a single event moves, and differs between feeds', () => {
    const one = key(['DTSTART;VALUE=DATE:20261206']);
    expect(key(['DTSTART;VALUE=DATE:20261220', 'SEQUENCE:1'])).toEqual(one);
    expect(key(['DTSTART;VALUE=DATE:20261206'], 'f2')).not.toEqual(one);
    expect(one[0]).toMatch(/^[\w-]{20}$/);
  });

  it('stays with the occurrence of a series that stands somewhere else', () => {
    const master = ['DTSTART:20261207T080000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2'];
    const moved = ['RECURRENCE-ID:20261214T080000Z', 'DTSTART:20261215T100000Z', 'DURATION:PT1H'];
    const keys = (text: string) => read(text).occurrences.map((each) => each.key);
    expect(keys(calendar(master, moved))).toEqual(keys(calendar(master)));
  });
});

it('no title is even looked at', () => {
  expect(JSON.stringify(read(calendar(['DTSTART;VALUE=DATE:20261206'])))).not.toContain('Secret');
});
