import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendar } from '../calendars/calendar-world.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

let world: CliWorld;
beforeEach(async () => {
  world = await cliWorld(Date.parse('2026-11-22T08:00Z'));
  await world.run('apply', await world.file('catalog.yaml', catalog));
});
afterEach(() => world.close());

const catalog = `workspace: { timezone: Asia/Jerusalem, last_resort: ["channel:#incidents"] }
people:
  noa: { name: Noa Levi }
  omer: { name: Omer Bar }
schedules:
  payments:
    layers:
      - { start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [noa] }
      - { start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [omer], windows: [{ days: [sun], from: "00:00", to: "00:01" }] }
`;
const december = ['UID:a', 'DTSTART;VALUE=DATE:20261206', 'DTEND;VALUE=DATE:20261209', 'SUMMARY:Secret mission'];
const january = ['UID:b', 'DTSTART;VALUE=DATE:20270103', 'DTEND;VALUE=DATE:20270104'];

/** Who is said to be on duty at noon of a day, by the calendar of shifts. */
async function onDutyAt(day: string): Promise<string> {
  const span = ['--from', `${day}T12:00+02:00`, '--to', `${day}T12:01+02:00`];
  const { out } = await world.run('export', 'shifts', '--schedule', 'payments', ...span, '--json');
  return out.join('\n');
}

describe('toran calendar import', () => {
  it('keeps somebody from being asked in the times of a file, and keeps no title', async () => {
    const file = await world.file('leave.ics', calendar(december, january));
    expect(await world.run('calendar', 'import', file, '--person', 'Noa Levi')).toEqual({
      code: 0,
      err: [],
      out: ['Noa Levi: 2 absences added, 0 changed, 0 ended'],
    });
    expect(await onDutyAt('2026-12-07')).toContain('omer');
    expect(await onDutyAt('2026-12-09')).toContain('noa');
    const again = await world.run('calendar', 'import', file, '--person', 'noa', '--json');
    expect(again.out).toEqual(['{"person":"noa","added":0,"changed":0,"ended":0}']);
    const kept = await world.run('privacy', 'export', '--person', 'noa');
    expect(kept.out.join('\n')).not.toMatch(/secret|mission|leave/i);
  });

  it('ends nothing for an empty file until somebody says that it is right', async () => {
    const file = await world.file('leave.ics', calendar(december, january));
    await world.run('calendar', 'import', file, '--person', 'noa');
    const empty = await world.file('empty.ics', calendar());
    const refused = await world.run('calendar', 'import', empty, '--person', 'noa');
    expect(refused).toMatchObject({
      code: 2,
      out: [],
      err: [expect.stringMatching(/has no event; nothing was changed/)],
    });
    expect(await onDutyAt('2026-12-07')).toContain('omer');
    const confirmed = await world.run('calendar', 'import', empty, '--person', 'noa', '--confirm');
    expect(confirmed.out).toEqual(['Noa Levi: 0 absences added, 0 changed, 2 ended']);
    expect(await onDutyAt('2026-12-07')).toContain('noa');
  });

  it('refuses what is missing or strange in one line, and changes nothing', async () => {
    const file = await world.file('leave.ics', calendar(december));
    const broken = await world.file('broken.ics', 'no calendar at all');
    for (const args of [
      ['import'],
      ['import', file],
      ['import', file, '--person', 'nobody'],
      ['import', broken, '--person', 'noa'],
    ]) {
      const { code, out, err } = await world.run('calendar', ...args);
      expect({ args, code, out, lines: err.length }).toEqual({ args, code: 2, out: [], lines: 1 });
    }
    expect(await onDutyAt('2026-12-07')).toContain('noa');
  });
});
