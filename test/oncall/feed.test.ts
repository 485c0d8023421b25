import { describe, expect, it } from 'vitest';
import { feedDifference, feedHorizon, feedWindows, type FeedContent } from '../../src/oncall/feed.ts';
import { decidePerson, evolvePerson, newPerson } from '../../src/oncall/person-rules.ts';
import type { PersonCommand, PersonState } from '../../src/oncall/person.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { liveOf } from '../../src/oncall/windows.ts';
import { at } from './world.ts';

const start = at('2026-11-22T08:00Z');
const settings = { feed: 'f1', effect: 'hard' } as const;

function content(keys: readonly string[], more: Partial<FeedContent> = {}): FeedContent {
  const occurrences = keys.map((key, index) => ({
    key,
    from: start + (index + 1) * 7 * dayMs,
    to: start + (index + 1) * 7 * dayMs + dayMs,
    busy: 'busy' as const,
  }));
  return { occurrences, cancelled: [], events: keys.length, isComplete: true, ...more };
}

function story() {
  let state: PersonState = newPerson('noa');
  let sequence = 0;
  const self = {
    now: start,
    get state() {
      return state;
    },
    does(command: PersonCommand, by?: 'noa') {
      const actor = by === undefined ? automation : ({ kind: 'person', person: by } as const);
      const decision = decidePerson(command, state, self.now, actor);
      if (!decision.accepted) throw new Error(decision.refusal.code);
      for (const event of decision.events) {
        sequence += 1;
        state = evolvePerson(state, { sequence, happenedAt: self.now, recordedAt: self.now, actor, event });
      }
    },
    /** `apply +2 ~0 -1`, `keep empty`, `unchanged`. */
    reads(what: FeedContent, isConfirmed = false): string {
      const verdict = feedDifference(state, what, settings, self.now, isConfirmed);
      if (verdict.kind === 'keep') return `keep ${verdict.because} ${verdict.gone}/${verdict.known}`;
      if (verdict.kind === 'unchanged') return 'unchanged';
      self.does(verdict.command);
      return `apply +${verdict.added} ~${verdict.changed} -${verdict.ended}`;
    },
    keys: () => liveOf(state.windows).map(({ id }) => id.split(':')[2]),
  };
  return self;
}

describe('a calendar feed', () => {
  it('adds what is new, changes what moved, ends what is gone, and says nothing twice', () => {
    const noa = story();
    expect(noa.reads(content(['a', 'b', 'c']))).toBe('apply +3 ~0 -0');
    expect(noa.reads(content(['a', 'b', 'c']))).toBe('unchanged');
    expect(noa.reads(content(['a', 'b', 'd']))).toBe('apply +1 ~0 -1');
    expect(noa.reads(content(['b', 'a', 'd']))).toBe('apply +0 ~2 -0');
    expect(new Set(noa.keys())).toEqual(new Set(['a@2', 'b@2', 'd']));
  });

  it('that is cut off deletes nothing, not even when its owner says so', () => {
    const noa = story();
    noa.reads(content(['a', 'b', 'c']));
    expect(noa.reads(content(['a'], { isComplete: false }))).toBe('keep truncated 2/3');
    expect(noa.reads(content(['a'], { isComplete: false }), true)).toBe('keep truncated 2/3');
    expect(noa.keys()).toEqual(['a', 'b', 'c']);
  });

  it('that is empty deletes nothing until its owner says that it is right', () => {
    const noa = story();
    expect(noa.reads(content([]))).toBe('unchanged');
    noa.reads(content(['a', 'b', 'c']));
    expect(noa.reads(content([]))).toBe('keep empty 3/3');
    expect(noa.reads(content([]), true)).toBe('apply +0 ~0 -3');
    expect(noa.reads(content([]))).toBe('unchanged');
  });

  it('that has lost more than half deletes nothing, half is news', () => {
    const noa = story();
    noa.reads(content(['a', 'b', 'c', 'd']));
    expect(noa.reads(content(['a']))).toBe('keep mostly_gone 3/4');
    expect(noa.reads(content(['a', 'b']))).toBe('apply +0 ~0 -2');
  });

  it('may cancel as much as it says itself', () => {
    const noa = story();
    noa.reads(content(['a', 'b', 'c']));
    expect(noa.reads(content(['a'], { events: 3, cancelled: ['b', 'c'] }))).toBe('apply +0 ~0 -2');
  });

  it('loses nothing by what is over', () => {
    const noa = story();
    noa.reads(content(['a', 'b', 'c']));
    noa.now = start + 20 * dayMs;
    const rest = content(['a', 'b', 'c']);
    expect(noa.reads({ ...rest, occurrences: rest.occurrences.slice(2) })).toBe('unchanged');
  });

  it('does not bring back what the person has taken back, but as tentative when it has other times', () => {
    const noa = story();
    noa.reads(content(['a', 'b']));
    noa.does({ type: 'withdraw', window: 'calendar:f1:a' }, 'noa');
    expect(noa.reads(content(['a', 'b']))).toBe('unchanged');
    expect(noa.reads(content(['b', 'a']))).toBe('apply +1 ~1 -0');
    expect(liveOf(noa.state.windows).find(({ id }) => id.startsWith('calendar:f1:a'))?.certain).toBe(false);
  });

  it('keeps its hands off other feeds, and other sources', () => {
    const noa = story();
    noa.does(
      { type: 'mark_unavailable', window: 'w', effect: 'hard', certain: true, from: start, to: null, source: 'self' },
      'noa',
    );
    const other = feedWindows(content(['x', 'y']), { ...settings, feed: 'f10' }, 'noa', start);
    noa.does({ type: 'apply_calendar', feed: 'f10', windows: other });
    noa.reads(content(['a']));
    expect(noa.reads(content([]), true)).toBe('apply +0 ~0 -1');
    expect(noa.keys().length).toBe(3);
  });
});

describe('windows of a feed', () => {
  const one = { key: 'a', from: start + dayMs, to: start + 2 * dayMs };
  const windows = (occurrence: FeedContent['occurrences'][number]) =>
    feedWindows(content([], { occurrences: [occurrence] }), settings, 'noa', start);

  it('are certain or tentative, never free, and open when they end in more than two years', () => {
    expect(windows({ ...one, busy: 'busy' })[0]).toMatchObject({
      certain: true,
      to: one.to,
      effect: 'hard',
      source: 'calendar',
    });
    expect(windows({ ...one, busy: 'tentative' })[0]?.certain).toBe(false);
    expect(windows({ ...one, busy: 'free' })).toEqual([]);
    expect(windows({ ...one, to: start + 800 * dayMs, busy: 'busy' })[0]?.to).toBeNull();
    expect(windows({ key: 'a', from: start - 2 * dayMs, to: start, busy: 'busy' })).toEqual([]);
  });

  it('reach as far as is planned', () => {
    const { from, to } = feedHorizon(start);
    expect([from, to - from]).toEqual([start, 97 * dayMs]);
  });
});
