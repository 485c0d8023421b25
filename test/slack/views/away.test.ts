import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/oncall/time.ts';
import type { WindowView } from '../../../src/slack/home-view.ts';
import { absencesMessage, awayNotice } from '../../../src/slack/views/away.ts';
import { changeAwayModal, delegateModal, homeLeaveModal } from '../../../src/slack/views/away-modals.ts';
import { localTime } from '../../../src/slack/views/text.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOf, faultsOfModal } from './world.ts';

const window: WindowView = {
  id: 'w1',
  effect: 'hard',
  certain: false,
  from: sundayMorning,
  to: null,
  isRunning: true,
  isSaid: true,
  easeBackMs: 2 * dayMs,
};

describe.each(['en', 'he'] as const)('absences in %s', (language) => {
  it('look as before as messages', async () => {
    const shown = {
      list: absencesMessage(
        [window, { ...window, effect: 'free', to: sundayMorning + dayMs, isSaid: false }],
        'alma',
        language,
      ),
      empty: absencesMessage([], 'alma', language),
      notice: awayNotice(language === 'he' ? '\u2068עלמה\u2069' : 'Alma', localTime(sundayMorning), language),
      openNotice: awayNotice('Alma', undefined, language),
    };
    for (const each of Object.values(shown)) expect(faultsOf(each)).toEqual([]);
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`../snapshots/absences.${language}.json`);
  });

  it('look as before as forms', async () => {
    const forms = {
      change: changeAwayModal(language, 'alma', window),
      certain: changeAwayModal(language, 'alma', { ...window, certain: true }),
      home: homeLeaveModal(language, 'alma'),
      delegate: delegateModal(language, 'UBENI'),
      noDelegate: delegateModal(language, undefined),
    };
    for (const each of Object.values(forms)) expect(faultsOfModal(each)).toEqual([]);
    await expect(`${JSON.stringify(forms, null, 2)}\n`).toMatchFileSnapshot(`../snapshots/away-forms.${language}.json`);
  });

  it('hold Slack’s limits however many there are', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...window, id: `${'x'.repeat(100)}${index}` }));
    expect(faultsOf(absencesMessage(many, 'p'.repeat(80), language))).toEqual([]);
  });
});
