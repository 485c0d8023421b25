import { expect, it } from 'vitest';
import { createMovableClock } from '../../src/engine/clock.ts';
import { done } from '../../src/engine/effects.ts';
import { createPageHealth } from '../../src/engine/page-health.ts';
import type { Job } from '../../src/engine/ports.ts';

function job(kind: 'slack.page' | 'pagerduty.page'): Job {
  const effect = { kind, delivery: 'INC-1/p1/d1' } as const;
  return { id: 'e1', effect, lane: 'page', due: 0, createdAt: 0, attempt: 1, token: 't' };
}

const failed = { kind: 'retry', error: 'no answer' } as const;

function world() {
  const clock = createMovableClock(() => 0);
  return { clock, health: createPageHealth(['slack', 'pagerduty'], clock) };
}

it('edge case 48: is well while one way still works, and while the others may only have stumbled', () => {
  const { clock, health } = world();
  health.ran(job('slack.page'), failed);
  clock.advance(60_000);
  expect(health.problem()).toBeUndefined();
  health.ran(job('pagerduty.page'), failed);
  expect(health.problem()).toBeUndefined();
});

it('is in trouble when no way has worked for a while, and well again with the first page that gets out', () => {
  const { clock, health } = world();
  health.ran(job('slack.page'), failed);
  health.ran(job('pagerduty.page'), failed);
  clock.advance(20_000);
  health.ran(job('pagerduty.page'), failed);
  expect(health.problem()).toContain('no page gets out (slack, pagerduty)');
  health.ran(job('pagerduty.page'), { kind: 'later', due: 1 });
  expect(health.problem()).toBeDefined();
  health.ran(job('pagerduty.page'), done);
  expect(health.problem()).toBeUndefined();
});
