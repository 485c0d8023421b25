import { describe, expect, it } from 'vitest';
import type { PageId } from '../../src/incident/ids.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { minuteMs } from '../../src/oncall/time.ts';
import { away, company, person, sundayMorning } from '../support/company.ts';
import { account, desk, type DeskOptions } from './support.ts';

const page: PageId = 'INC-1/p1';

/** An incident born in PagerDuty, and what it is called there. */
async function bornThere(options: DeskOptions = {}) {
  const world = await desk(options);
  const { incident } = world.pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout is slow' });
  await world.pagerDuty.deliveriesIdle();
  return { ...world, there: incident?.id ?? '' };
}

type World = Awaited<ReturnType<typeof desk>>;

function statusOf({ pagerDuty }: World, id: string) {
  return pagerDuty.state.incidents.find((incident) => incident.id === id)?.status;
}

describe('an acknowledgement in Slack', () => {
  it('is made there in the name of the person who did it, and is one event when it comes back', async () => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there, eventTypes } = world;
    await does('INC-1', { type: 'acknowledge', page, via: 'slack' }, as('dana'));
    await work();
    await pagerDuty.deliveriesIdle();
    expect(pagerDuty.state.incidents.find(({ id }) => id === there)).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ userId: 'PDANA' }],
    });
    expect((await eventTypes()).filter((type) => type === 'page_acknowledged')).toHaveLength(1);
    await work();
    expect(pagerDuty.log.calls.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('leaves alone what was resolved there meanwhile: acknowledging would open it again', async () => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there, ran, clock } = world;
    pagerDuty.faults.add({ method: 'PUT', fault: { kind: 'error_before', status: 503 } });
    await does('INC-1', { type: 'acknowledge', page, via: 'slack' }, as('alma'));
    await work();
    pagerDuty.faults.clear();
    pagerDuty.actions.resolve(there, 'PDANA');
    clock.advance(minuteMs);
    await work();
    const outcomes = ran.filter(({ kind }) => kind === 'pagerduty.acknowledge').map(({ outcome }) => outcome.kind);
    expect(outcomes).toEqual(['retry', 'done']);
    expect(statusOf(world, there)).toBe('resolved');
  });

  it('that PagerDuty made and whose answer was lost is not made again', async () => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there } = world;
    pagerDuty.faults.add({ method: 'PUT', fault: { kind: 'lost_answer' }, times: 1 });
    await does('INC-1', { type: 'acknowledge', page, via: 'slack' }, as('alma'));
    await work(3);
    expect(statusOf(world, there)).toBe('acknowledged');
    expect(pagerDuty.log.calls.filter(({ method, applied }) => method === 'PUT' && applied)).toHaveLength(1);
  });

  it('by someone without an e-mail address fails with the fix, and is not made in another name', async () => {
    const catalog = company();
    const people = { ...catalog.people, dana: person('dana', { email: undefined }) };
    const world = await bornThere({ catalog: { ...catalog, people } });
    const { does, as, work, ran, there } = world;
    await does('INC-1', { type: 'acknowledge', page, via: 'slack' }, as('dana'));
    await work();
    const outcomes = ran.filter(({ kind }) => kind === 'pagerduty.acknowledge').map(({ outcome }) => outcome);
    expect(outcomes).toMatchObject([{ kind: 'failed', error: expect.stringContaining('give "dana" an email') }]);
    expect(statusOf(world, there)).toBe('triggered');
  });

  it('answers every incident that is attached, also when it was given on the phone to one of them', async () => {
    const world = await bornThere();
    const { work, pagerDuty, there } = world;
    const second = pagerDuty.actions.trigger({ serviceId: 'PSVC1', summary: 'checkout fails' }).incident?.id ?? '';
    await pagerDuty.deliveriesIdle();
    pagerDuty.actions.acknowledge(second, 'PALMA');
    await pagerDuty.deliveriesIdle();
    await work();
    expect([statusOf(world, there), statusOf(world, second)]).toEqual(['acknowledged', 'acknowledged']);
  });
});

describe('a resolution in Toran', () => {
  it('resolves what is attached there, and its webhook changes nothing here', async () => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there, eventTypes } = world;
    await does('INC-1', { type: 'resolve' }, as('alma'));
    await work();
    const before = await eventTypes();
    await pagerDuty.deliveriesIdle();
    expect(statusOf(world, there)).toBe('resolved');
    expect(await eventTypes()).toEqual(before);
  });

  it('goes out in another name when PagerDuty does not take the first one', async () => {
    const catalog = company();
    const people = { ...catalog.people, noa: person('noa', { email: 'noa@elsewhere.example' }) };
    const world = await bornThere({ catalog: { ...catalog, people } });
    const { does, as, work, there } = world;
    await does('INC-1', { type: 'assign_role', role: 'lead', person: 'noa' }, as('noa'));
    await does('INC-1', { type: 'resolve' }, as('noa'));
    await work();
    expect(statusOf(world, there)).toBe('resolved');
  });

  it.each([
    ['before PagerDuty did it', { kind: 'error_before', status: 500 } as const],
    ['after PagerDuty did it', { kind: 'error_after', status: 502 } as const],
    ['by a cut connection', { kind: 'lost_answer' } as const],
    ['by the rate limit', { kind: 'rate_limited', resetSeconds: 1 } as const],
  ])('survives a failure %s', async (_when, fault) => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there, ran, clock } = world;
    // pdjs asks again by itself after a 429, four times in all.
    pagerDuty.faults.add({ method: 'PUT', fault, times: fault.kind === 'rate_limited' ? 4 : 1 });
    await does('INC-1', { type: 'resolve' }, as('alma'));
    await work();
    clock.advance(minuteMs);
    await work();
    expect(statusOf(world, there)).toBe('resolved');
    expect(ran.filter(({ kind }) => kind === 'pagerduty.resolve').at(-1)?.outcome).toEqual({ kind: 'done' });
    expect(pagerDuty.log.calls.filter(({ method, applied }) => method === 'PUT' && applied)).toHaveLength(1);
  });

  it('waits for PagerDuty through an outage', async () => {
    const world = await bornThere();
    const { does, as, work, pagerDuty, there, ran, clock } = world;
    await pagerDuty.faults.refuseConnections();
    await does('INC-1', { type: 'resolve' }, as('alma'));
    await work();
    expect(ran.at(-1)?.outcome).toMatchObject({ kind: 'retry', unknownOutcome: false });
    await pagerDuty.faults.acceptConnections();
    clock.advance(minuteMs);
    await work();
    expect(statusOf(world, there)).toBe('resolved');
  });
});

describe("the ringing of Toran's own page", () => {
  /** An incident that no monitor of PagerDuty knows; Alma is rung for it. */
  async function ringing(options: DeskOptions = {}) {
    const world = await desk(options);
    await world.declare();
    await world.work();
    await world.pagerDuty.deliveriesIdle();
    return { ...world, own: world.pagerDuty.state.incidents[0]?.id ?? '' };
  }

  it('never opens an incident of its own', async () => {
    const { store, pagerDuty } = await ringing();
    expect(pagerDuty.state.incidents.map(({ incidentKey }) => incidentKey)).toEqual(['toran:INC-1/p1/d2']);
    expect(await store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('acknowledged on the phone acknowledges the page, and ends', async () => {
    const world = await ringing();
    const { pagerDuty, own, incident, work } = world;
    pagerDuty.actions.acknowledge(own, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({
      status: 'investigating',
      pages: [{ answer: { kind: 'acknowledged', by: 'alma' } }],
    });
    await work();
    expect(statusOf(world, own)).toBe('resolved');
  });

  it('resolved on the phone is an answer too', async () => {
    const { pagerDuty, own, incident } = await ringing();
    pagerDuty.actions.resolve(own, 'PALMA');
    await pagerDuty.deliveriesIdle();
    expect(await incident()).toMatchObject({ status: 'investigating', pages: [{ answer: { by: 'alma' } }] });
  });

  it('ends when the answer came from Slack, and its end is no answer by whoever it is made in the name of', async () => {
    const world = await ringing();
    const { does, as, work, pagerDuty, own, eventTypes } = world;
    await does('INC-1', { type: 'decline', page }, as('alma'));
    await work();
    await pagerDuty.deliveriesIdle();
    expect(statusOf(world, own)).toBe('resolved');
    expect(await eventTypes()).not.toContain('page_acknowledged');
  });

  it('ends when the answer came while it was not known whether it rings', async () => {
    const world = await desk();
    const { does, as, work, pagerDuty, declare } = world;
    await declare();
    pagerDuty.faults.add({ method: 'POST', fault: { kind: 'lost_answer' }, times: 1 });
    await work();
    expect(pagerDuty.log.rung.map(({ userId }) => userId)).toEqual(['PALMA']);
    await does('INC-1', { type: 'acknowledge', page, via: 'slack' }, as('alma'));
    world.clock.advance(minuteMs);
    await work();
    expect(pagerDuty.state.incidents.map(({ status }) => status)).toEqual(['resolved']);
    expect(pagerDuty.log.rung).toHaveLength(1);
  });

  it('never ends an incident that was born in PagerDuty', async () => {
    const world = await bornThere();
    const { does, as, work, there, pagerDuty } = world;
    await work();
    await does('INC-1', { type: 'decline', page }, as('alma'));
    await work();
    await pagerDuty.deliveriesIdle();
    expect(statusOf(world, there)).toBe('triggered');
  });
});

describe('a page by PagerDuty', () => {
  it('is not sent to somebody who has become unavailable since, and the page moves on', async () => {
    const { declare, engine, work, pagerDuty, incident } = await desk();
    await declare();
    await engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: { type: 'apply_file', windows: [away('alma', sundayMorning)] },
      actor: automation,
    });
    await work();
    const deliveries = (await incident()).pages.flatMap((one) => one.deliveries);
    expect(deliveries.find(({ id }) => id === 'INC-1/p1/d2')?.outcome).toEqual({
      kind: 'failed',
      because: 'unavailable',
    });
    expect(pagerDuty.log.rung.map(({ userId }) => userId)).not.toContain('PALMA');
  });

  it('has no address when nobody is there in whose name it could go out', async () => {
    const catalog = company();
    const people = Object.fromEntries(Object.keys(catalog.people).map((id) => [id, person(id, { email: undefined })]));
    const { declare, work, incident } = await desk({ catalog: { ...catalog, people } });
    await declare();
    await work();
    expect((await incident()).pages[0]?.deliveries.find(({ via }) => via === 'pagerduty')?.outcome).toEqual({
      kind: 'failed',
      because: 'no_address',
    });
  });

  it('is refused for good when PagerDuty does not know the person, and the Slack way stays', async () => {
    const seed = account();
    const users = seed.users.filter(({ id }) => id !== 'PALMA');
    const policies = seed.escalationPolicies.map((policy) => ({ ...policy, rules: policy.rules.slice(1) }));
    const { declare, work, incident } = await desk({ account: { ...seed, users, escalationPolicies: policies } });
    await declare();
    await work();
    const [first] = (await incident()).pages;
    expect(first?.deliveries.map(({ via, outcome }) => `${via} ${outcome.kind}`)).toEqual([
      'slack queued',
      'pagerduty failed',
    ]);
    expect(first?.entry).toBe(1);
  });
});
