import { afterAll, describe, expect, it } from 'vitest';
import { coverageMapAlternative, coverageMapWords } from '../../src/messages/coverage-map.ts';
import { coverage } from '../../src/oncall/coverage.ts';
import { type CoverageMap, coverageMap } from '../../src/oncall/coverage-map.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { coverageHeatMap } from '../../src/render/charts.ts';
import { heatMapSvg } from '../../src/render/heat-map.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { at, away, facts, layer, schedule } from '../oncall/world.ts';
import { glyphs, heeboFiles } from './glyphs.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

const from = at('2026-11-22T10:00+02:00');
const day = (count: number) => from + count * dayMs;
const office = { days: ['sun', 'mon', 'tue', 'wed', 'thu'] as const, from: '09:00', to: '18:00' };

const company = facts({
  schedules: [
    schedule('payments', [layer(['noa', 'omer', 'dana'])]),
    schedule('db', [layer(['dana', 'noa', 'omer'])]),
    schedule('desk', [layer(['rami', 'shir', 'tal', 'gil'], { windows: [office] })]),
    schedule('a <b> & "c" with a long name', [layer(['yael', 'idan', 'amir', 'tamar'])]),
  ],
  windows: [
    away('omer', day(20), day(34)),
    away('yael', day(40), null),
    away('idan', day(45), day(50)),
    away('amir', day(46), day(48)),
    away('tamar', day(46), day(47)),
  ],
});

function mapOf(world: OnCallFacts, days = 90, now = from): CoverageMap {
  return coverageMap(world, coverage(world, { from, to: day(days), mode: 'tentative', k: 2 }), { k: 2, now });
}

const names = { noa: 'Noa <Levi>', dana: 'דנה כהן' };
const svgOf = (map: CoverageMap, language: 'en' | 'he' = 'en') => heatMapSvg({ map, names, language });

describe('the map of coverage', () => {
  it('counts each day of the workspace’s calendar as its worst moment', () => {
    const { days, rows, together } = mapOf(company);
    expect(days).toHaveLength(91);
    expect(days[0]).toMatchObject({ date: '2026-11-22', from, isWeekend: false, isToday: true });
    expect(days[5]).toMatchObject({ date: '2026-11-27', isWeekend: true, isToday: false });
    // Tamar is away from ten to ten: both days are uncovered, and so are all schedules together.
    const odd = rows[3]?.cells ?? [];
    expect(odd.slice(44, 50)).toEqual(['ok', 'thin', 'uncovered', 'uncovered', 'last_person', 'thin']);
    expect(together.slice(46, 48)).toEqual(['uncovered', 'uncovered']);
  });

  it('leaves days empty on which nobody is needed', () => {
    expect(mapOf(company).rows[2]?.cells.slice(4, 8)).toEqual(['ok', 'rest', 'rest', 'ok']);
  });

  it('numbers what is worst, the worst first, and says which days it touches', () => {
    const notes = mapOf(company).notes.map(({ concern, firstDay, lastDay }) => [
      concern.level,
      concern.schedules.join(),
      firstDay,
      lastDay,
    ]);
    expect(notes.slice(0, 2)).toEqual([
      ['uncovered', 'a <b> & "c" with a long name', 46, 47],
      ['last_person', 'db,payments', 20, 34],
    ]);
  });

  it('shows thirty schedules at most, the worst, and says how many it leaves out', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      schedule(`s${index}`, [layer(Array.from({ length: index === 35 ? 1 : 4 }, (_, who) => `p${index}-${who}`))]),
    );
    const map = mapOf(facts({ schedules: many }), 20);
    expect(map.rows).toHaveLength(30);
    expect(map.left).toBe(10);
    expect(map.rows.at(-1)?.schedule).toBe('s35');
    expect(svgOf(map)).toContain('and 10 schedules that are better off');
  });
});

describe('the heat map’s picture', () => {
  it.each(['en', 'he'] as const)('is a PNG as wide as the digest’s, the same every time: %s', async (language) => {
    const map = mapOf(company);
    const one = await coverageHeatMap(worker, map, company.catalog, language);
    const other = await coverageHeatMap(worker, map, company.catalog, language);
    if (!one.ok || !other.ok) throw new Error('There is no picture.');
    const png = Buffer.from(one.png);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(png.readUInt32BE(16)).toBe(1520);
    expect(png.equals(other.png)).toBe(true);
  });

  it('names every schedule, the weeks, today, the levels, and those who are left', () => {
    const svg = svgOf(mapOf(company));
    for (const text of ['payments', 'db', 'desk', '13 Dec', 'today', 'last person', 'uncovered', 'All together']) {
      expect(svg.includes(`>\u2066${text}\u2069<`), text).toBe(true);
    }
    expect(svg).toContain('rest on the same 2 people (\u2068דנה\u00A0כהן\u2069 and Noa &lt;Levi&gt;)');
    expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot; with');
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('runs from the right in Hebrew, the names beside the first day', () => {
    const map = mapOf(company);
    const [english, hebrew] = [svgOf(map), svgOf(map, 'he')];
    const today = (svg: string) => Number(/<line x1="([\d.]+)"[^>]*stroke="#1d4ed8"/.exec(svg)?.[1]);
    expect(today(english)).toBeLessThan(160);
    expect(today(hebrew)).toBeGreaterThan(600);
    for (const [, text = ''] of hebrew.matchAll(/<text[^>]*>([^<]*)<\/text>/g)) {
      if (/\p{Script=Hebrew}/u.test(text)) expect(text).toMatch(/^\u2067.*\u2069$/);
    }
  });

  it('tells the levels apart without colour: each is darker than the one before, and the worst is hatched', () => {
    const svg = svgOf(mapOf(company));
    const fills = [...svg.matchAll(/<rect x="[\d.]+" y="64"[^>]*fill="([^"]+)"/g)].map(([, fill]) => fill ?? '');
    const light = (hex: string) => {
      const [red = 0, green = 0, blue = 0] = (hex.match(/[\da-f]{2}/g) ?? []).map((part) => Number.parseInt(part, 16));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    expect(fills[3]).toBe('url(#hatch)');
    const lights = [...fills.slice(0, 3), /id="hatch".*?fill="(#[\da-f]{6})"/.exec(svg)?.[1] ?? ''].map(light);
    for (const [index, lightness] of lights.slice(1).entries()) {
      expect(lightness).toBeLessThan((lights[index] ?? 0) - 15);
    }
  });

  const cases: readonly [string, OnCallFacts, number][] = [
    ['there are no schedules', facts({ people: ['noa'] }), 90],
    ['nothing is wrong', facts({ schedules: [schedule('s', [layer(['a', 'b', 'c', 'd'])])] }), 90],
    [
      'nobody is left anywhere',
      facts({ schedules: [schedule('s', [layer(['a'])])], windows: [away('a', from, null)] }),
      90,
    ],
    ['there is one day', company, 1],
    ['there is a whole year', company, 366],
  ];
  it.each(cases)('is drawn when %s', async (_, world, days) => {
    for (const language of ['en', 'he'] as const) {
      const map = mapOf(world, days);
      expect(svgOf(map, language)).not.toMatch(/NaN|undefined|Infinity/);
      expect(await coverageHeatMap(worker, map, world.catalog, language)).toMatchObject({ ok: true });
    }
  });

  it.each(heeboFiles)('has a glyph for every character: %s', (file) => {
    const has = glyphs(file);
    const written = (['en', 'he'] as const).flatMap((language) => {
      const words = coverageMapWords[language];
      const texts = svgOf(mapOf(company), language).matchAll(/<text[^>]*>([^<]*)<\/text>/g);
      return [words.nothing, words.more(1), words.more(3), ...[...texts].map(([, text]) => text ?? '')];
    });
    const isMark = (character: string) => /[\u2066-\u2069]/.test(character);
    expect([...new Set(written.join(''))].filter((character) => !isMark(character) && !has(character))).toEqual([]);
  });

  it('has words for those who don’t see it', () => {
    expect(coverageMapAlternative(mapOf(company), 'en')).toBe(
      'Heat map of coverage over 91 days and 4 schedules. All together: 2 days uncovered, 16 on the last person, 73 thin.',
    );
    expect(coverageMapAlternative(mapOf(company), 'he')).toContain('מפת חום');
  });
});
