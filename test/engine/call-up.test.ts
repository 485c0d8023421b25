import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { applyCallUpPlan, callUp, previewCallUp, undoCallUp, type CallUp } from '../../src/engine/call-up.ts';
import { scheduleStates } from '../../src/engine/schedule-states.ts';
import { available } from '../../src/oncall/available.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { createDatabase } from '../support/postgres.ts';
import { by } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

/** Alma has the week from 22 November, 09:00, Beni the next, then Carmel; Dana is the only backup; Noa is an admin. */
let w: EngineWorld;
let databases = 0;

const two: CallUp = { people: ['alma', 'beni'], from: sundayMorning, to: null, marker: by('noa'), batch: 'b1' };

async function state(person: string): Promise<string> {
  return available(await w.store.onCallFacts(), person, w.clock.now(), 'sev1').state;
}

async function onDutyAt(atMs: number): Promise<string | null> {
  const [row] = onDuty(await w.store.onCallFacts(), 'payments', atMs, 'sev1');
  return row === undefined || row.person === null ? null : `${row.person} by ${row.why}`;
}

async function versions(): Promise<string> {
  const facts = await w.store.onCallFacts();
  const states = await scheduleStates(w.store, ['payments', 'backup']);
  return JSON.stringify([facts.windows, [...states]]);
}

describe.each(['sqlite', 'postgres'] as const)('a mass call-up on %s', (dialect) => {
  beforeEach(async () => {
    w = await engineWorld(
      dialect === 'sqlite'
        ? 'file::memory:'
        : await createDatabase(inject('postgresUrl'), `callup_${(databases += 1)}`),
    );
  });
  afterEach(() => w.close());

  it('marks everybody, says what is hollow, worst first, and proposes who could take what', async () => {
    const { people, hollow, plan } = await callUp(w, two);
    expect(people).toEqual([
      { person: 'alma', verdict: 'done' },
      { person: 'beni', verdict: 'done' },
    ]);
    expect([await state('alma'), await state('beni'), await state('carmel')]).toEqual(['no', 'no', 'yes']);
    // Of three one is left and one is needed; Dana, the only backup, was alone before.
    expect(hollow).toEqual([expect.objectContaining({ schedule: 'payments', depth: 0, level: 'last_person' })]);
    expect(plan.covers.map(({ schedule, insteadOf, person }) => [schedule, insteadOf, person])).toContainEqual([
      'payments',
      'alma',
      'carmel',
    ]);
  });

  it('shows the same beforehand and changes nothing by that', async () => {
    const before = await versions();
    const preview = await previewCallUp(w, two);
    expect(await versions()).toBe(before);
    const { hollow, plan } = await callUp(w, two);
    expect({ hollow, plan }).toEqual(preview);
  });

  it('marked twice is marked once', async () => {
    await callUp(w, two);
    const before = await versions();
    expect((await callUp(w, two)).people.map(({ verdict }) => verdict)).toEqual(['already', 'already']);
    expect(await versions()).toBe(before);
  });

  it('puts its plan into force as overrides of its batch, and once', async () => {
    await callUp(w, two);
    expect(await onDutyAt(sundayMorning + hourMs)).toBe('carmel by cover');
    const applied = await applyCallUpPlan(w, 'b1', by('noa'));
    expect(applied.covers.length).toBeGreaterThan(0);
    expect(new Set(applied.covers.map(({ verdict }) => verdict))).toEqual(new Set(['done']));
    expect(await onDutyAt(sundayMorning + hourMs)).toBe('carmel by override');
    const before = await versions();
    const again = await applyCallUpPlan(w, 'b1', by('noa'));
    expect(new Set(again.covers.map(({ verdict }) => verdict))).toEqual(new Set(['already']));
    expect(again.covers).toHaveLength(applied.covers.length);
    expect(await versions()).toBe(before);
  });

  it('says which shifts nobody can take', async () => {
    await callUp(w, { ...two, people: ['alma', 'beni', 'carmel', 'dana'] });
    const applied = await applyCallUpPlan(w, 'b1', by('noa'));
    expect(applied.covers).toEqual([]);
    expect(applied.unfilled.map(({ schedule }) => schedule)).toEqual(expect.arrayContaining(['payments', 'backup']));
  });

  it('is undone as a whole within a quarter of an hour, by whoever did it', async () => {
    const before = await onDutyAt(sundayMorning + 8 * dayMs);
    await callUp(w, two);
    await applyCallUpPlan(w, 'b1', by('noa'));
    w.clock.advance(14 * minuteMs);
    const undone = await undoCallUp(w, 'b1', by('noa'));
    expect(undone.people.map(({ verdict }) => verdict)).toEqual(['done', 'done']);
    expect(undone.schedules).toEqual([{ schedule: 'payments', ended: expect.any(Number) }]);
    expect([await state('alma'), await state('beni')]).toEqual(['yes', 'yes']);
    expect(await onDutyAt(w.clock.now())).toBe('alma by rotation');
    expect(await onDutyAt(sundayMorning + 8 * dayMs)).toBe(before);
    const again = await undoCallUp(w, 'b1', by('noa'));
    expect(again.people.map(({ verdict }) => verdict)).toEqual(['already', 'already']);
  });

  it('is not undone by others, nor later, and then leaves the shifts with those who have them', async () => {
    await callUp(w, two);
    await applyCallUpPlan(w, 'b1', by('noa'));
    const before = await versions();
    const byOther = await undoCallUp(w, 'b1', by('dana'));
    expect(byOther.people.map(({ refusal }) => refusal)).toEqual(['not_your_absence', 'not_your_absence']);
    w.clock.advance(16 * minuteMs);
    const late = await undoCallUp(w, 'b1', by('noa'));
    expect(late.people.map(({ refusal }) => refusal)).toEqual(['too_late_to_withdraw', 'too_late_to_withdraw']);
    expect([...byOther.schedules, ...late.schedules]).toEqual([]);
    expect(await versions()).toBe(before);
  });

  it('leaves what somebody has taken by hand to them', async () => {
    await callUp(w, two);
    await w.engine.execute({
      kind: 'schedule',
      stream: 'schedule:payments',
      command: {
        type: 'make_override',
        id: 'by-hand',
        override: {
          kind: 'replace',
          from: sundayMorning,
          to: sundayMorning + 6 * dayMs,
          person: 'dana',
          insteadOf: 'alma',
        },
        origin: 'by_hand',
      },
      actor: by('noa'),
    });
    await applyCallUpPlan(w, 'b1', by('noa'));
    expect(await onDutyAt(sundayMorning + hourMs)).toBe('dana by override');
  });
});
