import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { json, type HttpRequest, type HttpResponse, type HttpRoute } from '../engine/http-route.ts';
import type { Clock } from '../engine/ports.ts';
import type { EpochMs } from '../oncall/time.ts';
import { readDelivery } from './delivery.ts';
import type { Answer, CommittingReceiver } from './receiver.ts';
import { isFromSlack, replayWindowMs } from './signature.ts';

export interface SlackHttpOptions {
  readonly signingSecret: string;
  readonly receiver: Pick<CommittingReceiver, 'receive'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A modal of 250 KB, the largest that Slack shows, grows threefold in a form. */
const maxBodyBytes = 1024 * 1024;
/** The receiver answers earlier; this only bounds what it cannot. Slack waits 3 s. */
const deadlineMs = 2_800;

const record = z.record(z.string(), z.unknown());
const verification = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) });

/** Where Slack delivers over HTTP: commands, events and interactivity alike. */
export function slackRoute(options: SlackHttpOptions): HttpRoute {
  const answered = createReplayGuard(options.clock);
  return {
    method: 'POST',
    path: '/slack/events',
    maxBodyBytes,
    deadlineMs,
    async handle(request) {
      // Slack asks now and then, unsigned, whether the certificate is good.
      if (isCertificateCheck(request)) return { status: 200 };
      const signature = request.headers['x-slack-signature'];
      const timestamp = request.headers['x-slack-request-timestamp'];
      const signed = { signature, timestamp, body: request.body };
      if (signature === undefined || !isFromSlack(signed, options.signingSecret, options.clock.now())) {
        options.log.warn({ path: request.path }, 'slack request with a wrong or old signature');
        return { status: 401, body: 'signature or time stamp is wrong\n' };
      }
      // The very same bytes again, after they had been dealt with: no repetition of Slack's, which signs each anew.
      if (answered.has(signature)) return { status: 200 };
      const body = readBody(request);
      if (body === undefined) {
        return { status: 400, headers: { 'x-slack-no-retry': '1' }, body: 'neither JSON nor a form of Slack\n' };
      }
      const challenge = verification.safeParse(body);
      if (challenge.success) return json(200, { challenge: challenge.data.challenge });
      const answer = await options.receiver.receive(readDelivery(body, fallbackId(request), retryOf(request)));
      if (answer.kind === 'acknowledge') answered.add(signature);
      return responseFor(answer);
    },
  };
}

function isCertificateCheck({ headers, body }: HttpRequest): boolean {
  if (!isForm(headers['content-type']) || body.length > 1_000) return false;
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('ssl_check') === '1';
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/x-www-form-urlencoded') === true;
}

/** Events are JSON; commands are a form; everything interactive is JSON in a form's `payload`. */
function readBody({ headers, body }: HttpRequest): Record<string, unknown> | undefined {
  const text = Buffer.from(body).toString('utf8');
  if (!isForm(headers['content-type'])) return readJson(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : readJson(payload);
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const parsed = record.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function fallbackId({ body }: HttpRequest): string {
  return createHash('sha256').update(body).digest('hex');
}

function retryOf({ headers }: HttpRequest) {
  const number = Number(headers['x-slack-retry-num'] ?? Number.NaN);
  return { number: Number.isInteger(number) ? number : undefined, reason: headers['x-slack-retry-reason'] };
}

function responseFor(answer: Answer): HttpResponse {
  if (answer.kind === 'repeat') return { status: 503, headers: { 'retry-after': '1' }, body: 'not committed\n' };
  if (answer.payload === undefined || answer.payload === '') return { status: 200 };
  return typeof answer.payload === 'string' ? { status: 200, body: answer.payload } : json(200, answer.payload);
}

/** Remembers the signatures of what was acknowledged for as long as they would be accepted. */
function createReplayGuard(clock: Clock) {
  const seen = new Map<string, EpochMs>();
  return {
    has: (signature: string) => (seen.get(signature) ?? 0) > clock.now(),
    add(signature: string): void {
      const now = clock.now();
      seen.set(signature, now + 2 * replayWindowMs);
      // In order of insertion, so the oldest come first.
      for (const [old, until] of seen) {
        if (until > now) break;
        seen.delete(old);
      }
    },
  };
}
