import { describe, expect, it } from 'vitest';
import { asIfGone, callUpPlan, hollowSchedules, proposedCovers } from '../../src/oncall/call-up.ts';
import { dayKindsOf } from '../../src/oncall/workdays.ts';
import { at, away, dayMs, facts, hourMs, layer, schedule, type World } from './world.ts';

/** A week each, from 1 November, 09:00. */
const rota = schedule('s', [layer(['alma', 'beni', 'carmel', 'dana'])]);
const now = at('2026-11-03T06:30+02:00');
const fourWeeks = { from: now, to: now + 28 * dayMs };

function hollow(gone: readonly string[], world: World = {}) {
  const known = asIfGone(facts({ schedules: [rota], ...world }), gone, { from: now, to: null });
  return hollowSchedules(known, gone, fourWeeks).map(({ schedule: id, level, depth }) => `${id} ${level} ${depth}`);
}

function plan(world: World, gone: readonly string[] = ['alma']) {
  const known = asIfGone(facts({ schedules: [rota], ...world }), gone, { from: now, to: null });
  return callUpPlan(known, gone, fourWeeks, { dayKind: dayKindsOf(known.catalog), seed: 'b' });
}

describe('schedules that a call-up makes hollow', () => {
  it('are those that have less to spare than they should, and less than before', () => {
    expect(hollow(['alma'])).toEqual([]);
    expect(hollow(['alma', 'beni'])).toEqual(['s thin 1']);
    expect(hollow(['alma', 'beni', 'carmel'])).toEqual(['s last_person 0']);
    expect(hollow(['alma', 'beni', 'carmel', 'dana'])).toEqual(['s uncovered -1']);
  });

  it('are told worst first, and leave out what was thin anyway', () => {
    const alone = schedule('alone', [layer(['eitan'])]);
    const pair = schedule('pair', [layer(['alma', 'beni'])]);
    expect(hollow(['alma', 'beni'], { schedules: [rota, alone, pair] })).toEqual(['pair uncovered -1', 's thin 1']);
  });
});

describe('the plan for a call-up', () => {
  it('gives each shift of the missing to somebody who is there', () => {
    const { covers, unfilled } = plan({});
    expect(unfilled).toEqual([]);
    expect(new Set(covers.map(({ insteadOf }) => insteadOf))).toEqual(new Set(['alma']));
    for (const { person } of covers) expect(['beni', 'carmel', 'dana']).toContain(person);
  });

  it('does not pass anybody over for rules that they have long had', () => {
    // Carmel keeps the Sabbath; Beni and Dana are away.
    const sabbaths = [0, 7, 14, 21].map((days) => {
      const friday = at('2026-11-06T16:20+02:00') + days * dayMs;
      return away('carmel', friday, friday + 25 * hourMs, { source: 'personal' });
    });
    const windows = [...sabbaths, away('beni', now, null), away('dana', now, null)];
    const { covers } = plan({ windows });
    expect(covers.map(({ person, from, to }) => [person, from, to])).toContainEqual([
      'carmel',
      now,
      at('2026-11-08T09:00+02:00'),
    ]);
  });
});

describe('proposals', () => {
  function proposed(world: World) {
    const known = facts({ schedules: [rota], ...world });
    return proposedCovers(known, now, dayKindsOf(known.catalog)).covers;
  }

  it('are made for absences that people have told of, beyond the two weeks in which shifts are offered', () => {
    const covers = proposed({ windows: [away('alma', now, now + 40 * dayMs)] });
    // Alma's next week begins on 29 November, and the absence ends within the one after it.
    expect(covers.map(({ from }) => from)).toEqual([at('2026-11-29T09:00+02:00')]);
  });

  it('are none for nearer shifts, for personal rules and for days of the company', () => {
    expect(proposed({ windows: [away('alma', now, now + 5 * dayMs)] })).toEqual([]);
    for (const source of ['personal', 'company'] as const)
      expect(proposed({ windows: [away('alma', now, null, { source })] })).toEqual([]);
  });
});
