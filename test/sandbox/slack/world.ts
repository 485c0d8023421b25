import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { ChatPostMessageArguments, ChatPostMessageResponse, Logger } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { startLocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import type { AppSeed, LocalSlackOptions } from '../../../src/sandbox/slack/options.ts';

export const everyScope = [
  'app_mentions:read',
  'bookmarks:read',
  'bookmarks:write',
  'canvases:read',
  'canvases:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'pins:read',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'usergroups:write',
  'users:read',
  'users:read.email',
];

export const appSeed: AppSeed = {
  appId: 'A0TORAN',
  name: 'Toran',
  botUserId: 'U0BOT',
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: 'sandbox-secret',
  scopes: everyScope,
  slashCommands: [{ command: '/incident' }, { command: '/raw', shouldEscape: false }],
  shortcuts: [
    { callbackId: 'note', type: 'message', name: 'Add to timeline' },
    { callbackId: 'declare', type: 'global', name: 'Declare' },
  ],
};

/** A clock that stands still until it is moved. */
export function movableClock(startMs = 1_767_225_600_000) {
  let at = startMs;
  return { now: () => at, advance: (byMs: number) => (at += byMs) };
}

export type WorldOptions = Partial<Omit<LocalSlackOptions, 'app'>> & { app?: Partial<AppSeed> };

/** A small workspace, closed when the test ends. Limits are off unless asked for. */
export async function startWorkspace(options: WorldOptions = {}): Promise<LocalSlack> {
  const slack = await startLocalSlack({
    now: Date.now,
    limits: 'off',
    team: { id: 'T0NAHAL', name: 'Nahal', domain: 'nahal' },
    users: [
      {
        id: 'U1',
        name: 'dana',
        realName: 'Dana Levi',
        email: 'dana@nahal.example',
        tz: 'Asia/Jerusalem',
        isAdmin: true,
      },
      { id: 'U2', name: 'beni', realName: 'Beni Cohen' },
      { id: 'U3', name: 'gone', realName: 'Gone Person', deleted: true },
    ],
    channels: [
      { id: 'C1', name: 'general', members: ['U0BOT', 'U1', 'U2'] },
      { id: 'C2', name: 'elsewhere', members: ['U1'] },
      { id: 'C3', name: 'secret', isPrivate: true, members: ['U1'] },
      { id: 'C4', name: 'private-ours', isPrivate: true, members: ['U1', 'U0BOT'] },
      { id: 'C5', name: 'old', archived: true, members: ['U1'] },
    ],
    userGroups: [{ id: 'S1', handle: 'oncall', name: 'On call', users: ['U1'] }],
    ...options,
    app: { ...appSeed, ...options.app },
  });
  onTestFinished(() => slack.close());
  return slack;
}

const nothing = (): void => undefined;
/** What Slack's packages would print: tests say themselves what they expect. */
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** A client that hides nothing: no retries, no waiting out limits. */
export function clientOf(slack: LocalSlack, token: string | undefined = appSeed.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** The error code Slack answered, or `ok`. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof WebAPIPlatformError) return error.data.error;
      throw error;
    },
  );
}

export function postMessage(client: WebClient, args: ChatPostMessageArguments): Promise<ChatPostMessageResponse> {
  const { postMessage: send } = client.chat;
  return send(args);
}
