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

describe('a calendar that holds meetings', () => {
  it('counts only what lasts a day or is out of office, when its owner says so', () => {
    const text = calendar(
      ['UID:meeting', 'DTSTART:20261206T080000Z', 'DURATION:PT1H'],
      ['UID:dentist', 'DTSTART:20261207T080000Z', 'DURATION:PT2H', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'],
      ['UID:short day', 'DTSTART;VALUE=DATE:20270326'],
      ['UID:trip', 'DTSTART:20270401T060000Z', 'DTEND:20270403T180000Z', 'STATUS:TENTATIVE'],
    );
    const busy = (daysAwayOnly: boolean) => read(text, { daysAwayOnly }).occurrences.map((each) => each.busy);
    expect(busy(false)).toEqual(['busy', 'busy', 'busy', 'tentative']);
    expect(busy(true)).toEqual(['free', 'busy', 'busy', 'tentative']);
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
