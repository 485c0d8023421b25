import { describe, expect, it } from 'vitest';
import { hindrance } from '../../src/incident/before-sending.ts';
import { dayMs, minuteMs } from '../../src/oncall/time.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

function paged(facts = onCallFacts()): Story {
  const s = story({ facts });
  s.does(declareSev1, by('noa'));
  return s;
}

function against(s: Story, afterMs: number, facts = s.facts) {
  const delivery = s.page().deliveries.at(-1);
  if (delivery === undefined) throw new Error('nobody is asked');
  return hindrance(s.incident(), s.page(), delivery, facts, sundayMorning + afterMs);
}

describe('right before a page is handed over', () => {
  it('nothing stands against it while nothing has changed, however long it had to wait', () => {
    expect(against(paged(), 0)).toBeUndefined();
    expect(against(paged(), 3 * dayMs)).toBeUndefined();
  });

  it('whoever has become unavailable is not asked', () => {
    expect(against(paged(), 0, onCallFacts([away('alma', sundayMorning)]))).toBe('unavailable');
  });

  it('edge case 45: a page that had to wait goes to whoever is on duty by now, and not to whoever was then', () => {
    expect(against(paged(), 7 * dayMs)).toBe('superseded');
    const s = paged();
    s.now += 7 * dayMs;
    s.does({ type: 'delivery_failed', delivery: 'INC-1/p1/d1', because: 'superseded' });
    expect(s.asked()).toEqual(['beni']);
  });

  it('one that was decided just now stays, also when the first person comes back in between', () => {
    const s = paged(onCallFacts([away('alma', sundayMorning - 1)]));
    expect(s.asked()).toEqual(['beni']);
    expect(against(s, minuteMs, onCallFacts())).toBeUndefined();
  });

  it('whoever stands in for somebody who said "I can’t" stays, however long the page had to wait', () => {
    const s = paged();
    s.does({ type: 'decline', page: 'INC-1/p1' }, by('alma'));
    expect(s.asked()).toEqual(['beni']);
    expect(against(s, 10 * minuteMs)).toBeUndefined();
  });

  it('whoever was chosen is better than nobody', () => {
    const s = paged();
    const { catalog } = s.facts;
    const nobody = { ...s.facts, catalog: { ...catalog, schedules: {} } };
    expect(against(s, 10 * minuteMs, nobody)).toBeUndefined();
  });

  it('a channel is always asked', () => {
    const everyone = ['alma', 'beni', 'carmel', 'dana', 'noa'].map((who) => away(who, sundayMorning - 1));
    expect(against(paged(onCallFacts(everyone)), 7 * dayMs)).toBeUndefined();
  });
});
