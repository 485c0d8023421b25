import type { Clock } from '../engine/ports.ts';
import { minuteMs, type EpochMs } from '../oncall/time.ts';
import type { Called, SlackClient } from './client.ts';
import { isRefused } from './errors.ts';
import { slackMethods, type SlackChannel } from './methods.ts';

/** Finds channels that the catalog names, and people's direct messages. */
export interface Addresses {
  /** The id behind `#name` or an id; undefined when the app sees no such channel. */
  channel(target: string, as?: { readonly isPage?: boolean }): Promise<Called<string | undefined>>;
  /** The channel of the app's direct messages with a person. */
  directMessage(user: string, as?: { readonly isPage?: boolean }): Promise<Called<string>>;
  /** Slack did not know the id any more: it is looked up again next time. */
  forget(target: string): void;
}

const keptMs = 30 * minuteMs;
/** A channel that is not there may be created any minute. */
const missingKeptMs = minuteMs;
const channelsPerPage = 1_000;
const mostPages = 50;

export function createAddresses(client: SlackClient, clock: Clock): Addresses {
  const directMessages = new Map<string, string>();
  const known = new Map<string, { readonly id: string | undefined; readonly until: EpochMs }>();

  async function lookUp(name: string, isPage: boolean): Promise<Called<string | undefined>> {
    const found = await findChannel(client, name, { isPage });
    if (!found.ok) return found;
    const id = found.answer?.id;
    known.set(name, { id, until: clock.now() + (id === undefined ? missingKeptMs : keptMs) });
    return { ok: true, answer: id };
  }

  return {
    channel(target, as) {
      const name = channelNameOf(target);
      if (name === undefined) return Promise.resolve({ ok: true, answer: target });
      const cached = known.get(name);
      if (cached !== undefined && cached.until > clock.now()) return Promise.resolve({ ok: true, answer: cached.id });
      return lookUp(name, as?.isPage === true);
    },
    async directMessage(user, as) {
      const opened = directMessages.get(user);
      if (opened !== undefined) return { ok: true, answer: opened };
      const called = await client.call(slackMethods.openDirectMessage, { users: user }, as);
      if (!called.ok) return called;
      directMessages.set(user, called.answer.channel.id);
      return { ok: true, answer: called.answer.channel.id };
    },
    forget(target) {
      known.delete(channelNameOf(target) ?? target);
    },
  };
}

/** Undefined for an id. */
function channelNameOf(target: string): string | undefined {
  if (target.startsWith('#')) return target.slice(1).toLowerCase();
  return /^[CGD][A-Z0-9]{2,}$/.test(target) ? undefined : target.toLowerCase();
}

/** The open channel of this name that the app can see, or undefined. Looks at private ones where the app may. */
export async function findChannel(
  client: SlackClient,
  name: string,
  as: { readonly isPage?: boolean } = {},
): Promise<Called<SlackChannel | undefined>> {
  const found = await findAmong(client, name, 'public_channel,private_channel', as);
  if (found.ok || !isRefused(found.failure, 'missing_scope')) return found;
  return findAmong(client, name, 'public_channel', as);
}

async function findAmong(
  client: SlackClient,
  name: string,
  types: string,
  as: { readonly isPage?: boolean },
): Promise<Called<SlackChannel | undefined>> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const listed = await client.call(
      slackMethods.listChannels,
      { types, exclude_archived: true, limit: channelsPerPage, cursor },
      as,
    );
    if (!listed.ok) return listed;
    const found = listed.answer.channels.find((channel) => channel.name === name);
    if (found !== undefined) return { ok: true, answer: found };
    cursor = listed.answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return { ok: true, answer: undefined };
}
