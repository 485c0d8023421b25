import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent as HttpsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Pool } from 'undici';
import { apply } from '../../src/cli/apply.ts';
import { catalogYaml } from '../../src/cli/demo/company.ts';
import { appSeed, channelSeeds, pagerDutyAccount, slackUsers, webhookSecret } from '../../src/cli/demo/seeds.ts';
import { parseCatalog } from '../../src/config/catalog.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startServer } from '../../src/main.ts';
import { startLocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import { startLocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import { readSeeds, type Seed } from './fuzz-seeds.ts';
import { hostile, type Hostile } from './hostile-input.ts';
import { seededRandom } from './random.ts';

export interface FuzzReport {
  readonly inputs: number;
  readonly seed: number;
  /** How often each path answered with each status. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** No answer within the time, a broken connection, a status that stands for a fault. */
  readonly faults: readonly string[];
  readonly unhandled: readonly string[];
  /** Whether the server was ready and took a good alert afterwards. */
  readonly isAliveAfter: boolean;
  readonly slowestMs: number;
  readonly grewByMb: number;
  readonly seconds: number;
}

export const hookToken = 'fuzz-token-of-the-tests';
const answerWithinMs = 10_000;
const mostFaults = 20;
/** Of the inputs that pass a signature check: most, since what lies behind it has more to break. */
const signedShare = 0.8;

/** Sends damaged forms of real deliveries to every inbound route of a running server, and looks at what it answers. */
export async function fuzz(options: {
  readonly inputs: number;
  readonly seed: number;
  readonly connections: number;
  readonly onProgress?: (sent: number) => void;
}): Promise<FuzzReport> {
  const begun = performance.now();
  const unhandled: string[] = [];
  const note = (error: unknown) =>
    void unhandled.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  const server = await startTarget();
  const pool = new Pool(server.url, { connections: options.connections, headersTimeout: answerWithinMs });
  const wrong = hostile(seededRandom(options.seed));
  const seeds = await readSeeds();
  const answers: Record<string, Record<string, number>> = {};
  const faults: string[] = [];
  let sent = 0;
  let slowestMs = 0;
  const memoryBefore = memoryMb();

  async function one(): Promise<void> {
    const request = spoil(wrong.pick(wrong.pick(seeds)), wrong, Date.now());
    const sentAt = performance.now();
    const status = await statusOf(pool, request);
    slowestMs = Math.max(slowestMs, performance.now() - sentAt);
    const perPath = (answers[request.path.slice(0, 30)] ??= {});
    perPath[String(status)] = (perPath[String(status)] ?? 0) + 1;
    const isFault = typeof status === 'string' ? !request.mayBreak : status === 500 || status > 503;
    if (isFault && faults.length < mostFaults)
      faults.push(`${request.method} ${request.path}: ${status}; ${preview(request.body)}`);
  }

  try {
    await Promise.all(
      Array.from({ length: options.connections }, async () => {
        while (sent < options.inputs) {
          sent += 1;
          if (sent % 1_000 === 0) options.onProgress?.(sent);
          await one();
        }
      }),
    );
    const isAliveAfter = await isAlive(pool);
    return {
      inputs: sent,
      seed: options.seed,
      answers,
      faults,
      unhandled,
      isAliveAfter,
      slowestMs: Math.round(slowestMs),
      grewByMb: Math.round(memoryMb() - memoryBefore),
      seconds: Math.round((performance.now() - begun) / 1000),
    };
  } finally {
    await pool.close();
    await server.close();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
}

interface Request {
  readonly method: 'POST' | 'GET' | 'PUT' | 'HEAD';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** A body that is refused for its size may break off before it was sent. */
  readonly mayBreak: boolean;
}

/** What a stranger, a broken proxy or a changed service would send in place of a good delivery. */
function spoil(seed: Seed, wrong: Hostile, now: number): Request {
  const body = wrong.chance(0.5) ? wrong.bytes(seed.encode(seed.good)) : seed.encode(wrong.json(seed.good));
  const stamp = wrong.chance(0.9)
    ? String(Math.floor(now / 1000))
    : wrong.pick(['', '-1', '1e9', '99999999999999', 'x']);
  const headers: Record<string, string> = {
    'content-type': wrong.chance(0.9)
      ? seed.contentType
      : wrong.pick(['text/plain', 'application/xml', ';;;', 'a/b; charset=utf-7']),
    ...(wrong.chance(signedShare) ? signatureFor(seed, body, stamp) : forged(wrong)),
  };
  const path = wrong.chance(0.95)
    ? seed.path
    : wrong.pick(['/', '//', '/healthz', '/readyz', '/metrics', '/%', '/hooks/x', '/hooks/alerts?a=%ff']);
  const method = wrong.chance(0.97) ? 'POST' : wrong.pick(['GET', 'PUT', 'HEAD'] as const);
  const mayBreak = body.length > 500_000;
  return { method, path, headers, body: method === 'POST' || method === 'PUT' ? body : new Uint8Array(), mayBreak };
}

function signatureFor(seed: Seed, body: Uint8Array, stamp: string): Record<string, string> {
  switch (seed.path) {
    case '/slack/events': {
      const signature = createHmac('sha256', appSeed.signingSecret).update(`v0:${stamp}:`).update(body).digest('hex');
      return { 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${signature}` };
    }
    case '/hooks/pagerduty': {
      const signature = createHmac('sha256', webhookSecret).update(body).digest('hex');
      return { 'x-pagerduty-signature': `v1=${signature}`, 'x-webhook-id': signature.slice(0, 26) };
    }
    case '/hooks/alerts':
      return { authorization: `Bearer ${hookToken}` };
  }
}

function forged(wrong: Hostile): Record<string, string> {
  const nonsense = wrong.pick(['', 'v0=', 'v1=00', 'Bearer', 'Bearer x', 'v1='.repeat(2_000), 'é'.repeat(3)]);
  const text = Buffer.from(nonsense).toString('latin1');
  return {
    authorization: text,
    'x-slack-signature': text,
    'x-slack-request-timestamp': '1',
    'x-pagerduty-signature': text,
  };
}

async function statusOf(pool: Pool, { method, path, headers, body }: Request): Promise<number | string> {
  try {
    const answer = await pool.request({ method, path, headers, body: body.length === 0 ? null : Buffer.from(body) });
    await answer.body.dump();
    return answer.statusCode;
  } catch (error) {
    return error instanceof Error ? `no answer (${error.message})` : 'no answer';
  }
}

async function isAlive(pool: Pool): Promise<boolean> {
  const good = { dedup_key: 'after', status: 'firing', service: 'checkout', title: 'still here' };
  const request = { method: 'POST', path: '/hooks/alerts', mayBreak: false } as const;
  const headers = { authorization: `Bearer ${hookToken}`, 'content-type': 'application/json' };
  const [health, alert] = await Promise.all([
    statusOf(pool, { ...request, method: 'GET', path: '/healthz', headers: {}, body: new Uint8Array() }),
    statusOf(pool, { ...request, headers, body: Buffer.from(JSON.stringify(good)) }),
  ]);
  return health === 200 && alert === 202;
}

/** The whole of Toran over HTTP, between a local Slack and a local PagerDuty. */
async function startTarget(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'toran-fuzz-'));
  const now = Date.now;
  const slack = await startLocalSlack({
    now,
    team: { id: 'T0NAHAL', name: 'Nahal', domain: 'nahal' },
    users: slackUsers,
    channels: channelSeeds,
    app: appSeed,
  });
  const pagerDuty = await startLocalPagerDuty({ now, account: pagerDutyAccount(now()), webhooks: [] });
  const environment = readEnvironment({
    DATABASE_URL: `file:${join(directory, 'toran.db')}`,
    SLACK_BOT_TOKEN: appSeed.botToken,
    SLACK_SIGNING_SECRET: appSeed.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_API_TOKEN: 'sandbox-key',
    PAGERDUTY_WEBHOOK_SECRETS: webhookSecret,
    PAGERDUTY_API_SERVER: pagerDuty.server,
    PAGERDUTY_EVENTS_SERVER: pagerDuty.eventsServer,
    TORAN_HOOK_TOKENS: `fuzz:${hookToken}`,
    TORAN_POSTMORTEMS: join(directory, 'postmortems'),
    PORT: '0',
  });
  const catalog = catalogYaml(now());
  const toran = await startServer({
    environment,
    log: pino({ level: 'silent' }),
    pagerDutyAgent: new HttpsAgent({ ca: pagerDuty.caPem, keepAlive: true }),
    prepare: async (engine) => {
      await apply(engine, catalog, parseCatalog(catalog, 'catalog.yaml'), undefined);
    },
  });
  return {
    url: `http://127.0.0.1:${toran.port}`,
    async close() {
      await toran.stop();
      await Promise.all([slack.close(), pagerDuty.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function memoryMb(): number {
  return process.memoryUsage().rss / 1024 / 1024;
}

function preview(body: Uint8Array): string {
  return JSON.stringify(Buffer.from(body).toString('utf8').slice(0, 200));
}
