import { describe, expect, it } from 'vitest';
import { automation } from '../../src/oncall/recorded.ts';
import { hourMs, minuteMs } from '../../src/oncall/time.ts';
import { away, sundayMorning } from '../support/company.ts';
import { deliver, desk, event, type DeskOptions } from './support.ts';

/** A desk with one incident that PagerDuty triggered and whose webhook came through. */
async function triggered(options: DeskOptions = {}) {
  const world = await desk(options);
  const { incident } = world.pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout is slow' });
  const there = incident?.id ?? '';
  await world.pagerDuty.deliveriesIdle();
  return { ...world, there };
}

const byAlma = { agent: { id: 'PALMA', type: 'user_reference', summary: 'Alma' } };

describe('triggered', () => {
  it('opens an incident on the service that the catalog has, and pages', async () => {
    const { incident } = await triggered();
    expect(await incident()).toMatchObject({
      status: 'triage',
      severity: 'sev2',
      service: 'checkout',
      groupKey: 'service:checkout',
      touched: false,
      milestones: { detected: sundayMorning, paged: sundayMorning },
    });
  });

  it('joins the open incident of the same service: one channel, one page', async () => {
    const { pagerDuty, incident, store } = await triggered();
    pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout fails' });
    await pagerDuty.deliveriesIdle();
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
    const { alerts, pages } = await incident();
    expect(alerts).toHaveLength(2);
    expect(pages).toHaveLength(1);
  });

  it('opens one incident for each service', async () => {
    const { pagerDuty, store, incident } = await triggered();
    pagerDuty.actions.trigger({ serviceId: 'PSVC2', summary: 'search is slow' });
    await pagerDuty.deliveriesIdle();
    expect(await store.incidents({ limit: 10 })).toHaveLength(2);
    expect((await incident('INC-2')).groupKey).toBe('pagerduty-service:PSVC2');
  });

  it('changes nothing when the same delivery comes again, also when many copies come at once', async () => {
    const { url, store, eventTypes } = await desk();
    const delivery = { body: event('triggered'), webhookId: 'the-same' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(url, delivery)));
    expect(new Set(answers)).toEqual(new Set([202]));
    const before = await eventTypes();
    expect(await deliver(url, delivery)).toBe(202);
    expect(await eventTypes()).toEqual(before);
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
    expect(await store.signalTotal('INC-1')).toBe(1);
  });

  it('opens no channel for what PagerDuty itself would wake nobody for', async () => {
    const { pagerDuty, store } = await desk();
    pagerDuty.actions.trigger({ serviceId: 'PQUIET', summary: 'a report is late' });
    await pagerDuty.deliveriesIdle();
    expect(await store.incidents({ limit: 10 })).toEqual([]);
  });

  it('with low urgency opens one all the same when its priority says that it is bad', async () => {
    const { url, incident } = await desk();
    await deliver(url, { body: event('triggered', { urgency: 'low', priority: { id: 'P', summary: 'P1' } }) });
    expect((await incident()).severity).toBe('sev1');
  });

  it('that comes late, after its resolution, does not open it again', async () => {
    const { url, store, clock } = await desk();
    await deliver(url, { body: event('triggered') });
    clock.advance(minuteMs);
    const resolvedAt = new Date(clock.now()).toISOString();
    await deliver(url, { body: event('resolved', { status: 'resolved' }, { occurred_at: resolvedAt }) });
    clock.advance(hourMs);
    await deliver(url, { body: event('triggered', {}, { id: 'Elate' }) });
    expect(await store.incidents({ open: true, limit: 10 })).toEqual([]);
  });

  it('that is told again while PagerDuty has not heard yet that it was resolved here, does not open another', async () => {
    const { url, store, does } = await desk();
    await deliver(url, { body: event('triggered') });
    await does('INC-1', { type: 'resolve' }, { kind: 'person', person: 'alma' });
    await deliver(url, { body: event('triggered', {}, { id: 'Eagain' }) });
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('that comes seconds after its resolution, since its first delivery got no answer, does not open it again', async () => {
    const { url, store, clock } = await desk();
    await deliver(url, { body: event('triggered') });
    clock.advance(2_000);
    const resolvedAt = new Date(clock.now()).toISOString();
    await deliver(url, { body: event('resolved', { status: 'resolved' }, { occurred_at: resolvedAt }) });
    clock.advance(1_000);
    await deliver(url, { body: event('triggered', {}, { id: 'Eagain' }) });
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
  });
});

describe('acknowledged in PagerDuty', () => {
  it('acknowledges here, as the person who did it, and there is no second event when it comes back', async () => {
    const { pagerDuty, there, incident, work, ran, eventTypes } = await triggered();
    pagerDuty.actions.acknowledge(there, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({ status: 'investigating', pages: [{ answer: { by: 'alma' } }] });
    await work();
    await pagerDuty.deliveriesIdle();
    expect(ran.filter(({ kind }) => kind === 'pagerduty.acknowledge')).toEqual([
      { kind: 'pagerduty.acknowledge', outcome: { kind: 'done' } },
    ]);
    expect((await eventTypes()).filter((type) => type === 'page_acknowledged')).toHaveLength(1);
    expect(pagerDuty.log.calls.filter((call) => call.method === 'PUT')).toEqual([]);
  });

  it('by somebody outside the catalog counts too, under their PagerDuty id', async () => {
    const { pagerDuty, there, incident, work, ran } = await triggered();
    pagerDuty.actions.acknowledge(there, 'PSTRANGER');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({ pages: [{ answer: { by: 'pagerduty:PSTRANGER' } }] });
    await work();
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
  });

  it('before the trigger came through takes the incident in first', async () => {
    const { url, incident, store } = await desk();
    const acknowledged = event('acknowledged', { status: 'acknowledged' }, byAlma);
    await deliver(url, { body: acknowledged });
    expect(await incident()).toMatchObject({ alerts: [{ key: 'pagerduty:Q1' }], pages: [{ answer: { by: 'alma' } }] });
    await deliver(url, { body: event('triggered') });
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('by a monitor is no answer of a person: people are still asked', async () => {
    const { url, incident } = await desk();
    await deliver(url, { body: event('triggered') });
    await deliver(url, { body: event('acknowledged', { status: 'acknowledged' }) });
    expect(await incident()).toMatchObject({ pages: [{ answer: { kind: 'waiting' } }] });
  });

  it('long ago does not answer a page that was started since, when its holder was lost', async () => {
    const { url, clock, engine, incident } = await desk();
    await deliver(url, { body: event('triggered') });
    await deliver(url, { body: event('acknowledged', { status: 'acknowledged' }, byAlma), webhookId: 'first' });
    clock.advance(minuteMs);
    await engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: { type: 'apply_file', windows: [away('alma', clock.now() - 1)] },
      actor: automation,
    });
    await engine.execute({ kind: 'incident', stream: 'INC-1', command: { type: 'reassess' }, actor: automation });
    expect((await incident()).pages.map((page) => page.answer.kind)).toEqual(['over', 'waiting']);
    // A second subscription tells the same acknowledgement under another id.
    await deliver(url, { body: event('acknowledged', { status: 'acknowledged' }, byAlma), webhookId: 'second' });
    expect((await incident()).pages.map((page) => page.answer.kind)).toEqual(['over', 'waiting']);
  });
});

describe('resolved in PagerDuty', () => {
  it('ends an incident that no person touched', async () => {
    const { pagerDuty, there, incident } = await triggered();
    pagerDuty.actions.resolve(there, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({ status: 'resolved', alerts: [{ resolved: true }] });
  });

  it('asks people where somebody is at it, and waits for the last alert', async () => {
    const { pagerDuty, there, incident, does, as, eventTypes } = await triggered();
    const second = pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout fails' }).incident?.id ?? '';
    await pagerDuty.deliveriesIdle();
    await does('INC-1', { type: 'add_note', text: 'looking' }, as('alma'));
    pagerDuty.actions.resolve(there, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await eventTypes()).not.toContain('reminder_sent');
    pagerDuty.actions.resolve(second, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await eventTypes()).toContain('reminder_sent');
    expect((await incident()).status).toBe('triage');
  });

  it('by a merge resolves that alert, and the incident lives on with the other', async () => {
    const { pagerDuty, there, incident } = await triggered();
    const second = pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout fails' }).incident?.id ?? '';
    await pagerDuty.deliveriesIdle();
    pagerDuty.actions.merge(there, [second], 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({ status: 'triage', alerts: [{ resolved: false }, { resolved: true }] });
  });

  it('by a merge into an incident of another service is a duplicate of it, and no fix', async () => {
    const { pagerDuty, there, incident } = await triggered();
    const second = pagerDuty.actions.trigger({ serviceId: 'PSVC2', summary: 'search is slow' }).incident?.id ?? '';
    await pagerDuty.deliveriesIdle();
    pagerDuty.actions.merge(there, [second], 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident('INC-2')).toMatchObject({ status: 'cancelled', cancelReason: 'duplicate' });
    expect((await incident('INC-1')).status).toBe('triage');
  });

  it('and reopened opens an incident of its own, detected when it was reopened', async () => {
    const { pagerDuty, there, incident, clock } = await triggered();
    pagerDuty.actions.resolve(there, 'PALMA');
    await pagerDuty.deliveriesIdle();
    clock.advance(hourMs);
    pagerDuty.actions.reopen(there, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident('INC-2')).toMatchObject({
      status: 'triage',
      alerts: [{ key: `pagerduty:${there}` }],
      milestones: { detected: sundayMorning + hourMs },
    });
  });
});

describe('a priority that is changed in PagerDuty', () => {
  it('makes a worse incident of an untouched one, and opens one that was too small', async () => {
    const { pagerDuty, there, incident } = await triggered();
    pagerDuty.actions.setPriority(there, 'PALMA', 'PRIORP1');
    await pagerDuty.deliveriesIdle();
    expect((await incident()).severity).toBe('sev1');
    const quiet = pagerDuty.actions.trigger({ serviceId: 'PQUIET', summary: 'late' }).incident?.id ?? '';
    pagerDuty.actions.setPriority(quiet, 'PALMA', 'PRIORP2');
    await pagerDuty.deliveriesIdle();
    expect(await incident('INC-2')).toMatchObject({ severity: 'sev2', alerts: [{ key: `pagerduty:${quiet}` }] });
  });
});

describe('a note in PagerDuty', () => {
  it('comes into the timeline as its author, once', async () => {
    const { pagerDuty, there, store } = await triggered();
    pagerDuty.actions.note(there, 'PALMA', 'rolling back');
    await pagerDuty.deliveriesIdle();
    const noted = (await store.events('INC-1')).filter(({ event: { type } }) => type === 'note_added');
    expect(noted.map(({ actor }) => actor)).toEqual([{ kind: 'person', person: 'alma' }]);
    expect([...(await store.texts('INC-1')).values()]).toContain('rolling back');
  });

  it("that is Toran's own word about the resolution does not come back", async () => {
    const { pagerDuty, does, as, work, eventTypes } = await triggered();
    await does('INC-1', { type: 'resolve' }, as('alma'));
    await work();
    await pagerDuty.deliveriesIdle();
    expect(pagerDuty.state.incidents[0]?.notes).toHaveLength(1);
    expect(await eventTypes()).not.toContain('note_added');
  });
});
