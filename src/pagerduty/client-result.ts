/**
 * Why PagerDuty did not do what was asked.
 * - `rate_limited`: nothing was done; ask again after `retryAfterMs`.
 * - `refused`: PagerDuty understood and said no; asking again does not help. `code` is PagerDuty's own.
 * - `unavailable`: an outage, a cut connection, no answer in time. With `unknownOutcome` a write may have been made all the
 *   same, so look before it is repeated. `reason` is a code for logs, never a URL or a token.
 */
export type PagerDutyError =
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'refused'; status: number; code: number | null; message: string }
  | { kind: 'unavailable'; unknownOutcome: boolean; reason: string };

export type PagerDutyResult<T> = { ok: true; value: T } | { ok: false; error: PagerDutyError };

export function done<T>(value: T): PagerDutyResult<T> {
  return { ok: true, value };
}

export function failed<T>(error: PagerDutyError): PagerDutyResult<T> {
  return { ok: false, error };
}
