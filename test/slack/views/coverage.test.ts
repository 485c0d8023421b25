import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/oncall/time.ts';
import type { CoverageView } from '../../../src/slack/coverage-view.ts';
import { coverageMessage, publicConcern } from '../../../src/slack/views/coverage.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOf, tokensIn } from './world.ts';

const now = sundayMorning;

function viewIn(language: 'en' | 'he'): CoverageView {
  const left = [{ id: 'alma', name: 'Alma', slack: 'UALMA' }];
  return {
    language,
    now,
    days: 90,
    k: 2,
    mode: 'tentative',
    rows: [
      { schedule: 'payments', weeks: ['ok', 'thin', 'last_person', 'uncovered', undefined] },
      { schedule: 'db', weeks: ['ok', 'ok', 'ok', 'ok', 'ok'] },
    ],
    concerns: [
      {
        level: 'uncovered',
        schedules: ['payments'],
        left: [],
        from: now - 1,
        to: now + dayMs,
        isOpen: false,
        isCertain: true,
      },
      {
        level: 'last_person',
        schedules: ['payments'],
        left,
        from: now + dayMs,
        to: now + 9 * dayMs,
        isOpen: true,
        isCertain: false,
      },
      {
        level: 'thin',
        schedules: ['db', 'payments'],
        left,
        from: now + dayMs,
        to: now + 2 * dayMs,
        isOpen: false,
        isCertain: true,
      },
    ],
  };
}

describe.each(['en', 'he'] as const)('coverage in %s', (language) => {
  it('looks as before', async () => {
    const shown = coverageMessage(viewIn(language));
    expect(faultsOf(shown)).toEqual([]);
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`../snapshots/coverage.${language}.json`);
  });

  it('names nobody where anybody reads it', () => {
    const view = viewIn(language);
    for (const concern of view.concerns) expect(publicConcern(concern, view)).not.toContain('Alma');
  });

  it('holds Slack’s limits and lets nothing in, whatever schedules and people are called', () => {
    const name = fc.oneof(
      fc.constantFrom('<!channel>', '&'.repeat(500), 'ש'.repeat(900), '\u202Ex'),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    fc.assert(
      fc.property(name, fc.integer({ min: 0, max: 60 }), (written, many) => {
        const view = viewIn(language);
        const shown = coverageMessage({
          ...view,
          rows: Array.from({ length: many }, () => ({
            schedule: written,
            weeks: Array.from({ length: 52 }, () => 'thin' as const),
          })),
          concerns: Array.from({ length: many }, () => ({
            level: 'thin' as const,
            schedules: Array.from({ length: 8 }, () => written),
            left: Array.from({ length: 40 }, () => ({ id: 'x', name: written, slack: undefined })),
            from: now,
            to: now + dayMs,
            isOpen: false,
            isCertain: false,
          })),
        });
        expect(faultsOf(shown)).toEqual([]);
        for (const token of tokensIn(shown)) expect(token).toMatch(/^<!date\^\d+\^[^|<>]*\|[^|<>]*>$/);
      }),
      { numRuns: 40 },
    );
  });
});
