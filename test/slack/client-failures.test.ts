import { describe, expect, it } from 'vitest';
import { codeFailure, httpFailure, outcomeOf, requestFailure, type SlackFailure } from '../../src/slack/errors.ts';

const now = 1_700_000_000_000;

function outcome(failure: SlackFailure) {
  return outcomeOf({ ok: false, method: 'chat.postMessage', failure }, now);
}

function fetchFailed(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

describe('a failed call', () => {
  it('that was limited spends no attempt and waits as long as Slack says', () => {
    expect(outcome({ kind: 'rate_limited', retryAfterMs: 7_000 })).toEqual({ kind: 'later', due: now + 7_000 });
    expect(outcome(codeFailure('ratelimited', { retryAfterMs: 3_000 }))).toEqual({ kind: 'later', due: now + 3_000 });
    expect(outcome({ kind: 'not_yet', at: now + 5 })).toEqual({ kind: 'later', due: now + 5 });
  });

  it.each(['internal_error', 'fatal_error', 'service_unavailable'])('with %s may have happened', (code) => {
    expect(codeFailure(code)).toEqual({ kind: 'transient', error: code, unknownOutcome: true });
  });

  it('that never left the machine has not happened; one that broke off may have', () => {
    expect(requestFailure(fetchFailed('ECONNREFUSED'))).toMatchObject({ kind: 'transient', unknownOutcome: false });
    expect(requestFailure(fetchFailed('ENOTFOUND'))).toMatchObject({ unknownOutcome: false });
    expect(requestFailure(fetchFailed('ECONNRESET'))).toMatchObject({ unknownOutcome: true });
    expect(requestFailure(new DOMException('too slow', 'TimeoutError'))).toMatchObject({ unknownOutcome: true });
  });

  it('that met a web page instead of JSON is tried again', () => {
    expect(codeFailure('<html><body>502 Bad Gateway</body></html>')).toMatchObject({
      kind: 'transient',
      unknownOutcome: true,
    });
  });

  it.each([500, 502, 503, 504])('with HTTP %i may have happened', (status) => {
    expect(httpFailure(status, '')).toMatchObject({ kind: 'transient', unknownOutcome: true });
  });

  it('with another HTTP status is read by its body, where it has one of Slack', () => {
    expect(httpFailure(404, '{"ok":false,"error":"unknown_method"}')).toMatchObject({
      kind: 'refused',
      code: 'unknown_method',
    });
    expect(httpFailure(407, 'proxy')).toMatchObject({ kind: 'transient', unknownOutcome: false });
  });

  it('because of the token is tried again until somebody has replaced it', () => {
    expect(outcome(codeFailure('token_revoked'))).toEqual({
      kind: 'retry',
      error: 'chat.postMessage: token_revoked; check SLACK_BOT_TOKEN and the installation of the app',
    });
  });

  it('for want of a scope becomes a dead letter that names method, scope and fix', () => {
    expect(outcome(codeFailure('missing_scope', { needed: 'canvases:write' }))).toEqual({
      kind: 'failed',
      error:
        'chat.postMessage: missing_scope; give the app the scope canvases:write (see manifest.yml) and install it again',
    });
  });

  it('tells the installation, the object and the request apart', () => {
    expect(codeFailure('invalid_auth')).toMatchObject({ permanentFor: 'installation' });
    expect(codeFailure('is_archived')).toMatchObject({ permanentFor: 'object' });
    expect(codeFailure('restricted_action_read_only_channel')).toMatchObject({ permanentFor: 'object' });
    expect(codeFailure('invalid_blocks')).toMatchObject({ permanentFor: 'request' });
  });
});
