import { describe, expect, it } from 'vitest';
import { calendar, read, times } from './calendar-world.ts';

const codes = (text: string) => read(text).warnings.map(({ code }) => code);

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
