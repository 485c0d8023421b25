import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callUpDrill } from '../../../src/oncall/call-up-drill.ts';
import { dayMs } from '../../../src/oncall/time.ts';
import { callUpMessage, callUpModal, callUpResult, type CallUpView } from '../../../src/slack/views/call-up.ts';
import { drillMessage } from '../../../src/slack/views/drill.ts';
import { company, person, sundayMorning } from '../../support/company.ts';
import { factsIn, faultsOf, faultsOfModal, tokensIn } from './world.ts';

function viewIn(language: 'en' | 'he'): CallUpView {
  const span = { from: sundayMorning, to: sundayMorning + 7 * dayMs };
  return {
    language,
    directory: factsIn(language).catalog.people,
    strangers: ['slack:U777'],
    batch: 'b1',
    people: [
      { person: 'alma', verdict: 'done' },
      { person: 'beni', verdict: 'already' },
      { person: 'dana', verdict: 'refused', refusal: 'not_your_absence' },
    ],
    hollow: [{ schedule: 'payments', level: 'last_person', depth: 0, ...span }],
    plan: {
      covers: [
        { schedule: 'payments', insteadOf: 'alma', person: 'carmel', why: ['only_one', 'little_rest'], ...span },
      ],
      unfilled: [{ schedule: 'backup', insteadOf: 'beni', because: 'nobody_left', ...span }],
      overloaded: [{ person: 'carmel', ofNorm: 1.6 }],
    },
  };
}

describe.each(['en', 'he'] as const)('a mass call-up in %s', (language) => {
  it('looks as before', async () => {
    const facts = factsIn(language);
    const view = viewIn(language);
    const quiet = { ...view, hollow: [], plan: { covers: [], unfilled: [], overloaded: [] } };
    const shown = {
      full: callUpMessage(view),
      quiet: callUpMessage(quiet),
      nobody: callUpMessage({ ...quiet, people: [] }),
      drill: drillMessage({
        drill: callUpDrill(facts, ['alma', 'beni'], sundayMorning + dayMs),
        catalog: facts.catalog,
        seen: ['payments', 'backup'],
        language,
      }),
    };
    for (const each of Object.values(shown)) expect(faultsOf(each)).toEqual([]);
    const forms = { form: callUpModal(language), result: callUpResult(language, shown.full) };
    for (const each of Object.values(forms)) expect(faultsOfModal(each)).toEqual([]);
    await expect(`${JSON.stringify({ ...shown, ...forms }, null, 2)}\n`).toMatchFileSnapshot(
      `../snapshots/call-up.${language}.json`,
    );
  });

  it('holds Slack’s limits and lets nothing in, whatever people and schedules are called', () => {
    const name = fc.oneof(
      fc.constantFrom('<!channel>', '&'.repeat(400), 'ש'.repeat(400), '\u202Ex'),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 60 }), (written, many) => {
        const view = viewIn(language);
        const people = {
          ...company().people,
          alma: person('alma', { name: written }),
          carmel: person('carmel', { name: written }),
        };
        const copies = <Value>(values: readonly Value[]) => Array.from({ length: many }, () => values).flat();
        const renamed = <Value extends { readonly schedule: string }>(values: readonly Value[]) =>
          copies(values).map((value) => ({ ...value, schedule: written }));
        const shown = callUpMessage({
          ...view,
          directory: people,
          people: copies(view.people),
          hollow: renamed(view.hollow),
          plan: {
            covers: renamed(view.plan.covers),
            unfilled: renamed(view.plan.unfilled),
            overloaded: copies(view.plan.overloaded),
          },
        });
        expect(faultsOf(shown)).toEqual([]);
        for (const token of tokensIn(shown)) expect(token).toMatch(/^(?:<!date\^\d+\^[^|<>]*\|[^|<>]*>|<@U777>)$/);
      }),
      { numRuns: 30 },
    );
  });
});
