import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy, Target } from '../../src/oncall/catalog.ts';
import { lastResort, policyFor, resolveStep } from '../../src/oncall/policy.ts';
import { minuteMs } from '../../src/oncall/time.ts';
import { at, away, crew, facts, instants, layer, schedule, worlds, type World } from './world.ts';

const noon = at('2026-11-02T12:00+02:00');
const duty: Target = { kind: 'schedule', schedule: 's' };
const team: Target = { kind: 'team', team: 't' };
const room: Target = { kind: 'channel', channel: '#payments' };
const who = (person: string): Target => ({ kind: 'person', person });

function policy(steps: readonly (readonly Target[])[], more: Partial<Policy> = {}): Policy {
  return {
    id: 'p',
    pages: ['sev1'],
    ackTimeoutMs: 30 * minuteMs,
    repeat: 2,
    steps: steps.map((notify) => ({ notify, waitMs: 5 * minuteMs })),
    lastResort: [who('eitan'), { kind: 'channel', channel: '#incidents' }],
    ...more,
  };
}

const company: World = {
  people: crew,
  schedules: [schedule('s', [layer(['alma', 'beni', 'carmel'])])],
  teams: [{ id: 't', members: ['alma', 'dana'], lead: 'dana' }],
};

function step(given: Policy, index: number, world: World = {}) {
  const { people, channels, excluded } = resolveStep(facts({ ...company, ...world }), given, index, noon, 'sev1');
  return { people: people.map(({ person }) => person), channels, excluded: excluded.map(({ person }) => person) };
}

const hard = (...people: readonly string[]) => people.map((person) => away(person, 0, null));
const soft = (...people: readonly string[]) => people.map((person) => away(person, 0, null, { effect: 'soft' }));

describe('a step', () => {
  it('pages all of its targets at once, each person once', () => {
    expect(step(policy([[duty, team, room]]), 0)).toEqual({
      people: ['alma', 'dana'],
      channels: ['#payments'],
      excluded: [],
    });
  });

  it('counts a person once who covers through two targets', () => {
    expect(step(policy([[duty, who('beni')]]), 0, { windows: hard('alma') })).toEqual({
      people: ['beni'],
      channels: [],
      excluded: ['alma'],
    });
  });

  it('is empty when nobody can, and beyond the last step', () => {
    expect(step(policy([[who('dana')]]), 0, { windows: hard('dana') })).toEqual({
      people: [],
      channels: [],
      excluded: ['dana'],
    });
    expect(step(policy([[duty]]), 1)).toEqual({ people: [], channels: [], excluded: [] });
  });

  it('leaves out the softly available while it has anybody else', () => {
    expect(step(policy([[team]]), 0, { windows: soft('alma') }).people).toEqual(['dana']);
  });

  it('leaves them out also when only the next step has somebody else', () => {
    expect(step(policy([[who('alma')], [who('dana')]]), 0, { windows: soft('alma') }).people).toEqual([]);
  });

  it('pages them when this step and the next have nobody else', () => {
    expect(
      step(policy([[who('alma')], [who('dana')], [who('beni')]]), 0, { windows: soft('alma', 'dana') }).people,
    ).toEqual(['alma']);
    expect(step(policy([[who('alma')]]), 0, { windows: soft('alma') }).people).toEqual(['alma']);
    expect(
      step(policy([[who('alma')], [who('dana')]]), 0, { windows: [...soft('alma'), ...hard('dana')] }).people,
    ).toEqual(['alma']);
  });
});

describe('the last resort', () => {
  function last(given: Policy | undefined, world: World = {}) {
    const { people, channels } = lastResort(facts({ ...company, ...world }), given, noon, 'sev1');
    return { people: people.map(({ person }) => person), channels };
  }

  it('is what the policy names, and whoever its steps held back', () => {
    expect(last(policy([[who('alma')], [who('dana')]]), { windows: soft('alma') })).toEqual({
      people: ['eitan', 'alma'],
      channels: ['#incidents'],
    });
  });

  it('has a channel even when nobody can answer and the policy names none', () => {
    const workspace: World = {
      lastResort: [who('eitan'), { kind: 'channel', channel: '#everyone' }],
      windows: hard('eitan'),
    };
    expect(last(policy([[duty]], { lastResort: [who('eitan')] }), workspace)).toEqual({
      people: [],
      channels: ['#everyone'],
    });
    expect(last(policy([[duty]], { lastResort: [] }), workspace)).toEqual({ people: [], channels: ['#everyone'] });
    expect(last(undefined, workspace)).toEqual({ people: [], channels: ['#everyone'] });
  });
});

describe('in any world', () => {
  it('a policy that pages a schedule and a team holds nobody back for good', () => {
    const given = policy([[duty], [team]], { lastResort: [room] });
    fc.assert(
      fc.property(worlds, instants, (world, atMs) => {
        const steps = [0, 1].flatMap((index) => resolveStep(world, given, index, atMs, 'sev1').people);
        const { people, channels } = lastResort(world, given, atMs, 'sev1');
        const asked = new Set([...steps, ...people].map(({ person }) => person));
        const able = [duty, team].flatMap((target) => resolveStep(world, policy([[target]]), 0, atMs, 'sev1').people);
        for (const { person } of able) expect(asked).toContain(person);
        expect(channels).toEqual(['#payments']);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the policy of a service', () => {
  const services = ['own', 'none'].map((id) => ({
    id,
    name: id,
    team: undefined,
    policy: id === 'own' ? 'p' : undefined,
    pagerduty: undefined,
    sloAvailability: undefined,
    revenuePerMinute: undefined,
    runbook: undefined,
  }));
  const { catalog } = facts({ services, policies: [policy([]), policy([], { id: 'd' })], defaultPolicy: 'd' });

  it('is its own, else that of the workspace', () => {
    expect(policyFor(catalog, 'own')?.id).toBe('p');
    expect(policyFor(catalog, 'none')?.id).toBe('d');
    expect(policyFor(catalog, 'unheard of')?.id).toBe('d');
    expect(policyFor(catalog, undefined)?.id).toBe('d');
    expect(policyFor(facts({ services }).catalog, 'none')).toBeUndefined();
  });
});
