import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Agent } from 'node:https';
import type { Logger } from 'pino';
import { BadInput } from './config/bad-input.ts';
import { waysOf, type Environment } from './config/environment.ts';
import { createBell } from './engine/bell.ts';
import { createServerClock } from './engine/clock.ts';
import { planNextCoverageLook } from './engine/coverage-look.ts';
import { digestChartData, planNextDigest, weeklyDigest } from './engine/digest.ts';
import { dutyHandlers, planLookAtDuty } from './engine/duty.ts';
import type { EffectHandlers } from './engine/effects.ts';
import { createEngine } from './engine/executor.ts';
import { handOverHandlers } from './engine/hand-over.ts';
import type { HttpRoute } from './engine/http-route.ts';
import { createIngest, type Ingest } from './engine/ingest.ts';
import { rememberLast } from './engine/last-known.ts';
import type { Engine } from './engine/orders.ts';
import type { Clock, Store } from './engine/ports.ts';
import { createPageHealth } from './engine/page-health.ts';
import { timerHandlers } from './engine/timers.ts';
import { startUpkeep } from './engine/upkeep.ts';
import { createWorker } from './engine/worker.ts';
import { loggedLastKnown, loggedWorkerEvents } from './log.ts';
import { digestChartAlternative } from './messages/chart.ts';
import { coverageMapAlternative } from './messages/coverage-map.ts';
import { coverageMap } from './oncall/coverage-map.ts';
import { checkTimeZoneData } from './oncall/time-zone-data.ts';
import { minuteMs, secondMs } from './oncall/time.ts';
import { createPagerDutyClient, type PagerDutyClient } from './pagerduty/client.ts';
import { pagerDutyEffects, pagerDutyOff } from './pagerduty/effects.ts';
import { overrideEffects, overridesOff } from './pagerduty/overrides.ts';
import { startReconciler, type Reconciler } from './pagerduty/reconcile.ts';
import { pagerDutyWebhook } from './pagerduty/webhook.ts';
import { openPrivateParts } from './private-parts.ts';
import { coverageHeatMap, digestChart } from './render/charts.ts';
import { postmortemFile } from './render/postmortem-file.ts';
import { createRenderWorker, type RenderWorker } from './render/render-worker.ts';
import { connectSlack, type SlackConnectionOptions } from './slack/connect.ts';
import { openStore } from './store/open.ts';
import { healthRoutes, type HealthCheck } from './web/health.ts';
import { alertsRoute } from './web/hooks-alerts.ts';
import { createMetrics } from './web/metrics.ts';
import { pageWebhook, pageWebhookOff } from './web/page-webhook.ts';
import { startWebServer } from './web/server.ts';

export interface ServerOptions {
  readonly environment: Environment;
  readonly log: Logger;
  /** Given by the sandbox, which moves it; left out, the host's clock as the database corrects it. */
  readonly clock?: Clock;
  /** Trusts the sandbox's certificate; left out, the usual authorities. */
  readonly pagerDutyAgent?: Agent;
  /** Done before anything can come in: an alert must find the catalog that says whom to ask. */
  readonly prepare?: (engine: Engine) => Promise<void>;
}

export interface RunningServer {
  readonly port: number;
  readonly store: Store;
  readonly engine: Engine;
  /** Looks at once for what has become due: after the clock was moved. */
  wake(): void;
  /** Effects under way. */
  inFlight(): number;
  /** Takes nothing new, finishes what is under way, gives everything back. */
  stop(): Promise<void>;
}

const leaseMs = 5 * secondMs;
const effectsAtOnce = 100;
const drainMs = 10 * secondMs;

/** Puts the parts together and takes them apart in reverse, also when one of them cannot start: nothing is left running. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const opened = new AsyncDisposableStack();
  try {
    return await assemble(options, opened);
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

/** Settings → store → engine → adapters → worker → doors. */
async function assemble(options: ServerOptions, opened: AsyncDisposableStack): Promise<RunningServer> {
  const { environment, log } = options;
  const slackSettings = requireSlack(environment);
  const wrong = checkTimeZoneData();
  // Late by an hour is better than not at all, but somebody has to know.
  if (wrong.length > 0) log.error({ wrong }, 'this Node.js has wrong time data; run toran doctor');
  const serverClock = createServerClock(Date.now);
  const clock = options.clock ?? serverClock;
  const database = await openStore(environment.databaseUrl, { role: 'server' });
  opened.defer(() => database.close());
  const lastKnown = rememberLast(database, clock, loggedLastKnown(log));
  const { store } = lastKnown;
  const privateParts = await openPrivateParts(environment.privateData, log);
  opened.defer(() => privateParts.close());
  const upkeep = await startUpkeep({
    store,
    serverClock: options.clock === undefined ? serverClock : undefined,
    hostNow: Date.now,
    onFailure: (err) => log.error({ err }, 'the database does not answer'),
    hourly: async () => {
      await planNextDigest(store, clock);
      await planLookAtDuty(store, clock);
      await privateParts.plan({ store, clock });
      await planNextCoverageLook(store, clock);
    },
  });
  opened.defer(() => upkeep.stop());

  const bell = createBell();
  const ways = waysOf(environment);
  const engine = createEngine({ store, clock, ways, onCommitted: bell.ring });
  const ingest = createIngest({ store, engine, clock });
  await options.prepare?.(engine);

  const render = createRenderWorker();
  opened.defer(() => render.close());
  const parts: Parts = { ...options, store, engine, ingest, clock, render };
  const personal = privateParts.slack({ store, engine, clock });
  const slack = connectSlack({ ...slackOptions(slackSettings, parts), personal });
  const pagerDuty = pagerDutyClient(parts);
  const metrics = createMetrics(store, clock);
  const pages = createPageHealth(ways, clock);
  const worker = createWorker({
    store,
    clock,
    handlers: {
      ...slack.effects,
      ...ownHandlers(parts, pagerDuty),
      ...privateParts.handlers({ store, engine, clock }),
    } satisfies EffectHandlers,
    events: loggedWorkerEvents(log, {
      ...metrics.workerEvents,
      ran(job, outcome, tookMs) {
        metrics.workerEvents.ran(job, outcome, tookMs);
        pages.ran(job, outcome);
      },
    }),
    random: Math.random,
    newToken: randomUUID,
    concurrency: effectsAtOnce,
    leaseMs,
  });
  bell.onRing(worker.wake);
  opened.defer(await store.onEffects(worker.wake));
  opened.defer(() => worker.stop(drainMs));

  const checks: readonly HealthCheck[] = [
    { name: 'database', required: true, check: () => Promise.resolve(okUnless(upkeep.problem())) },
    { name: 'paging', required: true, check: () => Promise.resolve(okUnless(pages.problem())) },
    { name: 'availability', required: false, check: () => Promise.resolve(okUnless(lastKnown.problem())) },
    { name: 'slack', required: false, check: () => Promise.resolve(okUnless(slack.problem())) },
  ];
  const routes = [...hooks(parts), ...slack.routes, ...healthRoutes(checks), metrics.route];
  const doors: (() => Promise<void>)[] = [];
  opened.defer(() => Promise.all(doors.map((close) => close())).then(() => undefined));
  const web = await startWebServer({ port: environment.port, routes, log: log.child({ part: 'web' }) });
  doors.push(() => web.stop(drainMs));
  worker.start();
  doors.push(() => slack.stop(drainMs));
  await slack.start();
  const reconciler = pagerDuty === undefined ? undefined : reconcile(pagerDuty, parts);
  if (reconciler !== undefined) doors.push(() => reconciler.stop());
  log.info({ port: web.port, ways }, 'toran is on duty');

  return {
    port: web.port,
    store,
    engine,
    wake: worker.wake,
    inFlight: worker.inFlight,
    async stop() {
      log.info('stopping: nothing new is taken, what is under way is finished');
      await opened.disposeAsync();
      log.info('stopped');
    },
  };
}

interface Parts extends ServerOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly ingest: Ingest;
  readonly clock: Clock;
  readonly render: RenderWorker;
}

function requireSlack({ slack }: Environment): NonNullable<Environment['slack']> {
  if (slack !== undefined) return slack;
  throw new BadInput('SLACK_BOT_TOKEN: is missing; create the app from manifest.yml and copy its bot token');
}

function slackOptions(settings: NonNullable<Environment['slack']>, parts: Parts): SlackConnectionOptions {
  const { store, engine, clock, log, render } = parts;
  return {
    settings,
    engine,
    store,
    clock,
    log: log.child({ part: 'slack' }),
    newId: randomUUID,
    readFile: (path) => readFile(path, 'utf8'),
    drawCoverage: coverageDrawer(parts),
    digest: (at) => weeklyDigest(store, at),
    digestPicture: async (at, language) => {
      const data = await digestChartData(store, at);
      const drawn = await digestChart(render, data, language);
      if (!drawn.ok)
        log.warn({ reason: drawn.detail }, 'the picture of the digest could not be drawn; its numbers are in the text');
      return drawn.ok ? { png: drawn.png, alternative: digestChartAlternative(data, language) } : undefined;
    },
  };
}

/** The heat map; where it cannot be drawn, the text says the same. */
function coverageDrawer({ render, log }: Parts): NonNullable<SlackConnectionOptions['drawCoverage']> {
  return async (facts, segments, { k, now, language }) => {
    const map = coverageMap(facts, segments, { k, now });
    const drawn = await coverageHeatMap(render, map, facts.catalog, language);
    if (!drawn.ok) log.warn({ reason: drawn.detail }, 'the picture of coverage could not be drawn');
    return drawn.ok ? { png: drawn.png, alternative: coverageMapAlternative(map, language) } : undefined;
  };
}

/** What everyone but Slack does of the effects. */
function ownHandlers(parts: Parts, client: PagerDutyClient | undefined) {
  const { environment, store, engine, clock, render, log } = parts;
  const { pageWebhook: gateway, postmortemDirectory: directory, templateDirectory: templates } = environment;
  return {
    ...(client === undefined
      ? { ...pagerDutyOff, ...overridesOff }
      : {
          ...pagerDutyEffects({ client, engine, store, clock }),
          ...overrideEffects({ client, engine, store, clock, log: log.child({ part: 'pagerduty' }) }),
        }),
    ...(gateway === undefined
      ? pageWebhookOff
      : pageWebhook({ ...gateway, store, engine, clock, timeoutMs: 5 * secondMs })),
    ...timerHandlers({ engine, store, clock }),
    ...handOverHandlers({ engine, store, clock }),
    ...dutyHandlers({ engine, store }),
    ...postmortemFile({ store, engine, worker: render, directory, templates, log }),
  };
}

function pagerDutyClient({ environment, pagerDutyAgent, clock }: Parts): PagerDutyClient | undefined {
  const { apiToken, apiServer, eventsServer } = environment.pagerduty;
  if (apiToken === undefined) return undefined;
  return createPagerDutyClient({
    token: apiToken,
    apiServer,
    eventsServer,
    now: () => clock.now(),
    ...(pagerDutyAgent === undefined ? {} : { agent: pagerDutyAgent }),
  });
}

/** Where webhooks come in, looking only catches up; where they do not, looking is how news come. */
function reconcile(client: PagerDutyClient, { environment, engine, ingest, store, clock, log }: Parts): Reconciler {
  const everyMs = environment.pagerduty.webhookSecrets.length > 0 ? 3 * minuteMs : 15 * secondMs;
  return startReconciler({ client, engine, ingest, store, clock, log: log.child({ part: 'pagerduty' }), everyMs });
}

/** Where the outside world reports what is wrong. */
function hooks({ environment, ingest, engine, store, clock, log }: Parts): readonly HttpRoute[] {
  const { webhookSecrets: secrets } = environment.pagerduty;
  return [
    pagerDutyWebhook({ secrets, ingest, engine, store, clock, log: log.child({ part: 'pagerduty' }) }),
    alertsRoute({ tokens: environment.hookTokens, ingest, store, clock, newId: randomUUID }),
  ];
}

function okUnless(problem: string | undefined) {
  return problem === undefined ? ({ ok: true } as const) : ({ ok: false, detail: problem } as const);
}
