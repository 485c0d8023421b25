import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, minuteMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story } from '../support/story.ts';

const reassess = { type: 'reassess', schedule: 'payments' } as const;

function overridden(override: Override, windows: readonly AvailabilityWindow[] = []): OnCallFacts {
  return { ...onCallFacts(windows), overrides: [{ schedule: 'payments', override }] };
}

const taken: Override = {
  kind: 'replace',
  from: sundayMorning,
  to: sundayMorning + dayMs,
  person: 'carmel',
  insteadOf: 'alma',
};

describe('a running page, when the duty passes to somebody else', () => {
  it('asks them in the same step with its full time, and still takes an answer of whoever was asked before', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.passes(3);
    s.facts = overridden(taken);
    expect(s.does(reassess)).toEqual(['page_escalated', 'page_sent']);
    expect(s.asked()).toEqual(['alma', 'carmel']);
    expect(s.page().at).toEqual({ round: 0, step: 0 });
    expect(s.effects.findLast(({ effect }) => effect.kind === 'timer.step')?.due).toBe(s.now + 5 * minuteMs);
    expect(s.does(reassess)).toEqual([]);
    s.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('alma'));
    expect(s.page().answer).toMatchObject({ kind: 'acknowledged', by: 'alma' });
  });

  it('asks whoever was put on duty beside them', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = overridden({ kind: 'add', from: s.now, to: s.now + dayMs, person: 'dana' });
    s.does(reassess);
    expect(s.asked()).toEqual(['alma', 'dana']);
  });

  it('does not ask again whoever has come back meanwhile, nor who has said that they cannot', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['beni']);
    s.facts = onCallFacts();
    expect(s.does(reassess)).toEqual([]);
    s.facts = overridden(taken);
    s.does({ type: 'decline', page: s.page().id }, by('beni'));
    expect(s.asked()).toEqual(['carmel']);
    expect(s.does(reassess)).toEqual([]);
  });

  it('changes nothing for a page that somebody has, or that asks other people by now', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('alma'));
    s.facts = overridden(taken);
    expect(s.does(reassess)).toEqual([]);
    const other = story();
    other.does(declareSev1, by('noa'));
    other.facts = overridden(taken);
    expect(other.does({ type: 'reassess', schedule: 'backup' })).toEqual([]);
    other.does({ type: 'escalate', page: undefined }, by('noa'));
    expect(other.does(reassess)).toEqual([]);
    expect(other.asked()).toEqual(['dana']);
  });
});
