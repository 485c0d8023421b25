import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCalendar } from '../../src/cli/calendar.ts';
import { createCertificate } from '../../src/sandbox/pagerduty/certificate.ts';
import { calendar } from '../calendars/calendar-world.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await cliWorld(Date.parse('2026-11-22T08:00Z'));
});
afterAll(() => world.close());

const leave = calendar(
  ['UID:a', 'DTSTART;VALUE=DATE:20261206', 'DTEND;VALUE=DATE:20261209'],
  ['UID:b', 'DTSTART;VALUE=DATE:20270103', 'STATUS:TENTATIVE'],
  ['UID:c', 'DTSTART;VALUE=DATE:20261220', 'TRANSP:TRANSPARENT'],
  ['UID:d', 'DTSTART;VALUE=DATE:20270201', 'DTEND;VALUE=DATE:20310201'],
  ['UID:e', 'DTSTART;VALUE=DATE:20270105', 'EXDATE:nonsense'],
);

describe('toran calendar check', () => {
  it('shows times, doubts and what could not be read, and no title', async () => {
    const { code, out, err } = await world.run('calendar', 'check', await world.file('leave.ics', leave));
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      'Absences within 97 days, times of Asia/Jerusalem',
      '  2026-12-06 00:00  until  2026-12-09 00:00',
      '  2027-01-03 00:00  until  2027-01-04 00:00  tentative',
      '  2027-01-05 00:00  until  2027-01-06 00:00',
      '  2027-02-01 00:00  until  further notice',
      '',
      expect.stringMatching(/^line \d+: cannot be read; the line was left out$/),
    ]);
    expect(out.join()).not.toContain('Secret');
  });

  it('prints JSON alone, in the zone of the person', async () => {
    const file = await world.file('leave.ics', leave);
    const told = z
      .object({
        complete: z.boolean(),
        events: z.number(),
        absences: z.array(z.unknown()),
        warnings: z.array(z.unknown()),
      })
      .parse(
        await world.json(
          'calendar',
          'check',
          file,
          '--zone',
          'America/New_York',
          '--days',
          '20',
          '--free-counts',
          '--json',
        ),
      );
    expect(told).toMatchObject({
      complete: true,
      events: 5,
      absences: [{ from: '2026-12-06T00:00:00-05:00', to: '2026-12-09T00:00:00-05:00', certain: true }],
    });
    expect(told.warnings).toEqual([{ code: 'broken_line', line: expect.any(Number) }]);
  });

  it('says that a calendar breaks off', async () => {
    const file = await world.file('cut.ics', leave.slice(0, leave.indexOf('UID:c')));
    const { code, out } = await world.run('calendar', 'check', file);
    expect(code).toBe(0);
    expect(out).toContain('The calendar breaks off before its end: a connected one would be left as it was.');
  });

  it.each([
    [['check'], /^toran calendar: write toran calendar check FILE/],
    [['list', 'x.ics'], /^toran calendar: write/],
    [['check', 'no-such.ics'], /^toran calendar: no-such\.ics does not exist/],
    [['check', 'x.ics', '--zone', 'Asia/Nowhere'], /^--zone: no such time zone/],
    [['check', 'x.ics', '--days', '0'], /^--days: use a whole number/],
    [['check', 'http://example.com/secret-key'], /^the address leads to what is no https address/],
    [['check', 'https://127.0.0.1/secret-key'], /^the address leads to a machine that is not on the public internet/],
    [['check', 'file:///etc/passwd'], /^the address leads to what is no https address/],
  ])('refuses %j in one line, without the address', async (args, problem) => {
    const { code, out, err } = await world.run('calendar', ...args);
    expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 });
    expect(err[0]).toMatch(problem);
    expect(err[0]).not.toContain('secret-key');
  });

  it('refuses what is no calendar', async () => {
    const { code, err } = await world.run('calendar', 'check', await world.file('page.ics', '<html>'));
    expect({ code, err }).toEqual({ code: 2, err: [expect.stringContaining('is no iCalendar')] });
  });

  it('reads a feed by its address', async () => {
    const certificate = await createCertificate(Date.now());
    const server = createServer({ key: certificate.key, cert: certificate.cert }, (_, response) => response.end(leave));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const out: string[] = [];
    const io = {
      out: (line: string) => void out.push(line),
      err: () => undefined,
      env: { LANG: 'he_IL.UTF-8' },
      isTerminal: false,
      now: () => world.now,
      signal: new AbortController().signal,
    };
    const address = `https://localhost:${(server.address() as AddressInfo).port}/feed.ics`;
    expect(await runCalendar(['check', address], io, { ca: certificate.caPem, isAllowed: () => true })).toBe(0);
    expect(out[0]).toBe('אי־זמינות ב־97 הימים הקרובים, לפי שעון Asia/Jerusalem');
    expect(out.length).toBe(7);
    server.close();
    certificate.remove();
  });
});
