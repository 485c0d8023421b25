import { z } from 'zod';
import type { PageWay } from '../incident/events.ts';
import { BadInput } from './bad-input.ts';

/** Where Slack is and how its deliveries come in. */
export type SlackTransport =
  { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http'; readonly signingSecret: string };

export interface Environment {
  readonly databaseUrl: string;
  readonly slack:
    { readonly botToken: string; readonly apiUrl: string; readonly transport: SlackTransport } | undefined;
  readonly pagerduty: {
    /** Undefined: webhooks are read, nothing is written back and nobody is rung. */
    readonly apiToken: string | undefined;
    readonly webhookSecrets: readonly string[];
    readonly apiServer: string;
    readonly eventsServer: string;
  };
  readonly port: number;
  readonly catalogFile: string | undefined;
  readonly hookTokens: readonly { readonly name: string; readonly token: string }[];
  readonly pageWebhook: { readonly url: string; readonly secret: string | undefined } | undefined;
  readonly postmortemDirectory: string;
  readonly templateDirectory: string | undefined;
  readonly privateData: PrivateData;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** Where reasons, personal rules and calendars are kept; `off` keeps none of them, and everything else works. */
export type PrivateData =
  /** The first secret seals, all of them open. */
  | { readonly kind: 'on'; readonly secrets: readonly string[]; readonly databaseUrl: string }
  | { readonly kind: 'off'; readonly because: 'no_secret' | 'no_database_of_its_own' };

const filled = z.string().trim().min(1);
const host = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d+)?$/i, 'must be a host, such as api.eu.pagerduty.com, without https://');

const portAdvice = 'must be a port from 0 (any free one) to 65535';

const databaseUrl = z
  .string()
  .regex(/^(file:|postgres(ql)?:\/\/|:memory:$)/, 'must be file:… for SQLite or postgres://… for PostgreSQL');

const schema = z.object({
  DATABASE_URL: databaseUrl.default('file:data/toran.db'),
  SLACK_BOT_TOKEN: filled.regex(/^xoxb-/, 'must be a bot token and start with xoxb-').optional(),
  SLACK_APP_TOKEN: filled.regex(/^xapp-/, 'must be an app-level token and start with xapp-').optional(),
  SLACK_SIGNING_SECRET: filled.optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).default('https://slack.com/api/'),
  PAGERDUTY_API_TOKEN: filled.optional(),
  PAGERDUTY_WEBHOOK_SECRETS: z.string().default(''),
  PAGERDUTY_API_SERVER: host.default('api.pagerduty.com'),
  PAGERDUTY_EVENTS_SERVER: host.default('events.pagerduty.com'),
  PORT: z.coerce.number({ error: portAdvice }).int(portAdvice).min(0, portAdvice).max(65_535, portAdvice).default(3000),
  TORAN_CATALOG: filled.optional(),
  TORAN_HOOK_TOKENS: z.string().default(''),
  TORAN_PAGE_WEBHOOK: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
  TORAN_PAGE_WEBHOOK_SECRET: filled.optional(),
  TORAN_POSTMORTEMS: filled.default('data/postmortems'),
  TORAN_TEMPLATES: filled.optional(),
  TORAN_SECRET: z
    .string()
    .refine((text) => list(text).every((secret) => secret.length >= 32), {
      error: 'must have at least 32 characters (openssl rand -base64 32); to exchange it, write new,old',
    })
    .optional(),
  TORAN_PRIVATE_DATABASE_URL: databaseUrl.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

/** Every name that Toran reads; `.env.example` and the documentation list the same. */
export const environmentNames: readonly string[] = Object.keys(schema.shape);

/** Reads the settings once. An empty value counts as not set. Throws BadInput that names the variable and the fix. */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(
    environmentNames.flatMap((name) => (source[name]?.trim() ? [[name, source[name]?.trim()]] : [])),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInput(`${String(issue?.path[0] ?? 'environment')}: ${issue?.message ?? 'not understood'}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    slack: readSlack(env),
    pagerduty: {
      apiToken: env.PAGERDUTY_API_TOKEN,
      webhookSecrets: list(env.PAGERDUTY_WEBHOOK_SECRETS),
      apiServer: env.PAGERDUTY_API_SERVER,
      eventsServer: env.PAGERDUTY_EVENTS_SERVER,
    },
    port: env.PORT,
    catalogFile: env.TORAN_CATALOG,
    hookTokens: readHookTokens(env.TORAN_HOOK_TOKENS),
    pageWebhook:
      env.TORAN_PAGE_WEBHOOK === undefined
        ? undefined
        : { url: env.TORAN_PAGE_WEBHOOK, secret: env.TORAN_PAGE_WEBHOOK_SECRET },
    postmortemDirectory: env.TORAN_POSTMORTEMS,
    templateDirectory: env.TORAN_TEMPLATES,
    privateData: readPrivateData(env),
    logLevel: env.LOG_LEVEL,
  };
}

function readSlack(env: z.infer<typeof schema>): Environment['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  const apiUrl = env.SLACK_API_URL.endsWith('/') ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`;
  if (botToken === undefined) {
    if (appToken === undefined && signingSecret === undefined) return undefined;
    throw new BadInput(
      'SLACK_BOT_TOKEN: is missing beside the other Slack settings; copy it from "OAuth & Permissions" of your app',
    );
  }
  if (appToken !== undefined) return { botToken, apiUrl, transport: { kind: 'socket', appToken } };
  if (signingSecret !== undefined) return { botToken, apiUrl, transport: { kind: 'http', signingSecret } };
  throw new BadInput('SLACK_APP_TOKEN: set it for Socket Mode, or SLACK_SIGNING_SECRET for deliveries over HTTP');
}

/** On PostgreSQL the pager's own role must not be able to read it, so that it needs an address of its own. */
function readPrivateData(env: z.infer<typeof schema>): PrivateData {
  const secrets = list(env.TORAN_SECRET ?? '');
  if (secrets.length === 0) return { kind: 'off', because: 'no_secret' };
  const address = env.TORAN_PRIVATE_DATABASE_URL ?? besides(env.DATABASE_URL);
  if (address === undefined) return { kind: 'off', because: 'no_database_of_its_own' };
  return { kind: 'on', secrets, databaseUrl: address };
}

/** `data/toran-private.db` for `data/toran.db`. */
function besides(address: string): string | undefined {
  if (address.startsWith('postgres')) return undefined;
  if (address.endsWith(':memory:')) return ':memory:';
  return address.replace(/(\.[a-z0-9]+)?$/i, (extension: string) => `-private${extension}`);
}

function readHookTokens(text: string): Environment['hookTokens'] {
  return list(text).map((entry, index) => {
    const separator = entry.indexOf(':');
    const [name, token] = [entry.slice(0, separator), entry.slice(separator + 1)];
    if (separator < 1 || !/^\S{16,}$/.test(token) || !/^[\w-]+$/.test(name)) {
      throw new BadInput(
        `TORAN_HOOK_TOKENS: entry ${index + 1} must be name:token with a token of at least 16 characters without spaces`,
      );
    }
    return { name, token };
  });
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The ways a page can go out with these settings. */
export function waysOf(environment: Environment): readonly PageWay[] {
  const ways: PageWay[] = environment.slack === undefined ? [] : ['slack'];
  if (environment.pagerduty.apiToken !== undefined) ways.push('pagerduty');
  if (environment.pageWebhook !== undefined) ways.push('webhook');
  return ways;
}
