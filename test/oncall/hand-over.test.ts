import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { without } from '../../src/oncall/fairness.ts';
import { planHandOver, shiftsToHandOver, type HandOver } from '../../src/oncall/hand-over.ts';
import { reactHandOver } from '../../src/oncall/hand-over-effects.ts';
import type { PersonEvent } from '../../src/oncall/person.ts';
import { evolvePerson, newPerson } from '../../src/oncall/person-rules.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { Offer } from '../../src/oncall/schedule.ts';
import { toIsoInZone } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { at, away, dayMs, facts, hourMs, layer, schedule, type World } from './world.ts';

/** Alma has the week from 1 November, 09:00, and every third one after it. */
const rota = schedule('s', [layer(['alma', 'beni', 'carmel'])]);
const now = at('2026-11-03T06:30+02:00');

function openOffer(handOver: HandOver & { readonly id: string }, state: Offer['state'] = { kind: 'open' }): Offer {
  const { id, from, to } = handOver;
  return {
    id,
    from,
    to,
    kind: 'hand_over',
    insteadOf: 'alma',
    inReturn: undefined,
    asked: ['beni'],
    declined: [],
    madeAt: now,
    madeBy: automation,
    assignAt: now + 4 * hourMs,
    state,
    batch: undefined,
  };
}

function table(world: World, who = 'alma') {
  return shiftsToHandOver(facts({ schedules: [rota], ...world }), who, now).map(({ from, to, ...rest }) =>
    [...[from, to].map((instant) => toIsoInZone(instant, 'Asia/Jerusalem').slice(5, 16)), rest.schedule].join(' '),
  );
}

describe('shifts to hand over', () => {
  it('are what is left of the running one and those that begin within two weeks', () => {
    expect(table({ windows: [away('alma', now, null)] })).toEqual(['11-03T06:30 11-08T09:00 s']);
    const daily = schedule('s', [layer(['alma', 'beni'], { every: { unit: 'days', count: 1 } })]);
    const days = table({ schedules: [daily], windows: [away('alma', now, null)] });
    // 3, 5, … 17 November at most: 14 days after the 3rd, 06:30.
    expect(days).toHaveLength(7);
    expect(days.at(-1)).toBe('11-15T09:00 11-16T09:00 s');
  });

  it('are cut to the absence, and leave out what is too short to ask around for', () => {
    const windows = [away('alma', now, now + 3 * hourMs), away('alma', now + dayMs, now + dayMs + 30 * 60_000)];
    expect(table({ windows })).toEqual(['11-03T06:30 11-03T09:30 s']);
  });

  it('end where the horizon does, in a rotation of one', () => {
    const alone = schedule('s', [layer(['alma'])]);
    expect(table({ schedules: [alone], windows: [away('alma', now, null)] })).toEqual(['11-03T06:30 11-17T06:30 s']);
  });

  it('come from overrides too, and not from covers nor from what others hold by now', () => {
    const windows = [away('alma', now, null), away('beni', now, null)];
    const overrides = [
      {
        schedule: 's',
        override: { kind: 'only' as const, from: now + 8 * dayMs, to: now + 9 * dayMs, person: 'alma' },
      },
      {
        schedule: 's',
        override: { kind: 'replace' as const, from: now, to: now + 6 * dayMs, person: 'carmel', insteadOf: 'alma' },
      },
    ];
    expect(table({ windows, overrides })).toEqual(['11-11T06:30 11-12T06:30 s']);
    // Carmel covers Alma's week, and Beni's after it: nothing of that is Carmel's to hand over.
    expect(table({ windows: [...windows, away('carmel', now, null)] }, 'carmel')).toEqual([
      '11-15T09:00 11-22T09:00 s',
    ]);
  });

  it('are none for rules of the person and days of the company: these are known long before', () => {
    for (const source of ['personal', 'company'] as const)
      expect(table({ windows: [away('alma', now, null, { source })] })).toEqual([]);
    expect(table({ windows: [away('alma', now, null, { effect: 'soft' })] })).toEqual([]);
  });

  it('leave out home leave, for which the person is there', () => {
    const service = away('alma', now, null);
    const leave = away('alma', now + dayMs, now + 2 * dayMs, { effect: 'free', carves: service.id });
    expect(table({ windows: [service, leave] })).toEqual(['11-03T06:30 11-04T06:30 s', '11-05T06:30 11-08T09:00 s']);
  });
});

describe('the plan of a hand-over', () => {
  const week: HandOver = { schedule: 's', window: 'w', from: now, to: now + 5 * dayMs };

  function plan(needed: readonly HandOver[], offers: readonly Offer[] = [], atMs = now) {
    return planHandOver('s', needed, offers, 'alma', atMs);
  }

  function first(): HandOver & { readonly id: string } {
    const [made] = plan([week]).offer;
    if (made === undefined) throw new Error('nothing is offered');
    return made;
  }

  it('offers each shift once, however often it is looked at and however late', () => {
    const made = first();
    expect(plan([week]).offer[0]?.id).toBe(made.id);
    const later = now + dayMs;
    expect(plan([{ ...week, from: later }], [openOffer(made)], later)).toEqual({ offer: [], withdraw: [] });
    expect(plan([{ ...week, from: later }]).offer[0]?.id).toBe(made.id);
  });

  it('does not ask again about what nobody wanted', () => {
    const over = openOffer(first(), { kind: 'over', because: 'declined_by_all' });
    expect(plan([week], [over])).toEqual({ offer: [], withdraw: [] });
  });

  it('withdraws what is not needed any more, and offers the rest of it anew under another name', () => {
    const made = first();
    expect(plan([], [openOffer(made)])).toEqual({ offer: [], withdraw: [made.id] });
    const shorter = { ...week, to: now + dayMs };
    const again = plan([shorter], [openOffer(made)]);
    expect(again.withdraw).toEqual([made.id]);
    expect(again.offer.map(({ from, to }) => [from, to])).toEqual([[now, now + dayMs]]);
    const gone = openOffer(made, { kind: 'over', because: 'not_needed' });
    expect(plan([week], [gone]).offer[0]?.id).toBe(`${made.id}#2`);
  });

  it('offers what an absence that was made longer adds, beside what is offered already', () => {
    const longer = { ...week, window: 'w2', to: now + 6 * dayMs };
    const plans = plan([longer], [openOffer(first())]);
    expect(plans.withdraw).toEqual([]);
    expect(plans.offer.map(({ from, to }) => [from, to])).toEqual([[now + 5 * dayMs, now + 6 * dayMs]]);
  });

  it('leaves offers of others, and of other kinds, alone', () => {
    const own = { ...openOffer(first()), kind: 'cover' as const };
    expect(plan([], [own, { ...openOffer(first()), insteadOf: 'beni' }]).withdraw).toEqual([]);
  });
});

describe('an absence', () => {
  function effectsOf(...events: PersonEvent[]) {
    let state = newPerson('alma');
    return events.map((event, index) => {
      const recorded = { sequence: index + 1, happenedAt: now, recordedAt: now, actor: automation, event };
      state = evolvePerson(state, recorded);
      return reactHandOver(recorded, state).map(({ effect, due }) => ({ kind: effect.kind, in: due - now }));
    });
  }
  const added = (window: AvailabilityWindow): PersonEvent => ({ type: 'window_added', window });

  it('calls for a hand-over when it begins', () => {
    expect(effectsOf(added(away('alma', now - hourMs, null)))).toEqual([[{ kind: 'handover.person', in: 0 }]]);
    expect(effectsOf(added(away('alma', now + dayMs, null)))).toEqual([[{ kind: 'handover.person', in: dayMs }]]);
    expect(effectsOf(added(away('alma', now, null, { effect: 'soft' })))).toEqual([[]]);
    expect(effectsOf(added(away('alma', now, null, { source: 'personal' })))).toEqual([[]]);
  });

  it('that is taken back, changed or interrupted is looked at at once', () => {
    const window = away('alma', now, null);
    const [, cancelled] = effectsOf(added(window), { type: 'window_cancelled', window: window.id });
    expect(cancelled).toEqual([{ kind: 'handover.person', in: 0 }]);
    const shorter = away('alma', now, now + 1, { supersedes: window.id });
    expect(effectsOf(added(window), added(shorter))[1]).toEqual([{ kind: 'handover.person', in: 0 }]);
    const leave = away('alma', now + dayMs, now + 2 * dayMs, { effect: 'free', carves: window.id });
    expect(effectsOf(added(window), added(leave))[1]).toEqual([{ kind: 'handover.person', in: 0 }]);
  });
});

describe('looking again and again', () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 })), { maxLength: 4 })
    .map((drafts) => {
      let end = 0;
      // In order and apart, as the shifts of one schedule are.
      return drafts.map(([gap, hours]): HandOver => {
        const from = end + (gap + 1) * hourMs;
        end = from + hours * hourMs;
        return { schedule: 's', window: 'w', from: now + from, to: now + end };
      });
    });

  it('ends with every needed part on offer exactly once, whatever was needed before', () => {
    fc.assert(
      fc.property(fc.array(spans, { minLength: 1, maxLength: 5 }), (history) => {
        let offers: Offer[] = [];
        for (const needed of history) {
          const plan = planHandOver('s', needed, offers, 'alma', now);
          offers = offers.map((offer) =>
            plan.withdraw.includes(offer.id) ? { ...offer, state: { kind: 'over', because: 'not_needed' } } : offer,
          );
          const ids = new Set(offers.map(({ id }) => id));
          for (const made of plan.offer) {
            expect(ids).not.toContain(made.id);
            offers.push(openOffer(made));
          }
          expect(planHandOver('s', needed, offers, 'alma', now)).toEqual({ offer: [], withdraw: [] });
          const open = offers.filter(({ state }) => state.kind === 'open');
          for (const one of needed) expect(without(one, open)).toEqual([]);
          for (const one of open) expect(without(one, needed)).toEqual([]);
          const total = open.reduce((sum, { from, to }) => sum + to - from, 0);
          expect(total).toBe(needed.reduce((sum, { from, to }) => sum + to - from, 0));
        }
      }),
      { numRuns: 200 },
    );
  });
});
