import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestWebhookBytes, parseWebhookPayload, type WebhookEvent } from '../../src/pagerduty/webhook-payload.ts';

const fixtures = new URL('../fixtures/pagerduty/webhooks/', import.meta.url);
const receivedAt = Date.UTC(2026, 10, 22, 7, 0, 2);

function eventOf(raw: Uint8Array): WebhookEvent {
  const parsed = parseWebhookPayload(raw, receivedAt);
  if (parsed.ok) return parsed.event;
  throw new Error(parsed.reason);
}

const fixture = (name: string) => eventOf(readFileSync(new URL(`${name}.json`, fixtures)));
const parse = (payload: unknown) => parseWebhookPayload(Buffer.from(JSON.stringify(payload)), receivedAt);
const envelope = (event_type: string, data: unknown, fields: object = {}) => ({
  event: {
    id: 'E1',
    event_type,
    resource_type: 'incident',
    occurred_at: '2026-11-22T07:00:01.250Z',
    agent: null,
    data,
    ...fields,
  },
});
const incidentRef = { id: 'Q1TORAN2EXAMPL', type: 'incident_reference' };

describe('deliveries', () => {
  it.each(readdirSync(fixtures))('are accepted as they come: %s', (file) => {
    expect(parseWebhookPayload(readFileSync(new URL(file, fixtures)), receivedAt)).toMatchObject({ ok: true });
  });

  it('carry the incident as plain data', () => {
    expect(fixture('incident.triggered')).toEqual({
      type: 'triggered',
      eventId: '01TORANINCIDENTTRIGGERED00',
      eventType: 'incident.triggered',
      occurredAtMs: Date.UTC(2026, 10, 22, 7, 0, 1, 250),
      agentUserId: null,
      agentName: null,
      incident: {
        id: 'Q1TORAN2EXAMPL',
        number: 7,
        title: 'זמני תגובה חריגים: Checkout p99 > 4 s',
        status: 'triggered',
        urgency: 'high',
        incidentKey: 'checkout/latency',
        serviceId: 'PSVC001',
        serviceName: 'Checkout',
        escalationPolicyId: 'PEP0001',
        priorityId: 'PPRI001',
        priorityName: 'P1',
        assigneeIds: ['PNOA001'],
        htmlUrl: 'https://toran-example.pagerduty.com/incidents/Q1TORAN2EXAMPL',
        createdAtMs: Date.UTC(2026, 10, 22, 7),
      },
    });
  });

  it('name the person who did it, and nobody when it was not a person', () => {
    expect(fixture('incident.acknowledged')).toMatchObject({ agentUserId: 'PNOA001', agentName: 'Noa Levi' });
    expect(fixture('incident.unacknowledged')).toMatchObject({ agentUserId: null });
    expect(fixture('incident.triggered')).toMatchObject({ agentUserId: null });
  });

  it('of 2021, which say less, are as good', () => {
    expect(fixture('incident.triggered.2021')).toMatchObject({
      type: 'triggered',
      incident: { number: 9, incidentKey: null, createdAtMs: null, priorityId: null },
    });
  });

  it('tell a merge from a fix', () => {
    expect(fixture('incident.resolved')).toMatchObject({ type: 'resolved', mergedIntoId: null });
    expect(fixture('incident.resolved.merged')).toMatchObject({ type: 'resolved', mergedIntoId: 'Q9SURVIVOR' });
  });

  it('carry notes, updates and responders', () => {
    expect(fixture('incident.annotated')).toMatchObject({
      type: 'annotated',
      incidentId: 'Q1TORAN2EXAMPL',
      noteId: 'PNOTE01',
      content: 'Resolution Note: rolled back',
      trimmed: false,
    });
    expect(fixture('incident.status_update_published')).toMatchObject({ type: 'status_update', trimmed: true });
    expect(fixture('incident.responder.replied')).toMatchObject({
      type: 'responder_replied',
      responder: { userId: 'POMER01', escalationPolicyId: null, state: 'accepted' },
    });
  });

  it('that we have no use for are named and tied to their incident, wherever it is', () => {
    const inside = { type: 'unknown', incidentId: 'Q1TORAN2EXAMPL' };
    expect(fixture('incident.role.assigned')).toMatchObject({ ...inside, eventType: 'incident.role.assigned' });
    expect(fixture('incident.task.created')).toMatchObject(inside);
    expect(fixture('incident.incident_type.changed')).toMatchObject(inside);
    expect(fixture('service.updated')).toMatchObject({ type: 'unknown', incidentId: null });
    expect(parse(envelope('constructor', null))).toMatchObject({ ok: true, event: { type: 'unknown' } });
    expect(parse(envelope('incident.invented_tomorrow', [1]))).toMatchObject({ ok: true, event: { type: 'unknown' } });
  });
});

describe('foreign data', () => {
  const least = { id: 'Q1', status: 'triggered' };

  it('is accepted with everything else missing, null or of the wrong kind', () => {
    const odd = {
      ...least,
      number: 'seven',
      title: null,
      service: 'x',
      assignees: [null, { id: 7 }, { id: 'P1' }],
      urgency: 'medium',
    };
    for (const data of [least, odd]) expect(parse(envelope('incident.triggered', data))).toMatchObject({ ok: true });
    const parsed = parse(envelope('incident.triggered', odd, { agent: 'noa', occurred_at: 'yesterday' }));
    expect(parsed).toMatchObject({
      ok: true,
      event: {
        occurredAtMs: receivedAt,
        agentUserId: null,
        incident: { number: null, title: '', serviceId: null, assigneeIds: ['P1'], urgency: 'high' },
      },
    });
    const responder = parse(envelope('incident.responder.added', { incident: incidentRef }));
    expect(responder).toMatchObject({ ok: true, event: { responder: { userId: null, state: 'other' } } });
  });

  it('is bounded', () => {
    const long = {
      ...least,
      title: 'x'.repeat(5_000),
      assignees: Array.from({ length: 1_000 }, (_, n) => ({ id: `P${n}` })),
    };
    const parsed = parse(envelope('incident.triggered', long));
    if (!parsed.ok || parsed.event.type !== 'triggered') throw new Error('not accepted');
    expect(parsed.event.incident.title).toHaveLength(1_024);
    expect(parsed.event.incident.assigneeIds).toHaveLength(100);
    const note = parse(envelope('incident.annotated', { incident: incidentRef, content: 'x'.repeat(20_000) }));
    expect(note).toMatchObject({ ok: true, event: { trimmed: true } });
  });

  it('carries nothing that a database would not keep', () => {
    const title = `${'x'.repeat(1_022)}\u{1F525}\u{1F525}`;
    const parsed = parse(
      envelope('incident.triggered', { ...least, title, service: { id: 'P1', summary: 'a\u0000b' } }),
    );
    if (!parsed.ok || parsed.event.type !== 'triggered') throw new Error('not accepted');
    expect(parsed.event.incident.title.isWellFormed()).toBe(true);
    expect(parsed.event.incident.serviceName).toBe('ab');
    expect(parse(envelope('incident.triggered', { ...least, id: 'Q\u0000' }))).toMatchObject({ ok: false });
  });

  it('links only to https', () => {
    const linking = (html_url: string) => parse(envelope('incident.triggered', { ...least, html_url }));
    expect(linking('javascript:alert(1)')).toMatchObject({ event: { incident: { htmlUrl: null } } });
    expect(linking('https://x.pagerduty.com/i/1')).toMatchObject({
      event: { incident: { htmlUrl: 'https://x.pagerduty.com/i/1' } },
    });
  });

  it('that cannot be used is a value that names the place and quotes nothing', () => {
    const secret = 'do not log me';
    expect(parse(envelope('incident.triggered', { status: 'triggered', title: secret }))).toEqual({
      ok: false,
      reason: 'incident.triggered: id: invalid_type',
    });
    expect(parse(envelope('incident.annotated', { content: secret }))).toMatchObject({ ok: false });
    expect(parse({ event: { event_type: secret } })).toEqual({ ok: false, reason: 'event.id: invalid_type' });
    expect(parseWebhookPayload(Buffer.from('<html>'), receivedAt)).toEqual({ ok: false, reason: 'not JSON' });
    expect(parseWebhookPayload(Buffer.alloc(largestWebhookBytes + 1, ' '), receivedAt)).toMatchObject({ ok: false });
  });

  it('never makes it throw, whatever it is', () => {
    const types = fc.constantFrom(
      'incident.triggered',
      'incident.resolved',
      'incident.annotated',
      'incident.responder.added',
      'x',
    );
    const property = fc.property(types, fc.jsonValue(), fc.jsonValue(), (type, data, agent) => {
      const parsed = parse(envelope(type, data, { agent }));
      return parsed.ok || parsed.reason.length > 0;
    });
    fc.assert(property);
    fc.assert(fc.property(fc.uint8Array(), (raw) => !parseWebhookPayload(raw, receivedAt).ok));
  });
});
