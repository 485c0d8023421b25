import { json, type HttpResponse, type HttpRoute } from '../engine/http-route.ts';
import type { Ingest, Signal } from '../engine/ingest.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { clipText } from '../incident/text.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { readAlerts, type HookAlert } from './alert-payload.ts';
import { callerOf, type HookToken } from './bearer.ts';

export interface HooksOptions {
  readonly tokens: readonly HookToken[];
  readonly ingest: Ingest;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Ten thousand alerts in one body: a storm comes grouped, and a monitor does not send again what was too large. */
const maxBodyBytes = 10 * 1024 * 1024;

/** `POST /hooks/alerts`: 202 once every alert of the body is durable. */
export function alertsRoute(options: HooksOptions): HttpRoute {
  return {
    method: 'POST',
    path: '/hooks/alerts',
    maxBodyBytes,
    deadlineMs: 2_000,
    async handle({ headers, body }): Promise<HttpResponse> {
      const caller = callerOf(headers['authorization'], options.tokens);
      if (caller === undefined)
        return json(401, { error: 'send "Authorization: Bearer <token>" with a token of TORAN_HOOK_TOKENS' });
      const parsed = parseJson(body);
      if (!parsed.ok) return json(400, { error: parsed.problem });
      const read = readAlerts(parsed.value);
      if (!read.ok) return json(400, { error: read.problem });
      const { catalog } = await options.store.onCallFacts();
      const now = options.clock.now();
      // Without an id of the sender's every body is news: a repeat then counts once more, and changes nothing else.
      const delivery = headers['idempotency-key'] ?? options.newId();
      const results = await Promise.all(
        read.alerts.map((alert, index) =>
          options.ingest(signalOf(alert, { caller, catalog, now, id: `${caller}:${delivery}:${index}` })),
        ),
      );
      return json(202, {
        accepted: results.length,
        incidents: [...new Set(results.flatMap((result) => ('incident' in result ? (result.incident ?? []) : [])))],
      });
    },
  };
}

function signalOf(alert: HookAlert, context: { caller: string; catalog: Catalog; now: number; id: string }): Signal {
  const service = serviceOf(alert.service, context.catalog);
  const key = `alerts:${context.caller}:${alert.dedupKey}`;
  return {
    alert: {
      key,
      source: 'alerts',
      title: clipText(alert.title, 300) || alert.dedupKey,
      url: alert.url,
      pagerduty: undefined,
    },
    status: alert.status,
    groupKey: groupKeyOf(service, alert.group === undefined ? key : `${context.caller}:${alert.group}`),
    service,
    severity: alert.severity ?? 'sev3',
    opens: true,
    firesOnce: false,
    at: Math.min(alert.at ?? context.now, context.now),
    inbound: { source: 'alerts', id: context.id },
  };
}

function groupKeyOf(service: string | undefined, otherwise: string): string {
  return service === undefined ? `key:${otherwise}` : `service:${service}`;
}

/** By id or by name, as monitors call it. */
export function serviceOf(text: string | undefined, catalog: Catalog): string | undefined {
  if (text === undefined) return undefined;
  if (Object.hasOwn(catalog.services, text)) return text;
  const wanted = text.trim().toLowerCase();
  return Object.values(catalog.services).find(
    (service) => service.name.toLowerCase() === wanted || service.id.toLowerCase() === wanted,
  )?.id;
}

export function parseJson(body: Uint8Array): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      problem: `body: not JSON in UTF-8 (${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'})`,
    };
  }
}
