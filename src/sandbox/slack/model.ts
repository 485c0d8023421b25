import type { EpochMs, TimeZone } from '../../oncall/time.ts';

/** A decoded JSON object as it came over the wire: not trusted, read through `values.ts`. */
export type Fields = Record<string, unknown>;

export interface User {
  readonly id: string;
  name: string;
  realName: string;
  email: string | undefined;
  tz: TimeZone;
  locale: string;
  isAdmin: boolean;
  deleted: boolean;
  isBot: boolean;
}

export interface TopicOrPurpose {
  value: string;
  creator: string;
  lastSetMs: EpochMs;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'public' | 'private' | 'im';
  name: string;
  readonly creator: string;
  readonly createdMs: EpochMs;
  archived: boolean;
  readonly isGeneral: boolean;
  readonly members: Set<string>;
  topic: TopicOrPurpose;
  purpose: TopicOrPurpose;
  previousNames: string[];
  /** By `ts`. */
  readonly messages: Map<string, Message>;
  /** Every `ts` ever given here, ascending; a deleted one is no longer in `messages`. */
  readonly order: string[];
  /** Replies by the root's `ts`, ascending. */
  readonly threads: Map<string, string[]>;
  readonly pins: Map<string, Pin>;
  readonly bookmarks: Map<string, Bookmark>;
  /** What only one person sees, oldest first. */
  readonly ephemerals: Ephemeral[];
  canvasFileId: string | undefined;
}

export interface Reaction {
  name: string;
  users: string[];
}

export interface Message {
  readonly ts: string;
  readonly channelId: string;
  /** The author; for messages of the app, its bot user. */
  readonly user: string;
  readonly byApp: boolean;
  subtype: string | undefined;
  text: string;
  blocks: Fields[] | undefined;
  attachments: Fields[] | undefined;
  metadata: MessageMetadata | undefined;
  readonly threadTs: string | undefined;
  readonly broadcast: boolean;
  edited: { user: string; ts: string } | undefined;
  reactions: Reaction[];
  files: string[];
  /** Fields of system messages (`topic`, `inviter` …). */
  readonly extra: Fields;
  readonly unfurlLinks: boolean;
  readonly unfurlMedia: boolean;
}

export interface MessageMetadata {
  eventType: string;
  eventPayload: Fields;
  /** As sent, with `entities` when there are any. */
  raw: Fields;
}

export interface Ephemeral {
  readonly ts: string;
  readonly channelId: string;
  /** Who sees it. */
  readonly user: string;
  text: string;
  blocks: Fields[] | undefined;
  readonly threadTs: string | undefined;
}

export interface Pin {
  readonly ts: string;
  readonly createdMs: EpochMs;
  readonly createdBy: string;
}

export interface Bookmark {
  readonly id: string;
  title: string;
  link: string;
  emoji: string;
  readonly createdMs: EpochMs;
  updatedMs: EpochMs;
  readonly createdBy: string;
}

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  /** Who looks at it. */
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** Changes with every update; `hash` of views.update is compared with it. */
  hash: string;
  /** title, blocks, submit, close, private_metadata, callback_id … as the app sent them. */
  content: Fields;
  /** What the person has chosen or typed so far: block id → action id → value. */
  readonly values: Map<string, Map<string, Fields>>;
  /** Errors that the app's last answer put beside the inputs, by block id. */
  errors: Record<string, string>;
  /** The channel the modal was opened from, for `response_url_enabled`. */
  readonly channelId: string | undefined;
}

export interface UserGroup {
  readonly id: string;
  handle: string;
  name: string;
  users: string[];
  updatedBy: string;
  updatedMs: EpochMs;
  readonly createdMs: EpochMs;
  /** Switched off: its handle mentions nobody, its members stay. */
  disabled: { readonly by: string; readonly atMs: EpochMs } | undefined;
}

export interface StoredFile {
  readonly id: string;
  name: string;
  title: string;
  mimetype: string;
  readonly user: string;
  readonly createdMs: EpochMs;
  /** Announced by files.getUploadURLExternal. */
  readonly expectedBytes: number;
  content: Buffer | undefined;
  altText: string | undefined;
  /** Shared with these channels once the upload is completed. */
  channels: string[];
  completed: boolean;
}

export interface Canvas {
  readonly id: string;
  title: string;
  markdown: string;
  readonly channelId: string | undefined;
  readonly createdBy: string;
  readonly createdMs: EpochMs;
  updatedMs: EpochMs;
  readonly access: { level: 'read' | 'write' | 'owner'; users: string[]; channels: string[] }[];
}

/** One Web API call: the sandbox's own record, to compare with what the product believes it did. */
export interface ApiCall {
  readonly number: number;
  readonly atMs: EpochMs;
  readonly method: string;
  /** Decoded arguments without the token. */
  readonly args: Fields;
  /** HTTP status that was answered; 0 when the connection was cut. */
  status: number;
  ok: boolean;
  error: string | undefined;
  /** Whether the call changed the workspace, even if the answer said otherwise. */
  applied: boolean;
  /** The fault that was played, if any. */
  fault: string | undefined;
  /** Real milliseconds from the last byte of the request to the first of the answer. */
  tookMs: number;
}

/** One attempt to deliver something to the app. */
export interface Delivery {
  readonly number: number;
  readonly atMs: EpochMs;
  readonly kind: DeliveryKind;
  /** `event_id` for events, else the envelope's own id. */
  readonly id: string;
  readonly what: string;
  /** 0 for the first attempt. */
  readonly attempt: number;
  outcome: 'waiting' | 'acknowledged' | DeliveryFailure;
  /** Real milliseconds until the app acknowledged. */
  tookMs: number | undefined;
}

export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';
export type DeliveryFailure = 'http_timeout' | 'connection_failed' | 'http_error' | 'too_many_redirects';
