import { hourMs, minuteMs, secondMs } from '../../oncall/time.ts';

export interface Timing {
  /** How often, in real milliseconds, what is due is done; 0 = only when `tick()` is called. */
  tickEveryMs: number;
  /** Real milliseconds in which a webhook must be answered. PagerDuty: 5 s. */
  webhookTimeoutMs: number;
  /** Sandbox time until the attempt after the given failed one (1 = the first). PagerDuty publishes no intervals. */
  webhookRetryAfterMs: (failedAttempt: number) => number;
  /** Sandbox time after which a webhook that cannot be delivered is dropped. PagerDuty: up to 48 hours. */
  webhookGiveUpAfterMs: number;
  /** How long a subscription stays off after three dropped deliveries in a row. PagerDuty: 24 hours. */
  disabledForMs: number;
  /** REST calls a minute and token. PagerDuty: 960. */
  restPerMinute: number;
  /** Events a minute and integration key. PagerDuty: about 120. */
  eventsPerMinute: number;
}

export const pagerDutyTiming: Timing = {
  tickEveryMs: 50,
  webhookTimeoutMs: 5 * secondMs,
  webhookRetryAfterMs: (failedAttempt) => Math.min(secondMs * 2 ** (failedAttempt - 1), 5 * minuteMs),
  webhookGiveUpAfterMs: 48 * hourMs,
  disabledForMs: 24 * hourMs,
  restPerMinute: 960,
  eventsPerMinute: 120,
};
