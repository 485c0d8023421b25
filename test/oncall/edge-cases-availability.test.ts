import { describe, expect, it } from 'vitest';
import { parseAbsences } from '../../src/config/absences.ts';
import { available } from '../../src/oncall/available.ts';
import { candidates } from '../../src/oncall/candidates.ts';
import type { Override } from '../../src/oncall/catalog.ts';
import { cities } from '../../src/oncall/cities.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { openSpans, weeklyWindow } from '../../src/oncall/layer-windows.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { lastResort, resolveStep } from '../../src/oncall/policy.ts';
import { restBlocks } from '../../src/oncall/rest-times.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { dayMs, hourMs, minuteMs, toIsoInZone } from '../../src/oncall/time.ts';
import { offsetsBetween } from '../../src/oncall/wall-clock.ts';
import { away as awayCommand, entry, person as personStory } from './person-world.ts';
import { at, away, facts, layer, person, schedule, type World } from './world.ts';

/** Alma has the week of 1 November, then Beni, then Carmel; Dana has a schedule of her own. */
const monday = at('2026-11-02T10:00+02:00');
const week = { from: at('2026-11-01T09:00+02:00'), to: at('2026-11-08T09:00+02:00') };
const payments = schedule('payments', [layer(['alma', 'beni', 'carmel'])]);
const search = schedule('search', [layer(['dana', 'alma'])]);

function world(more: World = {}): OnCallFacts {
  return facts({ schedules: [payments, search], lastResort: [{ kind: 'channel', channel: '#incidents' }], ...more });
}

function asked(given: OnCallFacts, when = monday, of = 'payments'): (string | null)[] {
  return onDuty(given, of, when, 'sev1').map((row) => row.person);
}

const replace = (insteadOf: string, by: string, of = 'payments') => ({
  schedule: of,
  override: { ...week, kind: 'replace', person: by, insteadOf } satisfies Override,
});

describe('covers', () => {
  it('edge case 4: follow a chain, from an override to its override and to the cover of one who is absent', () => {
    const overrides = [replace('alma', 'dana'), replace('dana', 'carmel')];
    expect(asked(world({ overrides }))).toEqual(['carmel']);
    expect(asked(world({ overrides, windows: [away('carmel', week.from, null)] }))).toEqual(['alma']);
    const alone = [away('alma', week.from, null), away('beni', week.from, null)];
    expect(asked(world({ windows: alone }))).toEqual(['carmel']);
  });

  it('edge case 5: end a cycle, or a cover of oneself, as nobody, and the next step is asked', () => {
    const policy = {
      steps: ['payments', 'search'].map((of) => ({
        notify: [{ kind: 'schedule', schedule: of } as const],
        waitMs: 5 * minuteMs,
      })),
      lastResort: [],
    };
    for (const overrides of [[replace('alma', 'beni'), replace('beni', 'alma')], [replace('alma', 'alma')]]) {
      const given = world({ overrides });
      expect(asked(given)).toEqual([null]);
      expect(resolveStep(given, policy, 0, monday, 'sev1').people).toEqual([]);
      expect(resolveStep(given, policy, 1, monday, 'sev1').people.map((one) => one.person)).toEqual(['dana']);
    }
  });
});

describe('an absence', () => {
  it('edge case 8: is hard or soft, and that is not the same', () => {
    const soft = away('alma', week.from, null, { effect: 'soft' });
    expect(asked(world({ windows: [soft] }))).toEqual(['alma']);
    expect(available(world({ windows: [soft] }), 'alma', monday, 'sev1').state).toBe('last');
    expect(asked(world({ windows: [away('alma', week.from, null)] }))).toEqual(['beni']);
  });

  it('edge case 9: for Shabbat begins and ends by the place of the person, and runs on into a festival beside it', () => {
    const keeps = { custom: 'israel', shabbat: true, festivals: true } as const;
    const [from, to] = [at('2026-09-11T00:00Z'), at('2026-09-14T12:00Z')];
    const inJerusalem = { ...keeps, place: cities.jerusalem, minutesBeforeSunset: 40 };
    const inTelAviv = { ...keeps, place: cities['tel-aviv'], minutesBeforeSunset: 20 };
    // Rosh Hashana 5787 is Shabbat and Sunday: one block of 49 hours, and not two with a gap.
    const [[jerusalem, ...more], [telAviv]] = [restBlocks(inJerusalem, from, to), restBlocks(inTelAviv, from, to)];
    expect(more).toEqual([]);
    expect(((jerusalem?.to ?? 0) - (jerusalem?.from ?? 0)) / hourMs).toBeGreaterThan(48.5);
    expect(telAviv?.from).toBeGreaterThan((jerusalem?.from ?? 0) + 15 * minuteMs);
  });

  it('edge case 10: may let single severities through, and by default lets none', () => {
    const rest = away('alma', week.from, week.to, { effect: 'soft', letsThrough: ['sev1'] });
    const opensFor = (severity: 'sev1' | 'sev2') =>
      available(world({ windows: [rest] }), 'alma', monday, severity).state;
    expect([opensFor('sev1'), opensFor('sev2')]).toEqual(['yes', 'last']);
    const closed = away('beni', week.from, week.to, { effect: 'soft' });
    expect(available(world({ windows: [closed] }), 'beni', monday, 'sev1').state).toBe('last');
  });

  it('edge case 11: keeps its instants when the person travels; what is written afterwards is in the new zone', () => {
    const in_ = (timezone: string) => ({ people: { alma: person('alma', { timezone }) } });
    const text = '- { person: alma, effect: hard, from: "2026-11-03T00:00", to: "2026-11-04T00:00" }';
    const [home, abroad] = ['Asia/Jerusalem', 'America/New_York'].map((zone) => {
      const { catalog } = world();
      return parseAbsences(text, 'absences.yaml', { ...catalog, ...in_(zone) })[0];
    });
    expect((abroad?.from ?? 0) - (home?.from ?? 0)).toBe(7 * hourMs);
    if (home === undefined) throw new Error('nothing was read');
    const given = world({ windows: [home] });
    const travelled = { ...given, catalog: { ...given.catalog, ...in_('America/New_York') } };
    for (const when of [home.from - 1, home.from, (home.to ?? 0) - 1, home.to ?? 0]) {
      expect(available(travelled, 'alma', when, 'sev1')).toEqual(available(given, 'alma', when, 'sev1'));
    }
  });

  it('edge case 12: that repeats by the clock on the wall stays there when the clock is moved', () => {
    const tuesday = weeklyWindow({ days: ['tue'], from: '14:00', to: '17:00' });
    const [from, to] = [at('2026-10-19T00:00Z'), at('2026-11-05T00:00Z')];
    const spans = openSpans([tuesday], offsetsBetween('Asia/Jerusalem', from, to), from, to);
    // The clock goes back on 25 October.
    expect(spans.map((span) => toIsoInZone(span.from, 'Asia/Jerusalem'))).toEqual([
      '2026-10-20T14:00:00+03:00',
      '2026-10-27T14:00:00+02:00',
      '2026-11-03T14:00:00+02:00',
    ]);
    expect(spans.every((span) => span.to - span.from === 3 * hourMs)).toBe(true);
  });

  it('edge case 13: over whole days is midnight to midnight of the person, whatever the zone of the schedule', () => {
    const { catalog } = world();
    const people = { ...catalog.people, alma: person('alma', { timezone: 'America/New_York' }) };
    const text = '- { person: alma, effect: hard, from: "2026-11-03T00:00", to: "2026-11-04T00:00" }';
    const given = {
      ...world({ windows: parseAbsences(text, 'absences.yaml', { ...catalog, people }) }),
      catalog: { ...catalog, people },
    };
    expect(asked(given, at('2026-11-03T06:59+02:00'))).toEqual(['alma']);
    expect(asked(given, at('2026-11-03T07:00+02:00'))).toEqual(['beni']);
    expect(asked(given, at('2026-11-04T06:59+02:00'))).toEqual(['beni']);
    expect(asked(given, at('2026-11-04T07:00+02:00'))).toEqual(['alma']);
  });

  it('edge case 14: without an end has none until the person says so, and no guessed date', () => {
    const open = world({ windows: [away('alma', week.from, null)] });
    expect(available(open, 'alma', monday, 'sev1')).toEqual({ state: 'no', until: null });
    expect(available(open, 'alma', monday + 3_650 * dayMs, 'sev1').state).toBe('no');
    const story = personStory();
    story.does(awayCommand(), 'alma');
    story.now += 400 * dayMs;
    expect(story.isAway()).toBe(true);
    story.does({ type: 'mark_available' }, 'alma');
    expect(story.isAway()).toBe(false);
  });

  it('edge case 15: that is ended, changed or gone from its file later leaves the past as it was', () => {
    const story = personStory();
    story.does({ type: 'apply_file', windows: [entry({ to: story.now + 10 * dayMs })] });
    const began = story.now;
    story.now += 4 * dayMs;
    story.does({ type: 'apply_file', windows: [] });
    expect([story.isAway(began), story.isAway(story.now - 1), story.isAway(story.now)]).toEqual([true, true, false]);
    const back = personStory();
    back.does(awayCommand(), 'alma');
    back.now += 4 * dayMs;
    back.does({ type: 'mark_available' }, 'alma');
    expect([back.isAway(began), back.isAway(back.now - 1), back.isAway(back.now)]).toEqual([true, true, false]);
  });

  it('edge case 16: may overlap and touch others without a hole between them; one without any length is refused', () => {
    const noon = monday + 2 * hourMs;
    const windows = [
      away('alma', monday, noon),
      away('alma', noon, noon + hourMs, { effect: 'soft' }),
      away('alma', noon, noon + 2 * hourMs),
    ];
    const given = world({ windows });
    for (const when of [noon - 1, noon, noon + 1, noon + hourMs]) expect(asked(given, when)).toEqual(['beni']);
    expect(shifts(given, 'payments', monday, noon + 2 * hourMs).map((one) => one.person)).toEqual(['beni']);
    const story = personStory();
    for (const to of [story.now, story.now - hourMs]) {
      expect(story.does(awayCommand({ from: story.now, to }), 'alma')).toBe('window_ends_before_it_starts');
    }
  });

  it('edge case 20: has no field in which a reason could be', () => {
    const story = personStory();
    story.does(awayCommand(), 'alma');
    expect(Object.keys(story.windows()[0] ?? {}).toSorted()).toEqual(
      ['cancelled', 'certain', 'effect', 'from', 'id', 'person', 'source', 'to'].toSorted(),
    );
    const text = '- { person: alma, effect: hard, from: "2026-11-03T00:00", to: null, reason: reserve }';
    expect(() => parseAbsences(text, 'absences.yaml', world().catalog)).toThrow(/reason/);
  });
});

describe('an override', () => {
  it('edge case 17: that puts an absent person on is followed to a cover: hard is never overruled', () => {
    const overrides = [
      { schedule: 'payments', override: { ...week, kind: 'only', person: 'dana' } satisfies Override },
    ];
    expect(asked(world({ overrides }))).toEqual(['dana']);
    const given = world({ overrides, windows: [away('dana', week.from - dayMs, null)] });
    expect(asked(given)).not.toContain('dana');
    expect(onDuty(given, 'payments', monday, 'sev1')).toMatchObject([{ why: 'cover', insteadOf: 'dana' }]);
  });

  it('edge case 18: that names somebody who has left the company is followed to a cover', () => {
    const given = world({ people: ['alma', 'beni', 'carmel'], overrides: [replace('alma', 'zoe')] });
    expect(onDuty(given, 'payments', monday, 'sev1')).toMatchObject([
      {
        person: 'beni',
        why: 'cover',
        excluded: [
          { person: 'zoe', because: 'not_in_catalog' },
          { person: 'alma', because: 'replaced' },
        ],
      },
    ]);
  });

  it('edge case 19: for one of two schedules leaves the other one alone', () => {
    const nextWeek = monday + 7 * dayMs;
    const both = world({ overrides: [] });
    expect([asked(both, monday, 'payments'), asked(both, nextWeek, 'search')]).toEqual([['alma'], ['alma']]);
    const span = { from: week.from, to: week.to + 7 * dayMs };
    const override: Override = { ...span, kind: 'replace', person: 'carmel', insteadOf: 'alma' };
    const given = world({ overrides: [{ schedule: 'payments', override }] });
    expect([asked(given, monday, 'payments'), asked(given, nextWeek, 'search')]).toEqual([['carmel'], ['alma']]);
  });
});

describe('when everybody is absent', () => {
  const windows = ['alma', 'beni', 'carmel', 'dana'].map((who) => away(who, week.from, null));
  const step = { notify: [{ kind: 'schedule', schedule: 'payments' } as const], waitMs: 5 * minuteMs };

  it('edge case 6: a step is empty, and behind the policy there is always a channel', () => {
    const policy = { steps: [step], lastResort: [{ kind: 'person', person: 'dana' } as const] };
    expect(resolveStep(world({ windows }), policy, 0, monday, 'sev1').people).toEqual([]);
    expect(lastResort(world({ windows }), policy, monday, 'sev1')).toMatchObject({
      people: [],
      channels: ['#incidents'],
    });
  });

  it('edge case 32: two targets that come to the same cover ask that person once', () => {
    const given = world({ windows: [away('beni', week.from, null), away('dana', week.from, null)] });
    const twice = [
      { kind: 'schedule', schedule: 'search' },
      { kind: 'person', person: 'alma' },
      { kind: 'schedule', schedule: 'payments' },
    ] as const;
    const policy = { steps: [{ notify: twice, waitMs: 5 * minuteMs }], lastResort: [] };
    expect(twice.map((target) => candidates(given, target, monday, 'sev1').inOrder.map((one) => one.person))).toEqual([
      ['alma'],
      ['alma'],
      ['alma'],
    ]);
    expect(resolveStep(given, policy, 0, monday, 'sev1').people.map((one) => one.person)).toEqual(['alma']);
  });
});

describe('a turn', () => {
  it('edge cases 30 and 40: that was given to a cover is neither owed nor moved: whoever is next stays next', () => {
    const given = world({ windows: [away('alma', week.from, week.to)] });
    const turns = [0, 1, 2, 3].map((weeks) => asked(given, monday + weeks * 7 * dayMs)[0]);
    expect(turns).toEqual(['beni', 'beni', 'carmel', 'alma']);
    const everyone = [0, 1, 2, 3].map((weeks) => asked(world(), monday + weeks * 7 * dayMs)[0]);
    expect(everyone).toEqual(['alma', 'beni', 'carmel', 'alma']);
  });
});
