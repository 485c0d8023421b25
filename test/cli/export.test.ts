import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliWorld, type CliWorld } from './cli-world.ts';

let w: CliWorld;
beforeEach(async () => {
  w = await cliWorld(Date.parse('2026-11-03T10:00:00+02:00'));
});
afterEach(() => w.close());

/** Weeks from Sunday 1 November 09:00. */
const catalog = (participants: string, locale = 'en') => `workspace: { timezone: Asia/Jerusalem, locale: ${locale} }
people:
  alma: { name: Alma Sela }
  beni: { name: "=Beni, Katz" }
schedules:
  payments:
    layers: [{ start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [${participants}] }]
`;

const week = ['--from', '2026-11-01T09:00+02:00', '--to', '2026-11-15T09:00+02:00'];
const shifts = ['export', 'shifts', '--schedule', 'payments', ...week];

const until = (time: string) => [...shifts.slice(0, -1), time];

async function applied(text: string, ...more: readonly string[]) {
  expect(await w.run('apply', await w.file('catalog.yaml', text), ...more)).toMatchObject({ code: 0, err: [] });
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await w.run(...args);
  expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 });
  return err[0] ?? '';
}

describe('toran export catalog', () => {
  it('prints a catalog that, applied again, changes nothing', async () => {
    await applied(catalog('alma, beni'));
    await applied(catalog('beni, beni, alma'));
    const { code, out, err } = await w.run('export', 'catalog');
    expect({ code, err, head: out[0]?.slice(0, 2) }).toEqual({ code: 0, err: [], head: '# ' });
    expect(out[0]).toContain('participants: [ alma, beni, beni ]');
    w.now += 20 * 86_400_000;
    expect(await w.json('apply', await w.file('exported.yaml', out.join('\n')))).toMatchObject({
      changed: false,
      schedules: [],
    });
    expect((await w.run('export', 'catalog')).out).toEqual(out);
  });

  it('writes a new file, and never over one that is there', async () => {
    await applied(catalog('alma', 'he'));
    expect(await w.run('export', 'catalog', w.path('new.yaml'))).toEqual({ code: 0, out: [], err: [] });
    const written = await readFile(w.path('new.yaml'), 'utf8');
    expect(`${(await w.run('export', 'catalog')).out.join('\n')}\n`).toBe(written);
    expect(await refused('export', 'catalog', w.path('new.yaml'))).toMatch(
      /new\.yaml exists already; name a new file$/,
    );
    expect(await readFile(w.path('new.yaml'), 'utf8')).toBe(written);
  });

  it('says so when there is none, or when it is not said what to export', async () => {
    expect(await refused('export', 'catalog')).toBe('export: no catalog holds yet; make one with toran apply');
    expect(await refused('export')).toMatch(/^export: say what/);
    expect(await refused('export', 'secrets')).toMatch(/^export: say what/);
  });
});

describe('toran export shifts', () => {
  it('prints past and future duty, as it was and not as a later catalog would have it', async () => {
    await applied(catalog('alma, beni'));
    await applied(catalog('beni'));
    expect(await w.json(...shifts)).toEqual({
      shifts: [
        {
          schedule: 'payments',
          start: '2026-11-01T09:00:00+02:00',
          end: '2026-11-03T10:00:00+02:00',
          person: 'alma',
          why: 'rotation',
        },
        {
          schedule: 'payments',
          start: '2026-11-03T10:00:00+02:00',
          end: '2026-11-15T09:00:00+02:00',
          person: 'beni',
          why: 'rotation',
        },
      ],
    });
    await applied(catalog('beni').replace('payments', 'other'));
    expect((await w.run(...shifts)).out[2]).toContain('Alma Sela');
  });

  it('says of a cover that it is one, and nothing more', async () => {
    const away = '- { person: beni, effect: hard, certain: true, from: "2026-11-08T00:00", to: "2026-11-10T00:00" }\n';
    await applied(catalog('beni, alma'), '--absences', await w.file('absences.yaml', away));
    const csv = (await w.run(...shifts, '--csv')).out.join('\n').split('\r\n');
    expect(csv).toEqual([
      'schedule,start,end,person,name,why',
      'payments,2026-11-01T09:00:00+02:00,2026-11-08T00:00:00+02:00,beni,"\'=Beni, Katz",rotation',
      'payments,2026-11-08T00:00:00+02:00,2026-11-08T09:00:00+02:00,alma,Alma Sela,cover',
      'payments,2026-11-08T09:00:00+02:00,2026-11-15T09:00:00+02:00,alma,Alma Sela,rotation',
    ]);
    for (const form of ['--csv', '--ics', '--json'])
      expect((await w.run(...shifts, form)).out.join('\n')).not.toMatch(/unavailable|away|hard|absen/i);
  });

  it('writes a calendar that can be read, with the same events every time', async () => {
    await applied(catalog('alma, beni'));
    const { out } = await w.run(...shifts, '--ics');
    const text = out.join('\n');
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const events = new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
    expect(
      events.map(({ summary, startDate, endDate }) => [summary, startDate.toString(), endDate.toString()]),
    ).toEqual([
      ['payments: Alma Sela', '2026-11-01T07:00:00Z', '2026-11-08T07:00:00Z'],
      ['payments: =Beni, Katz', '2026-11-08T07:00:00Z', '2026-11-15T07:00:00Z'],
    ]);
    const middle = ['--from', '2026-11-07T09:00+02:00', '--to', '2026-11-09T09:00+02:00'];
    const part = (await w.run('export', 'shifts', '--schedule', 'payments', ...middle, '--ics')).out.join('\n');
    expect(part).toBe(text);
    w.now += 1_000;
    const again = (await w.run(...shifts, '--ics')).out.join('\n');
    expect(again.match(/^UID:.*$/gm)).toEqual(text.match(/^UID:.*$/gm));
  });

  it('refuses what it cannot answer, in one line', async () => {
    await applied(catalog('alma'));
    expect(await refused('export', 'shifts', ...week)).toBe('--schedule: is missing; there are payments');
    expect(await refused('export', 'shifts', '--schedule', 'x', ...week)).toMatch(
      /^--schedule: "x" is not in the catalog/,
    );
    expect(await refused('export', 'shifts', '--schedule', 'payments')).toMatch(/^--from: is missing/);
    expect(await refused(...until('2026-11-01'))).toMatch(/^--to: "2026-11-01" is no time with an offset/);
    expect(await refused(...until('2026-11-01T08:59+02:00'))).toMatch(/is not after --from/);
    expect(await refused(...until('2036-11-01T08:59+02:00'))).toMatch(/more than five years/);
    expect(await refused(...shifts, '--csv', '--ics')).toBe('--ics: cannot go with --csv; choose one form');
  });
});
