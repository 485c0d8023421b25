import { parseArgs } from 'node:util';
import { buildBundle } from '../support/process-bundle.ts';
import { startPostgres } from '../support/postgres.ts';
import { seededRandom } from './random.ts';
import { reportOf, type ChaosReport } from './report.ts';
import { runWorld, type WorldReport } from './run-world.ts';

const usage = `npm run chaos -- [--kills 300] [--database sqlite|postgres|both] [--stories 6] [--at-once 2] [--seed N]

Kills the real process again and again while people live through incidents, on a local Slack and a local PagerDuty, and
compares what they saw with what was written down. Prints one JSON report per database; exits 1 when something was lost.`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    database: { type: 'string', default: 'both' },
    stories: { type: 'string', default: '6' },
    'at-once': { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
});

const mostKillsPerWorld = 60;

interface Databases {
  /** Undefined: a SQLite file that the world makes for itself. */
  next(): Promise<string | undefined>;
  close(): Promise<void>;
}

async function databasesOf(kind: ChaosReport['database']): Promise<Databases> {
  if (kind === 'sqlite') return { next: () => Promise.resolve(undefined), close: () => Promise.resolve() };
  const server = await startPostgres({ durable: true });
  let made = 0;
  return { next: () => server.createDatabase(`chaos${++made}`), close: () => server.stop() };
}

async function runOn(kind: ChaosReport['database'], entry: string): Promise<ChaosReport> {
  const begun = Date.now();
  const seed = Number(values.seed);
  const databases = await databasesOf(kind);
  const worlds: WorldReport[] = [];
  let started = 0;
  const kills = () => worlds.reduce((total, world) => total + world.kills.length, 0);
  try {
    await Promise.all(
      Array.from({ length: Number(values['at-once']) }, async () => {
        while (kills() < Number(values.kills)) {
          started += 1;
          const world = await runWorld({
            entry,
            databaseUrl: await databases.next(),
            stories: Number(values.stories),
            mostKills: mostKillsPerWorld,
            random: seededRandom(seed + started),
            storyWithinMs: 240_000,
          });
          worlds.push(world);
          const { lost } = world.verdict;
          progress(`${kind}: ${kills()} kills, ${worlds.length} worlds, ${Math.round(world.tookMs / 1000)} s`, lost);
        }
      }),
    );
  } finally {
    await databases.close();
  }
  return reportOf(kind, seed, worlds, Date.now() - begun);
}

function progress(line: string, lost: readonly string[]): void {
  process.stderr.write(`${line}\n${lost.map((one) => `  LOST ${one}\n`).join('')}`);
}

if (values.help) {
  process.stdout.write(`${usage}\n`);
} else {
  const bundle = await buildBundle();
  try {
    const kinds = (['sqlite', 'postgres'] as const).filter((kind) => [kind, 'both'].includes(values.database));
    for (const kind of kinds) {
      const report = await runOn(kind, bundle.entry);
      process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
      if (report.lost.length > 0) process.exitCode = 1;
    }
  } finally {
    await bundle.remove();
  }
}
// Watchers of the sandboxes would keep the process waiting.
process.exit();
