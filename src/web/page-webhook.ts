import { createHmac } from 'node:crypto';
import { done, type EffectHandlers } from '../engine/effects.ts';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { hindrance } from '../incident/before-sending.ts';
import type { DeliveryFailure } from '../incident/events.ts';
import { incidentOf } from '../incident/ids.ts';
import { isOpen, pageOfDelivery } from '../incident/incident.ts';
import { isWaiting } from '../incident/page.ts';
import { entry } from '../oncall/lookup.ts';
import { automation } from '../oncall/recorded.ts';
import { toIso } from '../oncall/time.ts';

export interface PageWebhookOptions {
  readonly url: string;
  /** Signs each request; undefined sends it unsigned. */
  readonly secret: string | undefined;
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/**
 * Pages through a gateway for SMS or phone calls: `POST` with JSON, `Idempotency-Key` per delivery, and
 * `X-Toran-Signature: t=<epoch seconds>,v1=<hex HMAC-SHA256 of "t.body">` when a secret is set. Any 2xx counts as handed
 * over; 400, 410 and 422 as refused for this person. Everything else is the gateway's trouble, not the person's: it is tried
 * again for as long as the page waits, and the other ways go on.
 */
export function pageWebhook(options: PageWebhookOptions): Pick<EffectHandlers, 'webhook.page'> {
  const { store, engine, clock } = options;
  return {
    async 'webhook.page'({ delivery: id }, job) {
      const incident = await store.incident(incidentOf(id));
      const found = incident === undefined ? undefined : pageOfDelivery(incident, id);
      if (incident === undefined || found === undefined || !isOpen(incident) || !isWaiting(found.page)) return done;
      if (found.delivery.outcome.kind !== 'queued' || found.delivery.to.kind !== 'person') return done;
      const { person } = found.delivery.to;
      const title = (await store.texts(incident.id)).get(incident.title) ?? incident.id;
      const settle = (because: DeliveryFailure) =>
        engine.execute({
          kind: 'incident',
          stream: incident.id,
          command: { type: 'delivery_failed', delivery: id, because },
          actor: automation,
        });
      // Read here, after everything that took time: the last look before somebody is rung.
      const onCall = await store.onCallFacts();
      const against = hindrance(incident, found.page, found.delivery, onCall, clock.now());
      if (against !== undefined) {
        await settle(against);
        return done;
      }
      const email = entry(onCall.catalog.people, person)?.email;
      const body = JSON.stringify({
        delivery: id,
        incident: incident.id,
        severity: incident.severity,
        service: incident.service,
        title,
        person: { id: person, email },
        at: toIso(job.createdAt),
        ...(onCall.asOf === undefined ? {} : { availability_as_of: toIso(onCall.asOf) }),
      });
      const response = await post(options, id, body);
      if (!response.ok)
        return response.final
          ? settle('refused').then(() => ({ kind: 'failed', error: response.error }))
          : { kind: 'retry', error: response.error };
      await engine.execute({
        kind: 'incident',
        stream: incident.id,
        command: { type: 'delivery_succeeded', delivery: id, channel: undefined, ts: undefined, reference: undefined },
        actor: automation,
      });
      return done;
    },
  };
}

const refusals: ReadonlySet<number> = new Set([400, 410, 422]);

type Posted = { readonly ok: true } | { readonly ok: false; readonly final: boolean; readonly error: string };

async function post(options: PageWebhookOptions, key: string, body: string): Promise<Posted> {
  const seconds = Math.floor(options.clock.now() / 1000);
  const signature =
    options.secret === undefined
      ? {}
      : { 'x-toran-signature': `t=${seconds},v1=${sign(options.secret, `${seconds}.${body}`)}` };
  try {
    const response = await fetch(options.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...signature },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    await response.body?.cancel();
    if (response.ok) return { ok: true };
    const final = refusals.has(response.status);
    return { ok: false, final, error: `the page gateway answered ${response.status}; check TORAN_PAGE_WEBHOOK` };
  } catch (error) {
    return {
      ok: false,
      final: false,
      error: `the page gateway did not answer (${error instanceof Error ? error.name : 'error'})`,
    };
  }
}

function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Without a gateway no page is ever planned for one; a page planned before the setting was taken away is dropped. */
export const pageWebhookOff: Pick<EffectHandlers, 'webhook.page'> = { 'webhook.page': () => Promise.resolve(done) };
