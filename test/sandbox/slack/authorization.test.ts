import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { appSeed, clientOf, errorOf, postMessage, startWorkspace } from './world.ts';

describe('tokens', () => {
  it('answers not_authed without, invalid_auth for an unknown token', async () => {
    const slack = await startWorkspace();
    expect(await errorOf(new WebClient(undefined, { slackApiUrl: slack.apiUrl }).auth.test())).toBe('not_authed');
    expect(await errorOf(clientOf(slack, 'xoxb-else').auth.test())).toBe('invalid_auth');
  });

  it('takes the app-level token only for opening connections, and only it', async () => {
    const slack = await startWorkspace();
    expect(await errorOf(clientOf(slack).apps.connections.open())).toBe('not_allowed_token_type');
    expect(await errorOf(postMessage(clientOf(slack, appSeed.appToken), { channel: 'C1', text: 'x' }))).toBe(
      'not_allowed_token_type',
    );
    const opened = await clientOf(slack, appSeed.appToken).apps.connections.open();
    expect(opened.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/);
  });

  it('takes the token in the header or among the arguments, and never records it', async () => {
    const slack = await startWorkspace();
    const answer = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: appSeed.botToken }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0NAHAL' });
    expect(JSON.stringify(slack.log)).not.toContain(appSeed.botToken);
  });

  it('answers account_inactive once the app was uninstalled', async () => {
    const slack = await startWorkspace();
    slack.actions.uninstallApp({ user: 'U1' });
    expect(await errorOf(clientOf(slack).auth.test())).toBe('account_inactive');
  });
});

describe('scopes', () => {
  it.each([
    ['chat.postMessage', { channel: 'C1', text: 'x' }, 'chat:write'],
    ['conversations.create', { name: 'x' }, 'channels:manage'],
    ['conversations.create', { name: 'x', is_private: true }, 'groups:write'],
    ['conversations.setTopic', { channel: 'C4', topic: 'x' }, 'groups:write,groups:write.topic'],
    ['conversations.history', { channel: 'C1' }, 'channels:history'],
    ['conversations.history', { channel: 'C4' }, 'groups:history'],
    ['conversations.info', { channel: 'C4' }, 'groups:read'],
    ['conversations.list', { types: 'public_channel,private_channel' }, 'channels:read'],
    ['conversations.open', { users: 'U1' }, 'im:write'],
    ['pins.add', { channel: 'C1', timestamp: '1.000001' }, 'pins:write'],
    ['bookmarks.list', { channel_id: 'C1' }, 'bookmarks:read'],
    ['users.lookupByEmail', { email: 'dana@nahal.example' }, 'users:read.email'],
    ['files.getUploadURLExternal', { filename: 'a.png', length: 3 }, 'files:write'],
    ['canvases.create', {}, 'canvases:write'],
    ['usergroups.users.update', { usergroup: 'S1', users: 'U1' }, 'usergroups:write'],
    ['reactions.get', { channel: 'C1', timestamp: '1.000001' }, 'reactions:read'],
  ])('%s with %j needs %s', async (method, args, needed) => {
    const slack = await startWorkspace({ app: { scopes: ['team:read'] } });
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${appSeed.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    expect(await answer.json()).toEqual({ ok: false, error: 'missing_scope', needed, provided: 'team:read' });
  });

  it('needs none to look at oneself and at views and blocks', async () => {
    const slack = await startWorkspace({ app: { scopes: [] } });
    const client = clientOf(slack);
    expect(await errorOf(client.auth.test())).toBe('ok');
    expect(await errorOf(client.views.publish({ user_id: 'U1', view: { type: 'home', blocks: [] } }))).toBe('ok');
    expect(await errorOf(client.apiCall('blocks.validate', { blocks: [] }))).toBe('ok');
  });

  it('shows e-mail addresses only with users:read.email', async () => {
    const without = await startWorkspace({ app: { scopes: ['users:read'] } });
    expect((await clientOf(without).users.info({ user: 'U1' })).user?.profile?.email).toBeUndefined();
    const withEmail = await startWorkspace();
    expect((await clientOf(withEmail).users.info({ user: 'U1' })).user?.profile?.email).toBe('dana@nahal.example');
  });
});

describe('requests', () => {
  it('answers an unknown method with 200 and unknown_method', async () => {
    const slack = await startWorkspace();
    const answer = await fetch(`${slack.apiUrl}made.up`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ok: false, error: 'unknown_method', req_method: 'made.up' },
    ]);
  });

  it('records every call with arguments, time and outcome', async () => {
    const slack = await startWorkspace({ now: () => 1_767_225_600_000 });
    await postMessage(clientOf(slack), { channel: 'C1', text: 'x' });
    await errorOf(postMessage(clientOf(slack), { channel: 'C404', text: 'x' }));
    expect(slack.log).toMatchObject([
      {
        number: 1,
        atMs: 1_767_225_600_000,
        method: 'chat.postMessage',
        args: { channel: 'C1', text: 'x' },
        status: 200,
        ok: true,
        applied: true,
      },
      { number: 2, method: 'chat.postMessage', status: 200, ok: false, error: 'channel_not_found', applied: false },
    ]);
  });
});
