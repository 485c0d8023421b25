import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourMs } from '../../src/oncall/time.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

let w: CliWorld;
beforeEach(async () => {
  w = await cliWorld(Date.parse('2026-11-03T10:00:00+02:00'));
});
afterEach(() => w.close());

/** Weeks from Sunday 1 November 09:00. */
const catalog = (participants: string, more = '') => `workspace: { timezone: Asia/Jerusalem, locale: en }
people:
  alma: { name: Alma Sela }
  beni: { name: Beni Katz }
  carmel: { name: Carmel Dor }
  dana: { name: Dana Or }
schedules:
  payments:
    layers: [{ start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [${participants}] }]
${more}`;

const backup = `  backup:
    layers: [{ start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [dana] }]
`;

const laterHandOffs = /^ {2}Hand-offs after that: /;

/** What it prints, without the hand-offs of the months ahead. */
async function apply(text: string, ...options: readonly string[]) {
  const { code, out, err } = await w.run('apply', await w.file('catalog.yaml', text), ...options);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return out.filter((line) => !laterHandOffs.test(line)).map((line) => line.replace(`${w.path('')}/`, ''));
}

const counts = (schedules: string) => `(4 people, ${schedules}, 0 policies, 0 services, 0 absences)`;

describe('toran apply', () => {
  it('says of every schedule that changes who is on duty, until when, and who is next', async () => {
    expect(await apply(catalog('alma, beni'))).toEqual([
      `catalog.yaml: applied ${counts('1 schedule')}`,
      'payments (new): On duty: Alma Sela until Sun 2026-11-08 09:00 +02:00, then Beni Katz.',
    ]);
    expect(await apply(catalog('carmel, beni, alma', backup))).toEqual([
      `catalog.yaml: applied ${counts('2 schedules')}`,
      'payments (changed): On duty: Alma Sela until Sun 2026-11-08 09:00 +02:00, then Carmel Dor.',
      'backup (new): On duty: Dana Or, with no hand-off for half a year.',
    ]);
  });

  it('shows six hand-offs, so that one sees how months clamp before it matters', async () => {
    const monthly = catalog('alma, beni').replace('weeks', 'months').replace('2026-11-01T09:00', '2026-10-31T09:00');
    const { out } = await w.run('apply', await w.file('catalog.yaml', monthly), '--dry-run');
    expect(out.slice(1)).toEqual([
      'payments (new): On duty: Alma Sela until Mon 2026-11-30 09:00 +02:00, then Beni Katz.',
      '  Hand-offs after that: Thu 2026-12-31 09:00 +02:00 Alma Sela, Sun 2027-01-31 09:00 +02:00 Beni Katz, ' +
        'Sun 2027-02-28 09:00 +02:00 Alma Sela, Wed 2027-03-31 09:00 +03:00 Beni Katz, Fri 2027-04-30 09:00 +03:00 Alma Sela.',
    ]);
  });

  it('says in words that somebody hands over now because they are no longer in the list', async () => {
    await apply(catalog('alma, beni, carmel'));
    expect(await apply(catalog('beni, carmel'))).toEqual([
      `catalog.yaml: applied ${counts('1 schedule')}`,
      'payments (changed): Alma Sela hands over to Beni Katz now. On duty: Beni Katz until Sun 2026-11-08 09:00 +02:00, then Carmel Dor.',
    ]);
    expect(await apply(catalog('beni', backup).replace('payments', 'other'))).toEqual([
      `catalog.yaml: applied ${counts('2 schedules')}`,
      'other (new): On duty: Beni Katz, with no hand-off for half a year.',
      'backup (new): On duty: Dana Or, with no hand-off for half a year.',
      'payments (removed): On duty until now: Beni Katz. What was stays on record.',
    ]);
  });

  it('changes nothing when the same file comes again, with other words or on another day', async () => {
    await apply(catalog('alma, beni, carmel'));
    await apply(catalog('carmel, alma, beni'));
    const edited = ['catalog.yaml: holds already (4 people', 'No schedule changes.'];
    w.now += 9 * 24 * hourMs;
    for (const text of [catalog('alma, beni, carmel'), `# reviewed\n${catalog('beni, carmel, alma')}`]) {
      const [verdict = '', ...more] = await apply(text);
      expect([verdict.split(',')[0], ...more]).toEqual(edited);
    }
  });

  it('writes nothing on a dry run, and says what it would say', async () => {
    await apply(catalog('alma, beni'));
    const edited = catalog('beni');
    const foreseen = await apply(edited, '--dry-run');
    expect(foreseen[0]).toBe(`catalog.yaml: would be applied ${counts('1 schedule')}`);
    expect((await apply(edited, '--dry-run')).slice(1)).toEqual(foreseen.slice(1));
    expect((await apply(edited)).slice(1)).toEqual(foreseen.slice(1));
    expect((await apply(edited, '--dry-run'))[0]).toBe(`catalog.yaml: holds already ${counts('1 schedule')}`);
  });

  it('takes the absences of the file into account on a dry run', async () => {
    await apply(catalog('alma, beni'));
    const absences = await w.file(
      'absences.yaml',
      '- { person: beni, effect: hard, certain: true, from: "2026-11-01T00:00", to: null }\n',
    );
    const options = ['--absences', absences];
    const [, foreseen] = await apply(catalog('beni, carmel'), ...options, '--dry-run');
    expect(foreseen).toMatch('Alma Sela hands over to Carmel Dor now.');
    await apply(catalog('beni, carmel'), ...options);
    expect(await w.json('apply', await w.file('catalog.yaml', catalog('beni, carmel')), ...options)).toMatchObject({
      changed: false,
    });
  });

  it('prints the same as JSON', async () => {
    await apply(catalog('alma, beni'));
    expect(await w.json('apply', await w.file('c.yaml', catalog('beni, dana')), '--dry-run')).toEqual({
      ok: true,
      changed: true,
      people: 4,
      schedules: [
        {
          schedule: 'payments',
          change: 'changed',
          hands_over_now: true,
          before: ['alma'],
          on_duty: ['beni'],
          hand_offs: ['11-08', '11-15', '11-22', '11-29', '12-06', '12-13'].map((day, n) => ({
            at: `2026-${day}T09:00:00+02:00`,
            to: [n % 2 === 0 ? 'dana' : 'beni'],
          })),
        },
      ],
      policies: 0,
      services: 0,
      absences: 0,
    });
  });

  it('checks a file without a database, and takes one of the two previews', async () => {
    expect(await apply(catalog('alma'), '--check')).toEqual([`catalog.yaml: can be applied ${counts('1 schedule')}`]);
    const { code, err } = await w.run('apply', w.path('catalog.yaml'), '--check', '--dry-run');
    expect({ code, err }).toEqual({ code: 2, err: [expect.stringMatching(/^--check: cannot go with --dry-run/)] });
  });
});
