import { afterEach, describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/oncall/catalog.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/oncall/time.ts';
import { company, sundayMorning } from '../../support/company.ts';
import { localWorkspace, waitMs, type LocalWorkspace } from './local-workspace.ts';

const opened: LocalWorkspace[] = [];
afterEach(async () => {
  for (const slack of opened.splice(0)) {
    const { failures } = slack;
    await slack.close();
    expect(failures).toEqual([]);
  }
});

const weekEnd = sundayMorning + 7 * dayMs - hourMs;
const group = { id: 'S0PAY', handle: 'payments-oncall', name: 'Payments', users: ['UDANA'] };

async function begin(more: Partial<Schedule> = {}): Promise<LocalWorkspace> {
  const base = company();
  const { payments } = base.schedules;
  if (payments === undefined) throw new Error('the company has a schedule');
  const catalog = company({ schedules: { ...base.schedules, payments: { ...payments, ...more } } });
  const slack = await localWorkspace(catalog, { userGroups: [group] });
  opened.push(slack);
  await looked(slack);
  return slack;
}

async function dutyOf(slack: LocalWorkspace) {
  return (await slack.store.load('schedule', ['schedule:payments'])).get('schedule:payments')?.state?.duty;
}

/** Once somebody has looked at this instant or later. */
async function looked(slack: LocalWorkspace): Promise<void> {
  await expect.poll(async () => (await dutyOf(slack))?.at ?? 0, { timeout: waitMs }).toBeGreaterThan(0);
}

function to(slack: LocalWorkspace, atMs: number): void {
  slack.passes((atMs - slack.clock.now()) / minuteMs);
}

function away(slack: LocalWorkspace, person: string, from: number, until: number | null = null) {
  return slack.engine.execute({
    kind: 'person',
    stream: `person:${person}`,
    command: {
      type: 'mark_unavailable',
      window: `w-${person}-${from}`,
      effect: 'hard',
      certain: true,
      from,
      to: until,
      source: 'self',
    },
    actor: { kind: 'person', person },
  });
}

function texts(slack: LocalWorkspace, person: string): string {
  return JSON.stringify(slack.slack.state.messages(slack.user(person)).map(({ text }) => text));
}

function declare(slack: LocalWorkspace, id: 'INC-1' | 'INC-2', isPrivate: boolean) {
  const title = `Cards fail in ${id}`;
  const alert = { key: `alerts:${id}`, source: 'alerts', title, url: undefined, pagerduty: undefined } as const;
  return slack.engine.execute({
    kind: 'incident',
    stream: id,
    command: {
      type: 'declare',
      title,
      severity: 'sev3',
      service: 'checkout',
      kind: 'incident',
      isPrivate,
      groupKey: undefined,
      alert,
    },
    actor: { kind: 'outside', system: 'alerts' },
  });
}

describe('a hand-off', () => {
  it('is told to whoever comes on, with what is open, and to whoever goes off; each once', async () => {
    const slack = await begin();
    await declare(slack, 'INC-1', false);
    await declare(slack, 'INC-2', true);
    to(slack, weekEnd);
    const on = await slack.direct('beni', 'You are on duty for payments');
    expect(on.lines).toContain('INC-1 SEV3');
    expect(on.lines).not.toContain('INC-2');
    expect(on.lines).toContain('Alma');
    expect((await slack.direct('alma', 'You are off duty for payments')).lines).toContain('Beni');
    const before = [slack.directCount('alma'), slack.directCount('beni')];
    slack.passes(1);
    await slack.engine.execute({
      kind: 'schedule',
      stream: 'schedule:payments',
      command: { type: 'look_at_duty' },
      actor: { kind: 'automation' },
    });
    expect([slack.directCount('alma'), slack.directCount('beni')]).toEqual(before);
  });

  it('is announced a day before to whoever was not on duty meanwhile', async () => {
    const slack = await begin();
    to(slack, weekEnd - dayMs - minuteMs);
    await expect.poll(async () => (await dutyOf(slack))?.next, { timeout: waitMs }).toBe(weekEnd - dayMs);
    expect(texts(slack, 'beni')).not.toContain('begins within a day');
    to(slack, weekEnd - dayMs);
    await slack.direct('beni', 'Your duty for payments begins within a day');
  });

  it('is told late as it is now, and not as it was in between', async () => {
    const slack = await begin();
    to(slack, weekEnd + 8 * dayMs);
    await slack.direct('carmel', 'You are on duty for payments');
    await slack.direct('alma', 'You are off duty for payments');
    expect(texts(slack, 'beni')).not.toContain('on duty for payments');
  });

  it('is told of an absence at once to whoever covers, never to whoever is away, and not why', async () => {
    const slack = await begin();
    await away(slack, 'alma', slack.clock.now());
    const on = await slack.direct('beni', 'You are on duty for payments');
    expect(on.lines).not.toMatch(/unavailable|away|cover/i);
    to(slack, sundayMorning + hourMs);
    expect(texts(slack, 'alma')).not.toContain('off duty');
  });
});

/** Once Beni is known to have duty from then on. */
async function noticed(slack: LocalWorkspace, from: number): Promise<void> {
  const shiftsOf = async () =>
    (await dutyOf(slack))?.shifts.some((shift) => shift.person === 'beni' && shift.from === from);
  await expect.poll(shiftsOf, { timeout: waitMs }).toBe(true);
}

describe('a change of the coming week', () => {
  it('is told to whoever it puts on duty, a minute later, and not to whoever is away', async () => {
    const slack = await begin();
    const tuesday = sundayMorning + 2 * dayMs;
    await away(slack, 'alma', tuesday, tuesday + dayMs);
    await noticed(slack, tuesday);
    expect(texts(slack, 'beni')).not.toContain('have changed');
    slack.passes(1);
    expect((await slack.direct('beni', 'Your shifts for payments have changed')).lines).toContain('<!date^');
    expect(texts(slack, 'alma')).not.toContain('have changed');
  });

  it('waits for the morning of whoever reads it', async () => {
    const slack = await begin();
    const night = sundayMorning + 13 * hourMs;
    to(slack, night);
    const wednesday = sundayMorning + 3 * dayMs;
    await away(slack, 'alma', wednesday, wednesday + dayMs);
    await noticed(slack, wednesday);
    slack.passes(60);
    slack.passes(60);
    expect(texts(slack, 'beni')).not.toContain('have changed');
    to(slack, sundayMorning + 22 * hourMs);
    await slack.direct('beni', 'Your shifts for payments have changed');
  });
});

describe('a user group', () => {
  const members = (slack: LocalWorkspace) => slack.slack.state.userGroups()[0]?.users;

  it('follows from the start, at hand-offs, when somebody takes over and when somebody is away', async () => {
    const slack = await begin({ userGroup: 'payments-oncall' });
    await expect.poll(() => members(slack), { timeout: waitMs }).toEqual(['UALMA']);
    await slack.types('carmel', 'take payments');
    await expect.poll(() => members(slack), { timeout: waitMs }).toEqual(['UCARMEL']);
    await away(slack, 'carmel', slack.clock.now());
    await expect.poll(() => members(slack), { timeout: waitMs }).not.toEqual(['UCARMEL']);
    expect(members(slack)).toHaveLength(1);
    to(slack, weekEnd);
    await expect.poll(() => members(slack), { timeout: waitMs }).toEqual(['UBENI']);
  });
});
