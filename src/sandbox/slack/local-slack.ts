import { createPersonActions } from './actions/actions.ts';
import { createApiServer } from './api-server.ts';
import { createControlApi } from './control-api.ts';
import { createDeliveryDesk } from './delivery.ts';
import type { AppLink } from './delivery.ts';
import { createEmitter } from './events.ts';
import { createFaultBoard } from './faults.ts';
import { createHttpLink } from './http-delivery.ts';
import { listen, portOf } from './http-server.ts';
import { methodTable } from './method-table.ts';
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
import type { LocalSlackOptions } from './options.ts';
import type { PersonActions } from './person-actions.ts';
import { createRateLimits } from './rate-limits.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSocketHub } from './socket-hub.ts';
import { createStateView } from './state-view.ts';
import { transcriptOf, viewLines } from './transcript.ts';
import { createTriggers } from './triggers.ts';
import { createWorkspace } from './workspace.ts';

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
  /**
   * Messages of a channel (id or `#name`), or of the app's DM with a person (user id), as readable lines. With a zone,
   * times are shown as Slack shows them to somebody there; without one, in UTC.
   */
  renderTranscript(place: string, options?: { seenBy?: string; zone?: string }): string[];
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

/** Slack gives an app three seconds for every delivery. */
const slackAnswersWithinMs = 3_000;

export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const workspace = createWorkspace(options);
  const faults = createFaultBoard();
  const triggers = createTriggers(workspace.now);
  const responseUrls = createResponseUrls(workspace);
  const answerWithinMs = options.answerWithinMs ?? slackAnswersWithinMs;
  const { requestUrl } = options.app;
  const http = requestUrl === undefined ? undefined : createHttpLink(workspace, requestUrl, answerWithinMs);
  const hub =
    requestUrl === undefined
      ? createSocketHub(workspace, faults, { answerWithinMs, lifetimeMs: options.socketLifetimeMs })
      : undefined;
  const link: AppLink | undefined = http ?? hub;
  if (link === undefined) throw new Error('local Slack has no way to the app');
  const desk = createDeliveryDesk(workspace, link, faults, options.delayedEvents ?? false);
  workspace.emit = createEmitter(workspace, desk);
  const limits = options.limits === 'off' ? undefined : createRateLimits(workspace.now);
  const api = createApiServer({ workspace, triggers, faults, limits, methods: methodTable(hub) });
  const state = createStateView(workspace, () => hub?.connections() ?? 0);
  const slack: LocalSlack = {
    get apiUrl() {
      return `${workspace.url}/api/`;
    },
    get url() {
      return workspace.url;
    },
    state,
    actions: createPersonActions({ workspace, triggers, responseUrls, desk }),
    faults,
    log: api.log,
    deliveries: desk.deliveries,
    renderTranscript(place, { seenBy, zone } = {}) {
      const channel = state.channel(place) ?? state.dm(place) ?? state.channelByName(place);
      return channel === undefined ? [] : transcriptOf(workspace, channel, { seenBy, zone });
    },
    renderView(viewId) {
      const view = state.view(viewId);
      return view === undefined ? [] : viewLines(workspace, view);
    },
    until: workspace.changes.until,
    tick: workspace.timers.tick,
    disconnectSockets: (reason) => hub?.disconnect(reason),
    cutSockets: () => hub?.cut(),
    verifyRequestUrl: async () => (await http?.verify()) ?? false,
    async close() {
      workspace.timers.close();
      workspace.changes.close();
      await hub?.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const control = createControlApi(slack, workspace.changes.subscribe);
  const server = await listen({ workspace, api, responseUrls, hub, faults, control }, options.port ?? 0);
  workspace.url = `http://127.0.0.1:${portOf(server)}`;
  return slack;
}
