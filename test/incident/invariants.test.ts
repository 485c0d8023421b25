import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { evolveAll } from '../../src/incident/evolve.ts';
import { isOpen } from '../../src/incident/incident.ts';
import { currentDeliveries, isWaiting, recipientPerson, sameStep } from '../../src/incident/page.ts';
import { available } from '../../src/oncall/available.ts';
import { automation, type Actor } from '../../src/oncall/recorded.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

const people = ['alma', 'beni', 'carmel', 'dana', 'noa'] as const;
const person = fc.constantFrom(...people);
const actor: fc.Arbitrary<Actor> = fc.oneof(person.map(by), fc.constant(automation));

/** Anything that may reach an incident, in any order, also what makes no sense. */
const command: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constant<IncidentCommand>({ type: 'acknowledge', page: undefined, via: 'slack' }),
  fc.constant<IncidentCommand>({ type: 'escalate', page: undefined }),
  fc.constant<IncidentCommand>({ type: 'reassess' }),
  fc.constant<IncidentCommand>({ type: 'resolve' }),
  fc.constant<IncidentCommand>({ type: 'reopen', reason: 'it is back' }),
  fc.constant<IncidentCommand>({ type: 'cancel', reason: 'false_alarm' }),
  fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4').map((to): IncidentCommand => ({ type: 'change_severity', to })),
  fc
    .constantFrom('investigating', 'fixing', 'monitoring')
    .map((to): IncidentCommand => ({ type: 'change_status', to })),
  fc.integer({ min: 1, max: 3 }).map((page): IncidentCommand => ({ type: 'decline', page: `INC-1/p${page}` })),
  fc
    .integer({ min: 1, max: 3 })
    .map((page): IncidentCommand => ({ type: 'check_acknowledgement', page: `INC-1/p${page}` })),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }))
    .map(([page, entry]): IncidentCommand => ({ type: 'step_timed_out', page: `INC-1/p${page}`, entry })),
  fc
    .tuple(
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom('unavailable', 'refused', 'no_address'),
    )
    .map(([page, delivery, because]): IncidentCommand => ({
      type: 'delivery_failed',
      delivery: `INC-1/p${page}/d${delivery}`,
      because,
    })),
  fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 8 }))
    .map(([page, delivery]): IncidentCommand => ({
      type: 'delivery_succeeded',
      delivery: `INC-1/p${page}/d${delivery}`,
      channel: 'D1',
      ts: '1',
      reference: undefined,
    })),
);

type Move =
  | { readonly kind: 'command'; readonly command: IncidentCommand; readonly actor: Actor }
  | { readonly kind: 'away'; readonly who: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'time'; readonly minutes: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(command, actor).map(([one, who]): Move => ({ kind: 'command', command: one, actor: who })),
  },
  { weight: 2, arbitrary: person.map((who): Move => ({ kind: 'away', who })) },
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'back' }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }).map((minutes): Move => ({ kind: 'time', minutes })) },
);

function live(moves: readonly Move[], after: (s: Story) => void): Story {
  const s = story({ ways: ['slack', 'pagerduty'] });
  let windows = s.facts.windows;
  s.does(declareSev1, by('noa'));
  after(s);
  for (const one of moves) {
    if (one.kind === 'command') {
      if (s.decides(one.command, one.actor).accepted) s.does(one.command, one.actor);
    } else if (one.kind === 'away') {
      windows = [...windows, { ...away(one.who, s.now), id: `${one.who}:${s.now}:${windows.length}` }];
      s.facts = onCallFacts(windows);
      s.does({ type: 'reassess' });
    } else if (one.kind === 'back') {
      windows = [];
      s.facts = onCallFacts(windows);
    } else s.passes(one.minutes);
    after(s);
  }
  return s;
}

const moves = fc.array(move, { maxLength: 40 });

describe('whatever happens to an incident', () => {
  it('a waiting page always asks somebody or alarms a channel, or waits to alarm again those who could not be reached', () => {
    fc.assert(
      fc.property(moves, (all) => {
        live(all, (s) => {
          for (const page of s.incident().pages) {
            if (!isWaiting(page)) continue;
            const inStep = page.deliveries.filter((delivery) => sameStep(delivery.at, page.at));
            const allFailed = page.at.step === 'last_resort' && inStep.some(({ to }) => to.kind === 'channel');
            if (!allFailed) expect(currentDeliveries(page).length, `page ${page.id} asks nobody`).toBeGreaterThan(0);
          }
        });
      }),
    );
  });

  it('a waiting page always has a timer for the step it is in', () => {
    fc.assert(
      fc.property(moves, (all) => {
        live(all, (s) => {
          for (const page of s.incident().pages.filter(isWaiting)) {
            const timers = s.effects.filter(
              ({ effect }) => effect.kind === 'timer.step' && effect.page === page.id && effect.entry === page.entry,
            );
            expect(timers).toHaveLength(1);
          }
        });
      }),
    );
  });

  it('nobody who is hard-unavailable is ever handed a page', () => {
    fc.assert(
      fc.property(moves, (all) => {
        let known = 0;
        live(all, (s) => {
          for (const { event } of s.history.slice(known)) {
            if (event.type !== 'page_sent' || event.to.kind !== 'person') continue;
            expect(available(s.facts, event.to.person, s.now, s.incident().severity).state).not.toBe('no');
          }
          known = s.history.length;
        });
      }),
    );
  });

  it('after people became unavailable no waiting page still asks one of them', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const s = live(all, () => undefined);
        if (!isOpen(s.incident())) return;
        s.does({ type: 'reassess' });
        for (const page of s.incident().pages.filter(isWaiting)) {
          for (const delivery of currentDeliveries(page)) {
            const who = recipientPerson(delivery);
            if (who !== undefined) expect(available(s.facts, who, s.now, s.incident().severity).state).not.toBe('no');
          }
        }
      }),
    );
  });

  it('an incident that is over asks nobody', () => {
    fc.assert(
      fc.property(moves, (all) => {
        live(all, (s) => {
          if (!isOpen(s.incident()))
            expect(s.incident().pages.filter((page) => page.answer.kind !== 'over')).toEqual([]);
        });
      }),
    );
  });

  it('the state is the fold of the events, whose sequence has no hole', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const s = live(all, () => undefined);
        expect(evolveAll(undefined, s.history)).toEqual(s.incident());
        expect(s.history.map((recorded) => recorded.sequence)).toEqual(s.history.map((_, index) => index + 1));
        expect(evolveAll(undefined, JSON.parse(JSON.stringify(s.history)))?.version).toBe(s.incident().version);
      }),
    );
  });

  it('deciding twice decides the same, and the same command again right after changes nothing that matters', () => {
    fc.assert(
      fc.property(moves, command, actor, (all, one, who) => {
        const s = live(all, () => undefined);
        expect(s.decides(one, who)).toEqual(s.decides(one, who));
      }),
    );
  });

  it('every event is understood at the time it happened, also before it was recorded', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    expect(s.incident().milestones.declared).toBe(sundayMorning);
  });
});
