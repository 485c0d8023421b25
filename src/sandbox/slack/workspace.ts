import { createChanges } from './changes.ts';
import type { Changes } from './changes.ts';
import type { Canvas, Channel, Fields, StoredFile, User, UserGroup, View } from './model.ts';
import type { LocalSlackOptions, ShortcutSeed, TeamSeed } from './options.ts';
import { createTimers } from './timers.ts';
import type { Timers } from './timers.ts';
import type { EpochMs } from '../../oncall/time.ts';

/** The installed app, with the defaults filled in. */
export interface App {
  readonly appId: string;
  readonly name: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly scopes: ReadonlySet<string>;
  /** undefined: subscribed to everything known. */
  readonly events: ReadonlySet<string> | undefined;
  readonly commands: ReadonlyMap<string, { shouldEscape: boolean }>;
  readonly shortcuts: readonly ShortcutSeed[];
  readonly requestUrl: string | undefined;
  installed: boolean;
}

/** Where events go; bound once the transport exists. `subscription` is the manifest's name of the event. */
export type EmitEvent = (subscription: string, event: Fields, channel?: Channel) => void;

/** Everything that exists in the workspace, with what every rule needs: the clock, ids, timestamps, changes. */
export interface Workspace {
  readonly team: TeamSeed;
  readonly app: App;
  /** `http://127.0.0.1:<port>`, known once the server listens. */
  url: string;
  readonly now: () => EpochMs;
  readonly timers: Timers;
  readonly changes: Changes;
  readonly users: Map<string, User>;
  readonly userByName: Map<string, string>;
  readonly userByEmail: Map<string, string>;
  readonly channels: Map<string, Channel>;
  /** Names of public, private and archived channels are taken alike. */
  readonly channelByName: Map<string, string>;
  /** The app's DM channels by the other person. */
  readonly dms: Map<string, string>;
  readonly userGroups: Map<string, UserGroup>;
  readonly files: Map<string, StoredFile>;
  readonly canvases: Map<string, Canvas>;
  readonly views: Map<string, View>;
  /** Open modals by person, topmost last. */
  readonly modals: Map<string, string[]>;
  readonly homes: Map<string, string>;
  emit: EmitEvent;
  changed(): void;
  /** A timestamp no other message of this workspace has, never before an earlier one. */
  nextTs(): string;
  nextId(prefix: string): string;
}

export function createWorkspace(options: LocalSlackOptions): Workspace {
  const changes = createChanges();
  const timers = createTimers(options.now, options.schedule);
  let lastMicros = 0;
  let ids = 0;
  const workspace: Workspace = {
    team: options.team,
    app: installedApp(options),
    url: '',
    now: options.now,
    timers,
    changes,
    users: new Map(),
    userByName: new Map(),
    userByEmail: new Map(),
    channels: new Map(),
    channelByName: new Map(),
    dms: new Map(),
    userGroups: new Map(),
    files: new Map(),
    canvases: new Map(),
    views: new Map(),
    modals: new Map(),
    homes: new Map(),
    emit: () => undefined,
    changed: changes.changed,
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Math.floor(options.now()) * 1000);
      return microsToTs(lastMicros);
    },
    nextId(prefix) {
      ids += 1;
      return `${prefix}0${ids.toString(36).toUpperCase().padStart(9, '0')}`;
    },
  };
  seed(workspace, options);
  return workspace;
}

function installedApp({ app }: LocalSlackOptions): App {
  return {
    appId: app.appId,
    name: app.name ?? 'Toran',
    botUserId: app.botUserId,
    botId: app.botId ?? `B${app.botUserId.slice(1)}`,
    botToken: app.botToken,
    appToken: app.appToken,
    signingSecret: app.signingSecret,
    scopes: new Set(app.scopes),
    events: app.events === undefined ? undefined : new Set(app.events),
    commands: new Map(app.slashCommands.map((known) => [known.command, { shouldEscape: known.shouldEscape ?? true }])),
    shortcuts: app.shortcuts ?? [],
    requestUrl: app.requestUrl,
    installed: true,
  };
}

function seed(workspace: Workspace, options: LocalSlackOptions): void {
  const { app } = workspace;
  const bot = { id: app.botUserId, name: app.name.toLowerCase(), realName: app.name, isBot: true };
  for (const person of [bot, ...options.users]) addUser(workspace, { ...userDefaults, ...person });
  for (const group of options.userGroups ?? []) {
    const at = workspace.now();
    workspace.userGroups.set(group.id, {
      id: group.id,
      handle: group.handle,
      name: group.name,
      users: [...group.users],
      updatedBy: group.disabledBy ?? app.botUserId,
      updatedMs: at,
      createdMs: at,
      disabled: group.disabledBy === undefined ? undefined : { by: group.disabledBy, atMs: at },
    });
  }
  const someone = options.users[0]?.id ?? app.botUserId;
  for (const given of options.channels ?? []) {
    const channel = emptyChannel(
      workspace,
      given.id,
      given.isPrivate === true ? 'private' : 'public',
      given.name,
      given.creator ?? someone,
    );
    for (const member of given.members ?? []) channel.members.add(member);
    channel.archived = given.archived ?? false;
    channel.topic = { value: given.topic ?? '', creator: channel.creator, lastSetMs: channel.createdMs };
    channel.purpose = { value: given.purpose ?? '', creator: channel.creator, lastSetMs: channel.createdMs };
  }
}

const userDefaults = {
  email: undefined,
  tz: 'UTC',
  locale: 'en-US',
  isAdmin: false,
  deleted: false,
  isBot: false,
} as const;

function addUser(workspace: Workspace, user: User): void {
  workspace.users.set(user.id, user);
  workspace.userByName.set(user.name, user.id);
  if (user.email !== undefined) workspace.userByEmail.set(user.email.toLowerCase(), user.id);
}

/** Makes a channel without telling anyone, and enters it in the indexes. */
export function emptyChannel(
  workspace: Workspace,
  id: string,
  kind: Channel['kind'],
  name: string,
  creator: string,
): Channel {
  const createdMs = workspace.now();
  const channel: Channel = {
    id,
    kind,
    name,
    creator,
    createdMs,
    archived: false,
    isGeneral: name === 'general',
    members: new Set(),
    topic: { value: '', creator: '', lastSetMs: 0 },
    purpose: { value: '', creator: '', lastSetMs: 0 },
    previousNames: [],
    messages: new Map(),
    order: [],
    threads: new Map(),
    pins: new Map(),
    bookmarks: new Map(),
    ephemerals: [],
    canvasFileId: undefined,
  };
  workspace.channels.set(id, channel);
  if (kind !== 'im') workspace.channelByName.set(name, id);
  return channel;
}

/** The DM channel between the app and a person; made when it is first needed. */
export function directMessageWith(workspace: Workspace, userId: string): Channel {
  const known = workspace.channels.get(workspace.dms.get(userId) ?? '');
  if (known !== undefined) return known;
  const channel = emptyChannel(workspace, workspace.nextId('D'), 'im', '', workspace.app.botUserId);
  channel.members.add(userId).add(workspace.app.botUserId);
  workspace.dms.set(userId, channel.id);
  workspace.changed();
  return channel;
}

export function toSeconds(atMs: EpochMs): number {
  return Math.floor(atMs / 1000);
}

export function microsToTs(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${(micros - seconds * 1_000_000).toString().padStart(6, '0')}`;
}

/** Index of the first timestamp not before `ts`. Timestamps of one length order as text. */
export function firstNotBefore(order: readonly string[], ts: string): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
