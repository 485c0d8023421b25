import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs, type EpochMs } from '../oncall/time.ts';

/** Slack's own advice; held in both directions, since a stamp from the future would let a request be kept for later. */
export const replayWindowMs = 5 * minuteMs;

export interface SignedRequest {
  readonly signature: string | undefined;
  /** Seconds since 1970, as text. */
  readonly timestamp: string | undefined;
  readonly body: Uint8Array;
}

/** Whether Slack sent exactly these bytes, lately. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function isFromSlack(request: SignedRequest, signingSecret: string, now: EpochMs): boolean {
  const { signature, timestamp, body } = request;
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1_000) > replayWindowMs) return false;
  const expected = Buffer.from(sign(signingSecret, timestamp, body));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function sign(signingSecret: string, timestamp: string, body: Uint8Array): string {
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return `v0=${digest}`;
}
