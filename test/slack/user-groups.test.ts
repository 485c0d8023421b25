import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EffectOutcome } from '../../src/engine/effects.ts';
import type { Job } from '../../src/engine/ports.ts';
import type { Catalog, Schedule, Target } from '../../src/oncall/catalog.ts';
import { available } from '../../src/oncall/available.ts';
import { candidates } from '../../src/oncall/candidates.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { manifestScopes } from '../../src/slack/scopes.ts';
import { membersOf, userGroupEffects } from '../../src/slack/user-groups.ts';
import { instants, worlds as randomWorlds } from '../oncall/world.ts';
import { catalog as company } from './catalog.ts';
import { slackWorld, type SlackWorld, type WorldOptions } from './effects-world.ts';

const worlds: SlackWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const group = { id: 'S0PAY', handle: 'payments-oncall', name: 'Payments on call', users: ['U0CARMEL'] };

/** Noa has the week, Omer the next one. */
function withSchedule(more: Partial<Schedule> = {}, lastResort: readonly Target[] = []): Catalog {
  const payments: Schedule = {
    id: 'payments',
    timezone: 'Asia/Jerusalem',
    layers: [
      { start: '2026-11-22T09:00', every: { unit: 'weeks', count: 1 }, participants: ['noa', 'omer'], windows: [] },
    ],
    overrides: [],
    userGroup: '@payments-oncall',
    ...more,
  };
  const { workspace } = company;
  return {
    ...company,
    workspace: { ...workspace, lastResort: [...lastResort, ...workspace.lastResort] },
    schedules: { payments },
  };
}

async function begin(options: WorldOptions = {}): Promise<SlackWorld> {
  const world = await slackWorld({ catalog: withSchedule(), userGroups: [group], ...options });
  worlds.push(world);
  return world;
}

function sync(world: SlackWorld, schedule = 'payments'): Promise<EffectOutcome> {
  const effect = { kind: 'slack.sync_user_group', schedule } as const;
  const now = world.clock.now();
  const job: Job = { id: 'j', effect, lane: 'l', due: now, createdAt: now, attempt: 1, token: 't' };
  return userGroupEffects(world.context)['slack.sync_user_group'](effect, job);
}

function usersOf(world: SlackWorld): readonly string[] {
  const [first] = world.slack.state.userGroups();
  return first?.disabled === undefined ? (first?.users ?? []) : [];
}

function calls(world: SlackWorld): readonly string[] {
  return world.slack.log.map(({ method }) => method);
}

describe('a user group that follows a schedule', () => {
  it.each(['payments-oncall', '@Payments-OnCall', 'S0PAY'])(
    'is found as %s and holds whoever is on duty',
    async (is) => {
      const world = await begin({ catalog: withSchedule({ userGroup: is }) });
      expect(await sync(world)).toEqual({ kind: 'done' });
      expect(usersOf(world)).toEqual(['U0NOA']);
    },
  );

  it('is left alone where it holds them already, so that nobody is told of nothing', async () => {
    const world = await begin();
    await sync(world);
    const before = calls(world).length;
    await sync(world);
    expect(calls(world).slice(before)).toEqual(['usergroups.list']);
  });

  it('never holds somebody who cannot answer: the cover is in it instead', async () => {
    const world = await begin();
    await world.away('noa');
    await sync(world);
    expect(usersOf(world)).toEqual(['U0OMER']);
    const facts = await world.store.onCallFacts();
    expect(onDuty(facts, 'payments', world.clock.now(), 'sev1')).toMatchObject([{ person: 'omer' }]);
  });

  it('names the last resort where nobody is on duty, since a mention must reach somebody', async () => {
    const catalog = withSchedule({}, [{ kind: 'person', person: 'carmel' }]);
    const world = await begin({ catalog, userGroups: [{ ...group, users: ['U0NOA'] }] });
    await world.away('noa');
    await world.away('omer');
    await sync(world);
    expect(usersOf(world)).toEqual(['U0CARMEL']);
  });

  it('is switched off where nobody at all can answer, and on again by who switched it off', async () => {
    const world = await begin();
    await world.away('noa');
    await world.away('omer');
    await sync(world);
    expect(world.slack.state.userGroups()[0]?.disabled?.by).toBe('U0TORAN');
    const back = { kind: 'person', stream: 'person:noa', command: { type: 'mark_available' } } as const;
    world.clock.advance(60_000);
    await world.engine.execute({ ...back, actor: { kind: 'person', person: 'noa' } });
    await sync(world);
    expect(usersOf(world)).toEqual(['U0NOA']);
  });

  it('stays off where a person switched it off', async () => {
    const world = await begin({ userGroups: [{ ...group, disabledBy: 'U0NOA' }] });
    expect(await sync(world)).toEqual({ kind: 'done' });
    expect(usersOf(world)).toEqual([]);
    expect(world.lines.join('\n')).toContain('switched the user group off');
  });

  it.each([
    ['the scopes are missing', { scopes: manifestScopes.filter((scope) => !scope.startsWith('usergroups')) }],
    ['only admins may change groups', { userGroupsManagedBy: 'admins' }],
    ['there is no such group', { userGroups: [] }],
  ] satisfies [string, WorldOptions][])('costs nothing but itself where %s', async (_, options) => {
    const world = await begin(options);
    expect(await sync(world)).toEqual({ kind: 'done' });
    expect(world.lines.some((line) => line.includes('"level":40') && line.includes('payments'))).toBe(true);
  });

  it('is not asked about where the schedule names none', async () => {
    const world = await begin({ catalog: withSchedule({ userGroup: undefined }) });
    const before = calls(world).length;
    expect(await sync(world)).toEqual({ kind: 'done' });
    expect(await sync(world, 'gone')).toEqual({ kind: 'done' });
    expect(calls(world)).toHaveLength(before);
  });

  it('is tried again where Slack does not answer, and waits where it says so', async () => {
    const world = await begin();
    world.slack.faults.inject({ kind: 'http_error', status: 500, applied: false, method: 'usergroups.users.update' });
    expect(await sync(world)).toMatchObject({ kind: 'retry' });
    world.slack.faults.clear();
    world.slack.faults.inject({ kind: 'rate_limited', retryAfterSeconds: 7, method: 'usergroups.list' });
    expect(await sync(world)).toEqual({ kind: 'later', due: world.clock.now() + 7_000 });
  });
});

/** Everybody has a Slack account, and Eitan is the last resort. */
function inSlack({ catalog, ...rest }: OnCallFacts): OnCallFacts {
  const people = Object.fromEntries(
    Object.entries(catalog.people).map(([id, person]) => [id, { ...person, slack: `U0${id.toUpperCase()}` }]),
  );
  const workspace = { ...catalog.workspace, lastResort: [{ kind: 'person', person: 'eitan' } as const] };
  return { ...rest, catalog: { ...catalog, people, workspace } };
}

describe('who belongs to the group of a schedule', () => {
  it('is at every instant exactly whoever the pager would ask, and never somebody who is unavailable', () => {
    let manned = 0;
    fc.assert(
      fc.property(randomWorlds.map(inSlack), instants, (known, at) => {
        const asked = candidates(known, { kind: 'schedule', schedule: 's' }, at, 'sev1').inOrder;
        const ids = asked.map(({ person }) => `U0${person.toUpperCase()}`);
        const members = membersOf(known, 's', at);
        manned += ids.length;
        const can = (person: string) => available(known, person, at, 'sev1').state !== 'no';
        if (ids.length > 0) expect(members).toEqual(ids);
        else expect(members).toEqual(can('eitan') ? ['U0EITAN'] : []);
        for (const person of Object.keys(known.catalog.people).filter((id) => !can(id)))
          expect(members).not.toContain(`U0${person.toUpperCase()}`);
      }),
      { numRuns: 300 },
    );
    expect(manned).toBeGreaterThan(50);
  });
});
