import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { absences, away, crew, facts, histories, instants } from './world.ts';

function ask(windows: readonly AvailabilityWindow[], atMs: number, severity: 'sev1' | 'sev3' = 'sev1') {
  return available(facts({ people: crew, windows }), 'noa', atMs, severity);
}

const strength = { no: 2, last: 1, yes: 0 } as const;

describe('a person', () => {
  it('is available without any window, for good', () => {
    expect(ask([], 0)).toEqual({ state: 'yes', until: null });
    expect(ask([away('omer', 0, null)], 5)).toEqual({ state: 'yes', until: null });
  });

  it('is unavailable from the first instant of a window until just before its last', () => {
    const windows = [away('noa', 10, 20)];
    expect([9, 10, 19, 20].map((atMs) => ask(windows, atMs).state)).toEqual(['yes', 'no', 'no', 'yes']);
    expect(ask(windows, 0).until).toBe(10);
    expect(ask(windows, 10).until).toBe(20);
  });

  it('stays unavailable in an open window until it is superseded', () => {
    const open = away('noa', 10, null);
    expect(ask([open], 1e15)).toEqual({ state: 'no', until: null });
    expect(ask([open, away('noa', 10, 30, { supersedes: open.id })], 40).state).toBe('yes');
  });

  it('is unavailable in a tentative hard window from its start', () => {
    expect(ask([away('noa', 10, 20, { certain: false })], 15).state).toBe('no');
  });

  it('comes last in a soft window, unless it lets the severity through', () => {
    const soft = away('noa', 10, 20, { effect: 'soft', letsThrough: ['sev1'] });
    expect(ask([soft], 15, 'sev1').state).toBe('yes');
    expect(ask([soft], 15, 'sev3').state).toBe('last');
    expect(ask([soft, away('noa', 10, 20, { effect: 'soft' })], 15, 'sev1').state).toBe('last');
  });

  it('is unavailable where hard and soft overlap, whatever lets a severity through', () => {
    const windows = [away('noa', 0, 50, { effect: 'soft', letsThrough: ['sev1'] }), away('noa', 10, 20)];
    expect([5, 15, 25].map((atMs) => ask(windows, atMs, 'sev3').state)).toEqual(['last', 'no', 'last']);
  });

  it('is free in a carved time of one window and of no other', () => {
    const service = away('noa', 0, 100);
    const home = away('noa', 40, 60, { effect: 'free', carves: service.id });
    expect([39, 40, 59, 60].map((atMs) => ask([service, home], atMs).state)).toEqual(['no', 'yes', 'yes', 'no']);
    expect(ask([service, home, away('noa', 50, 55)], 52).state).toBe('no');
    expect(ask([service, away('noa', 40, 60, { effect: 'free' })], 50).state).toBe('no');
  });

  it('is freed by nobody else: windows of others carve and supersede nothing', () => {
    const service = away('noa', 0, 100);
    expect(ask([service, away('omer', 0, 100, { effect: 'free', carves: service.id })], 50).state).toBe('no');
    expect(ask([service, away('omer', 0, 1, { supersedes: service.id })], 50).state).toBe('no');
  });

  it('is back once a window was cancelled, and the older one that it replaced stays dead', () => {
    const first = away('noa', 0, 100);
    const second = away('noa', 0, 50, { supersedes: first.id });
    const cancelled = away('noa', 0, 50, { supersedes: second.id, cancelled: true });
    expect(ask([first, second, cancelled], 10).state).toBe('yes');
  });

  it('is never in an empty or reversed window', () => {
    expect(ask([away('noa', 10, 10), away('noa', 20, 5)], 10).state).toBe('yes');
  });
});

describe('availability', () => {
  const probe = { person: fc.constantFrom(...crew), atMs: instants };

  it('never grows when an absence is added', () => {
    fc.assert(
      fc.property(histories, absences, fc.record(probe), (windows, more, { person, atMs }) => {
        const before = available(facts({ windows }), person, atMs, 'sev2').state;
        const after = available(facts({ windows: [...windows, more] }), person, atMs, 'sev2').state;
        expect(strength[after]).toBeGreaterThanOrEqual(strength[before]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the windows, nor on one that is there twice', () => {
    fc.assert(
      fc.property(
        histories.chain((windows) =>
          fc.tuple(fc.constant(windows), fc.shuffledSubarray(windows, { minLength: windows.length })),
        ),
        fc.record(probe),
        ([windows, shuffled], { person, atMs }) => {
          const expected = available(facts({ windows }), person, atMs, 'sev1');
          expect(available(facts({ windows: shuffled }), person, atMs, 'sev1')).toEqual(expected);
          expect(available(facts({ windows: [...shuffled, ...windows] }), person, atMs, 'sev1')).toEqual(expected);
        },
      ),
    );
  });

  it('does not change before `until`, and does at it', () => {
    fc.assert(
      fc.property(
        histories,
        fc.record(probe),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (windows, { person, atMs }, part) => {
          const given = facts({ windows });
          const { state, until } = available(given, person, atMs, 'sev1');
          const end = until ?? atMs + 1e11;
          const between = atMs + Math.floor(part * (end - 1 - atMs));
          expect(available(given, person, between, 'sev1').state).toBe(state);
          if (until !== null) expect(available(given, person, until, 'sev1').state).not.toBe(state);
        },
      ),
      { numRuns: 500 },
    );
  });
});
