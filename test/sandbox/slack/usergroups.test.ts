import { describe, expect, it } from 'vitest';
import { clientOf, errorOf, movableClock, startWorkspace } from './world.ts';

const groups = [
  { id: 'S1', handle: 'oncall', name: 'On call', users: ['U1'] },
  { id: 'S2', handle: 'old-oncall', name: 'Old', users: ['U2'], disabledBy: 'U1' },
];

describe('user groups', () => {
  it('are listed with members, counts and what is switched off only when that is asked for', async () => {
    const client = clientOf(await startWorkspace({ userGroups: groups }));
    const { usergroups: plain = [] } = await client.usergroups.list();
    expect(plain.map(({ id, handle, users, user_count: count }) => ({ id, handle, users, count }))).toEqual([
      { id: 'S1', handle: 'oncall', users: undefined, count: undefined },
    ]);
    const whole = { include_users: true, include_count: true, include_disabled: true };
    expect((await client.usergroups.list(whole)).usergroups).toMatchObject([
      { id: 'S1', users: ['U1'], user_count: 1, date_delete: 0, deleted_by: null },
      { id: 'S2', users: ['U2'], user_count: 1, date_delete: expect.any(Number), deleted_by: 'U1' },
    ]);
  });

  it('get their members as a whole list, in which everybody is once', async () => {
    const client = clientOf(await startWorkspace({ userGroups: groups }));
    const updated = await client.usergroups.users.update({ usergroup: 'S1', users: 'U2,U1,U2' });
    expect(updated.usergroup).toMatchObject({ id: 'S1', users: ['U2', 'U1'], updated_by: 'U0BOT' });
    expect((await client.usergroups.users.list({ usergroup: 'S1' })).users).toEqual(['U2', 'U1']);
  });

  it.each([
    ['no group of that id', 'S9', 'U1', 'no_such_subteam'],
    ['nobody', 'S1', '', 'no_users_provided'],
    ['nobody but commas', 'S1', ' , ', 'no_users_provided'],
    ['somebody who has left', 'S1', 'U1,U3', 'invalid_users'],
    ['somebody unknown', 'S1', 'U404', 'invalid_users'],
    ['a bot', 'S1', 'U0BOT', 'invalid_users'],
    ['a group that is switched off', 'S2', 'U1', 'no_such_subteam'],
  ])('refuse %s and change nothing', async (_, usergroup, users, error) => {
    const slack = await startWorkspace({ userGroups: groups });
    const before = structuredClone(slack.state.userGroups());
    expect(await errorOf(clientOf(slack).usergroups.users.update({ usergroup, users }))).toBe(error);
    expect(slack.state.userGroups()).toEqual(before);
  });

  it('are switched off and on again with their members, and say since when and by whom', async () => {
    const clock = movableClock();
    const client = clientOf(await startWorkspace({ userGroups: groups, now: clock.now }));
    const off = await client.usergroups.disable({ usergroup: 'S1' });
    expect(off.usergroup).toMatchObject({ date_delete: Math.floor(clock.now() / 1000), deleted_by: 'U0BOT' });
    expect((await client.usergroups.list()).usergroups).toEqual([]);
    expect(await errorOf(client.usergroups.users.list({ usergroup: 'S1' }))).toBe('no_such_subteam');
    const asked = { usergroup: 'S1', include_disabled: true };
    expect((await client.usergroups.users.list(asked)).users).toEqual(['U1']);
    expect((await client.usergroups.enable({ usergroup: 'S1' })).usergroup).toMatchObject({ date_delete: 0 });
    expect((await client.usergroups.users.list({ usergroup: 'S1' })).users).toEqual(['U1']);
    expect(await errorOf(client.usergroups.disable({ usergroup: 'S9' }))).toBe('no_such_subteam');
    expect(await errorOf(client.usergroups.enable({ usergroup: 'S9' }))).toBe('no_such_subteam');
  });

  it('can be closed to apps by a setting of the workspace', async () => {
    const team = { id: 'T0NAHAL', name: 'Nahal', domain: 'nahal', userGroupsManagedBy: 'admins' } as const;
    const client = clientOf(await startWorkspace({ userGroups: groups, team }));
    expect(await errorOf(client.usergroups.list())).toBe('ok');
    expect(await errorOf(client.usergroups.users.update({ usergroup: 'S1', users: 'U1' }))).toBe('permission_denied');
    expect(await errorOf(client.usergroups.disable({ usergroup: 'S1' }))).toBe('permission_denied');
    expect(await errorOf(client.usergroups.enable({ usergroup: 'S2' }))).toBe('permission_denied');
  });

  it.each([
    ['usergroups.list', { include_users: true }, 'usergroups:read'],
    ['usergroups.users.list', { usergroup: 'S1' }, 'usergroups:read'],
    ['usergroups.users.update', { usergroup: 'S1', users: 'U1' }, 'usergroups:write'],
    ['usergroups.disable', { usergroup: 'S1' }, 'usergroups:write'],
    ['usergroups.enable', { usergroup: 'S1' }, 'usergroups:write'],
  ])('%s needs its scope', async (method, args, needed) => {
    const client = clientOf(await startWorkspace({ app: { scopes: ['chat:write'] } }));
    await expect(client.apiCall(method, args)).rejects.toMatchObject({ data: { error: 'missing_scope', needed } });
  });

  it('are limited to twenty calls of a method per minute', async () => {
    const clock = movableClock();
    const client = clientOf(await startWorkspace({ userGroups: groups, now: clock.now, limits: 'slack' }));
    const update = () => client.usergroups.users.update({ usergroup: 'S1', users: 'U1' });
    for (let n = 0; n < 20; n += 1) await update();
    await expect(update()).rejects.toMatchObject({ retryAfter: 60 });
    clock.advance(60_000);
    expect(await errorOf(update())).toBe('ok');
  });

  it('are mentioned by their handle for as long as they are on', async () => {
    const slack = await startWorkspace({ userGroups: groups });
    const says = (text: string) => {
      const { ts } = slack.actions.post({ user: 'U1', channel: 'C1', text });
      return slack.state.message('C1', ts)?.text;
    };
    expect(says('ask @oncall')).toBe('ask <!subteam^S1|@oncall>');
    await clientOf(slack).usergroups.disable({ usergroup: 'S1' });
    expect(says('ask @oncall')).toBe('ask @oncall');
  });
});
