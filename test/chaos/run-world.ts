import { setTimeout as pause } from 'node:timers/promises';
import { people } from '../../src/cli/demo/company.ts';
import { openStore } from '../../src/store/open.ts';
import type { LogLine, ToranProcess } from '../support/process.ts';
import type { Player } from '../support/story-driver-people.ts';
import { tellStory, unsettled, type StorySeed, type ToldStory } from '../support/story-driver.ts';
import { diagnose, waitingEffects } from './diagnose.ts';
import { createKiller, type Kill, type KillPlan } from './killer.ts';
import { verify, type Verdict } from './verify.ts';
import { startChaosWorld, type ChaosWorld, type ChaosWorldOptions } from './world.ts';

export interface RunWorldOptions extends Omit<ChaosWorldOptions, 'services' | 'slackLimits' | 'stepSeconds'> {
  readonly stories: number;
  /** No more than so many; fewer when the stories are over before. */
  readonly mostKills: number;
  /** In [0, 1), the same in every run with the same seed. */
  readonly random: () => number;
  readonly storyWithinMs: number;
  /** The longest life of a process; left out, long enough for the database. */
  readonly longestLifeMs?: number;
}

export interface WorldReport {
  readonly kills: readonly Kill[];
  readonly stories: number;
  /** From the start of a process until it was on duty, of those that lived so long. */
  readonly restartsMs: readonly number[];
  readonly verdict: Verdict;
  /** What the processes logged as errors, most frequent first. */
  readonly errors: readonly { readonly msg: string; readonly times: number }[];
  readonly tookMs: number;
}

const players: readonly Player[] = people.map(({ slack, pagerduty }) => ({ slack, pagerduty }));
/** Long enough for a page to be answered between two kills, short enough for a story to wait for the second step. */
const stepSeconds = { sqlite: 6, postgres: 20 };
/**
 * The longest life. On PostgreSQL what a dead process had in hand is free after its lease of 5 s: shorter lives would
 * never get there.
 */
const lifeMs = { sqlite: 3_000, postgres: 9_000 };
const settleWithinMs = 60_000;

/**
 * Tells some stories at once while the process behind them is killed again and again, then lets it finish, stops it as a
 * supervisor would, and compares what was seen with what was written down.
 */
export async function runWorld(options: RunWorldOptions): Promise<WorldReport> {
  const begun = Date.now();
  const world = await startChaosWorld({
    entry: options.entry,
    databaseUrl: options.databaseUrl,
    services: options.stories,
    stepSeconds: stepSeconds[kindOf(options)],
    slackLimits: 'off',
  });
  try {
    return { ...(await killAndTell(world, options)), tookMs: Date.now() - begun };
  } finally {
    await world.close();
  }
}

async function killAndTell(world: ChaosWorld, options: RunWorldOptions): Promise<Omit<WorldReport, 'tookMs'>> {
  const longestMs = options.longestLifeMs ?? lifeMs[kindOf(options)];
  const killer = createKiller(world.slack, world.pagerDuty);
  const lives = createLives(world);
  const ending = new AbortController();
  const telling = { isOver: false };
  const stories = tellAll(world, options, () => killer.stepDone(), ending.signal).finally(() => {
    telling.isOver = true;
  });
  stories.catch(() => undefined);
  try {
    while (!telling.isOver && killer.kills.length < options.mostKills) {
      const toran = lives.next();
      const struck = killer.aim(toran, planOf(options.random, longestMs), longestMs);
      await Promise.race([struck, lives.endOf(toran), stories.catch(() => undefined)]);
      if (telling.isOver && toran.isAlive()) break;
      await toran.ended;
    }
    killer.stop();
    const survivor = lives.latest()?.isAlive() === true ? lives.latest() : lives.next();
    const told = await stories.catch(async (cause: unknown) => {
      const known = await diagnose(world, killer.kills);
      throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${known}`, { cause });
    });
    await settled(world, told);
    // A process that is still starting does not know how to stop in order.
    await survivor?.ready;
    lives.stopping();
    const stoppedAt = Date.now();
    const end = await survivor?.stop();
    if (end?.code !== 0)
      lives.unasked.push(`SIGTERM ended in ${end?.signal ?? `exit ${end?.code}`}: ${end?.stderr ?? ''}`);
    const store = await openStore(world.databaseUrl, { role: 'tool' });
    try {
      const verdict = await verify({ world, store, told, kills: killer.kills, starts: lives.starts(), stoppedAt });
      return {
        kills: killer.kills,
        stories: told.length,
        restartsMs: lives.restartsMs,
        verdict: { ...verdict, lost: [...verdict.lost, ...lives.unasked] },
        errors: lives.errors(),
      };
    } finally {
      await store.close();
    }
  } finally {
    ending.abort();
    killer.stop();
    await lives.endAll();
  }
}

/** Every process of this world, one after the other. */
function createLives(world: ChaosWorld) {
  const all: ToranProcess[] = [];
  const restartsMs: number[] = [];
  /** Ends that nobody asked for. */
  const unasked: string[] = [];
  let isStopping = false;
  return {
    stopping() {
      isStopping = true;
    },
    restartsMs,
    unasked,
    next(): ToranProcess {
      const toran = world.start();
      all.push(toran);
      toran.ready.then(
        (ms) => restartsMs.push(ms),
        () => undefined,
      );
      return toran;
    },
    latest: () => all.at(-1),
    starts: () => all.map((one) => one.startedAt),
    async endOf(toran: ToranProcess): Promise<void> {
      const { code, signal, stderr } = await toran.ended;
      if (signal === 'SIGKILL' || isStopping) return;
      unasked.push(`a process ended by itself (${signal ?? `exit ${code}`}): ${stderr.slice(-500)}`);
      // Not in a tight loop: a database that cannot be opened now may be free in a moment.
      await pause(200);
    },
    errors() {
      const lines: LogLine[] = all.flatMap((one) => one.complaints.filter(({ level }) => level >= 50));
      return [...Map.groupBy(lines, ({ msg }) => msg)]
        .map(([msg, some]) => ({ msg, times: some.length }))
        .toSorted((a, b) => b.times - a.times);
    },
    async endAll() {
      for (const one of all) if (one.isAlive()) one.kill();
      await Promise.all(all.map((one) => one.ended));
    },
  };
}

function kindOf({ databaseUrl }: Pick<RunWorldOptions, 'databaseUrl'>): 'sqlite' | 'postgres' {
  return databaseUrl === undefined ? 'sqlite' : 'postgres';
}

/** Most kills strike at a call, since that is where something can be half done. */
function planOf(random: () => number, longestMs: number): KillPlan {
  const choice = random();
  if (choice < 0.35)
    return {
      kind: 'call',
      of: 'making',
      nth: 1 + Math.floor(random() * 5),
      phase: random() < 0.3 ? 'before' : 'after',
    };
  if (choice < 0.6)
    return {
      kind: 'call',
      of: 'any',
      nth: 1 + Math.floor(random() ** 2 * 80),
      phase: random() < 0.4 ? 'before' : 'after',
    };
  if (choice < 0.8) return { kind: 'step' };
  if (choice < 0.95) return { kind: 'instant', afterMs: random() * longestMs };
  return { kind: 'startup', afterMs: random() * 500 };
}

async function tellAll(
  world: ChaosWorld,
  { stories, random, storyWithinMs }: RunWorldOptions,
  onStep: () => void,
  signal: AbortSignal,
): Promise<readonly ToldStory[]> {
  const stage = { slack: world.slack, pagerDuty: world.pagerDuty, signal };
  const tag = Math.floor(random() * 2 ** 32).toString(36);
  return Promise.all(
    world.services.slice(0, stories).map(async (service, index) => {
      const everyone = players.filter((player) => player.slack !== 'U0ALMA');
      const seed: StorySeed = {
        service: service.id,
        pagerDutyService: service.pagerduty,
        title: `errors ${tag}x${index}y`,
        // Every third story is one in which the first who is asked sleeps on.
        answerers: index % 3 === 2 ? everyone.filter((player) => player.slack !== 'U0BENI') : everyone,
        players,
      };
      await pause(random() * 3_000, undefined, { signal });
      return tellStory(seed, stage, { onStep, stepWithinMs: storyWithinMs });
    }),
  );
}

/** The stories are over; what is still under way ends too. */
async function settled({ databaseUrl, slack, pagerDuty }: ChaosWorld, told: readonly ToldStory[]): Promise<void> {
  const deadline = Date.now() + settleWithinMs;
  const stage = { slack, pagerDuty, signal: new AbortController().signal };
  for (;;) {
    const now = Date.now();
    const due = (await waitingEffects(databaseUrl)).filter((one) => one.state === 'waiting' && one.due <= now);
    const open = told.flatMap((story) => unsettled(stage, story.seed, story.incident));
    if (due.length === 0 && open.length === 0) return;
    // What is left then is found by the checks, with names.
    if (now > deadline) return;
    await pause(500);
  }
}
