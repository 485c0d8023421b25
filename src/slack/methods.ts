import { z } from 'zod';
import type { SlackMethodName } from './scopes.ts';

/** A Web API method with what it takes and the part of its answer that Toran reads. */
export interface Method<Args extends object, Answer> {
  readonly name: SlackMethodName;
  readonly answer: z.ZodType<Answer>;
  /** Never set: ties the arguments to the method for the compiler. */
  readonly args?: (args: Args) => void;
}

function method<Args extends object>() {
  return <Answer>(name: SlackMethodName, answer: z.ZodType<Answer>): Method<Args, Answer> => ({ name, answer });
}

const nothing = z.object({});
const cursor = z.object({ next_cursor: z.string().optional() }).optional();
const text = z.object({ value: z.string() }).optional();

const channel = z.object({
  id: z.string(),
  name: z.string().optional(),
  creator: z.string().optional(),
  /** Seconds since 1970. */
  created: z.number().optional(),
  is_archived: z.boolean().optional(),
  topic: text,
  purpose: text,
  properties: z.object({ canvas: z.object({ file_id: z.string() }).optional() }).optional(),
});

export type SlackChannel = z.infer<typeof channel>;

const message = z.object({
  ts: z.string(),
  text: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().optional() })).optional(),
  reactions: z.array(z.object({ name: z.string() })).optional(),
});

export type HistoryMessage = z.infer<typeof message>;

const userGroup = z.object({
  id: z.string(),
  handle: z.string().optional(),
  users: z.array(z.string()).optional(),
  /** Not 0 while it is switched off. */
  date_delete: z.number().optional(),
  deleted_by: z.string().nullish(),
});

export type SlackUserGroup = z.infer<typeof userGroup>;

const messages = z.object({ messages: z.array(message), response_metadata: cursor });

export interface MessageContent {
  readonly text: string;
  readonly blocks?: readonly unknown[];
}

export const slackMethods = {
  identity: method<Record<string, never>>()(
    'auth.test',
    z.object({ url: z.string(), team_id: z.string(), user_id: z.string(), bot_id: z.string() }),
  ),
  postMessage: method<
    MessageContent & {
      readonly channel: string;
      readonly thread_ts?: string | undefined;
      readonly metadata: { readonly event_type: string; readonly event_payload: Readonly<Record<string, string>> };
      readonly unfurl_links: boolean;
      readonly unfurl_media: boolean;
    }
  >()('chat.postMessage', z.object({ channel: z.string(), ts: z.string() })),
  updateMessage: method<MessageContent & { readonly channel: string; readonly ts: string }>()('chat.update', nothing),
  createChannel: method<{ readonly name: string; readonly is_private: boolean }>()(
    'conversations.create',
    z.object({ channel }),
  ),
  listChannels: method<{
    readonly types: string;
    readonly exclude_archived: boolean;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }>()('conversations.list', z.object({ channels: z.array(channel), response_metadata: cursor })),
  channelInfo: method<{ readonly channel: string }>()('conversations.info', z.object({ channel })),
  setTopic: method<{ readonly channel: string; readonly topic: string }>()('conversations.setTopic', nothing),
  setPurpose: method<{ readonly channel: string; readonly purpose: string }>()('conversations.setPurpose', nothing),
  /** `users` is a list with commas. */
  invite: method<{ readonly channel: string; readonly users: string; readonly force: boolean }>()(
    'conversations.invite',
    nothing,
  ),
  join: method<{ readonly channel: string }>()('conversations.join', nothing),
  openDirectMessage: method<{ readonly users: string }>()(
    'conversations.open',
    z.object({ channel: z.object({ id: z.string() }) }),
  ),
  history: method<{
    readonly channel: string;
    readonly oldest: string;
    readonly latest?: string | undefined;
    readonly inclusive?: boolean | undefined;
    readonly include_all_metadata: boolean;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }>()('conversations.history', messages),
  replies: method<{
    readonly channel: string;
    readonly ts: string;
    readonly oldest?: string | undefined;
    readonly latest?: string | undefined;
    readonly inclusive?: boolean | undefined;
    readonly include_all_metadata: boolean;
    readonly limit: number;
  }>()('conversations.replies', messages),
  pin: method<{ readonly channel: string; readonly timestamp: string }>()('pins.add', nothing),
  listBookmarks: method<{ readonly channel_id: string }>()(
    'bookmarks.list',
    z.object({
      bookmarks: z.array(z.object({ title: z.string().optional(), link: z.string().nullable().optional() })),
    }),
  ),
  addBookmark: method<{
    readonly channel_id: string;
    readonly title: string;
    readonly type: 'link';
    readonly link: string;
    readonly emoji?: string | undefined;
  }>()('bookmarks.add', nothing),
  uploadUrl: method<{ readonly filename: string; readonly length: number; readonly alt_txt?: string | undefined }>()(
    'files.getUploadURLExternal',
    z.object({ upload_url: z.url(), file_id: z.string() }),
  ),
  completeUpload: method<{
    readonly files: readonly { readonly id: string; readonly title: string }[];
    readonly channel_id: string;
    readonly thread_ts?: string | undefined;
  }>()('files.completeUploadExternal', nothing),
  createChannelCanvas: method<{
    readonly channel_id: string;
    readonly title: string;
    readonly document_content: { readonly type: 'markdown'; readonly markdown: string };
  }>()('conversations.canvases.create', z.object({ canvas_id: z.string() })),
  editCanvas: method<{ readonly canvas_id: string; readonly changes: readonly unknown[] }>()('canvases.edit', nothing),
  /** `hash` of the Home that was seen last: another one there now is a conflict. */
  publishHome: method<{ readonly user_id: string; readonly view: unknown; readonly hash?: string | undefined }>()(
    'views.publish',
    z.object({ view: z.object({ hash: z.string() }) }),
  ),
  lookUpCanvasSections: method<{ readonly canvas_id: string; readonly criteria: { readonly contains_text: string } }>()(
    'canvases.sections.lookup',
    z.object({ sections: z.array(z.object({ id: z.string() })) }),
  ),
  listUserGroups: method<{ readonly include_users: boolean; readonly include_disabled: boolean }>()(
    'usergroups.list',
    z.object({ usergroups: z.array(userGroup) }),
  ),
  /** `users` is the whole list, with commas. */
  updateUserGroup: method<{ readonly usergroup: string; readonly users: string }>()('usergroups.users.update', nothing),
  disableUserGroup: method<{ readonly usergroup: string }>()('usergroups.disable', nothing),
  enableUserGroup: method<{ readonly usergroup: string }>()('usergroups.enable', nothing),
};
