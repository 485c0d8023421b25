import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { materialise, plannedAheadMs, refreshedEveryMs, rulesCommand } from '../../src/oncall/materialise.ts';
import { cycleOf, weekOnWeekOff, type PersonalRule } from '../../src/oncall/personal-rules.ts';
import { decidePerson, evolvePerson, newPerson } from '../../src/oncall/person-rules.ts';
import type { PersonCommand, PersonState } from '../../src/oncall/person.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { timelineOfWindows, stretchAt, type Timeline } from '../../src/oncall/timeline.ts';
import { dayMs, hourMs, toIsoInZone } from '../../src/oncall/time.ts';
import { liveOf, type AvailabilityWindow } from '../../src/oncall/windows.ts';
import { at } from './world.ts';

const zone = 'Asia/Jerusalem';
const tuesday: PersonalRule = {
  kind: 'weekly',
  id: 'k3x9aa',
  days: ['tue'],
  from: '14:00',
  to: '17:00',
  effect: 'hard',
  zone,
};
const night: PersonalRule = {
  kind: 'quiet_hours',
  id: 'q7y1bb',
  days: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  from: '23:00',
  to: '07:00',
  zone,
};
const shabbat: PersonalRule = {
  kind: 'observance',
  id: 's5z2cc',
  where: { city: 'jerusalem' },
  shabbat: true,
  festivals: true,
  effect: 'soft',
  letsThrough: ['sev1'],
};

function windows(rule: PersonalRule, from: string, to: string, own: readonly AvailabilityWindow[] = []) {
  return materialise(rule, { from: at(from), to: at(to) }, 'noa', own);
}

function shown(all: readonly AvailabilityWindow[]): string[] {
  return all.map(({ from, to }) => `${local(from)} ${to === null ? 'open' : local(to)}`);
}

function local(atMs: number): string {
  return toIsoInZone(atMs, zone).slice(0, 16);
}

/** Noa, her windows, and what is said to her stream. */
function story() {
  let state: PersonState = newPerson('noa');
  let sequence = 0;
  const self = {
    now: at('2026-11-22T08:00+02:00'),
    get state() {
      return state;
    },
    does(command: PersonCommand | undefined, by?: 'noa'): number {
      if (command === undefined) return 0;
      const actor = by === undefined ? automation : ({ kind: 'person', person: by } as const);
      const decision = decidePerson(command, state, self.now, actor);
      if (!decision.accepted) throw new Error(decision.refusal.code);
      for (const event of decision.events) {
        sequence += 1;
        state = evolvePerson(state, { sequence, happenedAt: self.now, recordedAt: self.now, actor, event });
      }
      return decision.events.length;
    },
    timeline: (): Timeline => timelineOfWindows(state.windows),
    live: () => liveOf(state.windows),
  };
  return self;
}

describe('every Tuesday from 14 to 17', () => {
  it('is at that time on the wall, before and after the clock is moved', () => {
    expect(shown(windows(tuesday, '2026-10-18T00:00Z', '2026-11-01T00:00Z'))).toEqual([
      '2026-10-20T14:00 2026-10-20T17:00',
      '2026-10-27T14:00 2026-10-27T17:00',
    ]);
  });

  it('holds from the day and to the day that it says', () => {
    const rule = { ...tuesday, since: '2026-10-27', until: '2026-11-03' } as const;
    expect(shown(windows(rule, '2026-10-01T00:00Z', '2026-12-01T00:00Z')).map((text) => text.slice(0, 10))).toEqual([
      '2026-10-27',
      '2026-11-03',
    ]);
  });

  it('is written in ids that tell the rule by its opaque id alone', () => {
    const [window] = windows(tuesday, '2026-10-18T00:00Z', '2026-10-25T00:00Z');
    expect(window?.id).toBe(`rule:k3x9aa:${at('2026-10-20T14:00+03:00') / 1000}`);
    expect([window?.source, window?.effect, window?.certain]).toEqual(['personal', 'hard', true]);
    expect(
      JSON.stringify(
        [tuesday, night, shabbat].flatMap((rule) => windows(rule, '2026-10-18T00:00Z', '2026-11-18T00:00Z')),
      ),
    ).not.toMatch(/weekly|quiet|observ|shabbat|festival|jerusalem/i);
  });
});

describe('quiet hours', () => {
  it('run over midnight, an hour longer or shorter when the clock is moved, and yield to duty', () => {
    const [long] = windows(night, '2026-10-24T20:00Z', '2026-10-24T21:00Z');
    const [short] = windows(night, '2027-03-25T21:00Z', '2027-03-25T22:00Z');
    expect([long, short].map((window) => ((window?.to ?? 0) - (window?.from ?? 0)) / hourMs)).toEqual([9, 7]);
    expect([long?.effect, long?.yieldsToDuty]).toEqual(['soft', true]);
  });
});

describe('Shabbat and festivals', () => {
  it('are the blocks of the city, with what they let through', () => {
    const [festival, next] = windows(shabbat, '2026-09-11T00:00Z', '2026-09-20T00:00Z');
    expect(shown(festival === undefined ? [] : [festival])).toEqual(['2026-09-11T18:10 2026-09-13T19:24']);
    expect([festival?.effect, festival?.letsThrough, festival?.yieldsToDuty]).toEqual(['soft', ['sev1'], undefined]);
    expect(next?.id).not.toBe(festival?.id);
  });

  it('go by the minutes, custom and coordinates that the person gives', () => {
    const place = { latitude: 31.76904, longitude: 35.21633, zone };
    const own: PersonalRule = { ...shabbat, where: { place }, minutesBeforeSunset: 18, custom: 'israel' };
    const [mine] = windows(own, '2026-11-27T00:00Z', '2026-11-28T00:00Z');
    const [citys] = windows(shabbat, '2026-11-27T00:00Z', '2026-11-28T00:00Z');
    expect((mine?.from ?? 0) - (citys?.from ?? 0)).toBe(22 * 60_000);
  });
});

describe('home leave', () => {
  const service: AvailabilityWindow = {
    id: 'w1',
    person: 'noa',
    effect: 'hard',
    certain: true,
    from: at('2026-11-22T08:00+02:00'),
    to: at('2026-12-20T12:00+02:00'),
    cancelled: false,
    source: 'self',
  };
  const leave: PersonalRule = {
    kind: 'home_leave',
    id: 'h4w8dd',
    carves: 'w1',
    zone,
    pattern: cycleOf('10/4', '2026-11-22', '12:00') ?? weekOnWeekOff('2026-11-22'),
    asked: 'last',
  };

  it('comes after ten days for four, within its absence, and asks last', () => {
    const all = windows(leave, '2026-11-22T00:00Z', '2027-02-01T00:00Z', [service]);
    expect(shown(all.filter(({ effect }) => effect === 'free'))).toEqual([
      '2026-12-02T12:00 2026-12-06T12:00',
      '2026-12-16T12:00 2026-12-20T12:00',
    ]);
    expect(all.filter(({ effect }) => effect === 'soft').map(({ from, to }) => [from, to])).toEqual(
      all.filter(({ effect }) => effect === 'free').map(({ from, to }) => [from, to]),
    );
    const timeline = timelineOfWindows([service, ...all]);
    const state = (text: string) => timeline[stretchAt(timeline, at(text))];
    expect([state('2026-12-01T00:00Z')?.isHard, state('2026-12-03T00:00Z')?.isHard]).toEqual([true, false]);
    expect([state('2026-12-03T00:00Z')?.asksLast.length, state('2026-12-21T00:00Z')?.asksLast.length]).toEqual([4, 0]);
  });

  it('asks in order when the person has said so, and carves nothing else', () => {
    const sick = { ...service, id: 'w2' };
    const all = windows({ ...leave, asked: 'in_order' }, '2026-11-22T00:00Z', '2027-02-01T00:00Z', [service, sick]);
    expect(all.every(({ effect, carves }) => effect === 'free' && carves === 'w1')).toBe(true);
    const timeline = timelineOfWindows([service, sick, ...all]);
    expect(timeline[stretchAt(timeline, at('2026-12-03T00:00Z'))]?.isHard).toBe(true);
  });

  it('by days of the week is what it says', () => {
    const weekends: PersonalRule = { ...leave, pattern: { kind: 'weekly', days: ['thu'], from: '16:00', to: '08:00' } };
    expect(
      shown(windows(weekends, '2026-11-22T00:00Z', '2026-12-05T00:00Z', [service])).filter(
        (_, index) => index % 2 === 0,
      ),
    ).toEqual(['2026-11-26T16:00 2026-11-27T08:00', '2026-12-03T16:00 2026-12-04T08:00']);
  });

  it('ends with the absence, follows it when it is made longer, and does not come without one', () => {
    const noa = story();
    const absence = { window: 'w1', effect: 'hard', certain: true, from: noa.now, to: null, source: 'self' } as const;
    noa.does({ type: 'mark_unavailable', ...absence }, 'noa');
    const apply = () => noa.does(rulesCommand([leave], noa.state, noa.now));
    const planned = apply();
    expect(planned).toBeGreaterThan(8);
    expect(apply()).toBe(0);
    noa.does({ type: 'change_window', window: 'w1', id: 'w1b', to: noa.now + 12 * dayMs }, 'noa');
    apply();
    const ends = noa.live().map(({ to }) => to ?? Infinity);
    expect(Math.max(...ends)).toBe(noa.now + 12 * dayMs);
    const homeAt = (atMs: number) => noa.timeline()[stretchAt(noa.timeline(), atMs)]?.isHard === false;
    expect([9, 11, 13].map((day) => homeAt(noa.now + day * dayMs))).toEqual([false, true, true]);
    expect(noa.timeline().at(-1)).toMatchObject({ from: noa.now + 12 * dayMs, isHard: false, asksLast: [] });
    noa.now += dayMs;
    noa.does({ type: 'mark_available' }, 'noa');
    apply();
    noa.now += 1;
    expect(noa.live().filter(({ to }) => to === null || to > noa.now)).toEqual([]);
  });

  it.each(['10/0', '0/4', '10-4', '99/4', ''])('is no pattern: %s', (text) => {
    expect(cycleOf(text, '2026-11-22')).toBeUndefined();
  });
});

describe('rules made into windows', () => {
  const rules = [tuesday, night, shabbat];

  it('give the same windows from any day on, whole and never clipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 }), fc.integer({ min: 1, max: 40 * 24 }), (hour, hours) => {
        const from = at('2026-03-01T00:00Z') + hour * hourMs;
        const horizon = { from, to: from + hours * hourMs };
        for (const rule of rules) {
          const part = materialise(rule, horizon, 'noa', []);
          const all = materialise(rule, { from: from - 20 * dayMs, to: horizon.to + 20 * dayMs }, 'noa', []);
          expect(part).toEqual(all.filter((window) => window.from < horizon.to && (window.to ?? 0) > from));
          expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are news once, then a week at a time, and always reach as far as is planned', () => {
    const noa = story();
    const first = noa.does(rulesCommand(rules, noa.state, noa.now));
    expect(first).toBeGreaterThan(100);
    expect(rulesCommand(rules, noa.state, noa.now)).toBeUndefined();
    for (let week = 0; week < 6; week += 1) {
      const quiet = noa.live().filter(({ id }) => id.startsWith('rule:q7y1bb'));
      expect(Math.max(...quiet.map(({ to }) => to ?? 0))).toBeGreaterThan(noa.now + plannedAheadMs);
      noa.now += refreshedEveryMs;
      const before = noa.live().length;
      const more = noa.does(rulesCommand(rules, noa.state, noa.now));
      // A week of nights, a Tuesday and a block or two; nothing is taken back or changed.
      expect(more).toBeGreaterThanOrEqual(9);
      expect(more).toBeLessThanOrEqual(11);
      expect(noa.live().length).toBe(before + more);
    }
  });

  it('take back what is ahead when a rule is dropped, and leave what has passed', () => {
    const noa = story();
    noa.does(rulesCommand(rules, noa.state, noa.now));
    noa.now += 10 * dayMs + 3 * hourMs;
    noa.does(rulesCommand([tuesday, shabbat], noa.state, noa.now));
    const nights = noa.live().filter(({ id }) => id.startsWith('rule:q7y1bb'));
    expect(nights.length).toBeGreaterThan(8);
    expect(nights.every(({ to }) => (to ?? Infinity) <= noa.now)).toBe(true);
  });
});
