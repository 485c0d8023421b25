import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { watchDuty } from '../../src/oncall/duty-watch.ts';
import { reactDuty } from '../../src/oncall/duty-effects.ts';
import type { ScheduleEvent } from '../../src/oncall/schedule.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { by, monday, nextWeekEnd, replace, scheduleWorld, weekEnd } from './schedule-world.ts';
import { away } from './world.ts';

type Noted = Extract<ScheduleEvent, { type: 'duty_noted' }>;

function watched(windows: readonly AvailabilityWindow[] = []) {
  const world = scheduleWorld(windows);
  const look = (atMs: number): Noted | undefined => {
    const before = world.history.length;
    world.does({ type: 'look_at_duty' }, atMs);
    const event = world.history.slice(before).at(-1)?.event;
    return event?.type === 'duty_noted' ? event : undefined;
  };
  return { ...world, look };
}

const nobody = { cameOn: [], wentOff: [], coming: [], changed: [] };

describe('watching who is on duty', () => {
  it('notes the first look without telling anybody', () => {
    const world = watched();
    expect(world.look(monday)).toMatchObject({ ...nobody, duty: { onDuty: ['alma'], next: monday + dayMs } });
  });

  it('writes nothing down where nothing is new, however often it looks', () => {
    const world = watched();
    world.look(monday);
    for (const later of [0, minuteMs, hourMs, 23 * hourMs]) expect(world.look(monday + later)).toBeUndefined();
  });

  it('tells a hand-off once, to who comes on and who goes off, and looks again at the next', () => {
    const world = watched();
    world.look(weekEnd - hourMs);
    expect(world.state().duty?.next).toBe(weekEnd);
    const noted = world.look(weekEnd);
    expect(noted).toMatchObject({ wentOff: ['alma'], duty: { onDuty: ['beni'] } });
    expect(noted?.cameOn).toMatchObject([{ person: 'beni', from: weekEnd, to: nextWeekEnd }]);
    expect(world.look(weekEnd)).toBeUndefined();
  });

  it('tells the present hand-off alone after a long time without looking', () => {
    const world = watched();
    world.look(monday);
    const noted = world.look(nextWeekEnd + 3 * hourMs);
    expect(noted?.cameOn.map(({ person }) => person)).toEqual(['carmel']);
    expect(noted).toMatchObject({ wentOff: ['alma'], coming: [], changed: [] });
  });

  it('reminds of a shift a day before it begins, once', () => {
    const world = watched();
    world.look(weekEnd - 2 * dayMs);
    expect(world.look(weekEnd - dayMs - 1)?.coming ?? []).toEqual([]);
    const noted = world.look(weekEnd - dayMs);
    expect(noted?.coming).toMatchObject([{ person: 'beni', from: weekEnd }]);
    expect(world.look(weekEnd - dayMs + minuteMs)).toBeUndefined();
    expect(world.look(weekEnd - hourMs)?.coming ?? []).toEqual([]);
  });

  it('looks again in time for the reminder', () => {
    const world = watched();
    world.look(weekEnd - 2 * dayMs + hourMs);
    expect(world.state().duty?.next).toBe(weekEnd - dayMs);
  });

  it('tells whoever an absence puts on duty within a week, and not whoever is away', () => {
    const world = watched();
    world.look(monday);
    const absence = away('alma', monday + 2 * dayMs, monday + 3 * dayMs);
    const noted = watchDuty(world.state(), { ...world.facts(), windows: [absence] }, monday);
    expect(noted).toMatchObject({ cameOn: [], wentOff: [], changed: ['beni'] });
    const far = away('alma', monday + 5 * dayMs, null);
    const both = watchDuty(world.state(), { ...world.facts(), windows: [absence, far] }, monday);
    expect(both?.changed).toEqual(['beni']);
  });

  it('does not tell as a change what the hand-off of this moment says', () => {
    const world = watched();
    world.look(monday);
    const noted = watchDuty(world.state(), { ...world.facts(), windows: [away('alma', monday, null)] }, monday + 1);
    expect(noted).toMatchObject({ wentOff: ['alma'], changed: [] });
    expect(noted?.cameOn.map(({ person }) => person)).toEqual(['beni']);
  });

  it('does not tell people of what they took over themselves, and tells them of what others gave to them', () => {
    const world = watched();
    world.look(monday);
    const span = { from: monday + 2 * dayMs, to: monday + 3 * dayMs };
    const override = { kind: 'replace', ...span, person: 'beni', insteadOf: 'alma' } as const;
    world.does(replace('own', 'beni', 'alma', { override }), monday, by('beni'));
    expect(world.look(monday)?.changed).toEqual([]);
    const given = { ...override, person: 'carmel', insteadOf: 'beni' } as const;
    world.does(replace('given', 'carmel', 'beni', { override: given, origin: 'by_hand' }), monday, by('dana'));
    expect(world.look(monday)?.changed).toEqual(['carmel']);
  });

  it('has news for Slack when another user group is to follow, and for nobody else', () => {
    const world = watched();
    world.look(monday);
    const { catalog, ...rest } = world.facts();
    const schedules = Object.fromEntries(
      Object.entries(catalog.schedules).map(([id, one]) => [id, { ...one, userGroup: 'oncall' }]),
    );
    const noted = watchDuty(world.state(), { ...rest, catalog: { ...catalog, schedules } }, monday);
    expect(noted).toMatchObject({ ...nobody, duty: { userGroup: 'oncall' } });
  });

  it('has nothing to say of a schedule that the catalog no longer has', () => {
    const world = watched();
    world.look(monday);
    const { catalog, ...rest } = world.facts();
    expect(watchDuty(world.state(), { ...rest, catalog: { ...catalog, schedules: {} } }, weekEnd)).toBeUndefined();
  });

  it('says at every look what the resolver says, and always plans another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ after: fc.integer({ min: 0, max: 9 * 24 }), who: fc.constantFrom('alma', 'beni') }), {
          maxLength: 12,
        }),
        (steps) => {
          const world = watched([away('beni', monday + 7 * dayMs, monday + 9 * dayMs)]);
          let at = monday;
          for (const { after, who } of steps) {
            at += after * hourMs;
            const other = who === 'alma' ? 'beni' : 'alma';
            const override = { kind: 'replace', from: at, to: at + dayMs, person: who, insteadOf: other } as const;
            world.does(replace(`o${at}${who}`, who, other, { override }), at, by(who));
            world.look(at);
            const { duty } = world.state();
            const rows = onDuty(world.facts(), 's', at, 'sev1').flatMap(({ person }) => person ?? []);
            expect(duty?.onDuty).toEqual(rows.toSorted());
            expect(duty?.next).toBeGreaterThan(at);
            expect(world.look(at)).toBeUndefined();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what watching leads to', () => {
  it('keeps one chain of looks: each that has news plans the next', () => {
    const world = watched();
    world.look(weekEnd - hourMs);
    world.look(weekEnd);
    const planned = world.history.flatMap((recorded) => reactDuty(recorded, world.state()));
    const looks = planned.filter(({ effect }) => effect.kind === 'timer.hand_off');
    expect(looks.map(({ due }) => due)).toEqual([weekEnd, weekEnd + dayMs]);
    expect(new Set(looks.map(({ lane }) => lane)).size).toBe(looks.length);
  });

  it('asks everybody of an offer at once, and tells who asked what came of it', () => {
    const world = scheduleWorld();
    world.does(
      {
        type: 'offer',
        id: 'f',
        kind: 'cover',
        from: monday,
        to: weekEnd,
        insteadOf: 'alma',
        asked: ['beni', 'carmel'],
        assignAt: null,
      },
      monday,
      by('alma'),
    );
    world.does({ type: 'accept_offer', offer: 'f', person: 'beni' }, monday, by('beni'));
    const effects = world.history.flatMap((recorded) => reactDuty(recorded, world.state())).map(({ effect }) => effect);
    expect(effects).toEqual([
      { kind: 'slack.offer', schedule: 's', offer: 'f', person: 'beni' },
      { kind: 'slack.offer', schedule: 's', offer: 'f', person: 'carmel' },
      { kind: 'slack.update_offer', schedule: 's', offer: 'f' },
      { kind: 'slack.offer_outcome', schedule: 's', offer: 'f' },
      { kind: 'timer.hand_off', schedule: 's', at: monday },
      { kind: 'slack.refresh_home', person: 'beni' },
      { kind: 'slack.refresh_home', person: 'alma' },
    ]);
  });

  it('tells the one relieved of a later duty, and nobody of what they did themselves', () => {
    const told = (actor: string) => {
      const world = scheduleWorld();
      const override = {
        kind: 'replace',
        from: monday + dayMs,
        to: weekEnd,
        person: 'beni',
        insteadOf: 'alma',
      } as const;
      world.does(replace('o', 'beni', 'alma', { override, origin: 'by_hand' }), monday, by(actor));
      const effects = world.history.flatMap((recorded) => reactDuty(recorded, world.state()));
      return effects.filter(({ effect }) => effect.kind === 'slack.relieved').length;
    };
    expect(told('beni')).toBe(1);
    expect(told('carmel')).toBe(1);
  });

  it('tells both sides when others take an override back, and does not tell it twice as a change', () => {
    const world = watched();
    const override = { kind: 'replace', from: monday + dayMs, to: weekEnd, person: 'beni', insteadOf: 'alma' } as const;
    world.does(replace('o', 'beni', 'alma', { override }), monday, by('beni'));
    world.look(monday);
    const before = world.history.length;
    world.does({ type: 'cancel_override', id: 'o' }, monday + minuteMs, by('carmel'));
    const relieved = world.history.slice(before).flatMap((recorded) => reactDuty(recorded, world.state()));
    expect(relieved.map(({ effect }) => effect).filter(({ kind }) => kind === 'slack.relieved')).toEqual([
      { kind: 'slack.relieved', schedule: 's', override: 'o', person: 'beni' },
      { kind: 'slack.relieved', schedule: 's', override: 'o', person: 'alma' },
    ]);
    expect(world.look(monday + minuteMs)?.changed).toEqual([]);
  });

  it('does not tell as a change what somebody accepted, of whatever kind the offer was', () => {
    const world = watched();
    world.look(monday);
    const span = { from: monday + dayMs, to: weekEnd };
    const offer = { type: 'offer', id: 'f', kind: 'plan', ...span, insteadOf: 'alma', asked: ['beni'] } as const;
    world.does({ ...offer, assignAt: null }, monday, by('carmel'));
    world.does({ type: 'accept_offer', offer: 'f', person: 'beni' }, monday, by('beni'));
    expect(world.look(monday)?.changed).toEqual([]);
  });
});
