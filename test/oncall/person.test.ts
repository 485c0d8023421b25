import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/oncall/time.ts';
import { away, entry, person, start } from './person-world.ts';

describe('a person', () => {
  it('is away until they say that they are back', () => {
    const alma = person();
    alma.does(away());
    alma.now += 500 * hourMs;
    expect(alma.isAway()).toBe(true);
    alma.does({ type: 'mark_available' });
    expect(alma.isAway()).toBe(false);
    expect(alma.isAway(start + hourMs)).toBe(true);
  });

  it('who is back keeps what was planned for later', () => {
    const alma = person();
    alma.does(away());
    alma.does(away({ window: 'w2', from: start + 100 * hourMs, to: start + 120 * hourMs }));
    alma.now += hourMs;
    alma.does({ type: 'mark_available' });
    expect(alma.live().map((window) => window.id)).toContain('w2');
    expect(alma.isAway(start + 110 * hourMs)).toBe(true);
  });

  it('who is not away cannot come back, and no window ends before it starts', () => {
    expect(person().does({ type: 'mark_available' })).toBe('not_away');
    expect(person().does(away({ to: start }))).toBe('window_ends_before_it_starts');
  });

  it('is marked once, however often the same mark arrives', () => {
    const alma = person();
    expect([alma.does(away()), alma.does(away())]).toEqual([1, 0]);
  });

  it('is looked at again now, and when a window begins', () => {
    const alma = person();
    alma.does(away({ from: start + 3 * hourMs }));
    expect(alma.effects.map((effect) => effect.due)).toEqual([start + 3 * hourMs]);
  });

  it('is looked at again when a leave is over, since the absence goes on then', () => {
    const alma = person();
    alma.does(away());
    const [from, to] = [start + 20 * hourMs, start + 44 * hourMs];
    alma.effects.length = 0;
    alma.does({ type: 'add_home_leave', window: 'leave', carves: 'w1', from, to, asked: 'in_order' });
    expect(alma.effects.map((effect) => effect.due)).toEqual([from, to]);
  });

  it('who was marked by mistake is as before once the mark is withdrawn', () => {
    const alma = person();
    alma.does(away({ source: 'teammate' }));
    alma.does({ type: 'withdraw', window: 'w1' });
    expect(alma.isAway()).toBe(false);
    expect(alma.does({ type: 'withdraw', window: 'w1' })).toBe('no_such_window');
  });
});

describe('an absences file', () => {
  it('applied twice changes nothing the second time', () => {
    const alma = person();
    expect(alma.does({ type: 'apply_file', windows: [entry()] })).toBe(1);
    expect(alma.does({ type: 'apply_file', windows: [entry()] })).toBe(0);
  });

  it('from which an entry is gone, and to which it comes back, counts again', () => {
    const alma = person();
    alma.does({ type: 'apply_file', windows: [entry()] });
    alma.does({ type: 'apply_file', windows: [] });
    expect(alma.isAway()).toBe(false);
    alma.does({ type: 'apply_file', windows: [entry()] });
    expect(alma.isAway()).toBe(true);
    expect(alma.does({ type: 'apply_file', windows: [entry()] })).toBe(0);
  });

  it('in which an entry has other times replaces it', () => {
    const alma = person();
    alma.does({ type: 'apply_file', windows: [entry()] });
    alma.does({ type: 'apply_file', windows: [entry({ to: start + 2 * hourMs })] });
    expect(alma.isAway(start + hourMs)).toBe(true);
    expect(alma.isAway(start + 3 * hourMs)).toBe(false);
    expect(alma.live()).toHaveLength(1);
  });

  it('does not send away again whoever has said that they are back', () => {
    const alma = person();
    alma.does({ type: 'apply_file', windows: [entry()] });
    alma.now += hourMs;
    alma.does({ type: 'mark_available' });
    alma.does({ type: 'apply_file', windows: [entry()] });
    expect(alma.isAway()).toBe(false);
  });

  it('leaves alone what people said themselves', () => {
    const alma = person();
    alma.does(away());
    alma.does({ type: 'apply_file', windows: [] });
    expect(alma.isAway()).toBe(true);
  });
});
