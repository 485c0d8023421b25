import { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { HttpRoute } from '../engine/http-route.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { notSavedWords } from '../messages/not-saved.ts';
import type { Language } from '../oncall/catalog.ts';
import { secondMs } from '../oncall/time.ts';
import { boltLogger } from './bolt-logger.ts';
import { webClientOptions } from './client.ts';
import { slackRoute } from './http.ts';
import type { IdentityReader } from './identity.ts';
import { createReceiver } from './receiver.ts';
import { createSocketMode, type SocketMode, type SocketModeOptions } from './socket-mode.ts';

export type SlackTransport =
  { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http'; readonly signingSecret: string };

export interface SlackAppDeps {
  readonly botToken: string;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly transport: SlackTransport;
  readonly identity: IdentityReader;
  readonly store: Pick<Store, 'onCallFacts'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** Registers everything that people can do; see listeners.ts. */
  readonly register: (app: App) => void;
  /** How long a commit may take before Slack is told to repeat. */
  readonly commitWithinMs?: number;
  readonly socket?: Pick<SocketModeOptions, 'connections' | 'staggerMs' | 'openWithinMs' | 'firstWaitMs'>;
}

export interface SlackApp {
  readonly app: App;
  /** For the web server, when Slack delivers over HTTP. */
  readonly route: HttpRoute | undefined;
  /** Resolves when Slack can reach Toran, or when the first try has failed; tries go on until `stop`. */
  start(): Promise<void>;
  /** Handles what has come in, at most for `withinMs`, and closes the connections. */
  stop(withinMs: number): Promise<void>;
  health(): { readonly ok: boolean; readonly detail: string };
}

/** Listens to Slack by Socket Mode or HTTP, with the same listeners for both. */
export function createSlackApp(deps: SlackAppDeps): SlackApp {
  const { log, transport, identity } = deps;
  const receiver = createReceiver({
    deadlineMs: deps.commitWithinMs ?? 2 * secondMs,
    log,
    notSaved: async (user) => notSavedWords[await languageOf(deps, user)],
  });
  const app = new App({
    receiver,
    authorize: async () => {
      const own = await identity.read();
      if (!own.ok) throw new Error('auth.test failed; it is asked again with the next delivery');
      const { botUserId, botId, teamId } = own.answer;
      return { botToken: deps.botToken, botUserId, botId, teamId };
    },
    clientOptions: webClientOptions(deps.apiUrl, log),
    logger: boltLogger(log),
    convoStore: false,
    attachFunctionToken: false,
  });
  // The receiver logs what fails, without what was in it; Bolt's own handler would print the error object.
  app.error(async (error) => Promise.reject(error));
  deps.register(app);

  const socket: SocketMode | undefined =
    transport.kind === 'socket'
      ? createSocketMode({
          ...deps.socket,
          appToken: transport.appToken,
          apiUrl: deps.apiUrl,
          receiver,
          log,
          random: deps.random,
        })
      : undefined;
  const route =
    transport.kind === 'http'
      ? slackRoute({ signingSecret: transport.signingSecret, receiver, clock: deps.clock, log })
      : undefined;

  return {
    app,
    route,
    async start() {
      const [own] = await Promise.all([identity.read(), socket?.start()]);
      if (!own.ok)
        log.error(
          { failure: own.failure.kind },
          'slack did not say who we are and is asked again; "toran doctor" says what is wrong with the token',
        );
    },
    async stop(withinMs) {
      await receiver.drain(withinMs);
      await socket?.stop();
    },
    health: () => healthOf(identity, socket),
  };
}

function healthOf(identity: IdentityReader, socket: SocketMode | undefined): ReturnType<SlackApp['health']> {
  if (socket !== undefined && socket.open() === 0) {
    return { ok: false, detail: `no socket to slack is open (${socket.problem() ?? 'opening'})` };
  }
  if (identity.known() === undefined) return { ok: false, detail: 'auth.test has not succeeded yet' };
  return { ok: true, detail: socket === undefined ? 'deliveries over HTTP' : `${socket.open()} sockets open` };
}

/** From the last facts that were read: it has to work while the database does not. */
async function languageOf({ store }: SlackAppDeps, user: string | undefined): Promise<Language> {
  try {
    const { catalog } = await store.onCallFacts();
    const person = Object.values(catalog.people).find(({ slack }) => slack === user);
    return person?.language ?? catalog.workspace.locale;
  } catch {
    return 'en';
  }
}
