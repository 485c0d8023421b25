import { defineConfig } from 'vitest/config';

/** Rules without I/O: they must not notice where they run. Each is run in a zone behind, at and ahead of UTC. */
const pure = [
  ...['incident', 'oncall', 'figures', 'postmortem', 'config', 'messages'].map((room) => `test/${room}/**/*.test.ts`),
  // Reading calendars is full of local times; fetching them and ending threads is not.
  'test/calendars/{samples,read-calendar,recurrence}.test.ts',
];
const zones = ['UTC', 'Asia/Jerusalem', 'America/New_York'];

/** One process serves many files: importing the dependencies costs more than most of the tests. */
const shared = { pool: 'forks', isolate: false, testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      ...zones.map((zone) => ({
        test: { ...shared, name: zone, include: [...pure, 'test/zone.test.ts'], env: { TZ: zone, EXPECT_TZ: zone } },
      })),
      {
        test: {
          ...shared,
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: [...pure, 'test/zone.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
