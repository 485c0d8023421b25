import { describe, expect, it } from 'vitest';
import { readAlerts, readSeverity } from '../../src/web/alert-payload.ts';

describe('readAlerts', () => {
  it("reads Toran's own format, one alert or several", () => {
    const one = {
      dedup_key: 'disk-full',
      status: 'firing',
      service: 'checkout',
      title: 'Disk is full',
      severity: 'critical',
      url: 'https://example.com/1',
      at: '2026-11-22T10:00:00+02:00',
    };
    const read = readAlerts([one, { ...one, dedup_key: 'other', severity: undefined }]);
    expect(read).toEqual({
      ok: true,
      alerts: [
        {
          dedupKey: 'disk-full',
          status: 'firing',
          group: undefined,
          service: 'checkout',
          title: 'Disk is full',
          severity: 'sev1',
          url: 'https://example.com/1',
          at: Date.UTC(2026, 10, 22, 8),
        },
        {
          dedupKey: 'other',
          status: 'firing',
          group: undefined,
          service: 'checkout',
          title: 'Disk is full',
          severity: undefined,
          url: 'https://example.com/1',
          at: Date.UTC(2026, 10, 22, 8),
        },
      ],
    });
  });

  it.each([
    [{ status: 'firing', title: 'x' }, 'dedup_key: is missing; every alert needs it'],
    [{ dedup_key: 'a', status: 'broken', title: 'x' }, 'status'],
    [
      { dedup_key: 'a', status: 'firing', title: 'x', at: '2026-11-22T10:00:00' },
      'at: must be an ISO 8601 time with an offset',
    ],
    [{ dedup_key: 'a', status: 'firing', title: 'x', url: 'javascript:alert(1)' }, 'url: must start with https://'],
    [{ dedup_key: 'a', status: 'firing', title: 'x', colour: 'red' }, 'colour'],
    [[{ dedup_key: 'a', status: 'firing', title: 'x' }, { status: 'firing' }], '[1]'],
    [{ dedup_key: ' ', status: 'firing', title: 'x' }, 'dedup_key: must have a visible character'],
    [{ dedup_key: 'a\u0000', status: 'firing', title: 'x' }, 'dedup_key: must have'],
    [{ dedup_key: '\ud800', status: 'firing', title: 'x' }, 'dedup_key: must have'],
    [{ dedup_key: 'a', status: 'firing', title: 'x', url: 'https://a/\u0000' }, 'url: must start with'],
    [{ alerts: [{ status: 'firing', labels: { alertname: 7 } }] }, 'alerts.0.labels.alertname'],
    [{ action: 'created', data: { issue: { title: 'no id' } } }, 'data.issue.id'],
    [[], 'between 1 and 1,000'],
    ['text', 'body'],
    [null, 'body'],
  ])('names the place of what it cannot read (%#)', (value, place) => {
    const read = readAlerts(value);
    if (read.ok) throw expect.fail('it was read');
    expect(read.problem).toContain(place);
  });

  it("reads Alertmanager's webhook and finds service, severity and time in its labels", () => {
    const read = readAlerts({
      version: '4',
      status: 'firing',
      receiver: 'toran',
      groupLabels: {},
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'HighErrorRate', service: 'checkout', severity: 'page' },
          annotations: { summary: 'Errors over 5 %' },
          startsAt: '2026-11-22T08:00:00Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'http://prometheus/graph',
          fingerprint: 'abc',
        },
        {
          status: 'resolved',
          labels: { alertname: 'Slow' },
          startsAt: '2026-11-22T08:00:00Z',
          endsAt: '2026-11-22T08:30:00Z',
        },
      ],
    });
    if (!read.ok) throw expect.fail(read.problem);
    expect(read.alerts[0]).toEqual({
      dedupKey: 'abc',
      status: 'firing',
      group: undefined,
      service: 'checkout',
      title: 'Errors over 5 %',
      severity: 'sev1',
      url: 'http://prometheus/graph',
      at: Date.UTC(2026, 10, 22, 8),
    });
    expect(read.alerts[1]).toMatchObject({ status: 'resolved', title: 'Slow', at: Date.UTC(2026, 10, 22, 8, 30) });
  });

  it('takes a storm that comes in one group, and tells which group it is', () => {
    const alerts = Array.from({ length: 10_000 }, (_, pod) => ({ status: 'firing', labels: { pod: String(pod) } }));
    const read = readAlerts({ groupKey: '{}:{alertname="A"}', alerts });
    if (!read.ok) throw expect.fail(read.problem);
    expect(new Set(read.alerts.map(({ group }) => group)).size).toBe(1);
    expect(read.alerts[0]?.group).toBeDefined();
  });

  it('takes an issue that somebody was given for neither the begin nor the end of anything', () => {
    const issue = (action: string) => readAlerts({ action, data: { issue: { id: 17, title: 'TypeError' } } });
    expect(issue('assigned')).toEqual({ ok: true, alerts: [] });
    expect(issue('archived')).toMatchObject({ ok: true, alerts: [{ dedupKey: 'sentry:17', status: 'resolved' }] });
  });

  it('gives an alert without a fingerprint the same key whatever the order of its labels', () => {
    const alert = (labels: Record<string, string>) => readAlerts({ alerts: [{ status: 'firing', labels }] });
    const [one, other] = [alert({ alertname: 'A', pod: '1' }), alert({ pod: '1', alertname: 'A' })];
    expect(one).toEqual(other);
    expect(one).not.toEqual(alert({ alertname: 'A', pod: '2' }));
  });

  it("reads Sentry's issue alerts", () => {
    const read = readAlerts({
      action: 'created',
      data: {
        issue: {
          id: '17',
          title: 'TypeError',
          web_url: 'https://sentry.io/17',
          level: 'error',
          project: { slug: 'checkout' },
        },
      },
    });
    expect(read).toMatchObject({
      ok: true,
      alerts: [{ dedupKey: 'sentry:17', status: 'firing', service: 'checkout', severity: 'sev2' }],
    });
  });

  it('guesses no severity from a word that nobody knows', () => {
    expect(readSeverity('purple')).toBeUndefined();
    expect(readSeverity(' Critical ')).toBe('sev1');
  });
});
