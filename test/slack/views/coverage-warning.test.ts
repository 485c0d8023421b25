import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/oncall/time.ts';
import { coverageWarningMessage, type WarningView } from '../../../src/slack/views/coverage-warning.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOf } from './world.ts';

function viewIn(language: 'en' | 'he', isPublic: boolean): WarningView {
  const now = sundayMorning;
  const left = [{ id: 'alma', name: 'Alma', slack: 'UALMA' }];
  const span = { from: now + 5 * dayMs, to: now + 9 * dayMs, isOpen: false, isCertain: true };
  return {
    language,
    now,
    isPublic,
    warnings: [
      {
        concern: { level: 'uncovered', schedules: ['payments'], left: [], ...span },
        because: 'new',
        leadMs: 5 * dayMs,
      },
      {
        concern: { level: 'last_person', schedules: ['db', 'payments'], left, ...span, isCertain: false },
        because: 'sooner',
        leadMs: 0,
      },
    ],
    cleared: [['search']],
  };
}

describe.each(['en', 'he'] as const)('a warning about coverage in %s', (language) => {
  it('looks as before, to a lead and to everybody', async () => {
    const shown = {
      lead: coverageWarningMessage(viewIn(language, false)),
      everybody: coverageWarningMessage(viewIn(language, true)),
      cleared: coverageWarningMessage({ ...viewIn(language, false), warnings: [] }),
    };
    for (const each of Object.values(shown)) expect(faultsOf(each)).toEqual([]);
    expect(JSON.stringify(shown.everybody)).not.toContain('Alma');
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(
      `../snapshots/coverage-warning.${language}.json`,
    );
  });
});
