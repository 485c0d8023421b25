import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../src/incident/timeline.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

const handOver = { type: 'hand_over_roles', person: 'alma' } as const;

/** Alma leads and keeps the record; Beni has acknowledged. */
function led(): Story {
  const night = story();
  night.does(declareSev1, by('noa'));
  night.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('beni'));
  night.does({ type: 'assign_role', role: 'lead', person: 'alma' }, by('alma'));
  night.does({ type: 'assign_role', role: 'scribe', person: 'alma' }, by('alma'));
  night.facts = onCallFacts([away('alma', sundayMorning)]);
  return night;
}

describe('the roles of somebody who cannot answer any more', () => {
  it('go to whoever holds the incident, as far as the lead is concerned; the others are open', () => {
    const night = led();
    expect(night.does(handOver)).toEqual(['role_assigned', 'role_released']);
    expect(night.incident().roles).toEqual({ lead: 'beni' });
  });

  it('are open when nobody who can answer holds the incident, and somebody is reminded of the lead', () => {
    const night = led();
    night.facts = onCallFacts([away('alma', sundayMorning), away('beni', sundayMorning)]);
    const before = night.effects.length;
    expect(night.does(handOver)).toEqual(['role_released', 'role_released']);
    expect(night.incident().roles).toEqual({});
    const kinds = night.effects.slice(before).map(({ effect }) => effect.kind);
    expect(kinds.filter((kind) => kind === 'slack.post_event')).toHaveLength(2);
    expect(kinds).toContain('timer.reminder');
  });

  it('stay with somebody who can answer', () => {
    const night = led();
    night.facts = onCallFacts();
    expect(night.does(handOver)).toEqual([]);
  });

  it('are handed over once, and not any more when the incident is over', () => {
    const night = led();
    night.does(handOver);
    expect(night.does(handOver)).toEqual([]);
    const over = led();
    over.does({ type: 'resolve' }, by('beni'));
    expect(over.does(handOver)).toEqual([]);
    expect(over.incident().roles).toEqual({ lead: 'alma', scribe: 'alma' });
  });

  it('move without a word about whose they were', () => {
    const night = led();
    const before = night.history.length;
    night.does(handOver);
    const told = timelineOf(night.history.slice(before));
    expect(told.map(({ data }) => data)).toEqual([{ role: 'lead', person: 'beni' }, { role: 'scribe' }]);
    expect(told.every(({ actor }) => actor.kind === 'automation')).toBe(true);
  });
});
