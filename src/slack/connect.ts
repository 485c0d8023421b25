import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { EffectHandlers } from '../engine/effects.ts';
import type { HttpRoute } from '../engine/http-route.ts';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { createAddresses } from './addresses.ts';
import { createSlackApp, type SlackTransport } from './app.ts';
import { createSlackClient } from './client.ts';
import type { DrawCoverage } from './coverage-picture.ts';
import { digestEffects, type DigestOptions } from './digest-post.ts';
import { slackEffects, type SlackKinds } from './effects.ts';
import { createHomePublisher } from './home.ts';
import { createIdentityReader } from './identity.ts';
import { registerListeners, type SlackFeatureDeps } from './listeners.ts';
import { nothingPersonal, type PersonalSurface } from './personal-surface.ts';
import { readMessage } from './read-message.ts';
import type { SocketModeOptions } from './socket-mode.ts';

export interface SlackConnectionOptions {
  readonly settings: { readonly botToken: string; readonly apiUrl: string; readonly transport: SlackTransport };
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  /** In [0, 1): spreads reconnects. */
  readonly random?: () => number;
  readonly readFile: (path: string) => Promise<string>;
  /** What is private: a surface, and what answers its forms. */
  readonly personal?: { readonly surface: PersonalSurface; register(app: App, deps: SlackFeatureDeps): void };
  readonly digest: DigestOptions['content'];
  readonly digestPicture: DigestOptions['picture'];
  readonly drawCoverage?: DrawCoverage;
  readonly socket?: Pick<SocketModeOptions, 'connections' | 'staggerMs' | 'openWithinMs' | 'firstWaitMs'>;
}

export interface SlackConnection {
  readonly effects: Pick<EffectHandlers, SlackKinds | 'digest.post'>;
  readonly routes: readonly HttpRoute[];
  start(): Promise<void>;
  stop(withinMs: number): Promise<void>;
  /** Why people cannot reach Toran through Slack now; undefined when they can. */
  problem(): string | undefined;
}

/** Everything of Slack, put together: what it tells Toran and what Toran tells it share one client and its plan. */
export function connectSlack(options: SlackConnectionOptions): SlackConnection {
  const { settings, engine, store, clock, log, newId } = options;
  const client = createSlackClient({ token: settings.botToken, apiUrl: settings.apiUrl, clock, log });
  const identity = createIdentityReader(client);
  const home = createHomePublisher({ client, store, clock });
  const slack = createSlackApp({
    ...settings,
    identity,
    store,
    clock,
    log,
    random: options.random ?? Math.random,
    ...(options.socket === undefined ? {} : { socket: options.socket }),
    register: (app) => {
      const deps: SlackFeatureDeps = {
        engine,
        store,
        clock,
        log,
        newId,
        digest: options.digest,
        home,
        personal: options.personal?.surface ?? nothingPersonal,
        readMessage: (channel, ts) => readMessage(client, channel, ts),
      };
      registerListeners(app, deps);
      options.personal?.register(app, deps);
    },
  });
  const context = {
    client,
    identity,
    addresses: createAddresses(client, clock),
    home,
    drawCoverage: options.drawCoverage,
    engine,
    store,
    clock,
    log,
    readFile: options.readFile,
  };
  return {
    effects: {
      ...slackEffects(context),
      ...digestEffects({ context, content: options.digest, picture: options.digestPicture }),
    },
    routes: slack.route === undefined ? [] : [slack.route],
    start: () => slack.start(),
    stop: (withinMs) => slack.stop(withinMs),
    problem: () => {
      const health = slack.health();
      return health.ok ? undefined : health.detail;
    },
  };
}
