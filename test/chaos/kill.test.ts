import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase } from '../support/postgres.ts';
import { buildBundle, type Bundle } from '../support/process-bundle.ts';
import { seededRandom } from './random.ts';
import { runWorld, type WorldReport } from './run-world.ts';

let bundle: Bundle;
beforeAll(async () => {
  bundle = await buildBundle();
});
afterAll(() => bundle.remove());

const databases = {
  sqlite: () => Promise.resolve(undefined),
  postgres: () => createDatabase(inject('postgresUrl'), `chaos_${randomUUID().replaceAll('-', '')}`),
};

/** The short form of `npm run chaos`: few kills, the same checks. Both databases at once, since most of it is waiting. */
describe.concurrent('a process that is killed again and again', () => {
  it.for(['sqlite', 'postgres'] as const)(
    'loses nothing and doubles nothing on %s',
    { timeout: 150_000 },
    async (kind) => {
      const report: WorldReport = await runWorld({
        entry: bundle.entry,
        databaseUrl: await databases[kind](),
        stories: 2,
        mostKills: 8,
        longestLifeMs: 1_500,
        random: seededRandom(20_261_124),
        storyWithinMs: 100_000,
      });
      expect(report.verdict.lost).toEqual([]);
      expect(report.verdict.doubled.filter((one) => !one.explained)).toEqual([]);
      expect(report.verdict.incidents).toBe(2);
      expect(report.kills.length).toBeGreaterThanOrEqual(4);
    },
  );
});
