import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/pagerduty/faults.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { minuteMs, secondMs } from '../../src/oncall/time.ts';
import { pagerDutyEffects } from '../../src/pagerduty/effects.ts';
import { away, company, person, sundayMorning } from '../support/company.ts';
import { account, desk, token, type DeskOptions } from './support.ts';

type World = Awaited<ReturnType<typeof desk>>;

async function bornThere(options: DeskOptions = {}, serviceId = 'PSVC1') {
  const world = await desk(options);
  const { incident } = world.pagerDuty.actions.trigger({ serviceId, summary: 'checkout is slow' });
  await world.pagerDuty.deliveriesIdle();
  return { ...world, there: incident?.id ?? '' };
}

/** How the pages that PagerDuty carries ended. */
async function rings({ incident }: World) {
  const deliveries = (await incident()).pages.flatMap((page) => page.deliveries);
  return deliveries.filter(({ via }) => via === 'pagerduty');
}

function rungPeople({ pagerDuty }: World): string[] {
  return pagerDuty.log.rung.map(({ userId }) => userId);
}

const creations = ({ pagerDuty }: World) =>
  pagerDuty.log.calls.filter(({ method, path }) => method === 'POST' && path === '/incidents');

describe('ringing', () => {
  it('adds nothing where the policy of the incident there rings this person already', async () => {
    const world = await bornThere();
    await world.work();
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'delivered', reference: world.there } }]);
    expect(creations(world)).toEqual([]);
    expect(rungPeople(world)).toEqual(['PALMA']);
  });

  it('rings the cover by an incident with a key of its own, and reads it back', async () => {
    const world = await bornThere({ away: [away('alma', sundayMorning)] });
    await world.work();
    const own = world.pagerDuty.state.incidents.find(({ incidentKey }) => incidentKey?.startsWith('toran:'));
    expect(own).toMatchObject({ incidentKey: 'toran:INC-1/p1/d2', serviceId: 'PSVC1', urgency: 'high' });
    expect(await rings(world)).toMatchObject([{ to: { person: 'beni' }, outcome: { reference: own?.id } }]);
    expect(rungPeople(world)).toEqual(['PALMA', 'PBENI']);
    const afterCreation = world.pagerDuty.log.calls.slice(
      world.pagerDuty.log.calls.findIndex((c) => c.method === 'POST'),
    );
    expect(afterCreation.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('asks once more right before it rings: who has left while PagerDuty was looked at is not rung', async () => {
    const world = await bornThere({ away: [away('alma', sundayMorning)] });
    const { client, engine, store, clock } = world;
    const meanwhile: typeof client.getIncident = async (id) => {
      const command = { type: 'apply_file', windows: [away('beni', sundayMorning)] } as const;
      await engine.execute({ kind: 'person', stream: 'person:beni', command, actor: automation });
      return client.getIncident(id);
    };
    const handlers = pagerDutyEffects({ client: { ...client, getIncident: meanwhile }, engine, store, clock });
    const jobs = await store.claim(clock.now(), clock.now() + minuteMs, 'token', 100);
    const job = jobs.find(({ effect }) => effect.kind === 'pagerduty.page');
    if (job?.effect.kind !== 'pagerduty.page') throw new Error('nobody is to be rung');
    await handlers['pagerduty.page'](job.effect, job);
    expect(creations(world)).toEqual([]);
    expect((await rings(world))[0]).toMatchObject({
      to: { person: 'beni' },
      outcome: { kind: 'failed', because: 'unavailable' },
    });
  });

  it('does not take an e-mail for a ringing phone: low urgency is rung again', async () => {
    const world = await bornThere({ catalog: quietService() }, 'PQUIET');
    const { store, declare, does } = world;
    expect(await store.incidents({ limit: 1 })).toEqual([]);
    await declare({ groupKey: 'service:reports', service: 'reports' });
    world.pagerDuty.actions.trigger({ serviceId: 'PQUIET', summary: 'a report is late' });
    await world.pagerDuty.deliveriesIdle();
    expect((await world.incident()).alerts).toHaveLength(1);
    await does('INC-1', { type: 'page', targets: [{ kind: 'person', person: 'alma' }] }, world.as('dana'));
    await world.work();
    const urgencies = world.pagerDuty.log.rung.filter(({ userId }) => userId === 'PALMA').map(({ urgency }) => urgency);
    expect(urgencies).toContain('high');
  });

  it('rings in the name of somebody else: what one makes for oneself rings nobody', async () => {
    const world = await desk();
    const { declare, does, as, work } = world;
    await declare({ severity: 'sev4' });
    await does('INC-1', { type: 'page', targets: [{ kind: 'person', person: 'noa' }] }, as('alma'));
    await work();
    expect(rungPeople(world)).toEqual(['PNOA']);
    expect(creations(world).map(({ from }) => from)).toEqual(['alma@example.com']);
  });

  it('tries another name when PagerDuty does not take the first one', async () => {
    const catalog = company();
    const people = { ...catalog.people, noa: person('noa', { email: 'noa@elsewhere.example' }) };
    const world = await desk({ catalog: { ...catalog, people } });
    await world.declare();
    await world.work();
    expect(rungPeople(world)).toEqual(['PALMA']);
    expect(creations(world).map(({ from, applied }) => `${from} ${applied}`)).toEqual([
      'noa@elsewhere.example false',
      'beni@example.com true',
    ]);
  });

  it('edge case 47: is not believed when a personal token made the incident for its own owner', async () => {
    const seed = account();
    const world = await desk({ account: { ...seed, apiTokens: [{ token, kind: 'user', userId: 'PALMA' }] } });
    await world.declare();
    await world.work();
    expect(rungPeople(world)).toEqual([]);
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'failed', because: 'refused' } }]);
  });

  it('goes over any service that the catalog has when the incident is about none', async () => {
    const world = await desk();
    await world.declare({ service: undefined });
    await world.work();
    expect(rungPeople(world)).toEqual(['PALMA']);
  });

  it('has no address where no service of PagerDuty is known', async () => {
    const catalog = company({ services: {} });
    const world = await desk({ catalog });
    await world.declare({ service: undefined });
    await world.work();
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'failed', because: 'no_address' } }]);
  });
});

describe('a phone rings once', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['an answer that was lost', { kind: 'lost_answer' }],
    ['a 500 after it was done', { kind: 'error_after', status: 500 }],
    ['a 503 before it was done', { kind: 'error_before', status: 503 }],
    ["a gateway's page", { kind: 'html_502' }],
    ['a cut connection', { kind: 'cut_before' }],
    ['no answer at all', { kind: 'hang' }],
  ];

  it.each(faults)('through %s to the ringing', async (_what, fault) => {
    const world = await desk(patience(fault));
    world.pagerDuty.faults.add({ method: 'POST', path: '/incidents', fault, times: 1 });
    await world.declare();
    await world.work();
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'queued' } }]);
    world.clock.advance(minuteMs / 2);
    await world.work();
    expect(rungPeople(world)).toEqual(['PALMA']);
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'delivered' } }]);
    expect(world.pagerDuty.state.incidents).toHaveLength(1);
  });

  it.each(faults)('through %s to the reading back', async (_what, fault) => {
    const world = await desk(patience(fault));
    world.pagerDuty.faults.add({ method: 'GET', path: '/incidents/', fault, times: 1 });
    await world.declare();
    await world.work();
    world.clock.advance(minuteMs / 2);
    await world.work();
    expect(rungPeople(world)).toEqual(['PALMA']);
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'delivered' } }]);
  });

  it('though the process died between the ringing and writing it down', async () => {
    const world = await desk();
    await world.declare();
    const { store, clock } = world;
    const [job] = (await store.claim(clock.now(), clock.now() + secondMs, 'dies', 100)).filter(
      ({ effect }) => effect.kind === 'pagerduty.page',
    );
    expect(job?.lane).toBe('page:INC-1/p1/d2');
    await world.client.createIncident({
      title: 'INC-1',
      serviceId: 'PSVC1',
      urgency: 'high',
      ring: { by: 'person', userId: 'PALMA' },
      incidentKey: 'toran:INC-1/p1/d2',
      fromEmail: 'noa@example.com',
    });
    clock.advance(minuteMs);
    await world.work();
    expect(rungPeople(world)).toEqual(['PALMA']);
    expect(await rings(world)).toMatchObject([{ outcome: { kind: 'delivered' } }]);
  });

  it('and waits for as long as the rate limit says', async () => {
    const world = await desk();
    world.pagerDuty.faults.add({ fault: { kind: 'rate_limited', resetSeconds: 20 }, times: 4 });
    await world.declare();
    await world.work();
    expect(world.ran.at(-1)?.outcome).toMatchObject({ kind: 'retry', notBefore: sundayMorning + 20 * secondMs });
    expect(rungPeople(world)).toEqual([]);
  });
});

function patience(fault: Fault): DeskOptions {
  return fault.kind === 'hang' ? { timeoutMs: 500 } : {};
}

function quietService() {
  const catalog = company();
  const { checkout } = catalog.services;
  if (checkout === undefined) throw new Error('the company has a checkout');
  return company({
    services: { ...catalog.services, reports: { ...checkout, id: 'reports', name: 'Reports', pagerduty: 'PQUIET' } },
  });
}
