import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/oncall/time.ts';
import type { Language } from '../../../src/oncall/catalog.ts';
import type { HomeView } from '../../../src/slack/home-view.ts';
import { homeSurface } from '../../../src/slack/views/home.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOfModal, tokensOf } from './world.ts';

const now = sundayMorning;

function lived(language: Language): HomeView {
  return {
    person: 'alma',
    language,
    now,
    delegate: { id: 'beni', name: 'Beni', slack: 'UBENI' },
    isKnown: true,
    state: 'no',
    until: now + 2 * dayMs,
    windows: [
      {
        id: 'w1',
        effect: 'hard',
        certain: true,
        from: now - hourMs,
        to: null,
        isRunning: true,
        isSaid: true,
        easeBackMs: 0,
      },
      {
        id: 'w2',
        effect: 'soft',
        certain: false,
        from: now + dayMs,
        to: now + 2 * dayMs,
        isRunning: false,
        isSaid: false,
        easeBackMs: dayMs,
      },
      {
        id: 'w3',
        effect: 'free',
        certain: true,
        from: now + dayMs,
        to: now + dayMs,
        isRunning: false,
        isSaid: true,
        easeBackMs: 0,
      },
    ],
    moreWindows: 3,
    pages: [
      { id: 'INC-1/p1', incident: 'INC-1', title: 'Cards fail', severity: 'sev1', at: now, isHeld: false },
      { id: 'INC-2/p1', incident: 'INC-2', title: '', severity: 'sev2', at: now, isHeld: true },
    ],
    incidents: [
      { id: 'INC-1', title: 'Cards fail', severity: 'sev1', status: 'triage', channel: 'C0INC1', isMine: true },
      { id: 'INC-3', title: 'חיפוש איטי', severity: 'sev3', status: 'fixing', channel: undefined, isMine: false },
    ],
    moreIncidents: 1,
    offers: [
      {
        id: 'o1',
        kind: 'cover',
        schedule: 'payments',
        whose: { id: 'beni', name: 'Beni', slack: 'UBENI' },
        from: now,
        to: now + dayMs,
      },
    ],
    coverage: [{ schedule: 'payments', weeks: ['ok', 'thin', 'last_person', 'uncovered', undefined] }],
    shifts: [
      { schedule: 'payments', from: now, to: now + dayMs, isNow: true, isCover: false },
      { schedule: 'backup', from: now + 7 * dayMs, to: now + 8 * dayMs, isNow: false, isCover: true },
    ],
  };
}

describe.each(['en', 'he'] as const)('a Home in %s', (language) => {
  it('looks as before', async () => {
    const surface = homeSurface(lived(language));
    expect(faultsOfModal(surface)).toEqual([]);
    await expect(`${JSON.stringify(surface, null, 2)}\n`).toMatchFileSnapshot(`../snapshots/home.${language}.json`);
    const empty: HomeView = {
      ...lived(language),
      state: 'yes',
      until: null,
      windows: [],
      pages: [],
      incidents: [],
      shifts: [],
      offers: [],
      coverage: [],
      moreWindows: 0,
      moreIncidents: 0,
    };
    const quiet = homeSurface(empty);
    expect(faultsOfModal(quiet)).toEqual([]);
    await expect(`${JSON.stringify(quiet, null, 2)}\n`).toMatchFileSnapshot(`../snapshots/home-quiet.${language}.json`);
  });

  it('holds Slack’s limits and lets nothing in, whatever was written', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<@U666>',
        '&'.repeat(3_000),
        '<'.repeat(3_000),
        'ש'.repeat(3_000),
        '\u202Ex',
        '*a*',
        '\uD800',
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 12 }), (written, many) => {
        const view = lived(language);
        const copies = <Value>(values: readonly Value[]) =>
          values.flatMap((value) => Array.from({ length: many }, () => value));
        const strange = homeSurface({
          ...view,
          pages: copies(view.pages).map((page, index) => ({ ...page, id: `INC-${index + 1}/p1`, title: written })),
          incidents: copies(view.incidents).map((row) => ({ ...row, title: written, channel: written })),
          shifts: copies(view.shifts).map((shift) => ({ ...shift, schedule: written })),
          windows: copies(view.windows),
          offers: copies(view.offers).map((offer, index) => ({
            ...offer,
            id: `o${index}`,
            whose: { id: 'x', name: written, slack: undefined },
          })),
        });
        expect(faultsOfModal(strange)).toEqual([]);
        for (const token of tokensOf(strange)) expect(token).toMatch(/^(?:<!date\^\d+\^[^|<>]*\|[^|<>]*>|<#C0INC1>)$/);
      }),
      { numRuns: 40 },
    );
  });
});
