import { afterAll, describe, expect, it } from 'vitest';
import type { ChartData, ChartWeek } from '../../src/figures/chart-data.ts';
import { chartWords, digestChartAlternative } from '../../src/messages/chart.ts';
import { digestChart } from '../../src/render/charts.ts';
import { digestChartSvg } from '../../src/render/digest-chart.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { glyphs, heeboFiles } from './glyphs.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

const dayMs = 86_400_000;

function weeks(median: (index: number) => number | null, count = 12): ChartData {
  const first = Date.parse('2026-09-06T00:00:00Z');
  return {
    zone: 'UTC',
    weeks: Array.from({ length: count }, (_, index): ChartWeek => {
      const fromMs = first + index * 7 * dayMs;
      const counts = { sev1: index % 2, sev2: index % 3, sev3: 1, sev4: 0, unknown: 0 };
      const total = counts.sev1 + counts.sev2 + counts.sev3;
      return {
        label: new Date(fromMs).toISOString().slice(0, 10),
        fromMs,
        toMs: fromMs + 7 * dayMs,
        counts,
        total,
        medianRecoverMin: median(index),
        recoveredCount: total,
      };
    }),
  };
}

describe('the digest’s picture', () => {
  it.each(['en', 'he'] as const)('is a PNG of a fixed size, the same every time: %s', async (language) => {
    const data = weeks((index) => 20 + index * 10);
    const [one, other] = [await digestChart(worker, data, language), await digestChart(worker, data, language)];
    if (!one.ok || !other.ok) throw new Error('There is no picture.');
    const png = Buffer.from(one.png);
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1520, 1120]);
    expect(png.equals(other.png)).toBe(true);
  });

  it('shows every week, its total and its median', () => {
    const svg = digestChartSvg(
      weeks((index) => (index === 3 ? null : 45)),
      'en',
    );
    expect(svg.match(/\b6 Sep\b/g)).toHaveLength(2);
    expect(svg.match(/\b22 Nov\b/g)).toHaveLength(2);
    expect(svg.match(/>\u206645 min\u2069</g)).toHaveLength(11);
    expect(svg.match(/<circle/g)).toHaveLength(11);
    expect(svg).not.toContain('no severity');
  });

  const cases: readonly [string, (index: number) => number | null, number][] = [
    ['nothing happened', () => null, 12],
    ['all recovered at once', () => 0, 12],
    ['something took a year', () => 525_600, 12],
    ['there is one week', () => 30, 1],
    ['there are no weeks', () => 30, 0],
    ['there is a whole year', () => 30, 52],
  ];
  it.each(cases)('is drawn when %s', async (_, median, count) => {
    for (const language of ['en', 'he'] as const) {
      expect(digestChartSvg(weeks(median, count), language)).not.toMatch(/NaN|undefined|Infinity/);
      expect(await digestChart(worker, weeks(median, count), language)).toMatchObject({ ok: true });
    }
  });

  it('marks the direction of every text, so that Hebrew and numbers keep their order', () => {
    const svg = digestChartSvg(
      weeks((index) => 5 * (index + 1)),
      'he',
    );
    for (const [, text = ''] of svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)) {
      if (/\p{Script=Hebrew}/u.test(text)) expect(text).toMatch(/^\u2067.*\u2069$/);
    }
    expect(svg).toContain('\u206730 דק׳\u2069');
  });

  it.each(heeboFiles)('has a glyph for every character: %s', (file) => {
    const has = glyphs(file);
    const written = (['en', 'he'] as const).flatMap((language) => {
      const words = chartWords[language];
      return [
        words.incidents,
        words.recover,
        words.target,
        words.nothingRecovered,
        ...Object.values(words.severities),
        words.week('2026-11-22'),
        ...[0.2, 12, 90, 9_000].map((minutes) => words.duration(minutes)),
      ];
    });
    expect([...new Set(written.join(''))].filter((character) => !has(character))).toEqual([]);
    expect(has('→')).toBe(false);
  });

  it('has words for those who don’t see it', () => {
    expect(
      digestChartAlternative(
        weeks(() => 24),
        'en',
      ),
    ).toBe(
      'Bar chart of incidents per week over 12 weeks: 30 in all, 4 in the last week. Median time to recover in the last week: 24 min; the line marks 30 min.',
    );
    expect(
      digestChartAlternative(
        weeks(() => null),
        'he',
      ),
    ).toContain('בשבוע האחרון לא הסתיימה תקלה');
  });
});
