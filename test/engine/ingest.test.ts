import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIngest } from '../../src/engine/ingest.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { sundayMorning } from '../support/company.ts';
import { by } from '../support/story.ts';
import { engineWorld, signal, type EngineWorld } from './world.ts';

let w: EngineWorld;
beforeEach(async () => {
  w = await engineWorld();
});
afterEach(() => w.close());

describe('signals', () => {
  it('of one service share one incident, whatever arrives at once', async () => {
    const results = await Promise.all(Array.from({ length: 200 }, (_, index) => w.ingest(signal(`a${index % 40}`))));
    expect(results.filter((result) => result.kind === 'opened')).toHaveLength(1);
    expect(new Set(results.flatMap((result) => ('incident' in result ? result.incident : [])))).toEqual(
      new Set(['INC-1']),
    );
    expect(await w.store.signalTotal('INC-1')).toBe(200);
    const incident = await w.store.incident('INC-1');
    expect(incident?.alerts).toHaveLength(40);
    expect(incident?.pages).toHaveLength(1);
  });

  it('of different groups open incidents of their own', async () => {
    const results = await Promise.all(
      ['x', 'y', 'z'].map((group) => w.ingest(signal(group, { groupKey: group, service: undefined }))),
    );
    expect(new Set(results.map((result) => ('incident' in result ? result.incident : undefined))).size).toBe(3);
  });

  it('edge case 53: delivered twice are counted once, in the same turn and later', async () => {
    const one = signal('a');
    const results = await Promise.all([w.ingest(one), w.ingest({ ...one })]);
    results.push(await w.ingest({ ...one }));
    expect(results.map((result) => result.kind)).toEqual(['opened', 'duplicate', 'duplicate']);
    expect(await w.store.signalTotal('INC-1')).toBe(1);
  });

  it('edge case 51: beyond fifty different alerts are counted and no longer listed', async () => {
    await Promise.all(Array.from({ length: 120 }, (_, index) => w.ingest(signal(`a${index}`))));
    expect((await w.store.incident('INC-1'))?.alerts).toHaveLength(50);
    expect(await w.store.signalTotal('INC-1')).toBe(120);
  });

  it('are told to the incident once per ten seconds', async () => {
    for (let count = 0; count < 30; count += 1) await w.ingest(signal('a'));
    w.worker.start();
    w.clock.advance(10_000);
    await vi.waitFor(async () => expect((await w.store.incident('INC-1'))?.signals).toBe(30));
    const counted = (await w.store.events('INC-1')).filter((recorded) => recorded.event.type === 'alerts_counted');
    expect(counted).toHaveLength(1);
  });

  it('that are resolved end an incident that no person touched, once all are', async () => {
    await w.ingest(signal('a'));
    await w.ingest(signal('b'));
    await w.ingest(signal('a', { status: 'resolved' }));
    expect((await w.store.incident('INC-1'))?.status).toBe('triage');
    expect(await w.ingest(signal('b', { status: 'resolved' }))).toEqual({ kind: 'resolved', incident: 'INC-1' });
    expect((await w.store.incident('INC-1'))?.status).toBe('resolved');
  });

  it('beyond the list keep an incident open until they are resolved as well', async () => {
    await Promise.all(Array.from({ length: 55 }, (_, index) => w.ingest(signal(`a${index}`))));
    await Promise.all(Array.from({ length: 54 }, (_, index) => w.ingest(signal(`a${index}`, { status: 'resolved' }))));
    expect((await w.store.incident('INC-1'))?.status).toBe('triage');
    await w.ingest(signal('a54', { status: 'resolved' }));
    expect((await w.store.incident('INC-1'))?.status).toBe('resolved');
  });

  it('that come after the end open a new incident', async () => {
    await w.ingest(signal('a'));
    await w.ingest(signal('a', { status: 'resolved' }));
    expect(await w.ingest(signal('a'))).toEqual({ kind: 'opened', incident: 'INC-2' });
  });

  it('in one burst keep their order: fired and resolved is over, resolved and fired again is open', async () => {
    const results = await Promise.all([
      w.ingest(signal('a')),
      w.ingest(signal('a', { status: 'resolved' })),
      w.ingest(signal('a')),
    ]);
    expect(results.map((result) => result.kind)).toEqual(['opened', 'resolved', 'opened']);
  });

  it('of a source that tells each firing once are no news when told again, also after the end', async () => {
    const once = () => signal('a', { firesOnce: true });
    await w.ingest(once());
    expect(await w.ingest(once())).toEqual({ kind: 'counted', incident: 'INC-1' });
    expect(await w.store.signalTotal('INC-1')).toBe(1);
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: { type: 'resolve' }, actor: by('alma') });
    expect(await w.ingest(once())).toEqual({ kind: 'counted', incident: 'INC-1' });
    w.clock.advance(60_000);
    expect(await w.ingest({ ...once(), at: w.clock.now() })).toEqual({ kind: 'opened', incident: 'INC-2' });
  });

  it('of a monitor that still fires after a person called it over open another incident', async () => {
    await w.ingest(signal('a'));
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: { type: 'resolve' }, actor: by('alma') });
    expect(await w.ingest(signal('a'))).toEqual({ kind: 'opened', incident: 'INC-2' });
  });

  it('too small to open an incident join one that is open', async () => {
    expect(await w.ingest(signal('a', { opens: false }))).toEqual({ kind: 'ignored' });
    await w.ingest(signal('b'));
    expect(await w.ingest(signal('a', { opens: false }))).toEqual({ kind: 'joined', incident: 'INC-1' });
  });

  it('are asked about now, however long ago the monitor says that they began', async () => {
    await w.ingest(signal('a', { at: sundayMorning - 600_000 }));
    expect((await w.store.incident('INC-1'))?.milestones).toMatchObject({
      detected: sundayMorning - 600_000,
      paged: sundayMorning,
    });
  });

  it('that are worse raise the severity and page, unless a person is at it', async () => {
    await w.ingest(signal('a', { severity: 'sev3' }));
    expect((await w.store.incident('INC-1'))?.pages).toEqual([]);
    await w.ingest(signal('b', { severity: 'sev1' }));
    expect(await w.store.incident('INC-1')).toMatchObject({ severity: 'sev1', pages: [{ reason: 'severity' }] });
  });
});

describe('a signal that comes while its incident ends', () => {
  it('opens another one, since nobody looks at what is over', async () => {
    await w.ingest(signal('a'));
    const engine: Engine = {
      // A person resolves it between the look for the open incident and the decision.
      async execute(order) {
        if (order.kind === 'incident' && order.stream === 'INC-1') await resolveByHand();
        return w.engine.execute(order);
      },
    };
    let resolved = false;
    const resolveByHand = async () => {
      if (resolved) return;
      resolved = true;
      const actor = { kind: 'person', person: 'alma' } as const;
      await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: { type: 'resolve' }, actor });
    };
    const ingest = createIngest({ store: w.store, clock: w.clock, engine });
    const results = await Promise.all([ingest(signal('b')), ingest(signal('c')), ingest(signal('b'))]);
    const ids = new Set(results.map((result) => ('incident' in result ? result.incident : undefined)));
    expect(ids).not.toContain('INC-1');
    expect(results.filter((result) => result.kind === 'opened')).toHaveLength(1);
    const alerts = await w.store.alerts(['b', 'c']);
    const [opened] = results.flatMap((result) => (result.kind === 'opened' ? result.incident : []));
    expect([...alerts.values()].map((row) => row.incident)).toEqual([opened, opened]);
    expect(opened === undefined ? undefined : await w.store.incident(opened)).toMatchObject({
      pages: [{ id: `${opened}/p1` }],
    });
  });
});

describe('an alert that is over and back in one burst', () => {
  it('keeps its incident open until it is over again', async () => {
    await w.ingest(signal('a'));
    await w.ingest(signal('b'));
    await Promise.all([w.ingest(signal('a', { status: 'resolved' })), w.ingest(signal('a'))]);
    await w.ingest(signal('b', { status: 'resolved' }));
    expect((await w.store.incident('INC-1'))?.status).toBe('triage');
    await w.ingest(signal('a', { status: 'resolved' }));
    expect((await w.store.incident('INC-1'))?.status).toBe('resolved');
  });
});

describe('an incident that is reopened', () => {
  const actor = { kind: 'person', person: 'alma' } as const;
  const does = (stream: `INC-${number}`, command: IncidentCommand) =>
    w.engine.execute({ kind: 'incident', stream, command, actor });
  const reopen = { type: 'reopen', reason: 'it is back' } as const;

  it('takes its alerts in again', async () => {
    await w.ingest(signal('a'));
    await does('INC-1', { type: 'resolve' });
    await does('INC-1', reopen);
    expect(await w.ingest(signal('b'))).toEqual({ kind: 'joined', incident: 'INC-1' });
  });

  it('stands beside the one that took its place, and does not end what that one has', async () => {
    await w.ingest(signal('a'));
    await does('INC-1', { type: 'resolve' });
    await w.ingest(signal('b'));
    expect(await does('INC-1', reopen)).toMatchObject({ kind: 'accepted', state: { status: 'investigating' } });
    await does('INC-1', { type: 'resolve' });
    expect(await w.ingest(signal('c'))).toEqual({ kind: 'joined', incident: 'INC-2' });
    await does('INC-2', { type: 'resolve' });
    expect(await w.ingest(signal('d'))).toEqual({ kind: 'opened', incident: 'INC-3' });
  });
});
