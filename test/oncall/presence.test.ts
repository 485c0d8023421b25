import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import { absencesOf, believed, isMissing, isThere } from '../../src/oncall/presence.ts';
import { at, away, crew, era, facts, histories, instants } from './world.ts';

const year = { from: at('2026-01-01T00:00Z'), to: at('2027-01-01T00:00Z') };

describe('the times in which somebody is missing', () => {
  it('are what availability says at every instant, and a millisecond to either side of every border', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...crew), fc.array(instants, { maxLength: 5 }), (windows, who, random) => {
        const world = facts({ people: crew, windows });
        const absences = absencesOf(world, [who], era).get(who) ?? [];
        const borders = windows.flatMap(({ from, to }) => [from, to ?? era.to]);
        const asked = [...random, ...borders.flatMap((border) => [border - 1, border, border + 1])];
        for (const atMs of asked.filter((instant) => instant >= era.from && instant < era.to)) {
          expect(isMissing(absences, atMs)).toBe(available(world, who, atMs, 'sev1').state === 'no');
        }
        for (const [index, span] of absences.entries()) {
          expect(span.from).toBeLessThan(span.to);
          if (index > 0) expect(absences[index - 1]?.to).toBeLessThan(span.from);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never grow smaller when an absence is added', () => {
    fc.assert(
      fc.property(histories, fc.tuple(instants, instants), instants, (windows, [one, other], atMs) => {
        const more = away('alma', Math.min(one, other), Math.max(one, other) + 1);
        const missing = (all: typeof windows) =>
          isMissing(absencesOf(facts({ people: crew, windows: all }), ['alma'], era).get('alma') ?? [], atMs);
        if (missing(windows)) expect(missing([...windows, more])).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('do not hold those who are asked last, unless that is the question', () => {
    const world = facts({ people: crew, windows: [away('alma', year.from + 10, year.from + 20, { effect: 'soft' })] });
    expect(absencesOf(world, ['alma'], year).get('alma')).toEqual([]);
    expect(absencesOf(world, ['alma'], year, true).get('alma')).toEqual([{ from: year.from + 10, to: year.from + 20 }]);
    const quiet = facts({
      people: crew,
      windows: [away('alma', year.from + 10, year.from + 20, { effect: 'soft', yieldsToDuty: true })],
    });
    expect(absencesOf(quiet, ['alma'], year, true).get('alma')).toEqual([]);
  });

  it('are all of it for somebody who is not in the catalog, or of whom nothing can be read', () => {
    const world = { ...facts({ people: ['alma', 'beni'] }), unreadable: ['beni'] };
    expect([...absencesOf(world, ['alma', 'beni', 'ghost'], year)]).toEqual([
      ['alma', []],
      ['beni', [year]],
      ['ghost', [year]],
    ]);
  });

  it('tell whether somebody is there for the whole of a span, to the millisecond', () => {
    const absences = [
      { from: 10, to: 20 },
      { from: 30, to: 40 },
    ];
    expect(isThere(absences, { from: 20, to: 30 })).toBe(true);
    expect(isThere(absences, { from: 19, to: 30 })).toBe(false);
    expect(isThere(absences, { from: 20, to: 31 })).toBe(false);
    expect(isThere(absences, { from: 0, to: 50 })).toBe(false);
    expect(isThere(absences, { from: 40, to: 50 })).toBe(true);
  });
});

describe('what planning believes', () => {
  const served = away('alma', 0, 100);
  const later = away('alma', 0, 50, { supersedes: served.id, certain: false });

  it('is certain windows alone, or tentative ones too', () => {
    const world = facts({ people: crew, windows: [away('alma', 0, 10), away('alma', 20, 30, { certain: false })] });
    const missing = (belief: 'confirmed' | 'tentative') =>
      absencesOf(believed(world, belief), ['alma'], { from: 0, to: 100 }).get('alma');
    expect(missing('confirmed')).toEqual([{ from: 0, to: 10 }]);
    expect(missing('tentative')).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 30 },
    ]);
  });

  it('never brings back a window that was superseded, not even by a tentative one', () => {
    const world = facts({ people: crew, windows: [served, later] });
    const missing = (belief: 'confirmed' | 'tentative') =>
      absencesOf(believed(world, belief), ['alma'], { from: 0, to: 100 }).get('alma');
    expect(missing('confirmed')).toEqual([]);
    expect(missing('tentative')).toEqual([{ from: 0, to: 50 }]);
  });

  it('leaves home leave with an absence that was changed since', () => {
    const leave = away('alma', 10, 20, { effect: 'free', carves: served.id });
    const longer = away('alma', 0, 80, { supersedes: served.id });
    const longest = away('alma', 0, 90, { supersedes: longer.id });
    const world = facts({ people: crew, windows: [served, leave, longer, longest] });
    expect(absencesOf(believed(world, 'confirmed'), ['alma'], { from: 0, to: 100 }).get('alma')).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 90 },
    ]);
  });

  it('does not count on somebody who may be home for a while', () => {
    const leave = away('alma', 10, 20, { effect: 'free', carves: served.id, certain: false });
    const world = facts({ people: crew, windows: [served, leave] });
    for (const belief of ['confirmed', 'tentative'] as const) {
      expect(absencesOf(believed(world, belief), ['alma'], { from: 0, to: 100 }).get('alma')).toEqual([
        { from: 0, to: 100 },
      ]);
    }
  });
});
