import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Severity } from '../oncall/catalog.ts';
import { parseInstant, type EpochMs } from '../oncall/time.ts';

/** One signal of `POST /hooks/alerts`, whatever format it came in. */
export interface HookAlert {
  readonly dedupKey: string;
  readonly status: 'firing' | 'resolved';
  /** What the sender groups it by: alerts of one group that name no known service share an incident. */
  readonly group: string | undefined;
  readonly service: string | undefined;
  readonly title: string;
  readonly severity: Severity | undefined;
  readonly url: string | undefined;
  readonly at: EpochMs | undefined;
}

export type ReadAlerts =
  { readonly ok: true; readonly alerts: readonly HookAlert[] } | { readonly ok: false; readonly problem: string };

const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'must be an ISO 8601 time with an offset' });
  return z.NEVER;
});
const link = z.string().max(2_000).refine(isWebAddress, 'must start with https:// or http:// and have no spaces in it');

/** Most alerts that one body may have. Alertmanager groups without a limit and never repeats what was refused. */
const most = { own: 1_000, grouped: 10_000 } as const;

const ownAlert = z.strictObject({
  dedup_key: z.string().max(255).refine(isKey, 'must have a visible character and no control characters'),
  status: z.enum(['firing', 'resolved']),
  service: z.string().min(1).max(200).optional(),
  title: z.string().min(1).max(2_000),
  severity: z.string().max(50).optional(),
  url: link.optional(),
  at: instant.optional(),
});

const labels = z.record(z.string(), z.string());

/** Alertmanager's webhook (version 4); Grafana's unified alerting sends the same shape with more in it. */
const alertmanager = z.looseObject({
  groupKey: z.string().optional(),
  alerts: z
    .array(
      z.looseObject({
        status: z.enum(['firing', 'resolved']),
        labels,
        annotations: labels.optional(),
        startsAt: z.string().optional(),
        endsAt: z.string().optional(),
        generatorURL: z.string().optional(),
        fingerprint: z.string().min(1).optional(),
      }),
    )
    .min(1)
    .max(most.grouped, `send ${most.grouped} alerts at most at once`),
  externalURL: z.string().optional(),
});

const id = z.union([z.string().min(1), z.number()]).transform(String);

/** Sentry's issue and metric alerts; only what tells them apart. */
const sentry = z.looseObject({
  action: z.string(),
  data: z.looseObject({
    issue: z
      .looseObject({
        id,
        title: z.string(),
        web_url: z.string().optional(),
        level: z.string().optional(),
        project: z.looseObject({ slug: z.string() }).optional(),
      })
      .optional(),
    event: z
      .looseObject({
        issue_id: id.optional(),
        event_id: z.string(),
        title: z.string(),
        web_url: z.string().optional(),
        level: z.string().optional(),
        project: id.optional(),
      })
      .optional(),
    metric_alert: z.looseObject({ id, title: z.string().optional() }).optional(),
    description_title: z.string().optional(),
    web_url: z.string().optional(),
  }),
});

/** Reads Toran's own format (one alert or an array), Alertmanager's, Grafana's and Sentry's. */
export function readAlerts(value: unknown): ReadAlerts {
  if (Array.isArray(value)) return readOwn(value);
  if (has(value, 'alerts')) {
    const parsed = alertmanager.safeParse(value);
    if (!parsed.success) return { ok: false, problem: firstProblem(parsed.error, '') };
    const { alerts, groupKey } = parsed.data;
    const group = groupKey === undefined ? undefined : hash(groupKey);
    return { ok: true, alerts: alerts.map((alert) => fromAlertmanager(alert, group)) };
  }
  if (has(value, 'action')) {
    const parsed = sentry.safeParse(value);
    return parsed.success ? readSentry(parsed.data) : { ok: false, problem: firstProblem(parsed.error, '') };
  }
  return readOwn([value]);
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

function readOwn(values: readonly unknown[]): ReadAlerts {
  if (values.length === 0 || values.length > most.own)
    return { ok: false, problem: `send between 1 and ${most.own.toLocaleString('en')} alerts at once` };
  const alerts: HookAlert[] = [];
  for (const [index, value] of values.entries()) {
    const parsed = ownAlert.safeParse(value);
    if (!parsed.success)
      return { ok: false, problem: firstProblem(parsed.error, values.length > 1 ? `[${index}]` : '') };
    const { dedup_key: dedupKey, status, service, title, severity, url, at } = parsed.data;
    alerts.push({
      dedupKey,
      status,
      group: undefined,
      service,
      title,
      severity: severity === undefined ? undefined : readSeverity(severity),
      url,
      at,
    });
  }
  return { ok: true, alerts };
}

function fromAlertmanager(alert: z.infer<typeof alertmanager>['alerts'][number], group: string | undefined): HookAlert {
  const { labels: marks, annotations = {} } = alert;
  const name = marks['alertname'] ?? 'alert';
  const severity = marks['severity'] ?? marks['priority'];
  return {
    dedupKey: alert.fingerprint !== undefined && isKey(alert.fingerprint) ? alert.fingerprint : fingerprint(marks),
    status: alert.status,
    group,
    service: marks['service'] ?? marks['app'] ?? marks['job'],
    title: annotations['summary'] ?? annotations['title'] ?? annotations['description'] ?? name,
    severity: severity === undefined ? undefined : readSeverity(severity),
    url: webAddress(alert.generatorURL),
    at: instantOf(alert.status === 'resolved' ? alert.endsAt : alert.startsAt),
  };
}

function readSentry(payload: z.infer<typeof sentry>): ReadAlerts {
  const { action, data } = payload;
  // Somebody took it: it neither begins nor ends by that.
  if (action === 'assigned') return { ok: true, alerts: [] };
  const status = ['resolved', 'archived', 'ignored'].includes(action) ? 'resolved' : 'firing';
  const level = data.issue?.level ?? data.event?.level ?? (data.metric_alert === undefined ? undefined : action);
  const key = data.issue?.id ?? data.event?.issue_id ?? data.event?.event_id ?? data.metric_alert?.id;
  const title = data.issue?.title ?? data.event?.title ?? data.description_title ?? data.metric_alert?.title;
  if (key === undefined || !isKey(key) || title === undefined)
    return { ok: false, problem: 'data: expected an issue, an event or a metric alert of Sentry' };
  return {
    ok: true,
    alerts: [
      {
        dedupKey: `sentry:${key}`,
        status,
        group: undefined,
        service: data.issue?.project?.slug ?? data.event?.project,
        title,
        severity: level === undefined ? undefined : readSeverity(level),
        url: webAddress(data.issue?.web_url ?? data.event?.web_url ?? data.web_url),
        at: undefined,
      },
    ],
  };
}

const severityWords: Readonly<Record<Severity, readonly string[]>> = {
  sev1: ['sev1', 'sev-1', '1', 'p1', 'critical', 'fatal', 'page', 'emergency', 'disaster'],
  sev2: ['sev2', 'sev-2', '2', 'p2', 'error', 'high', 'major'],
  sev3: ['sev3', 'sev-3', '3', 'p3', 'warning', 'warn', 'average', 'minor', 'medium'],
  sev4: ['sev4', 'sev-4', '4', 'p4', 'p5', 'info', 'low', 'notice', 'none', 'debug'],
};

/** What monitors call it; a word that nobody knows gives no severity rather than a wrong one. */
export function readSeverity(word: string): Severity | undefined {
  const wanted = word.trim().toLowerCase();
  for (const severity of ['sev1', 'sev2', 'sev3', 'sev4'] as const)
    if (severityWords[severity].includes(wanted)) return severity;
  return undefined;
}

function fingerprint(marks: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(marks).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash(JSON.stringify(sorted));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Fit to be a key in a database: some of what JSON can say, PostgreSQL cannot keep. */
function isKey(text: string): boolean {
  return text.trim() !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed();
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}]+$/u.test(text) && text.isWellFormed();
}

function instantOf(text: string | undefined): EpochMs | undefined {
  // Alertmanager writes year 1 for "not yet".
  const at = text === undefined ? undefined : parseInstant(text);
  return at !== undefined && at > 0 ? at : undefined;
}

function webAddress(text: string | undefined): string | undefined {
  return text !== undefined && isWebAddress(text) && text.length <= 2_000 ? text : undefined;
}

function firstProblem(error: z.ZodError, prefix: string): string {
  const [issue] = error.issues;
  const path = [prefix, ...(issue?.path.map(String) ?? [])].filter((part) => part !== '').join('.');
  const missing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return `${path === '' ? 'body' : path}: ${missing ? 'is missing; every alert needs it' : (issue?.message ?? 'not understood')}`;
}
