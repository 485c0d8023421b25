import { describe, expect, it, onTestFinished } from 'vitest';
import { automation } from '../../src/oncall/recorded.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { startReconciler } from '../../src/pagerduty/reconcile.ts';
import { away, sundayMorning } from '../support/company.ts';
import { deliver, desk, event, type DeskOptions } from './support.ts';

/** A desk that looks when the test says so. */
async function looking(options: DeskOptions = {}) {
  const world = await desk(options);
  const reconciler = startReconciler({ ...world, everyMs: hourMs });
  onTestFinished(() => reconciler.stop());
  await reconciler.look();
  return { ...world, reconciler, look: () => reconciler.look() };
}

const byPollOnly = { webhooks: false } as const;

type World = Awaited<ReturnType<typeof looking>>;

function trigger({ pagerDuty }: World, serviceId = 'PSVC1', summary = 'checkout is slow'): string {
  const { incident } = pagerDuty.actions.trigger({ serviceId, summary });
  if (incident === null) throw new Error('PagerDuty made no incident');
  return incident.id;
}

describe('without webhooks, looking', () => {
  it('opens an incident for what is open there, once, and keeps the time at which it was triggered', async () => {
    const world = await looking(byPollOnly);
    const there = trigger(world);
    world.clock.advance(minuteMs);
    await world.look();
    await world.look();
    expect(await world.store.incidents({ limit: 10 })).toHaveLength(1);
    expect(await world.incident()).toMatchObject({
      service: 'checkout',
      alerts: [{ key: `pagerduty:${there}` }],
      milestones: { detected: sundayMorning, declared: sundayMorning + minuteMs },
    });
    expect(await world.store.signalTotal('INC-1')).toBe(1);
  });

  it('mirrors an acknowledgement by the person who gave it, once', async () => {
    const world = await looking(byPollOnly);
    const there = trigger(world);
    await world.look();
    world.pagerDuty.actions.acknowledge(there, 'PALMA');
    await world.look();
    await world.look();
    expect(await world.incident()).toMatchObject({
      status: 'investigating',
      pages: [{ answer: { kind: 'acknowledged', by: 'alma' } }],
    });
    expect((await world.eventTypes()).filter((type) => type === 'page_acknowledged')).toHaveLength(1);
  });

  it('mirrors a resolution, and a reopening after it', async () => {
    const world = await looking(byPollOnly);
    const there = trigger(world);
    await world.look();
    world.clock.advance(minuteMs);
    world.pagerDuty.actions.resolve(there, 'PALMA');
    world.clock.advance(minuteMs);
    await world.look();
    expect(await world.incident()).toMatchObject({ status: 'resolved', endedAt: sundayMorning + minuteMs });
    world.pagerDuty.actions.reopen(there, 'PALMA');
    await world.look();
    await world.look();
    expect(await world.incident('INC-2')).toMatchObject({ status: 'triage', alerts: [{ key: `pagerduty:${there}` }] });
    expect(await world.store.incidents({ limit: 10 })).toHaveLength(2);
  });

  it("hears the answer to Toran's own ringing, and opens nothing for it", async () => {
    const world = await looking(byPollOnly);
    await world.declare();
    await world.work();
    const own = world.pagerDuty.state.incidents[0]?.id ?? '';
    await world.look();
    world.pagerDuty.actions.acknowledge(own, 'PALMA');
    await world.look();
    expect(await world.incident()).toMatchObject({ pages: [{ answer: { by: 'alma' } }] });
    expect(await world.store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('opens nothing for low urgency until its priority says that it is bad', async () => {
    const world = await looking(byPollOnly);
    const catalog = (await world.store.onCallFacts()).catalog;
    expect(Object.values(catalog.services).map(({ pagerduty }) => pagerduty)).toEqual(['PSVC1']);
    const there = world.pagerDuty.state;
    there.services.forEach((service) => (service.urgency = 'low'));
    const id = trigger(world);
    await world.look();
    expect(await world.store.incidents({ limit: 10 })).toEqual([]);
    world.pagerDuty.actions.setPriority(id, 'PALMA', 'PRIORP1');
    await world.look();
    expect((await world.incident()).severity).toBe('sev1');
  });

  it('asks only for the services of the catalog, and wakes nobody for what has been open for days', async () => {
    const world = await looking(byPollOnly);
    trigger(world, 'PSVC2');
    await world.look();
    expect(await world.store.incidents({ limit: 10 })).toEqual([]);
    trigger(world);
    world.clock.advance(4 * dayMs);
    await world.look();
    expect(await world.store.incidents({ limit: 10 })).toEqual([]);
  });
});

describe('beside webhooks, looking', () => {
  it('changes nothing where they told everything', async () => {
    const world = await looking();
    const there = trigger(world);
    await world.pagerDuty.deliveriesIdle();
    world.pagerDuty.actions.acknowledge(there, 'PALMA');
    await world.pagerDuty.deliveriesIdle();
    const before = await world.eventTypes();
    await world.look();
    expect(await world.eventTypes()).toEqual(before);
  });

  it('never takes an old acknowledgement for the answer to a page that was started since', async () => {
    const world = await looking();
    const there = trigger(world);
    world.pagerDuty.actions.acknowledge(there, 'PALMA');
    await world.pagerDuty.deliveriesIdle();
    world.clock.advance(minuteMs);
    await world.engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: { type: 'apply_file', windows: [away('alma', world.clock.now() - 1)] },
      actor: automation,
    });
    await world.does('INC-1', { type: 'reassess' });
    await world.look();
    expect((await world.incident()).pages.map(({ answer }) => answer.kind)).toEqual(['over', 'waiting']);
  });

  it('is not waited for by the first page', async () => {
    const world = await looking();
    trigger(world);
    await world.pagerDuty.deliveriesIdle();
    expect((await world.incident()).pages).toHaveLength(1);
  });

  it('and a webhook that comes afterwards tells nothing new', async () => {
    const world = await looking(byPollOnly);
    const there = trigger(world);
    await world.look();
    const before = await world.eventTypes();
    await deliver(world.url, { body: event('triggered', { id: there }) });
    expect(await world.eventTypes()).toEqual(before);
    expect(await world.store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('switches a subscription on again that was switched off, alarms, and finds what was thrown away', async () => {
    const world = await looking({ secrets: ['a secret that PagerDuty does not use'] });
    for (const summary of ['one', 'two', 'three']) trigger(world, 'PSVC1', summary);
    await world.pagerDuty.deliveriesIdle();
    const [subscription] = world.pagerDuty.state.subscriptions;
    expect(subscription?.disabledUntil).not.toBeNull();
    await world.look();
    expect(subscription?.disabledUntil).toBeNull();
    expect(world.lines.some((line) => line.includes('"level":50') && line.includes('switched the webhook off'))).toBe(
      true,
    );
    expect((await world.incident()).alerts).toHaveLength(3);
  });

  it('leaves a subscription alone that somebody switched off on purpose', async () => {
    const world = await looking();
    const [subscription] = world.pagerDuty.state.subscriptions;
    if (subscription === undefined) throw new Error('there is a subscription');
    subscription.active = false;
    await world.look();
    expect(subscription.active).toBe(false);
    expect(world.pagerDuty.log.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('looking while PagerDuty fails', () => {
  it('says it once, changes nothing, and goes on when it is over', async () => {
    const world = await looking(byPollOnly);
    trigger(world);
    await world.look();
    const before = await world.eventTypes();
    trigger(world, 'PSVC1', 'another');
    await world.pagerDuty.faults.refuseConnections();
    await world.look();
    await world.look();
    expect(world.lines.filter((line) => line.includes('could not be asked'))).toHaveLength(1);
    expect(await world.eventTypes()).toEqual(before);
    await world.pagerDuty.faults.acceptConnections();
    await world.look();
    expect((await world.incident()).alerts).toHaveLength(2);
  });

  it('takes an empty answer of a failing PagerDuty for no resolution', async () => {
    const world = await looking(byPollOnly);
    trigger(world);
    await world.look();
    world.pagerDuty.faults.add({ path: '/incidents', fault: { kind: 'html_502' } });
    await world.look();
    expect((await world.incident()).alerts[0]?.resolved).toBe(false);
  });

  it('never rejects, also when the database fails', async () => {
    const world = await looking(byPollOnly);
    await world.store.close();
    await world.look();
    expect(world.lines.some((line) => line.includes('could not be compared'))).toBe(true);
  });
});
