import type { EpochMs, TimeZone } from '../../oncall/time.ts';

/** The workspace a local Slack starts with; everything else (messages, channels, files) is made through the API. */
export interface LocalSlackOptions {
  /** TCP port on 127.0.0.1; 0 or left out takes a free one. */
  port?: number;
  /** The clock of this Slack: timestamps, trigger ids, limits, retries and expiries follow it. */
  now: () => EpochMs;
  /**
   * Runs `run` at `atMs` of the clock and returns a way to cancel it. Left out, real timers are used and `tick()` runs
   * whatever a moved clock made due.
   */
  schedule?: Schedule;
  team: TeamSeed;
  users: readonly UserSeed[];
  channels?: readonly ChannelSeed[];
  userGroups?: readonly UserGroupSeed[];
  app: AppSeed;
  /** `slack` applies the published tiers per method, `off` none. Default `slack`. */
  limits?: 'slack' | 'off';
  /** How long the app may take to answer a delivery, in real milliseconds. Slack gives 3,000. */
  answerWithinMs?: number;
  /** Life of a Socket Mode connection before `refresh_requested`, on the clock; left out: only on request. */
  socketLifetimeMs?: number;
  /** Slack's app setting "Delayed Events": hourly retries for 24 h after the first three. Default false. */
  delayedEvents?: boolean;
}

export type Schedule = (atMs: EpochMs, run: () => void) => () => void;

export interface TeamSeed {
  id: string;
  name: string;
  domain: string;
  /** A free plan refuses standalone canvases. Default `paid`. */
  plan?: 'free' | 'paid';
  /** The workspace's setting of who may change user groups. Default `everyone`, which includes apps. */
  userGroupsManagedBy?: 'everyone' | 'admins';
}

export interface UserSeed {
  id: string;
  /** The handle: what one types after `@`. */
  name: string;
  realName: string;
  email?: string;
  tz?: TimeZone;
  /** BCP 47 tag, `en-US` when left out; returned with `include_locale`. */
  locale?: string;
  isAdmin?: boolean;
  /** A deactivated account. */
  deleted?: boolean;
  isBot?: boolean;
}

export interface ChannelSeed {
  id: string;
  name: string;
  isPrivate?: boolean;
  members?: readonly string[];
  creator?: string;
  topic?: string;
  purpose?: string;
  archived?: boolean;
}

export interface UserGroupSeed {
  id: string;
  handle: string;
  name: string;
  users: readonly string[];
  /** Who switched it off before the workspace starts; left out: it is on. */
  disabledBy?: string;
}

export interface AppSeed {
  appId: string;
  /** Shown as the sender of the app's messages. Default `Toran`. */
  name?: string;
  botUserId: string;
  /** Default: the bot user's id with `B` in place of `U`. */
  botId?: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** Scopes of the bot token; a method that needs another one answers `missing_scope`. */
  scopes: readonly string[];
  /** Events the app subscribed to, by manifest name (`message.channels`, `reaction_added`). Default: all known ones. */
  events?: readonly string[];
  slashCommands: readonly SlashCommandSeed[];
  shortcuts?: readonly ShortcutSeed[];
  /** Where deliveries go over HTTP; left out, the app uses Socket Mode. */
  requestUrl?: string;
}

export interface SlashCommandSeed {
  command: string;
  /** Mentions arrive as `<@U…|name>`. Default true. */
  shouldEscape?: boolean;
}

export interface ShortcutSeed {
  callbackId: string;
  type: 'message' | 'global';
  name: string;
}
