import { createHmac } from 'node:crypto';
import type { EpochMs } from '../../oncall/time.ts';
import type { Subscription } from './model.ts';

/** One webhook on its way to one subscription: one event, the same bytes and the same id on every attempt. */
export interface Webhook {
  webhookId: string;
  subscription: Subscription;
  body: Buffer;
  eventType: string;
  incidentId: string | null;
  publishedAt: EpochMs;
  attempt: number;
  dueAt: EpochMs;
}

/** `again`: whether PagerDuty would try a delivery that got no answer once more. */
export type PostAnswer = { status: number; reason: string } | { status: null; again: boolean; reason: string };

/** One attempt, signed with every secret of the subscription. Never rejects. */
export async function post(webhook: Webhook, timeoutMs: number): Promise<PostAnswer> {
  const { subscription, body, webhookId } = webhook;
  const signature = subscription.secrets
    .map((secret) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`)
    .join(',');
  try {
    const response = await fetch(subscription.url, {
      method: 'POST',
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...Object.fromEntries(subscription.customHeaders.map(({ name, value }) => [name, value])),
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'PagerDuty-Webhook/V3.0',
        'x-pagerduty-signature': signature,
        'x-webhook-id': webhookId,
        'x-webhook-subscription': subscription.id,
      },
    });
    await response.arrayBuffer();
    return { status: response.status, reason: `HTTP ${response.status}` };
  } catch (error) {
    const reason = networkReason(error);
    // A certificate that is not trusted is the one network error that PagerDuty gives up on at once, unless it has expired.
    return { status: null, again: !/SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(reason), reason };
  }
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : error.message;
}
