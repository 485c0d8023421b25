import type { Message, View } from './model.ts';

/**
 * What a person can do in the client. `user` is the acting person's id. Where the client talks to the app, the promise
 * resolves when the app has answered or the client gave up, with what the person would see.
 */
export interface PersonActions {
  /** Types a slash command: `text` as typed (`page @dana`). */
  command(input: CommandInput): Promise<PersonOutcome>;
  /** Presses a button of a message, an ephemeral message, a modal or the Home tab. */
  click(input: ClickInput): Promise<PersonOutcome>;
  /** Chooses in a select, radio, checkbox, overflow, date or time picker that dispatches an action. */
  select(input: SelectInput): Promise<PersonOutcome>;
  /** Asks an external select for its options, as typing into it does. */
  suggest(input: SuggestInput): Promise<SuggestOutcome>;
  /** Fills the inputs of the topmost (or named) modal and submits it. */
  submit(input: SubmitInput): Promise<PersonOutcome>;
  /** Closes the topmost modal, or all with `all`. */
  close(input: { user: string; all?: boolean | undefined }): Promise<PersonOutcome>;
  messageShortcut(input: { user: string; channel: string; ts: string; callbackId: string }): Promise<PersonOutcome>;
  globalShortcut(input: { user: string; callbackId: string }): Promise<PersonOutcome>;
  /** Opens the app's Home tab (or its Messages tab). */
  openHome(input: { user: string; tab?: 'home' | 'messages' | undefined }): void;
  /** Posts; `channel` may be a channel id, `#name`, or the app's bot user id for a DM with the app. */
  post(input: { user: string; channel: string; text: string; threadTs?: string | undefined }): Message;
  edit(input: { user: string; channel: string; ts: string; text: string }): Message;
  remove(input: { user: string; channel: string; ts: string }): void;
  react(input: ReactionInput): void;
  unreact(input: ReactionInput): void;
  pin(input: { user: string; channel: string; ts: string }): void;
  join(input: { user: string; channel: string }): void;
  leave(input: { user: string; channel: string }): void;
  invite(input: { user: string; channel: string; users: readonly string[] }): void;
  kick(input: { user: string; channel: string; target: string }): void;
  createChannel(input: { user: string; name: string; isPrivate?: boolean | undefined }): string;
  renameChannel(input: { user: string; channel: string; name: string }): void;
  archiveChannel(input: { user: string; channel: string }): void;
  unarchiveChannel(input: { user: string; channel: string }): void;
  setTopic(input: { user: string; channel: string; topic: string }): void;
  deactivateUser(input: { user: string }): void;
  /** Takes the app off the workspace: tokens stop working (`account_inactive`), `app_uninstalled` is sent. */
  uninstallApp(input: { user: string }): void;
}

export interface CommandInput {
  user: string;
  channel: string;
  command: string;
  text?: string | undefined;
}

/** Where the pressed thing is: a message in a channel, or the person's topmost modal (or a named view), or Home. */
export interface ClickInput {
  user: string;
  channel?: string | undefined;
  ts?: string | undefined;
  /** A view's id, `home`, or left out together with `channel` for the topmost modal. */
  view?: string | undefined;
  /** Exact action id; left out, the only thing with this `label` is pressed. */
  actionId?: string | undefined;
  blockId?: string | undefined;
  label?: string | undefined;
  /** Picks among several with the same action id. */
  value?: string | undefined;
}

export interface SelectInput extends ClickInput {
  /** Option value, user or channel id, date, time; several for multi selects and checkboxes. */
  choose: string | readonly string[];
}

export interface SuggestInput {
  user: string;
  view?: string | undefined;
  channel?: string | undefined;
  ts?: string | undefined;
  actionId: string;
  typed: string;
}

export interface SubmitInput {
  user: string;
  view?: string | undefined;
  /** By action id (or by block id where that is easier): text, option value(s), ids, date `YYYY-MM-DD`, time `HH:mm`. */
  values?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/**
 * `sawError` is what the client shows when the app failed to answer; `errors` are the texts beside inputs; `views` the
 * person's open modals, topmost last; `replied` what the answer itself put into the channel.
 */
export type PersonOutcome =
  | { ok: true; views: readonly View[]; replied?: { text: string; visible: 'ephemeral' | 'in_channel' } }
  | { ok: false; reason: 'errors'; errors: Readonly<Record<string, string>>; views: readonly View[] }
  | { ok: false; reason: 'app'; sawError: SeenError; views: readonly View[] };

/** The words Slack's client shows: `/incident failed with the error "operation_timeout"`. */
export type SeenError =
  | 'operation_timeout'
  | 'dispatch_failed'
  | 'app_unreachable'
  | 'http_client_error'
  | 'http_service_error'
  | 'invalid_command_response'
  | 'invalid_response_action';

export type SuggestOutcome =
  { ok: true; options: readonly { text: string; value: string }[] } | { ok: false; sawError: SeenError };

export interface ReactionInput {
  user: string;
  channel: string;
  ts: string;
  /** Without colons: `pushpin`. */
  name: string;
}

/** A person tried what the client does not let one do. The message names what and where. */
export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}
