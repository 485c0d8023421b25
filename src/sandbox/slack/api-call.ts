import type { Channel, Fields, Message, User } from './model.ts';
import { fieldsOf, isFields, parseJson, textOf } from './values.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** What a method gets: its arguments, decoded from a form or JSON, and the workspace it acts on as the app. */
export interface Call {
  readonly method: string;
  readonly args: Fields;
  readonly workspace: Workspace;
  readonly triggers: Triggers;
}

export interface Method {
  run: (call: Call) => Fields;
  /** Scopes of which one suffices; a function where it depends on the arguments. Empty: none needed. */
  scopes?: readonly string[] | ((call: Call) => readonly string[]);
  /** `app` wants the `xapp-` token. Default `bot`. */
  token?: 'bot' | 'app' | 'any' | 'none';
}

export type MethodTable = Readonly<Record<string, Method>>;

/** Ends a method with `ok: false`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: string;
  readonly details: Fields;
  constructor(code: string, details: Fields = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** `invalid_arguments` with the message Slack's client libraries print. */
export function invalidArguments(...messages: string[]): ApiFailure {
  return new ApiFailure('invalid_arguments', {
    response_metadata: { messages: messages.map((text) => `[ERROR] ${text}`) },
  });
}

export function text(call: Call, key: string): string | undefined {
  const value = call.args[key];
  if (typeof value === 'number') return String(value);
  return textOf(value);
}

export function required(call: Call, key: string, error?: string): string {
  const value = text(call, key);
  if (value !== undefined && value !== '') return value;
  if (error !== undefined) throw new ApiFailure(error);
  throw invalidArguments(`missing required field: ${key}`);
}

export function flag(call: Call, key: string): boolean | undefined {
  const value = call.args[key];
  if (value === true || value === 'true' || value === '1' || value === 1) return true;
  if (value === false || value === 'false' || value === '0' || value === 0) return false;
  return undefined;
}

/** A whole number within bounds; Slack answers `invalid_limit`-like errors for nonsense, so does this. */
export function wholeNumber(call: Call, key: string, fallback: number, max: number): number {
  const value = text(call, key);
  if (value === undefined || value === '') return fallback;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 0) throw new ApiFailure('invalid_limit');
  return parsed === 0 ? fallback : Math.min(parsed, max);
}

/** A comma separated list, or a JSON array. */
export function idList(call: Call, key: string): string[] {
  const value = call.args[key];
  if (Array.isArray(value)) return value.filter((id) => typeof id === 'string');
  const given = textOf(value) ?? '';
  if (given.startsWith('[')) {
    const parsed = parseJson(given);
    if (Array.isArray(parsed)) return parsed.filter((id) => typeof id === 'string');
  }
  return given.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]));
}

/** A structured argument: an object or array as such, or JSON text inside a form. undefined when left out. */
export function structured(call: Call, key: string, error: string): unknown {
  const value = call.args[key];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  const parsed = parseJson(value);
  if (parsed === undefined) throw new ApiFailure(error);
  return parsed;
}

/** An array of objects, such as blocks. */
export function objectList(call: Call, key: string, error: string): Fields[] | undefined {
  const value = structured(call, key, error);
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isFields)) throw new ApiFailure(error);
  return value;
}

export function structuredObject(call: Call, key: string, error: string): Fields | undefined {
  const value = structured(call, key, error);
  if (value === undefined) return undefined;
  if (!isFields(value)) throw new ApiFailure(error);
  return fieldsOf(value);
}

/** The channel named by id or `#name`; private ones exist only for their members. */
export function channelArgument(call: Call, key = 'channel'): Channel {
  const channel = channelIfKnown(call, key);
  if (channel === undefined) throw new ApiFailure('channel_not_found');
  return channel;
}

export function channelIfKnown({ workspace, args }: Call, key = 'channel'): Channel | undefined {
  const given = textOf(args[key]) ?? '';
  const id = given.startsWith('#') ? workspace.channelByName.get(given.slice(1)) : given;
  const channel = workspace.channels.get(id ?? '');
  if (channel === undefined) return undefined;
  return channel.kind === 'public' || channel.members.has(workspace.app.botUserId) ? channel : undefined;
}

/** A channel where the app is a member. */
export function ownChannel(call: Call, key = 'channel'): Channel {
  const channel = channelArgument(call, key);
  if (!channel.members.has(call.workspace.app.botUserId)) throw new ApiFailure('not_in_channel');
  return channel;
}

/** Not a DM: topics, members and bookmarks belong to channels. */
export function realChannel(channel: Channel): Channel {
  if (channel.kind === 'im') throw new ApiFailure('method_not_supported_for_channel_type');
  return channel;
}

export function openChannel(channel: Channel, error = 'is_archived'): Channel {
  if (channel.archived) throw new ApiFailure(error);
  return channel;
}

export function messageIn(channel: Channel, ts: string | undefined): Message {
  const message = channel.messages.get(ts ?? '');
  if (message === undefined) throw new ApiFailure('message_not_found');
  return message;
}

export function userArgument(call: Call, key = 'user'): User {
  const user = call.workspace.users.get(required(call, key, 'user_not_found'));
  if (user === undefined) throw new ApiFailure('user_not_found');
  return user;
}

/** Ends the method unless the app has one of these scopes, as Slack words it. */
export function requireScope({ workspace }: Call, anyOf: readonly string[]): void {
  const { scopes } = workspace.app;
  if (anyOf.length === 0 || anyOf.some((scope) => scopes.has(scope))) return;
  throw new ApiFailure('missing_scope', { needed: anyOf.join(','), provided: [...scopes].join(',') });
}

/** The scopes for the kind of channel the call names; `narrower` are those that also do for this one method. */
export function byChannelKind(
  what: 'read' | 'history' | 'write',
  narrower?: string,
): (call: Call) => readonly string[] {
  return (call) => {
    const kind = call.workspace.channels.get(textOf(call.args['channel']) ?? '')?.kind ?? 'public';
    const prefix = kind === 'im' ? 'im' : kind === 'private' ? 'groups' : 'channels';
    const main = prefix === 'channels' && what === 'write' ? 'channels:manage' : `${prefix}:${what}`;
    return narrower === undefined ? [main] : [main, `${prefix}:${narrower}`];
  };
}
