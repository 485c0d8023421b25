import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('answers whatever is sent to its doors, and lives', async () => {
  const report = await fuzz({ inputs: 1_500, seed: 20_261_124, connections: 8 });
  expect(report.faults).toEqual([]);
  expect(report.unhandled).toEqual([]);
  expect(report.isAliveAfter).toBe(true);
  expect(Object.keys(report.answers)).toEqual(
    expect.arrayContaining(['/slack/events', '/hooks/pagerduty', '/hooks/alerts']),
  );
  // Both sides of every door were reached: what is refused, and what goes through to the rules.
  for (const path of ['/slack/events', '/hooks/pagerduty', '/hooks/alerts']) {
    const statuses = Object.keys(report.answers[path] ?? {});
    expect(
      statuses.some((status) => status.startsWith('2')),
      path,
    ).toBe(true);
    expect(statuses, path).toContain('401');
  }
}, 60_000);
