import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRatePlan, type RateRequest } from '../../src/slack/rate-plan.ts';

const start = 1_700_000_000_000;
const toChannel = (channel: string, isPage = false): RateRequest => ({ method: 'chat.postMessage', channel, isPage });

/** Asks again whenever the plan says so, as the outbox does; returns when the call went out. */
function sentAt(plan: ReturnType<typeof createRatePlan>, request: RateRequest, from: number): number {
  let now = from;
  for (let tries = 0; tries < 1_000; tries += 1) {
    const permit = plan.ask(request, now);
    if (permit.allowed) return now;
    expect(permit.at).toBeGreaterThan(now);
    now = permit.at;
  }
  throw new Error('the plan never allowed the call');
}

describe('a rate plan', () => {
  it('lets a short burst into one channel, then one message a second', () => {
    const plan = createRatePlan();
    const times = Array.from({ length: 8 }, () => sentAt(plan, toChannel('C1'), start) - start);
    expect(times).toEqual([0, 0, 0, 0, 1_000, 2_000, 3_000, 4_000]);
  });

  it('keeps one channel from holding up another', () => {
    const plan = createRatePlan();
    for (let post = 0; post < 10; post += 1) plan.ask(toChannel('C1'), start);
    expect(plan.ask(toChannel('C2'), start)).toEqual({ allowed: true });
  });

  it('never makes a page wait behind other posts, in its channel or in the workspace', () => {
    const plan = createRatePlan();
    for (let post = 0; post < 1_000; post += 1) plan.ask(toChannel(`C${post}`), start);
    for (let post = 0; post < 10; post += 1) plan.ask(toChannel('CPAGED'), start);
    expect(plan.ask(toChannel('CPAGED'), start).allowed).toBe(false);
    expect(plan.ask(toChannel('CPAGED', true), start)).toEqual({ allowed: true });
    expect(plan.ask(toChannel('U1', true), start)).toEqual({ allowed: true });
  });

  it('shares forty edits a minute among all cards', () => {
    const plan = createRatePlan();
    const allowed = Array.from({ length: 100 }, (_, card) =>
      plan.ask({ method: 'chat.update', channel: 'C1', message: `${card}.1` }, start),
    ).filter((permit) => permit.allowed);
    expect(allowed).toHaveLength(40);
  });

  it('edits one message at most every two seconds', () => {
    const plan = createRatePlan();
    const card: RateRequest = { method: 'chat.update', channel: 'C1', message: '1.1' };
    expect(plan.ask(card, start)).toEqual({ allowed: true });
    expect(plan.ask(card, start + 500)).toEqual({ allowed: false, at: start + 2_000 });
    expect(plan.ask(card, start + 2_000)).toEqual({ allowed: true });
  });

  it('sends pages into a channel that Slack calls full one by one, and those of other people at once', () => {
    const plan = createRatePlan();
    const page = toChannel('U1', true);
    for (let post = 0; post < 50; post += 1) expect(plan.ask(page, start)).toEqual({ allowed: true });
    for (let refused = 0; refused < 45; refused += 1) plan.pause(page, 1_000, start);
    expect(plan.ask(toChannel('U2', true), start)).toEqual({ allowed: true });

    const waiting = Array.from({ length: 45 }, () => start + 1_000);
    const sent: number[] = [];
    for (let asked = 0; waiting.length > 0 && asked < 200; asked += 1) {
      waiting.sort((a, b) => a - b);
      const now = waiting.shift() ?? start;
      const permit = plan.ask(page, now);
      if (permit.allowed) sent.push(now - start);
      else waiting.push(permit.at);
    }
    expect(sent).toEqual(Array.from({ length: 45 }, (_, index) => (index + 1) * 1_000));
  });

  it('rests a method for as long as Slack said, and no other method', () => {
    const plan = createRatePlan();
    plan.pause(toChannel('C1'), 30_000, start);
    expect(plan.ask(toChannel('C2'), start + 29_999)).toEqual({ allowed: false, at: start + 30_000 });
    expect(plan.ask({ method: 'pins.add', channel: 'C1' }, start)).toEqual({ allowed: true });
    expect(plan.ask(toChannel('C2'), start + 30_000)).toEqual({ allowed: true });
  });

  it('does not rest pages because other posts ran into a limit, but rests them when they did', () => {
    const plan = createRatePlan();
    plan.pause(toChannel('C1'), 30_000, start);
    expect(plan.ask(toChannel('U1', true), start)).toEqual({ allowed: true });
    plan.pause(toChannel('U1', true), 5_000, start);
    expect(plan.ask(toChannel('U2', true), start)).toEqual({ allowed: false, at: start + 5_000 });
  });

  it('tells those it turns away different times, so that they do not come back together', () => {
    const plan = createRatePlan();
    const answers = Array.from({ length: 60 }, () => plan.ask({ method: 'conversations.create' }, start));
    const times = answers.flatMap((permit) => (permit.allowed ? [] : [permit.at]));
    expect(times).toHaveLength(40);
    expect(new Set(times).size).toBe(40);
  });

  it('exceeds no published limit in any minute, whatever comes when', () => {
    const requests = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 3_000 }),
        method: fc.constantFrom('conversations.create', 'chat.update', 'conversations.invite' as const),
        message: fc.integer({ min: 0, max: 30 }),
        isPage: fc.boolean(),
      }),
      { minLength: 50, maxLength: 400 },
    );
    const limits = { 'conversations.create': 20, 'chat.update': 50, 'conversations.invite': 50 };
    fc.assert(
      fc.property(requests, (asked) => {
        const plan = createRatePlan();
        const sent = { 'conversations.create': [], 'chat.update': [], 'conversations.invite': [] } satisfies Record<
          string,
          number[]
        >;
        const log: Record<keyof typeof limits, number[]> = sent;
        let now = start;
        for (const { afterMs, method, message, isPage } of asked) {
          now += afterMs;
          if (plan.ask({ method, channel: 'C1', message: String(message), isPage }, now).allowed) log[method].push(now);
        }
        for (const method of ['conversations.create', 'chat.update', 'conversations.invite'] as const) {
          for (const at of log[method]) {
            const inMinute = log[method].filter((other) => other > at - 60_000 && other <= at).length;
            expect(inMinute).toBeLessThanOrEqual(limits[method]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lets everybody through in the end', () => {
    const plan = createRatePlan();
    const times = Array.from({ length: 100 }, (_, card) =>
      sentAt(plan, { method: 'chat.update', channel: 'C1', message: `${card}.1` }, start),
    );
    expect(Math.max(...times) - start).toBeLessThanOrEqual(3 * 60_000);
  });
});
