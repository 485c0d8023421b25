import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { away, entry, person, start } from './person-world.ts';

const day = (days: number, more: Partial<AvailabilityWindow> = {}) =>
  entry({ from: start + days * dayMs, to: start + (days + 1) * dayMs, ...more });
const personal = (days: number, more: Partial<AvailabilityWindow> = {}) =>
  day(days, { id: `personal:r1:${days}`, source: 'personal', effect: 'soft', yieldsToDuty: true, ...more });
const leave = (more: Partial<AvailabilityWindow> = {}) => day(3, { id: 'calendar:f1:e1', source: 'calendar', ...more });

describe('what personal rules come to', () => {
  it('is brought up to date each day without touching what has passed', () => {
    const alma = person();
    expect(alma.does({ type: 'apply_personal', windows: [personal(0), personal(1), personal(2)] })).toBe(3);
    alma.now += 1.5 * dayMs;
    // Yesterday is told no more, today runs, the rule now ends a day earlier and goes on further.
    expect(alma.does({ type: 'apply_personal', windows: [personal(1), personal(3)] })).toBe(2);
    expect([0, 1, 2, 3].map((days) => alma.state(start + days * dayMs))).toEqual(['last', 'last', 'yes', 'last']);
    expect(alma.does({ type: 'apply_personal', windows: [personal(1), personal(3)] })).toBe(0);
  });

  it('ends at once when the rule goes, and adds nothing in the past', () => {
    const alma = person();
    alma.does({ type: 'apply_personal', windows: [personal(0), personal(1)] });
    alma.now += hourMs;
    alma.does({ type: 'apply_personal', windows: [] });
    expect([start, alma.now, start + dayMs].map((at) => alma.state(at))).toEqual(['last', 'yes', 'yes']);
    alma.now += 9 * dayMs;
    expect(alma.does({ type: 'apply_personal', windows: [personal(2)] })).toBe(0);
  });

  it('wakes nobody: quiet hours take nobody off a page', () => {
    const alma = person();
    alma.does({ type: 'apply_personal', windows: [personal(0), personal(1), personal(2, { effect: 'hard' })] });
    expect(alma.effects.map(({ due }) => due)).toEqual([start + 2 * dayMs]);
  });
});

describe('a calendar', () => {
  it('owns its own absences alone', () => {
    const alma = person();
    alma.does(away({ from: start + 9 * dayMs }), 'alma');
    alma.does({ type: 'apply_calendar', feed: 'f1', windows: [leave()] });
    alma.does({ type: 'apply_calendar', feed: 'f2', windows: [day(6, { id: 'calendar:f2:e1', source: 'calendar' })] });
    alma.does({ type: 'apply_calendar', feed: 'f1', windows: [] });
    expect([3, 6, 9].map((days) => alma.isAway(start + days * dayMs))).toEqual([false, true, true]);
  });

  it('does not bring back what the person has taken back, but asks about other times', () => {
    const alma = person();
    const apply = (windows: readonly AvailabilityWindow[]) =>
      alma.does({ type: 'apply_calendar', feed: 'f1', windows });
    apply([leave()]);
    alma.does({ type: 'withdraw', window: 'calendar:f1:e1' }, 'alma');
    expect(apply([leave()])).toBe(0);
    expect(alma.isAway(start + 3 * dayMs)).toBe(false);
    expect(apply([leave({ from: start + 4 * dayMs, to: start + 5 * dayMs })])).toBe(1);
    expect(alma.isAway(start + 4 * dayMs)).toBe(true);
    expect(alma.live().map(({ certain }) => certain)).toEqual([false]);
  });

  it('keeps quiet about an absence that the person has made longer', () => {
    const alma = person();
    alma.does({ type: 'apply_calendar', feed: 'f1', windows: [leave()] });
    alma.does({ type: 'change_window', window: 'calendar:f1:e1', id: 'mine', to: start + 6 * dayMs }, 'alma');
    expect(alma.does({ type: 'apply_calendar', feed: 'f1', windows: [leave()] })).toBe(0);
    expect(alma.does({ type: 'apply_calendar', feed: 'f1', windows: [] })).toBe(0);
    expect(alma.isAway(start + 5 * dayMs)).toBe(true);
  });
});

describe('what is long over', () => {
  const forget = (endedBefore: number) => ({ type: 'forget_windows', endedBefore }) as const;

  it('is forgotten with all that it came from, so that no older version comes to life', () => {
    const alma = person();
    alma.does(away(), 'alma');
    alma.does(
      { type: 'add_home_leave', window: 'h', carves: 'w1', from: start, to: start + hourMs, asked: 'last' },
      'alma',
    );
    alma.now += 2 * hourMs;
    alma.does({ type: 'mark_available' }, 'alma');
    alma.does(away({ window: 'running', from: alma.now }), 'alma');
    alma.now += dayMs;
    expect(alma.does(forget(start + hourMs))).toBe(1);
    expect(alma.windows().map(({ id }) => id)).not.toContain('h+last');
    expect(alma.windows().map(({ id }) => id)).toContain('w1');
    alma.does(forget(alma.now));
    expect(alma.windows().map(({ id }) => id)).toEqual(['running']);
    expect(alma.isAway()).toBe(true);
    expect(alma.does(forget(alma.now))).toBe(0);
  });

  it('can be forgotten at once where it was taken back', () => {
    const alma = person();
    alma.does(away({ from: start + dayMs }), 'alma');
    alma.does(away({ window: 'coming', from: start + 5 * dayMs }), 'alma');
    alma.does({ type: 'withdraw', window: 'w1' }, 'alma');
    expect(alma.does(forget(start))).toBe(0);
    expect(alma.does({ ...forget(start), keep: 'live' })).toBe(1);
    expect(alma.windows().map(({ id }) => id)).toEqual(['coming']);
  });

  it('is not forgotten while its file could send the person away again', () => {
    const alma = person();
    alma.does({ type: 'apply_file', windows: [entry()] });
    alma.now += hourMs;
    alma.does({ type: 'mark_available' }, 'alma');
    expect(alma.does(forget(alma.now + dayMs))).toBe(0);
    expect(alma.does({ type: 'forget_windows', endedBefore: 0, keep: 'nothing' }, 'alma')).toBe(1);
    expect(alma.windows()).toEqual([]);
  });
});
