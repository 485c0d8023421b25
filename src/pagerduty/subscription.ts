import type { Logger } from 'pino';
import type { WebhookSubscription } from './client-answers.ts';
import type { PagerDutyClient } from './client.ts';

/** What Toran does something about; a subscription may send more. */
export const neededEvents = [
  'incident.triggered',
  'incident.acknowledged',
  'incident.resolved',
  'incident.reopened',
  'incident.annotated',
  'incident.priority_updated',
] as const;

/** Toran does not know under which name the world reaches it, but it knows the path. */
export function leadsHere({ url }: WebhookSubscription): boolean {
  return url !== null && URL.canParse(url) && /\/hooks\/pagerduty\/?$/.test(new URL(url).pathname);
}

/**
 * Looks whether webhooks come through, and switches a subscription on again that PagerDuty has switched off after three
 * dropped deliveries. What happened meanwhile has been thrown away there: the caller has to ask for it, afterwards.
 */
export async function watchSubscriptions(client: PagerDutyClient, log: Logger): Promise<void> {
  const listed = await client.getWebhookSubscriptions();
  if (!listed.ok) {
    // A token without the rights of a manager may not look; that is no fault of this moment.
    if (listed.error.kind !== 'refused')
      log.warn({ failure: listed.error.kind }, 'the state of the pagerduty webhook could not be read');
    return;
  }
  for (const subscription of listed.value.filter(leadsHere)) {
    if (!subscription.active || !subscription.temporarilyDisabled) continue;
    const { id } = subscription;
    log.error(
      { subscription: id },
      'pagerduty has switched the webhook off after refused deliveries; compare PAGERDUTY_WEBHOOK_SECRETS. Switching it on again',
    );
    const enabled = await client.enableWebhookSubscription(id);
    if (!enabled.ok)
      log.error(
        { subscription: id, failure: enabled.error.kind },
        'the pagerduty webhook could not be switched on; do it under Integrations, Webhooks',
      );
  }
}
