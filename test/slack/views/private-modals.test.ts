import { describe, expect, it } from 'vitest';
import { readTimes } from '../../../src/slack/private-rule-text.ts';
import { calendarsModal, dataModal, kindInput, rulesModal } from '../../../src/slack/views/private-modals.ts';
import { homeLeaveInputs } from '../../../src/slack/views/private-home-leave.ts';
import { awayModal } from '../../../src/slack/views/away-modals.ts';
import { faultsOfModal } from './world.ts';

const many = Array.from({ length: 120 }, (_, index) => ({ id: `id-${index}`, label: `${'ש'.repeat(100)}${index}` }));

describe.each(['en', 'he'] as const)('private forms in %s', (language) => {
  it('look as before', async () => {
    const known = [{ id: 'rule-1', label: 'Shabbat, Haifa' }];
    const absences = [{ id: 'w1', label: '2026-11-22' }];
    const kinds = [
      { id: 'unsaid', label: 'prefer not to say' },
      { id: 'leave', label: 'leave' },
    ];
    const forms = {
      away: awayModal(language, 'alma', [kindInput(kinds, language)]),
      rules: rulesModal(known, [{ id: 'haifa', label: 'Haifa' }], homeLeaveInputs(absences, language), language),
      withPattern: rulesModal(
        [],
        [{ id: 'haifa', label: 'Haifa' }],
        homeLeaveInputs(absences, language, '10/4'),
        language,
      ),
      withoutAbsence: rulesModal([], [{ id: 'haifa', label: 'Haifa' }], homeLeaveInputs([], language), language),
      calendars: calendarsModal(known, known, language),
      data: dataModal({ looks: ['…'], kinds: ['…'] }, language),
      empty: dataModal({ looks: [], kinds: [] }, language),
    };
    for (const each of Object.values(forms)) expect(faultsOfModal(each)).toEqual([]);
    await expect(`${JSON.stringify(forms, null, 2)}\n`).toMatchFileSnapshot(
      `../snapshots/private-forms.${language}.json`,
    );
  });

  it('hold Slack’s limits however much there is', () => {
    const absences = many.map(({ label }, index) => ({ id: `${'w'.repeat(72)}${index}`, label }));
    const long = { id: 'w'.repeat(76), label: 'x' };
    expect(
      faultsOfModal(rulesModal(many, many, homeLeaveInputs(absences, language, 'ש'.repeat(500)), language)),
    ).toEqual([]);
    expect(faultsOfModal(rulesModal(many, many, homeLeaveInputs([...absences, long], language), language))).toEqual([]);
    expect(faultsOfModal(calendarsModal(many, many, language))).toEqual([]);
    const lines = Array.from({ length: 15 }, () => 'ש'.repeat(400));
    expect(faultsOfModal(dataModal({ looks: lines, kinds: lines }, language))).toEqual([]);
  });
});

describe('times of a week', () => {
  const all = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  it.each([
    ['22:00-07:00', { days: all, from: '22:00', to: '07:00' }],
    ['tue, thu 14:00-17:00', { days: ['tue', 'thu'], from: '14:00', to: '17:00' }],
    ['every Thursday and Tuesday 9:00 to 24:00', { days: ['tue', 'thu'], from: '09:00', to: '24:00' }],
    ['שלישי חמישי 14:00-17:00', { days: ['tue', 'thu'], from: '14:00', to: '17:00' }],
    ['ימי א׳, ג׳ 14:00 עד 17:00', { days: ['sun', 'tue'], from: '14:00', to: '17:00' }],
  ])('are read from "%s"', (text, times) => {
    expect(readTimes(text)).toEqual(times);
  });

  it.each(['', 'at night', '25:00-26:00', '24:00-07:00', '09:00-09:00', 'reserve duty 09:00-17:00', '09:60-10:00'])(
    'are not read from "%s"',
    (text) => {
      expect(readTimes(text)).toBeUndefined();
    },
  );
});
