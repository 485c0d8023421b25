import { expect, it } from 'vitest';
import { minuteMs } from '../../src/oncall/time.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

const noUpdate = { type: 'remind', reminder: 'no_update' } as const;

function dueOf(s: Story): number | undefined {
  return s.effects.findLast(({ effect }) => effect.kind === 'timer.reminder' && effect.reminder === 'no_update')?.due;
}

it('a worse severity is reminded by its own interval, not by the longer one of before', () => {
  const s = story();
  s.does({ ...declareSev1, severity: 'sev4' }, by('noa'));
  expect(dueOf(s)).toBe(s.now + 24 * 60 * minuteMs);
  s.passes(5);
  s.does({ type: 'change_severity', to: 'sev1' }, by('noa'));
  expect(dueOf(s)).toBe(s.now + 15 * minuteMs);
  expect(new Set(s.effects.flatMap(({ coalesce }) => coalesce?.match(/no_update.*/) ?? [])).size).toBe(2);
});

it('two timers of one reminder remind once', () => {
  const s = story();
  s.does(declareSev1, by('noa'));
  s.passes(20);
  expect(s.does(noUpdate)).toEqual(['reminder_sent']);
  expect(s.does(noUpdate)).toEqual([]);
  s.passes(20);
  expect(s.does(noUpdate)).toEqual(['reminder_sent']);
});

it('an update puts the reminder off', () => {
  const s = story();
  s.does(declareSev1, by('noa'));
  s.passes(15);
  s.does({ type: 'post_update', text: 'rolling back' }, by('noa'));
  s.passes(10);
  expect(s.does(noUpdate)).toEqual([]);
  s.passes(10);
  expect(s.does(noUpdate)).toEqual(['reminder_sent']);
});
