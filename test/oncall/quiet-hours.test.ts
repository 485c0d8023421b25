import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidates } from '../../src/oncall/candidates.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { at, away, facts, hourMs, layer, schedule, worlds, instants, crew, dayMs } from './world.ts';

const night = at('2026-11-03T02:00+02:00');
const quiet = (who: string) => away(who, night - hourMs, night + hourMs, { effect: 'soft', yieldsToDuty: true });

/** Noa is on duty, Omer is her backup; both sleep. */
function world(more: Parameters<typeof facts>[0] = {}) {
  return facts({
    people: ['noa', 'omer'],
    schedules: [schedule('payments', [layer(['noa', 'omer'])])],
    teams: [{ id: 'payments', members: ['omer', 'noa'], lead: undefined }],
    windows: [quiet('noa'), quiet('omer')],
    ...more,
  });
}

const row = (given: ReturnType<typeof facts>) =>
  onDuty(given, 'payments', night, 'sev1').map((each) =>
    each.person === null ? null : [each.person, each.availability],
  );

describe('quiet hours', () => {
  it('do not bind whoever is on duty, and bind whoever is asked in their place', () => {
    expect(row(world())).toEqual([['noa', 'yes']]);
    const gone = world({ windows: [quiet('noa'), quiet('omer'), away('noa', night - hourMs, null)] });
    expect(row(gone)).toEqual([['omer', 'last']]);
  });

  it('do not bind whoever took the shift', () => {
    const taken = {
      kind: 'replace',
      person: 'omer',
      insteadOf: 'noa',
      from: night - hourMs,
      to: night + hourMs,
    } as const;
    expect(row(world({ overrides: [{ schedule: 'payments', override: taken }] }))).toEqual([['omer', 'yes']]);
  });

  it('that do not yield hold back whoever is on duty as well', () => {
    const strict = away('noa', night - hourMs, night + hourMs, { effect: 'soft' });
    expect(row(world({ windows: [strict] }))).toEqual([['noa', 'last']]);
  });

  it('do not count for somebody on duty when their team or they themselves are asked', () => {
    const inOrder = (target: Parameters<typeof candidates>[1]) =>
      candidates(world(), target, night, 'sev1').inOrder.map(({ person, availability }) => [person, availability]);
    expect(inOrder({ kind: 'team', team: 'payments' })).toEqual([
      ['omer', 'last'],
      ['noa', 'yes'],
    ]);
    expect(inOrder({ kind: 'person', person: 'noa' })).toEqual([['noa', 'yes']]);
    expect(inOrder({ kind: 'person', person: 'omer' })).toEqual([['omer', 'last']]);
    expect(inOrder({ kind: 'schedule', schedule: 'payments' })).toEqual([['noa', 'yes']]);
  });

  it('never change who is on duty but for whoever covers: shifts, duty and candidates agree', () => {
    fc.assert(
      fc.property(worlds, instants, fc.subarray([...crew]), (base, atMs, sleepers) => {
        const asleep = sleepers.map((who) =>
          away(who, atMs - dayMs, atMs + dayMs, { effect: 'soft', yieldsToDuty: true, easeBackMs: 3 * hourMs }),
        );
        const given = { ...base, windows: [...base.windows, ...asleep] };
        const rows = onDuty(given, 's', atMs, 'sev1');
        const ordered = candidates(given, { kind: 'schedule', schedule: 's' }, atMs, 'sev1').inOrder;
        expect(ordered.map(({ person }) => person)).toEqual(rows.flatMap(({ person }) => person ?? []));
        const planned = shifts(given, 's', atMs, atMs + 1);
        expect(new Set(planned.map(({ person }) => person))).toEqual(new Set(rows.map(({ person }) => person)));
        const before = onDuty(base, 's', atMs, 'sev1').filter(({ why }) => why !== 'cover' && why !== 'nobody');
        expect(rows).toEqual(expect.arrayContaining(before.map(({ person }) => expect.objectContaining({ person }))));
      }),
    );
  });
});
