import { request } from 'node:https';
import type { PagerDutyUser, WebhookSubscription } from '../pagerduty/client-answers.ts';
import { createPagerDutyClient, type PagerDutyClient } from '../pagerduty/client.ts';
import type { PagerDutyError } from '../pagerduty/client-result.ts';
import { leadsHere, neededEvents } from '../pagerduty/subscription.ts';
import type { Catalog } from '../oncall/catalog.ts';
import {
  clockReading,
  finding,
  type ClockReading,
  type Examined,
  type Finding,
  type Patient,
} from './doctor-finding.ts';

/** The token, whether catalog and account agree, and whether webhooks come through. */
export async function examinePagerDuty(patient: Patient): Promise<Examined> {
  const { apiToken, apiServer, eventsServer, webhookSecrets } = patient.environment.pagerduty;
  if (apiToken === undefined) {
    const code = webhookSecrets.length === 0 ? 'pagerduty_not_set' : 'pagerduty_read_only';
    return { findings: [finding('pagerduty', webhookSecrets.length === 0 ? 'ok' : 'warn', code, {})] };
  }
  const { pagerDutyAgent: agent, now, timeoutMs } = patient;
  const client = createPagerDutyClient({
    token: apiToken,
    apiServer,
    eventsServer,
    now,
    timeoutMs: timeoutMs / 2,
    retryTimeoutMs: 200,
    ...(agent === undefined ? {} : { agent }),
  });
  const [abilities, clocks] = await Promise.all([client.abilities(), readClock(patient)]);
  if (!abilities.ok) return { findings: [tokenFinding(abilities.error)], clocks };
  const parts = await Promise.all([
    examineToken(client),
    patient.catalog === undefined ? [] : examineServices(client, patient.catalog),
    patient.catalog === undefined ? [] : examineUsers(client, patient.catalog),
    examineSubscriptions(client, webhookSecrets.length > 0),
  ]);
  return { findings: [finding('pagerduty', 'ok', 'pagerduty_fine', {}), ...parts.flat()], clocks };
}

function tokenFinding(error: PagerDutyError): Finding {
  if (error.kind === 'refused')
    return finding('pagerduty', 'fail', 'pagerduty_token_refused', { problem: problemOf(error) });
  return finding('pagerduty', 'fail', 'pagerduty_unreachable', { problem: problemOf(error) });
}

function problemOf(error: PagerDutyError): string {
  switch (error.kind) {
    case 'refused':
      return `HTTP ${error.status}: ${error.message}`;
    case 'unavailable':
      return error.reason;
    case 'rate_limited':
      return 'rate limited';
  }
}

/** Only a personal token has a current user. */
async function examineToken(client: PagerDutyClient): Promise<readonly Finding[]> {
  const user = await client.currentUser();
  return user.ok ? [finding('pagerduty', 'warn', 'personal_token', { name: user.value.name })] : [];
}

async function examineServices(client: PagerDutyClient, catalog: Catalog): Promise<readonly Finding[]> {
  const mapped = Object.values(catalog.services).filter((service) => service.pagerduty !== undefined);
  if (mapped.length === 0) return [finding('pagerduty', 'warn', 'services_none', {})];
  const listed = await client.listServices();
  if (!listed.ok) return [tokenFinding(listed.error)];
  const known = new Set(listed.value.map((service) => service.id));
  const unknown = mapped.filter(({ pagerduty }) => pagerduty !== undefined && !known.has(pagerduty));
  if (unknown.length === 0) return [];
  return [finding('pagerduty', 'fail', 'services_unknown', { services: unknown.map((service) => service.id) })];
}

async function examineUsers(client: PagerDutyClient, catalog: Catalog): Promise<readonly Finding[]> {
  const listed = await client.listUsers();
  if (!listed.ok) return [tokenFinding(listed.error)];
  const users = new Map<string | undefined, PagerDutyUser>(listed.value.map((user) => [user.id, user]));
  const mapped = Object.values(catalog.people).filter((person) => person.pagerduty !== undefined);
  const ids = (people: readonly { readonly id: string }[]) => people.map((person) => person.id);
  const unknown = mapped.filter((person) => !users.has(person.pagerduty));
  const nameless = mapped.filter((person) => person.email === undefined);
  const differing = mapped.filter((person) => {
    const email = users.get(person.pagerduty)?.email;
    return typeof email === 'string' && person.email !== undefined && !sameAddress(email, person.email);
  });
  const senders = mapped.length - nameless.length;
  return [
    ...(unknown.length === 0 ? [] : [finding('pagerduty', 'fail', 'users_unknown', { people: ids(unknown) })]),
    ...(nameless.length === 0 ? [] : [finding('pagerduty', 'warn', 'emails_missing', { people: ids(nameless) })]),
    ...(differing.length === 0 ? [] : [finding('pagerduty', 'warn', 'emails_differ', { people: ids(differing) })]),
    ...(senders >= 2 ? [] : [finding('pagerduty', 'fail', 'senders_few', {})]),
  ];
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

async function examineSubscriptions(client: PagerDutyClient, hasSecret: boolean): Promise<readonly Finding[]> {
  const listed = await client.getWebhookSubscriptions();
  if (!listed.ok) return [finding('pagerduty', 'warn', 'subscriptions_hidden', { problem: problemOf(listed.error) })];
  const ours = listed.value.filter(leadsHere);
  if (ours.length > 0) return ours.flatMap((subscription) => subscriptionFindings(subscription, hasSecret));
  return hasSecret
    ? [finding('pagerduty', 'warn', 'subscription_missing', {})]
    : [finding('pagerduty', 'ok', 'polling_only', {})];
}

function subscriptionFindings(subscription: WebhookSubscription, hasSecret: boolean): readonly Finding[] {
  const url = subscription.url ?? subscription.id;
  if (!subscription.active) return [finding('pagerduty', 'warn', 'subscription_inactive', { url })];
  if (!hasSecret) return [finding('pagerduty', 'fail', 'secret_missing', { url })];
  if (subscription.temporarilyDisabled) return [finding('pagerduty', 'fail', 'subscription_disabled', { url })];
  const events = neededEvents.filter((event) => !subscription.events.includes(event));
  return events.length > 0
    ? [finding('pagerduty', 'warn', 'subscription_lacks', { url, events })]
    : [finding('pagerduty', 'ok', 'subscription_fine', { url })];
}

/** Any answer has a date, also a refusal; no answer is no reading. */
function readClock({ environment, pagerDutyAgent, now, timeoutMs }: Patient): Promise<readonly ClockReading[]> {
  const sentAt = now();
  return new Promise((resolve) => {
    const asked = request(
      `https://${environment.pagerduty.apiServer}/`,
      { method: 'HEAD', timeout: timeoutMs / 2, ...(pagerDutyAgent === undefined ? {} : { agent: pagerDutyAgent }) },
      (response) => {
        response.resume();
        resolve(clockReading('PagerDuty', response.headers.date, sentAt, now()));
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve([]));
    asked.end();
  });
}
