import { expect, it } from 'vitest';
import { minuteMs } from '../../src/oncall/time.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

function moves(s: Story, to: 'fixing' | 'monitoring'): void {
  s.passes(10);
  s.does({ type: 'change_status', to }, by('alma'));
}

function declared(): Story {
  const s = story();
  s.does(declareSev1, by('noa'));
  return s;
}

it('mitigated is when it came to be only monitored', () => {
  const s = declared();
  moves(s, 'monitoring');
  expect(s.incident().milestones.mitigated).toBe(s.now);
});

it('work that starts again shows that it was not mitigated', () => {
  const s = declared();
  moves(s, 'monitoring');
  moves(s, 'fixing');
  expect(s.incident().milestones.mitigated).toBeUndefined();
  s.passes(10);
  s.does({ type: 'resolve' }, by('alma'));
  expect(s.incident().milestones.mitigated).toBeUndefined();
});

it('what a person has said of when it was mitigated is not overwritten by the status', () => {
  const s = declared();
  s.passes(20);
  const at = s.now - 5 * minuteMs;
  s.does({ type: 'set_milestone', milestone: 'mitigated', at }, by('alma'));
  moves(s, 'monitoring');
  expect(s.incident().milestones.mitigated).toBe(at);
});

it('reopening takes back why it was cancelled', () => {
  const s = declared();
  s.does({ type: 'cancel', reason: 'duplicate' }, by('alma'));
  s.does({ type: 'reopen', reason: 'it is another one' }, by('alma'));
  expect(s.incident()).toMatchObject({ status: 'investigating', cancelReason: undefined });
});
