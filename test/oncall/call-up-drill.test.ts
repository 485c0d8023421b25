import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callUpDrill } from '../../src/oncall/call-up-drill.ts';
import type { Policy, Service } from '../../src/oncall/catalog.ts';
import { companies } from './coverage-world.ts';
import { at, away, crew, facts, instants, layer, schedule } from './world.ts';

const now = at('2026-11-03T12:00+02:00');

const policy = (id: string, steps: Policy['steps']): Policy => {
  return { id, pages: ['sev1'], ackTimeoutMs: 1, repeat: 0, steps, lastResort: [] };
};
const service = (id: string, policyId: string): Service => ({
  id,
  name: id,
  team: undefined,
  policy: policyId,
  pagerduty: undefined,
  sloAvailability: undefined,
  revenuePerMinute: undefined,
  runbook: undefined,
});

const company = facts({
  people: [...crew],
  schedules: [
    schedule('payments', [layer(['alma', 'beni', 'carmel'])]),
    schedule('db', [layer(['dana'])]),
    schedule('web', [layer(['eitan', 'beni'])]),
  ],
  policies: [
    policy('payments', [
      { notify: [{ kind: 'schedule', schedule: 'payments' }], waitMs: 1 },
      { notify: [{ kind: 'person', person: 'carmel' }], waitMs: 1 },
    ]),
    policy('db', [{ notify: [{ kind: 'schedule', schedule: 'db' }], waitMs: 1 }]),
    policy('web', [{ notify: [{ kind: 'schedule', schedule: 'web' }], waitMs: 1 }]),
  ],
  services: [service('checkout', 'payments'), service('ledger', 'db'), service('site', 'web')],
  lastResort: [
    { kind: 'person', person: 'eitan' },
    { kind: 'channel', channel: '#incidents' },
  ],
});

describe('a call-up drill', () => {
  it('tells service by service who is paged before and after', () => {
    const drill = callUpDrill(company, ['alma', 'dana'], now);
    const told = drill.services.map(({ service: id, steps, outcome }) => [
      id,
      steps.map(({ before, after }) => `${before.people.join()} > ${after.people.join()}`),
      outcome,
    ]);
    expect(told).toEqual([
      ['checkout', ['alma > beni', 'carmel > carmel'], 'changed'],
      ['ledger', ['dana > '], 'last_resort'],
      ['site', ['eitan > eitan'], 'same'],
    ]);
    expect(drill.services[1]?.lastResort.after).toEqual({ people: ['eitan'], channels: ['#incidents'] });
  });

  it('tells which schedules are left hollow, and what that does to coverage', () => {
    const drill = callUpDrill(company, ['alma', 'dana', 'beni'], now);
    expect(drill.schedules).toEqual([
      {
        schedule: 'payments',
        onDuty: { before: ['alma'], after: ['carmel'] },
        depth: { before: 2, after: 0 },
        isHollow: false,
      },
      { schedule: 'db', onDuty: { before: ['dana'], after: [] }, depth: { before: 0, after: -1 }, isHollow: true },
      {
        schedule: 'web',
        onDuty: { before: ['eitan'], after: ['eitan'] },
        depth: { before: 1, after: 0 },
        isHollow: false,
      },
    ]);
    expect(drill.coverage).toMatchObject({
      before: { level: 'last_person', surplus: 0 },
      after: { level: 'uncovered', surplus: -1, witness: { schedules: ['db'], people: [] } },
    });
  });

  it('counts those who are away already, and changes nothing for people who serve nothing', () => {
    const today = { ...company, windows: [away('beni', now, null)] };
    expect(callUpDrill(today, ['alma'], now).services[0]).toMatchObject({
      steps: [{ before: { people: ['alma'] }, after: { people: ['carmel'] } }, {}],
    });
    const nobody = callUpDrill(company, [], now);
    expect(nobody.services.every(({ outcome }) => outcome === 'same')).toBe(true);
    expect(nobody.coverage.after).toEqual(nobody.coverage.before);
  });

  it('never pages or puts on duty whoever vanishes, in any company', () => {
    fc.assert(
      fc.property(companies, fc.subarray([...crew]), instants, (world, people, atMs) => {
        const drill = callUpDrill(world, people, atMs);
        const after = [
          ...drill.services.flatMap(({ steps, lastResort }) =>
            [...steps, lastResort].flatMap((step) => step.after.people),
          ),
          ...drill.schedules.flatMap(({ onDuty }) => onDuty.after),
          ...drill.coverage.after.witness.people,
        ];
        for (const who of people) expect(after).not.toContain(who);
        const { before, after: left } = drill.coverage;
        expect(left.surplus ?? 0).toBeLessThanOrEqual(before.surplus ?? 0);
      }),
      { numRuns: 60 },
    );
  });
});
