import { describe, expect, it } from 'vitest';
import type { ScheduleCommand } from '../../src/oncall/schedule.ts';
import { accept, by, decline, monday, nextWeekEnd, offer, replace, scheduleWorld, weekEnd } from './schedule-world.ts';
import { away, dayMs, hourMs } from './world.ts';

describe('an offer of a shift', () => {
  it('goes to the first who accepts, and tells everybody after who that was', () => {
    const w = scheduleWorld();
    expect(w.does(offer(), monday - dayMs, by('alma'))).toEqual(['offer_made']);
    expect(w.who(monday)).toBe('alma');
    expect(w.does(accept('carmel'), monday - hourMs, by('carmel'))).toEqual(['offer_taken', 'override_made']);
    expect(w.who(monday)).toBe('carmel');
    expect(w.does(accept('beni'), monday - hourMs, by('beni'))).toBe('offer_over');
    expect(w.does(decline('beni'), monday - hourMs, by('beni'))).toBe('offer_over');
    expect(w.state().overrides[0]).toMatchObject({ id: 'f/1', origin: 'cover', madeBy: by('carmel') });
  });

  it('accepted in the middle of the shift gives what is left of it', () => {
    const w = scheduleWorld();
    w.does(offer(), monday, by('alma'));
    const tuesday = monday + dayMs;
    w.does(accept('beni'), tuesday, by('beni'));
    expect([w.who(tuesday - 1), w.who(tuesday)]).toEqual(['alma', 'beni']);
    expect(w.does(offer({ id: 'late' }), weekEnd, by('alma'))).toBe('shift_over');
  });

  it('cannot be accepted when the shift is over, by others than were asked, or for somebody else', () => {
    const w = scheduleWorld();
    w.does(offer(), monday, by('alma'));
    expect(w.does(accept('eitan'), monday, by('eitan'))).toBe('not_asked');
    expect(w.does(accept('beni'), monday, by('carmel'))).toBe('not_permitted');
    expect(w.does(accept('beni'), weekEnd, by('beni'))).toBe('shift_over');
    expect(w.does({ type: 'accept_offer', offer: 'x', person: 'beni' }, monday)).toBe('no_such_offer');
  });

  it('cannot be accepted by somebody who is away in it, but by somebody who rests on the Sabbath in it', () => {
    const busy = away('beni', weekEnd - dayMs, weekEnd - hourMs);
    const sabbath = away('carmel', weekEnd - 2 * dayMs, weekEnd - dayMs, { source: 'personal' });
    const w = scheduleWorld([busy, sabbath]);
    w.does(offer(), monday, by('alma'));
    expect(w.does(accept('beni'), monday, by('beni'))).toBe('person_unavailable');
    expect(w.does(accept('carmel'), monday, by('carmel'))).toEqual(['offer_taken', 'override_made']);
  });

  it('ends when everybody has declined, and can still be accepted before that by who has changed their mind', () => {
    const w = scheduleWorld();
    w.does(offer(), monday, by('alma'));
    expect(w.does(decline('beni'), monday, by('beni'))).toEqual(['offer_declined']);
    expect(w.does(decline('beni'), monday, by('beni'))).toEqual([]);
    expect(w.does(decline('carmel'), monday, by('carmel'))).toEqual(['offer_declined', 'offer_ended']);
    expect(w.state().offers[0]?.state).toEqual({ kind: 'over', because: 'declined_by_all' });
    const again = scheduleWorld();
    again.does(offer(), monday, by('alma'));
    again.does(decline('beni'), monday, by('beni'));
    expect(again.does(accept('beni'), monday, by('beni'))).toEqual(['offer_taken', 'override_made']);
  });

  it('is made by the person themselves, or for them by their lead or an admin', () => {
    expect(scheduleWorld().does(offer(), monday, by('beni'))).toBe('not_permitted');
    expect(scheduleWorld().does(offer(), monday, by('eitan'))).toBe('not_permitted');
    expect(scheduleWorld().does(offer(), monday, by('carmel'))).toEqual(['offer_made']);
    expect(scheduleWorld().does(offer(), monday, by('dana'))).toEqual(['offer_made']);
    expect(scheduleWorld().does(offer({ kind: 'hand_over' }), monday, by('beni'))).toEqual(['offer_made']);
  });

  it('is not made for a shift that somebody else has, or when nobody is asked', () => {
    expect(scheduleWorld().does(offer({ insteadOf: 'beni', asked: ['alma'] }), monday, by('beni'))).toBe('not_on_duty');
    expect(scheduleWorld().does(offer({ asked: ['alma', 'ghost'] }), monday, by('alma'))).toBe('nobody_to_ask');
  });

  it('looks for somebody also while the person is away: whose shift it is does not depend on that', () => {
    const w = scheduleWorld([away('alma', monday, null)]);
    expect(w.does(offer({ kind: 'hand_over' }), monday)).toEqual(['offer_made']);
  });

  it('ends by itself when somebody takes the shift in another way', () => {
    const w = scheduleWorld();
    w.does(offer(), monday, by('alma'));
    const taken = w.does(replace('o', 'eitan', 'alma', { origin: 'take' }), monday, by('eitan'));
    expect(taken).toEqual(['override_made', 'offer_ended']);
    expect(w.state().offers[0]?.state).toEqual({ kind: 'over', because: 'not_needed' });
  });

  it('is withdrawn by the person or their lead, and by nobody else', () => {
    const w = scheduleWorld();
    w.does(offer(), monday, by('alma'));
    const withdraw: ScheduleCommand = { type: 'withdraw_offer', offer: 'f' };
    expect(w.does(withdraw, monday, by('beni'))).toBe('not_permitted');
    expect(w.does(withdraw, monday, by('alma'))).toEqual(['offer_ended']);
    expect(w.does(accept('beni'), monday, by('beni'))).toBe('offer_over');
  });

  it('is assigned when its time has come, and not before', () => {
    const w = scheduleWorld();
    w.does(offer({ kind: 'hand_over', assignAt: monday + 4 * hourMs }), monday);
    const assign = (person: string | undefined): ScheduleCommand => ({ type: 'assign_offer', offer: 'f', person });
    expect(w.does(assign('eitan'), monday + hourMs)).toEqual([]);
    expect(w.does(assign(undefined), monday + 4 * hourMs)).toEqual([]);
    expect(w.does(assign('eitan'), monday + 4 * hourMs)).toEqual(['offer_taken', 'override_made']);
    expect(w.state().overrides[0]?.origin).toBe('assigned');
    expect(w.does(assign('beni'), monday + 5 * hourMs)).toEqual([]);
    const passed = scheduleWorld();
    passed.does(offer(), monday);
    expect(passed.does(assign(undefined), weekEnd)).toEqual(['offer_ended']);
    expect(passed.state().offers[0]?.state).toEqual({ kind: 'over', because: 'passed' });
  });

  it('that was accepted binds whoever accepted: who gave it away may have it back, or a lead decides', () => {
    const cancel: ScheduleCommand = { type: 'cancel_override', id: 'f/1' };
    for (const [actor, expected] of [
      ['beni', 'promised'],
      ['eitan', 'not_permitted'],
      ['alma', ['override_cancelled']],
      ['carmel', ['override_cancelled']],
    ] as const) {
      const w = scheduleWorld();
      w.does(offer({ asked: ['beni'] }), monday, by('alma'));
      w.does(accept('beni'), monday, by('beni'));
      expect(w.does(cancel, monday + hourMs, by(actor))).toEqual(expected);
    }
  });

  describe('to swap', () => {
    const swap = offer({ kind: 'swap', asked: ['beni'], inReturn: { from: weekEnd, to: nextWeekEnd } });

    it('exchanges both shifts in one commit', () => {
      const w = scheduleWorld();
      w.does(swap, monday, by('alma'));
      expect(w.does(accept('beni'), monday, by('beni'))).toEqual(['offer_taken', 'override_made', 'override_made']);
      expect([w.who(monday), w.who(weekEnd), w.who(nextWeekEnd)]).toEqual(['beni', 'alma', 'carmel']);
    });

    it('binds both, and is undone as a whole by their lead', () => {
      const w = scheduleWorld();
      w.does(swap, monday, by('alma'));
      w.does(accept('beni'), monday, by('beni'));
      for (const id of ['f/1', 'f/2']) {
        for (const one of ['alma', 'beni'])
          expect(w.does({ type: 'cancel_override', id }, monday, by(one))).toBe('promised');
      }
      const undone = w.does({ type: 'cancel_override', id: 'f/1' }, monday + hourMs, by('carmel'));
      expect(undone).toEqual(['override_cancelled', 'override_cancelled']);
      expect([w.who(monday), w.who(monday + hourMs), w.who(weekEnd)]).toEqual(['beni', 'alma', 'beni']);
    });

    it('is refused when the other shift is not theirs, is over, overlaps, or finds the person away', () => {
      const w = scheduleWorld();
      w.does({ ...swap, asked: ['carmel'] }, monday, by('alma'));
      expect(w.does(accept('carmel'), monday, by('carmel'))).toBe('not_on_duty');
      const overlapping = { ...swap, inReturn: { from: weekEnd - 1, to: nextWeekEnd } };
      expect(scheduleWorld().does(overlapping, monday, by('alma'))).toBe('goes_in_circles');
      const absent = scheduleWorld([away('alma', weekEnd, nextWeekEnd)]);
      absent.does(swap, monday, by('alma'));
      expect(absent.does(accept('beni'), monday, by('beni'))).toBe('person_unavailable');
      expect(absent.state().overrides).toEqual([]);
      expect(absent.state().offers[0]?.state).toEqual({ kind: 'open' });
    });
  });
});
