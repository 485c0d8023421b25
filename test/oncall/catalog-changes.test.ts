import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import { scheduleChanges } from '../../src/oncall/catalog-changes.ts';
import { at, away, dayMs, facts, hourMs, layer, schedule } from './world.ts';

const now = at('2026-11-03T10:00+02:00');
const sunday = at('2026-11-08T09:00+02:00');
const nobody = facts({});

describe('what a catalog changes', () => {
  it('is told with whoever can answer, and with everybody where several are on duty', () => {
    const beside: Override = { kind: 'add', from: now, to: now + hourMs, person: 'carmel' };
    const rota = schedule('s', [layer(['alma', 'beni'])], { overrides: [beside] });
    const [change] = scheduleChanges(
      nobody,
      facts({ schedules: [rota], windows: [away('alma', now, now + dayMs)] }),
      now,
    );
    expect(change).toMatchObject({ schedule: 's', change: 'new', before: [], onDuty: ['beni', 'carmel'] });
    expect(change?.handOffs.slice(0, 3)).toEqual([
      { at: now + hourMs, to: ['beni'] },
      { at: now + dayMs, to: ['alma'] },
      { at: sunday, to: ['beni'] },
    ]);
  });

  it('has gaps as hand-offs to nobody', () => {
    const windows = [{ days: ['tue' as const], from: '09:00', to: '12:00' }];
    const rota = schedule('s', [layer(['alma'], { windows })]);
    const [change] = scheduleChanges(nobody, facts({ schedules: [rota] }), now);
    expect(change?.handOffs.slice(0, 2)).toEqual([
      { at: now + 2 * hourMs, to: [] },
      { at: now + 7 * dayMs - hourMs, to: ['alma'] },
    ]);
  });

  it('leaves out what says the same, and names who is let go with what is gone', () => {
    const rota = (...people: readonly string[]) =>
      facts({ people: ['alma', 'beni'], schedules: [schedule('s', [layer(people)])] });
    expect(scheduleChanges(rota('alma', 'beni'), rota('alma', 'beni'), now)).toEqual([]);
    expect(scheduleChanges(rota('alma', 'beni'), nobody, now)).toMatchObject([
      { change: 'removed', before: ['alma'], onDuty: [] },
    ]);
  });
});
