import type {
  ApiCall,
  Bookmark,
  Canvas,
  Channel,
  Delivery,
  Ephemeral,
  Message,
  StoredFile,
  User,
  UserGroup,
  View,
} from './model.ts';
import type { FaultPlan } from './faults.ts';
import type { PersonActions } from './person-actions.ts';

/**
 * A Slack workspace on this machine: Web API, Socket Mode, signed HTTP delivery, modals, limits and faults, kept in
 * memory. It obeys Slack's documented rules, not the product: whatever talks to it may be pointed at slack.com instead.
 *
 * ```ts
 * const slack = await startLocalSlack({ now, team, users, channels, app });
 * const client = new WebClient(app.botToken, { slackApiUrl: slack.apiUrl });
 * const seen = await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident', text: 'declare' });
 * await slack.until(() => slack.state.channelByName('inc-2026-0001-api'), 2_000);
 * console.log(slack.renderTranscript('C1').join('\n'));
 * await slack.close();
 * ```
 *
 * - The app reaches it at `apiUrl` (`SLACK_API_URL`); Socket Mode, upload and response URLs are minted from `url`.
 * - `actions` acts as any person; `state` shows everything that exists; `log` is every call, `deliveries` every attempt
 *   to hand something to the app: the sandbox's own record, to compare with what the app believes.
 * - `faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 1 })` loses one answer;
 *   `disconnectSockets('refresh_requested')` plays Slack's refresh.
 * - Timestamps, limits, trigger ids, response URLs and retries follow `now`. After a movable clock was moved, call
 *   `tick()`: it runs what became due. Only the wait for the app's answer (`answerWithinMs`) is real time.
 * - The same over HTTP for a page or a prompt: `GET` and `POST` under `${url}/_sandbox/slack/` (see control-api.ts).
 */
export interface LocalSlack {
  /** `http://127.0.0.1:<port>/api/` */
  readonly apiUrl: string;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly state: SlackState;
  readonly actions: PersonActions;
  readonly faults: FaultPlan;
  /** Every Web API call since the start (the newest 100,000). */
  readonly log: readonly ApiCall[];
  /** Every delivery attempt to the app (the newest 100,000). */
  readonly deliveries: readonly Delivery[];
  /** Messages of a channel (id or `#name`), or of the app's DM with a person (user id), as readable lines. */
  renderTranscript(place: string, options?: { seenBy?: string }): string[];
  /** A view (modal or Home) as readable lines. */
  renderView(viewId: string): string[];
  /**
   * Resolves with the first truthy result of `look`, looked at now and after every change; rejects after `timeoutMs` of
   * real time with a message that names what was awaited.
   */
  until<T>(look: () => T | undefined | false | null, timeoutMs: number, what?: string): Promise<T>;
  /** Runs what the clock made due: event retries, socket refreshes. */
  tick(): void;
  /** Sends every open socket a `disconnect` frame, then closes (`warning` only announces). */
  disconnectSockets(reason: DisconnectReason): void;
  /** Cuts every open socket without a word. */
  cutSockets(): void;
  /** HTTP delivery: sends `url_verification`; true when the app answered the challenge. */
  verifyRequestUrl(): Promise<boolean>;
  close(): Promise<void>;
}

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

/** Read-only views of the workspace. Objects are live: copy what must not change. */
export interface SlackState {
  /** Goes up with every change. */
  readonly version: number;
  channels(): Channel[];
  channel(id: string): Channel | undefined;
  channelByName(name: string): Channel | undefined;
  /** The app's direct-message channel with a person, once one exists. */
  dm(userId: string): Channel | undefined;
  /** Messages of a channel id, `#name` or user id (DM), oldest first, replies included. */
  messages(place: string): Message[];
  message(channelId: string, ts: string): Message | undefined;
  ephemerals(place: string, userId?: string): Ephemeral[];
  users(): User[];
  user(id: string): User | undefined;
  userGroups(): UserGroup[];
  /** A person's open modals, topmost last. */
  modals(userId: string): View[];
  home(userId: string): View | undefined;
  view(id: string): View | undefined;
  pins(channelId: string): Message[];
  bookmarks(channelId: string): Bookmark[];
  files(): StoredFile[];
  canvases(): Canvas[];
  /** Open Socket Mode connections. */
  connections(): number;
}
