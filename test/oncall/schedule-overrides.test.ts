import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import { reactSchedule } from '../../src/oncall/schedule-effects.ts';
import { by, monday, nextWeekEnd, offer, replace, scheduleWorld, weekEnd } from './schedule-world.ts';
import { away, dayMs, hourMs, instants, overrides } from './world.ts';

describe('an override made by people', () => {
  it('takes effect at once, also in the middle of a shift, and never before it was made', () => {
    const w = scheduleWorld();
    const noon = monday + 2 * hourMs;
    expect(w.does(replace('o', 'beni', 'alma'), noon, by('beni'))).toEqual(['override_made']);
    expect([w.who(noon - 1), w.who(noon), w.who(weekEnd - 1)]).toEqual(['alma', 'beni', 'beni']);
  });

  it('does nothing the second time it arrives', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma'), monday);
    expect(w.does(replace('o', 'beni', 'alma'), monday + 1)).toEqual([]);
  });

  it('stops when it is cancelled, and what it did until then stays', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma'), monday, by('beni'));
    const tuesday = monday + dayMs;
    expect(w.does({ type: 'cancel_override', id: 'o' }, tuesday, by('beni'))).toEqual(['override_cancelled']);
    expect([w.who(monday), w.who(tuesday - 1), w.who(tuesday), w.who(weekEnd - 1)]).toEqual([
      'beni',
      'beni',
      'alma',
      'alma',
    ]);
    expect(w.does({ type: 'cancel_override', id: 'o' }, tuesday + 1, by('beni'))).toEqual([]);
  });

  it('never was when it is cancelled before it begins', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma'), monday - dayMs);
    w.does({ type: 'cancel_override', id: 'o' }, monday - 1);
    expect(w.who(monday)).toBe('alma');
    expect(w.facts().overrides).toEqual([]);
  });

  it('is refused for what has passed, is reversed, or names whom the catalog does not know', () => {
    const w = scheduleWorld();
    expect(w.does(replace('o', 'beni', 'alma'), weekEnd)).toBe('shift_over');
    expect(w.does(replace('o', 'alma', 'alma'), monday)).toBe('same_person');
    expect(w.does(replace('o', 'ghost', 'alma'), monday)).toBe('not_in_catalog');
    const reversed: Override = { kind: 'add', from: weekEnd, to: monday, person: 'beni' };
    expect(w.does(replace('o', '', '', { override: reversed }), monday)).toBe('span_ends_before_it_starts');
    expect(w.does({ type: 'cancel_override', id: 'o' }, monday)).toBe('no_such_override');
    w.does(replace('p', 'beni', 'alma'), monday);
    expect(w.does({ type: 'cancel_override', id: 'p' }, weekEnd)).toBe('shift_over');
  });

  it('may be made by anybody for themselves, and for others only by their lead or an admin', () => {
    const byHand = { origin: 'by_hand' } as const;
    expect(scheduleWorld().does(replace('o', 'eitan', 'alma', { origin: 'take' }), monday, by('eitan'))).toHaveLength(
      1,
    );
    expect(scheduleWorld().does(replace('o', 'beni', 'alma', byHand), monday, by('alma'))).toBe('not_permitted');
    expect(scheduleWorld().does(replace('o', 'beni', 'alma', byHand), monday, by('eitan'))).toBe('not_permitted');
    expect(scheduleWorld().does(replace('o', 'beni', 'alma', byHand), monday, by('carmel'))).toHaveLength(1);
    expect(scheduleWorld().does(replace('o', 'beni', 'alma', byHand), monday, by('dana'))).toHaveLength(1);
  });

  it('is not taken by somebody who cannot be asked now', () => {
    const w = scheduleWorld([away('beni', monday - hourMs, monday + hourMs)]);
    expect(w.does(replace('o', 'beni', 'alma', { origin: 'take' }), monday, by('beni'))).toBe('person_unavailable');
    const later = replace('o', 'beni', 'alma', { origin: 'take' });
    expect(w.does(later, monday + 2 * hourMs, by('beni'))).toEqual(['override_made']);
  });

  it('gives a shift back to whoever gave it away, instead of going round in a circle', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma'), monday - dayMs);
    const wednesday = { from: monday + 2 * dayMs, to: monday + 3 * dayMs };
    const back: Override = { kind: 'replace', ...wednesday, person: 'alma', insteadOf: 'beni' };
    w.does(replace('p', '', '', { override: back, origin: 'take' }), monday, by('alma'));
    expect(
      [monday, wednesday.from - 1, wednesday.from, wednesday.to - 1, wednesday.to, weekEnd - 1].map(w.who),
    ).toEqual(['beni', 'beni', 'alma', 'alma', 'beni', 'beni']);
  });

  it('is refused where an override of the catalog file would make it a circle', () => {
    const declared: Override = { kind: 'replace', from: monday, to: weekEnd, person: 'beni', insteadOf: 'alma' };
    const w = scheduleWorld([], [declared]);
    expect(w.who(monday)).toBe('beni');
    expect(w.does(replace('o', 'alma', 'beni'), monday)).toBe('goes_in_circles');
    expect(w.state().overrides).toEqual([]);
  });

  it('follows a chain of covers in whatever order they were made', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'carmel', 'beni'), monday);
    w.does(replace('p', 'beni', 'alma'), monday);
    expect(w.who(monday)).toBe('carmel');
  });

  it('is undone together with its batch, from now on and without its past', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma', { batch: 'call-up', origin: 'plan' }), monday);
    w.does(replace('p', 'eitan', 'carmel', { origin: 'plan' }), monday);
    w.does(
      offer({ id: 'g', kind: 'hand_over', insteadOf: 'beni', from: weekEnd, to: nextWeekEnd, batch: 'call-up' }),
      monday,
    );
    expect(w.does({ type: 'cancel_batch', batch: 'call-up' }, monday + hourMs, by('dana'))).toEqual([
      'override_cancelled',
      'offer_ended',
    ]);
    expect([w.who(monday), w.who(monday + hourMs)]).toEqual(['beni', 'alma']);
    expect(w.does({ type: 'cancel_batch', batch: 'call-up' }, monday + 2 * hourMs)).toEqual([]);
  });
});

describe('after what changes who is on duty', () => {
  const looks = (w: ReturnType<typeof scheduleWorld>) =>
    w.history.flatMap((recorded) => reactSchedule(recorded, w.state()).map(({ due }) => due));

  it('running pages are looked at now and where the override begins and ends', () => {
    const w = scheduleWorld();
    w.does(replace('o', 'beni', 'alma'), monday - dayMs);
    expect(looks(w)).toEqual([monday, weekEnd]);
    w.does({ type: 'cancel_override', id: 'o' }, monday + dayMs);
    expect(looks(w)).toEqual([monday, weekEnd, monday + dayMs]);
  });
});

describe('the stream of a schedule', () => {
  const commands = fc.oneof(
    overrides.map((override) => ({ type: 'make_override' as const, override, origin: 'plan' as const })),
    fc.nat(5).map((n) => ({ type: 'cancel_override' as const, n })),
  );

  it('never changes who was on duty before a decision, whatever is decided', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(instants, commands), { maxLength: 8 }),
        fc.array(instants, { maxLength: 6 }),
        (made, asked) => {
          const w = scheduleWorld();
          const inOrder = made.toSorted(([a], [b]) => a - b);
          for (const [n, [now, command]] of inOrder.entries()) {
            const past = asked.filter((instant) => instant < now);
            const before = past.map(w.who);
            if (command.type === 'make_override') w.does({ ...command, id: `o${n}` }, now);
            else w.does({ type: 'cancel_override', id: `o${command.n}` }, now);
            expect(past.map(w.who)).toEqual(before);
          }
        },
      ),
    );
  });

  it('forgets what ended more than thirteen months ago', () => {
    const w = scheduleWorld();
    w.does(replace('old', 'beni', 'alma'), monday);
    w.does(
      replace('new', 'beni', 'alma', {
        override: { kind: 'add', from: weekEnd + 400 * dayMs, to: weekEnd + 401 * dayMs, person: 'beni' },
      }),
      weekEnd + 398 * dayMs,
    );
    expect(w.state().overrides.map(({ id }) => id)).toEqual(['new']);
  });
});
