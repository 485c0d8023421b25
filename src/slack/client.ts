import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Clock } from '../engine/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import { failureOf, httpFailure, requestFailure, type FailedCall, type SlackFailure } from './errors.ts';
import type { Method } from './methods.ts';
import { createRatePlan, type RatePlan, type RateRequest } from './rate-plan.ts';

export type Called<Answer> = { readonly ok: true; readonly answer: Answer } | FailedCall;

/** Slack's Web API: every call is planned, tried once, and answers with a value. It never throws. */
export interface SlackClient {
  call<Args extends object, Answer>(
    method: Method<Args, Answer>,
    args: Args,
    as?: { readonly isPage?: boolean },
  ): Promise<Called<Answer>>;
  /** Puts a file where `files.getUploadURLExternal` said. */
  upload(url: string, bytes: Uint8Array): Promise<Called<undefined>>;
}

export interface SlackClientOptions {
  readonly token: string;
  /** `https://slack.com/api/` or a server of the same make; ends with a slash. */
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly plan?: RatePlan;
  readonly timeoutMs?: number;
}

/** Slack answers in tens of milliseconds; a page is better tried again than waited for. */
export const callTimeoutMs = 8_000;

/** The settings without which the WebClient repeats posts by itself and holds everything behind one limit. */
export function webClientOptions(apiUrl: string, log: Logger, timeoutMs: number = callTimeoutMs) {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    timeout: timeoutMs,
    logger: boltLogger(log),
  };
}

export function createSlackClient(options: SlackClientOptions): SlackClient {
  const { clock, log, timeoutMs = callTimeoutMs, plan = createRatePlan() } = options;
  const web = new WebClient(options.token, webClientOptions(options.apiUrl, log, timeoutMs));

  return {
    async call(method, args, as) {
      const request = rateRequest(method.name, args, as?.isPage === true);
      const permit = plan.ask(request, clock.now());
      if (!permit.allowed) return { ok: false, method: method.name, failure: { kind: 'not_yet', at: permit.at } };
      try {
        const result = await web.apiCall(method.name, Object.fromEntries(Object.entries(args)));
        return { ok: true, answer: method.answer.parse(result) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'rate_limited') plan.pause(request, failure.retryAfterMs, clock.now());
        log.debug({ method: method.name, failure: summary(failure) }, 'slack call failed');
        return { ok: false, method: method.name, failure };
      }
    },
    async upload(url, bytes) {
      try {
        const signal = AbortSignal.timeout(4 * timeoutMs);
        const response = await fetch(url, { method: 'POST', body: new Uint8Array(bytes), redirect: 'error', signal });
        const body = await response.text();
        if (response.ok) return { ok: true, answer: undefined };
        return { ok: false, method: 'upload', failure: httpFailure(response.status, body) };
      } catch (error) {
        const original = error instanceof Error ? error : new Error('the upload failed');
        return { ok: false, method: 'upload', failure: requestFailure(original) };
      }
    },
  };
}

function rateRequest(method: RateRequest['method'], args: object, isPage: boolean): RateRequest {
  const channel = 'channel' in args && typeof args.channel === 'string' ? args.channel : undefined;
  const message = 'ts' in args && typeof args.ts === 'string' ? args.ts : undefined;
  return { method, channel, message, isPage };
}

function summary(failure: SlackFailure): string {
  switch (failure.kind) {
    case 'not_yet':
    case 'rate_limited':
      return failure.kind;
    case 'transient':
      return failure.error;
    case 'refused':
      return failure.code;
  }
}
