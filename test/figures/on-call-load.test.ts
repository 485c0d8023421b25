import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fairness, interruptions, pageTime, sleepLostMs } from '../../src/figures/on-call-load.ts';
import { minuteMs, zoned } from '../../src/oncall/time.ts';
import { instant, vector } from './vectors.ts';

const mondayToFriday = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

describe('time of a page on the person’s own clock (V17)', () => {
  const { input, expected } = vector(
    'V17',
    z.object({ pages: z.array(z.object({ at: instant, tz: z.string() })) }),
    z.object({
      pages: z.array(z.object({ local: z.string(), band: z.enum(['sleep', 'business', 'off']), weekend: z.boolean() })),
    }),
  );
  it.each(input.pages.map((page, index) => ({ ...page, ...expected.pages[index] })))('$local in $tz', (page) => {
    expect(zoned(page.at, page.tz).toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(page.local);
    expect(pageTime({ at: page.at, personZone: page.tz }, mondayToFriday)).toEqual({
      band: page.band === 'business' ? 'work' : page.band,
      isWeekend: page.weekend,
    });
  });
  it('counts Friday and Saturday as the weekend where people work from Sunday to Thursday', () => {
    const workWeek = ['sun', 'mon', 'tue', 'wed', 'thu'] as const;
    const at = (text: string) => ({ at: Date.parse(text), personZone: 'Asia/Jerusalem' });
    expect(pageTime(at('2026-11-20T10:00:00Z'), workWeek)).toEqual({ band: 'off', isWeekend: true });
    expect(pageTime(at('2026-11-22T10:00:00Z'), workWeek)).toEqual({ band: 'work', isWeekend: false });
  });
});

describe('interruptions (V18)', () => {
  const { input, expected } = vector(
    'V18',
    z.object({ pages: z.array(z.object({ at: instant, responder: z.string() })) }),
    z.object({
      a: z.object({
        pages: z.number(),
        interruptions: z.number(),
        groups: z.array(z.array(z.string())),
        sleepLostMinutes: z.number(),
      }),
      b: z.object({ pages: z.number(), interruptions: z.number() }),
    }),
  );
  const of = (who: string) =>
    interruptions(input.pages.filter(({ responder }) => responder === who).map(({ at }) => at));

  it('joins pages at most half an hour apart', () => {
    expect(of('a').map(({ pages }) => pages)).toEqual(expected.a.groups.map((group) => group.length));
    expect(of('a')).toHaveLength(expected.a.interruptions);
    expect(of('b')).toHaveLength(expected.b.interruptions);
  });
  it('counts the sleep that was lost, with half an hour to settle', () => {
    expect(sleepLostMs(of('a')) / minuteMs).toBe(expected.a.sleepLostMinutes);
  });
});

describe('fairness', () => {
  it('is 0 when all carry the same and 1 when one carries everything', () => {
    expect(fairness([3, 3, 3])).toEqual({ gini: 0, jain: 1, maxOverMean: 1 });
    expect(fairness([0, 0, 8, 0])).toEqual({ gini: 1, jain: 0.25, maxOverMean: 4 });
  });
  it('agrees with the mean difference of all pairs', () => {
    const loads = [1, 2, 7, 4, 0, 3];
    const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
    const pairs = loads.flatMap((a) => loads.map((b) => Math.abs(a - b)));
    const difference = pairs.reduce((sum, each) => sum + each, 0) / (loads.length * (loads.length - 1));
    expect(fairness(loads)?.gini).toBeCloseTo(difference / (2 * mean), 12);
  });
  it('says nothing of one person, or of no load', () => {
    expect(fairness([4])).toBeUndefined();
    expect(fairness([0, 0])).toBeUndefined();
  });
});
