import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import { severities } from '../../src/oncall/catalog.ts';
import { timelineOf, withTimelines } from '../../src/oncall/timeline.ts';
import { hourMs } from '../../src/oncall/time.ts';
import { liveWindows, type AvailabilityWindow } from '../../src/oncall/windows.ts';
import { away, crew, facts, histories, instants } from './world.ts';

/** Word for word as it is defined, for one instant: no sweep, no index. */
function defined(windows: readonly AvailabilityWindow[], person: string, atMs: number, severity: 'sev1' | 'sev3') {
  const own = windows.filter((window) => window.person === person);
  const live = liveWindows(windows, person);
  const covers = ({ from, to }: AvailabilityWindow) => from <= atMs && (to === null || atMs < to);
  const eases = ({ from, to, easeBackMs = 0 }: AvailabilityWindow) =>
    to !== null && from < to && to <= atMs && atMs < to + easeBackMs;
  const cameFrom = (window: AvailabilityWindow, seen: readonly string[] = []): readonly string[] => {
    if (seen.includes(window.id)) return seen;
    const older = own.find(({ id }) => id === window.supersedes);
    return older === undefined ? [...seen, window.id] : cameFrom(older, [...seen, window.id]);
  };
  const carves = live.filter((window) => window.effect === 'free' && covers(window)).map((window) => window.carves);
  const uncarved = live.filter(
    (window) => window.effect !== 'free' && !cameFrom(window).some((id) => carves.includes(id)),
  );
  if (uncarved.some((window) => window.effect === 'hard' && covers(window))) return 'no';
  const isLast = uncarved.some(
    (window) =>
      eases(window) || (window.effect === 'soft' && covers(window) && !(window.letsThrough ?? []).includes(severity)),
  );
  return isLast ? 'last' : 'yes';
}

const eased = histories.chain((windows) =>
  fc
    .array(fc.constantFrom(0, 0, hourMs, 400 * hourMs), { minLength: windows.length, maxLength: windows.length })
    .map((lengths) =>
      windows.map((window, index) => {
        const easeBackMs = lengths[index] ?? 0;
        return easeBackMs > 0 && window.effect !== 'free' ? { ...window, easeBackMs } : window;
      }),
    ),
);

describe('the timeline of a person', () => {
  it('says at every instant, and on both sides of every border, what the windows say', () => {
    fc.assert(
      fc.property(eased, instants, fc.constantFrom(...crew), (windows, somewhen, person) => {
        const given = withTimelines(facts({ people: crew, windows }));
        const borders = windows.flatMap(({ from, to, easeBackMs = 0 }) => [
          from,
          to ?? from,
          (to ?? from) + easeBackMs,
        ]);
        for (const atMs of [somewhen, ...borders.flatMap((border) => [border - 1, border, border + 1])])
          for (const severity of ['sev1', 'sev3'] as const)
            expect(available(given, person, atMs, severity).state).toBe(defined(windows, person, atMs, severity));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same whether it was prepared or not, and counts only for the windows that it was made of', () => {
    fc.assert(
      fc.property(eased, instants, fc.constantFrom(...crew), (windows, atMs, person) => {
        const plain = facts({ people: crew, windows });
        const prepared = withTimelines(plain);
        for (const severity of severities)
          expect(available(prepared, person, atMs, severity)).toEqual(available(plain, person, atMs, severity));
        const more = { ...prepared, windows: [...windows, away(person, atMs, null)] };
        expect(available(more, person, atMs, 'sev1').state).toBe('no');
        expect(withTimelines(prepared)).toBe(prepared);
      }),
    );
  });

  it('does not change by saying a cancellation or a change a second time, nor by the order in which they are known', () => {
    fc.assert(
      fc.property(
        eased.chain((windows) =>
          fc.tuple(
            fc.constant(windows),
            fc.shuffledSubarray([...windows, ...windows], { minLength: 2 * windows.length }),
          ),
        ),
        fc.constantFrom(...crew),
        ([windows, twice], person) => {
          expect(timelineOf(facts({ windows: twice }), person)).toEqual(timelineOf(facts({ windows }), person));
        },
      ),
    );
  });

  it('begins before all time, and no two neighbours say the same', () => {
    const given = facts({ windows: [away('noa', 10, 20), away('noa', 20, 30), away('noa', 12, 15)] });
    expect(timelineOf(given, 'noa').map(({ from, isHard }) => [from, isHard])).toEqual([
      [-Infinity, false],
      [10, true],
      [30, false],
    ]);
    expect(timelineOf(given, 'omer')).toHaveLength(1);
  });
});

describe('home leave', () => {
  it('stays with its absence through every change of it', () => {
    const first = away('noa', 0, 100);
    const longer = away('noa', 0, 200, { supersedes: first.id });
    const home = away('noa', 40, 60, { effect: 'free', carves: first.id });
    const state = (atMs: number) => available(facts({ windows: [first, longer, home] }), 'noa', atMs, 'sev1').state;
    expect([39, 40, 60, 150].map(state)).toEqual(['no', 'yes', 'no', 'no']);
  });
});
