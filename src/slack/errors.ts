import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { z } from 'zod';
import type { EffectOutcome } from '../engine/effects.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';
import type { SlackMethodName } from './scopes.ts';

/**
 * Why a call did not do what it should, as a value to act on.
 * `not_yet`: not tried, the rate plan says when. `transient`: another try can succeed; with `unknownOutcome` Slack may
 * have done it all the same. `refused`: trying again without a change elsewhere is useless.
 */
export type SlackFailure =
  | { readonly kind: 'not_yet'; readonly at: EpochMs }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  | { readonly kind: 'transient'; readonly error: string; readonly unknownOutcome: boolean }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly permanentFor: 'installation' | 'object' | 'request';
      /** The scope that is missing, when that is the reason. */
      readonly needed: string | undefined;
    };

export interface FailedCall {
  readonly ok: false;
  readonly method: SlackMethodName | 'upload';
  readonly failure: SlackFailure;
}

/** Where Slack gives a limit without a time. */
const defaultRetryAfterMs = 10 * secondMs;

/** Slack says of the first two that some of it may have happened before the error (facts: "unknown outcome"). */
const unknownOutcomeCodes: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'update_failed',
]);
const transientCodes: ReadonlySet<string> = new Set([
  'request_timeout',
  'team_added_to_org',
  'org_login_required',
  'external_channel_migrating',
]);
const installationCodes: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
  'enterprise_is_restricted',
  'accesslimited',
  'two_factor_setup_required',
  'missing_scope',
  'not_allowed_token_type',
  'method_deprecated',
]);
const objectCodes =
  /^(?:channel_not_found|is_archived|is_inactive|message_not_found|cant_update_message|edit_window_closed|not_in_channel|user_not_found|users_not_found|user_disabled|user_not_visible|cannot_dm_bot|messages_tab_disabled|cant_invite|user_is_restricted|user_is_ultra_restricted|ura_max_channels|thread_not_found|no_permission|ekm_access_denied|canvas_disabled_user_team|method_not_supported_for_channel_type|restricted_action.*)$/;

const details = z.object({ needed: z.string().optional() });
const platformBody = z.object({ ok: z.literal(false), error: z.string() });
const cause = z.object({ cause: z.object({ code: z.string() }) });

/** What an exception of the WebClient means. */
export function failureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'rate_limited', retryAfterMs: error.retryAfter * secondMs };
  if (error instanceof WebAPIPlatformError) {
    const retryAfterMs = error.data.response_metadata?.retryAfter;
    return codeFailure(error.data.error, {
      needed: details.safeParse(error.data).data?.needed,
      retryAfterMs: retryAfterMs === undefined ? undefined : retryAfterMs * secondMs,
    });
  }
  if (error instanceof WebAPIHTTPError) return httpFailure(error.statusCode, error.body);
  if (error instanceof WebAPIRequestError) return requestFailure(error.original);
  if (error instanceof z.ZodError) {
    const place = error.issues[0]?.path.join('.') ?? 'the answer';
    return { kind: 'transient', error: `unexpected answer (${place})`, unknownOutcome: true };
  }
  // The WebClient throws a bare Error for a 429 that does not say how long.
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return { kind: 'rate_limited', retryAfterMs: defaultRetryAfterMs };
  return { kind: 'transient', error: error instanceof Error ? error.name : 'unknown error', unknownOutcome: true };
}

/** What an answer with `ok: false` means. */
export function codeFailure(
  code: string,
  more: { readonly needed?: string | undefined; readonly retryAfterMs?: number | undefined } = {},
): SlackFailure {
  if (code === 'ratelimited' || code === 'rate_limited')
    return { kind: 'rate_limited', retryAfterMs: more.retryAfterMs ?? defaultRetryAfterMs };
  // A web page from a proxy in between: the WebClient hands the whole page over as the error.
  if (!/^[a-z0-9_.:-]{1,100}$/i.test(code))
    return { kind: 'transient', error: 'the answer was no JSON', unknownOutcome: true };
  if (unknownOutcomeCodes.has(code)) return { kind: 'transient', error: code, unknownOutcome: true };
  if (transientCodes.has(code)) return { kind: 'transient', error: code, unknownOutcome: false };
  return { kind: 'refused', code, permanentFor: permanence(code), needed: more.needed };
}

function permanence(code: string): 'installation' | 'object' | 'request' {
  if (installationCodes.has(code)) return 'installation';
  return objectCodes.test(code) ? 'object' : 'request';
}

/** Slack itself answers 200 or 429; anything else comes from a proxy, a gateway or a server in trouble. */
export function httpFailure(status: number, body: unknown): SlackFailure {
  const platform = platformBody.safeParse(typeof body === 'string' ? parseJson(body) : body);
  if (platform.success) return codeFailure(platform.data.error);
  if (status === 413) return { kind: 'refused', code: 'http_413', permanentFor: 'request', needed: undefined };
  return { kind: 'transient', error: `HTTP ${status}`, unknownOutcome: status >= 500 || status === 408 };
}

/** Nothing was sent when there was nobody to send it to; a connection that broke later may have carried the request. */
export function requestFailure(original: Error): SlackFailure {
  const code = cause.safeParse(original).data?.cause.code ?? original.name;
  const neverSent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
    code,
  );
  return { kind: 'transient', error: code, unknownOutcome: !neverSent };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * What a failed call means for the effect that made it. A token that does not work any more is an outage of everything at
 * once, not of this effect: it is tried again until somebody has replaced the token.
 */
export function outcomeOf({ method, failure }: FailedCall, now: EpochMs): EffectOutcome {
  switch (failure.kind) {
    case 'not_yet':
      return { kind: 'later', due: failure.at };
    case 'rate_limited':
      return { kind: 'later', due: now + failure.retryAfterMs };
    case 'transient':
      return { kind: 'retry', error: `${method}: ${failure.error}`, unknownOutcome: failure.unknownOutcome };
    case 'refused': {
      const error = errorLine(method, failure);
      return isTokenFailure(failure) ? { kind: 'retry', error } : { kind: 'failed', error };
    }
  }
}

/** The installation as a whole does not work, as against one method that it was not given. */
export function isTokenFailure(failure: SlackFailure): boolean {
  if (failure.kind !== 'refused' || failure.permanentFor !== 'installation') return false;
  return !['missing_scope', 'not_allowed_token_type', 'method_deprecated'].includes(failure.code);
}

export function isRefused(failure: SlackFailure, ...codes: readonly string[]): boolean {
  return failure.kind === 'refused' && codes.includes(failure.code);
}

/** One line for a dead letter: the method, what Slack said, and what to do about it. */
export function errorLine(method: FailedCall['method'], failure: Extract<SlackFailure, { kind: 'refused' }>): string {
  return `${method}: ${failure.code}; ${fixFor(failure)}`;
}

function fixFor({ code, needed, permanentFor }: Extract<SlackFailure, { kind: 'refused' }>): string {
  if (code === 'missing_scope')
    return `give the app the scope ${needed ?? 'that the method needs'} (see manifest.yml) and install it again`;
  if (code === 'unknown_method') return 'this Slack server does not know the method; check SLACK_API_URL';
  if (code.startsWith('restricted_action')) return "a workspace setting forbids it to apps; ask the workspace's owners";
  if (code === 'not_in_channel' || code === 'channel_not_found')
    return 'invite Toran to the channel, or correct its name in the catalog';
  if (permanentFor === 'installation') return 'check SLACK_BOT_TOKEN and the installation of the app';
  if (permanentFor === 'object') return 'the place or person is gone or closed to the app';
  return 'Slack does not accept the request as it is; please report it';
}
