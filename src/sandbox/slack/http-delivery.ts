import { createHmac } from 'node:crypto';
import type { Answered, AppLink, Retry } from './delivery.ts';
import type { DeliveryKind, Fields } from './model.ts';
import { parseJson } from './values.ts';
import { toSeconds } from './workspace.ts';
import type { Workspace } from './workspace.ts';

export interface HttpLink extends AppLink {
  verify(): Promise<boolean>;
}

/** Signed requests to the app's request URL, version `v0` of Slack's signatures. */
export function createHttpLink(workspace: Workspace, requestUrl: string, answerWithinMs: number): HttpLink {
  async function send(kind: DeliveryKind, _id: string, payload: Fields, retry: Retry | undefined): Promise<Answered> {
    const { body, contentType } = encode(kind, payload);
    const retried: Record<string, string> =
      retry === undefined ? {} : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
    try {
      const answer = await post(body, contentType, retried);
      if (answer.status >= 300 && answer.status < 400)
        return { ok: false, reason: 'too_many_redirects', status: answer.status };
      const text = await answer.text();
      if (answer.ok) return { ok: true, body: readBody(text, answer.headers.get('content-type') ?? '') };
      return {
        ok: false,
        reason: 'http_error',
        status: answer.status,
        noRetry: answer.headers.get('x-slack-no-retry') === '1',
      };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { ok: false, reason: timedOut ? 'http_timeout' : 'connection_failed', nobodyThere: !timedOut };
    }
  }

  function post(body: string, contentType: string, more: Record<string, string>): Promise<Response> {
    const timestamp = String(toSeconds(workspace.now()));
    return fetch(requestUrl, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithinMs),
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signatureOf(workspace.app.signingSecret, timestamp, body),
        ...more,
      },
    });
  }

  async function verify(): Promise<boolean> {
    const challenge = workspace.nextId('challenge');
    const body = JSON.stringify({ token: 'sandbox-verification-token', challenge, type: 'url_verification' });
    try {
      const answer = await post(body, 'application/json', {});
      return answer.ok && (await answer.text()).includes(challenge);
    } catch {
      return false;
    }
  }
  return { send, verify };
}

export function signatureOf(signingSecret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Events are JSON, commands a form, interactions a form with one JSON field. */
function encode(kind: DeliveryKind, payload: Fields): { body: string; contentType: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form = new URLSearchParams();
  if (kind === 'interactive') form.set('payload', JSON.stringify(payload));
  else for (const [key, value] of Object.entries(payload)) form.set(key, String(value));
  return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
}

function readBody(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  return contentType.includes('json') ? parseJson(text) : text;
}
