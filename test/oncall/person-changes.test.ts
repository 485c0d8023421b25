import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { away, person, start } from './person-world.ts';

const back = { type: 'mark_available' } as const;

describe('coming back', () => {
  it('is eased: after the end, fixed or said, the person is asked last for as long as they wished', () => {
    const fixed = person();
    fixed.does(away({ to: start + dayMs, easeBackMs: 2 * dayMs }), 'alma');
    expect([start, start + dayMs, start + 3 * dayMs - 1, start + 3 * dayMs].map((at) => fixed.state(at))).toEqual([
      'no',
      'last',
      'last',
      'yes',
    ]);

    const said = person();
    said.does(away({ easeBackMs: 2 * dayMs }), 'alma');
    said.now += 5 * dayMs;
    said.does(back, 'alma');
    expect(said.state()).toBe('last');
    expect(said.state(said.now + 2 * dayMs)).toBe('yes');
  });

  it('can be made whole at once, and the easing dropped later', () => {
    const atOnce = person();
    atOnce.does(away({ easeBackMs: 2 * dayMs }), 'alma');
    atOnce.now += dayMs;
    atOnce.does({ ...back, fully: true }, 'alma');
    expect(atOnce.state()).toBe('yes');

    const later = person();
    later.does(away({ to: start + dayMs, easeBackMs: 2 * dayMs }), 'alma');
    later.now += dayMs + hourMs;
    expect(later.does(back, 'alma')).toBe(1);
    expect(later.state()).toBe('yes');
    expect(later.state(later.now - 1)).toBe('last');
    expect(later.state(start)).toBe('no');
    expect(later.does(back, 'alma')).toBe('not_away');
  });

  it('is the word of the person or of the delegate they named, and of nobody else', () => {
    const alma = person();
    alma.does(away(), 'alma');
    expect(alma.does(back, 'noa')).toBe('not_your_absence');
    expect(alma.does({ type: 'name_delegate', delegate: 'noa' }, 'omer')).toBe('not_your_absence');
    alma.does({ type: 'name_delegate', delegate: 'noa' }, 'alma');
    alma.now += hourMs;
    expect(alma.does(back, 'noa')).toBe(1);
    expect(alma.live().map(({ source, to }) => [source, to])).toEqual([['delegate', alma.now]]);
  });
});

describe('a delegate', () => {
  it('opens, extends and ends an absence, and passes nothing on', () => {
    const alma = person();
    expect(alma.does({ type: 'name_delegate', delegate: 'alma' }, 'alma')).toBe('delegate_is_oneself');
    expect(alma.does({ type: 'name_delegate', delegate: 'noa' }, 'alma')).toBe(1);
    expect(alma.does({ type: 'name_delegate', delegate: 'noa' }, 'alma')).toBe(0);
    expect(alma.does({ type: 'name_delegate', delegate: 'omer' }, 'noa')).toBe('not_your_absence');
    expect(alma.does(away({ to: start + dayMs, easeBackMs: hourMs, source: 'delegate' }), 'noa')).toBe(1);
    expect(alma.does({ type: 'change_window', window: 'w1', id: 'w2', to: start + 9 * dayMs }, 'noa')).toBe(1);
    expect(alma.isAway(start + 8 * dayMs)).toBe(true);
    alma.does({ type: 'name_delegate', delegate: null }, 'alma');
    expect(alma.does(back, 'noa')).toBe('not_your_absence');
  });
});

describe('a change', () => {
  it('extends and shortens what is not over, and leaves what has passed', () => {
    const alma = person();
    alma.does(away({ to: start + 10 * dayMs }), 'alma');
    alma.now += 2 * dayMs;
    alma.does({ type: 'change_window', window: 'w1', id: 'w2', to: null, from: start + 5 * dayMs }, 'alma');
    expect([start, start + 3 * dayMs, start + 99 * dayMs].map((at) => alma.isAway(at))).toEqual([true, true, true]);
    // Shortened by its first name, and to a time that has passed: it ends now.
    alma.does({ type: 'change_window', window: 'w1', id: 'w3', to: start + dayMs }, 'alma');
    expect([start + dayMs, alma.now - 1, alma.now].map((at) => alma.isAway(at))).toEqual([true, true, false]);
    expect(alma.does({ type: 'change_window', window: 'w1', id: 'w4', to: null }, 'alma')).toBe('window_over');
  });

  it('is made once, however often it arrives, and says what it cannot do', () => {
    const alma = person();
    alma.does(away({ from: start + dayMs, to: start + 2 * dayMs }), 'alma');
    const postponed = { type: 'change_window', window: 'w1', id: 'w2', from: start + 3 * dayMs } as const;
    expect(alma.does(postponed, 'alma')).toBe('window_ends_before_it_starts');
    expect(alma.does({ ...postponed, to: start + 4 * dayMs }, 'alma')).toBe(1);
    expect(alma.does({ ...postponed, to: start + 4 * dayMs }, 'alma')).toBe(0);
    expect(alma.isAway(start + dayMs)).toBe(false);
    expect(alma.isAway(start + 3 * dayMs)).toBe(true);
    expect(alma.does({ ...postponed, window: 'unknown', id: 'w3' }, 'alma')).toBe('no_such_window');
    expect(alma.does({ ...postponed, id: 'w3' }, 'noa')).toBe('not_your_absence');
  });
});

describe('home leave', () => {
  const leave = {
    type: 'add_home_leave',
    window: 'h1',
    carves: 'w1',
    from: start + 3 * dayMs,
    to: start + 5 * dayMs,
    asked: 'last',
  } as const;
  const states = (alma: ReturnType<typeof person>) =>
    [2, 3, 4, 5, 6].map((days) => alma.state(start + days * dayMs)).join(' ');

  it('is taken out of one absence: asked last unless the person wishes otherwise', () => {
    const alma = person();
    alma.does(away(), 'alma');
    alma.does(leave, 'alma');
    expect(states(alma)).toBe('no last last no no');
    const whole = person();
    whole.does(away(), 'alma');
    whole.does({ ...leave, asked: 'in_order' }, 'alma');
    expect(states(whole)).toBe('no yes yes no no');
  });

  it('frees nobody from another absence', () => {
    const alma = person();
    alma.does(away(), 'alma');
    alma.does({ ...leave, asked: 'in_order' }, 'alma');
    alma.does(away({ window: 'other', from: start + 4 * dayMs, to: start + 5 * dayMs }), 'alma');
    expect(states(alma)).toBe('no yes no no no');
  });

  it('stays when the absence is made longer, and goes where it is made shorter', () => {
    const alma = person();
    alma.does(away({ to: start + 6 * dayMs }), 'alma');
    alma.does(leave, 'alma');
    alma.does({ type: 'change_window', window: 'w1', id: 'w2', to: null }, 'alma');
    expect(states(alma)).toBe('no last last no no');
    alma.does({ type: 'change_window', window: 'w1', id: 'w3', to: start + 4 * dayMs }, 'alma');
    expect(states(alma)).toBe('no last yes yes yes');
    const withdrawn = person();
    withdrawn.does(away({ from: start + dayMs }), 'alma');
    withdrawn.does(leave, 'alma');
    withdrawn.does({ type: 'withdraw', window: 'w1' }, 'alma');
    expect(states(withdrawn)).toBe('yes yes yes yes yes');
    expect(withdrawn.live().filter(({ effect }) => effect !== 'free')).toEqual([]);
  });

  it('is lifted by "I am back" first; only said again it ends the absence', () => {
    const alma = person();
    alma.does(away(), 'alma');
    alma.does(leave, 'alma');
    alma.now = start + 4 * dayMs;
    alma.does(back, 'alma');
    expect(states(alma)).toBe('no last yes no no');
    alma.now += hourMs;
    alma.does(back, 'alma');
    expect(states(alma)).toBe('no last yes yes yes');
    expect(alma.does(back, 'alma')).toBe('not_away');
  });

  it('is refused outside its absence, without one, backwards, and once it is over', () => {
    const alma = person();
    alma.does(away({ to: start + 4 * dayMs }), 'alma');
    expect(alma.does(leave, 'alma')).toBe('home_leave_outside_absence');
    expect(alma.does({ ...leave, carves: 'nothing' }, 'alma')).toBe('no_such_window');
    expect(alma.does({ ...leave, to: leave.from }, 'alma')).toBe('window_ends_before_it_starts');
    expect(alma.does({ ...leave, from: start, to: start + hourMs }, 'noa')).toBe('not_your_absence');
    alma.now += 2 * dayMs;
    expect(alma.does({ ...leave, from: start, to: start + hourMs }, 'alma')).toBe('window_over');
  });
});

describe('a team-mate', () => {
  it('says no more than that somebody cannot be reached', () => {
    const alma = person();
    expect(alma.does(away({ effect: 'soft', source: 'teammate' }), 'noa')).toBe('not_your_absence');
    expect(alma.does(away({ easeBackMs: hourMs, source: 'teammate' }), 'noa')).toBe('not_your_absence');
    expect(alma.does(away({ source: 'teammate' }), 'noa')).toBe(1);
    expect(alma.isAway()).toBe(true);
  });

  it('takes their own mark back within a quarter of an hour, and nobody else’s', () => {
    const alma = person();
    alma.does(away({ source: 'teammate' }), 'noa');
    const withdraw = { type: 'withdraw', window: 'w1' } as const;
    expect(alma.does(withdraw, 'omer')).toBe('not_your_absence');
    alma.now += 15 * minuteMs + 1;
    expect(alma.does(withdraw, 'noa')).toBe('too_late_to_withdraw');
    alma.now -= 1;
    expect(alma.does(withdraw, 'noa')).toBe(1);
    expect(alma.isAway(start)).toBe(false);
    alma.does(away({ window: 'w2', from: alma.now, to: alma.now + dayMs }), 'alma');
    expect(alma.does({ type: 'withdraw', window: 'w2' }, 'noa')).toBe('not_your_absence');
  });

  it('has no say any more once the person has made the absence their own', () => {
    const alma = person();
    alma.does(away({ source: 'teammate' }), 'noa');
    alma.does({ type: 'change_window', window: 'w1', id: 'w2', to: start + dayMs }, 'alma');
    expect(alma.does({ type: 'withdraw', window: 'w1' }, 'noa')).toBe('not_your_absence');
  });
});

describe('what is withdrawn by the person', () => {
  it('never was while it is young, and ends where it has held', () => {
    const alma = person();
    alma.does(away(), 'alma');
    alma.now += 10 * minuteMs;
    alma.does({ type: 'withdraw', window: 'w1' }, 'alma');
    expect(alma.isAway(start)).toBe(false);
    const later = person();
    later.does(away({ easeBackMs: dayMs }), 'alma');
    later.now += hourMs;
    later.does({ type: 'withdraw', window: 'w1' }, 'alma');
    expect([start, later.now].map((at) => later.state(at))).toEqual(['no', 'yes']);
    expect(later.does({ type: 'withdraw', window: 'w1' }, 'alma')).toBe('window_over');
  });
});
