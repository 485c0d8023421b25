import pino from 'pino';
import { BadInput } from '../config/bad-input.ts';
import { createLog } from '../log.ts';
import type { CliCommand, CliIo } from './command.ts';
import { NotSeen } from './demo/checks.ts';
import { createNarrator } from './demo/narrator.ts';
import { runPrompt } from './demo/prompt.ts';
import { storyStart } from './demo/seeds.ts';
import { tellStory } from './demo/story.ts';
import { startWorld, type World } from './demo/world.ts';
import { parseOptions } from './options.ts';

const help = `Usage: toran sandbox [--once] [--story no] [--database URL] [--port N] [--log LEVEL]

Starts a local Slack, a local PagerDuty and Toran between them, on a clock that can be moved, and plays one incident from
the alert to the weekly digest, and the morning on which two people are called up during another. No account, no network. Then
a prompt lets you act as any person.

  --once           play at full speed, check what is seen, end with one line of JSON
  --story no       skip the story and go to the prompt
  --database URL   file:… or postgres://…; left out, a SQLite file that goes away again
  --port N         port of the local Slack (any free one)
  --log LEVEL      log of Toran on stderr: info, debug …; left out, it says nothing`;

/** A Wednesday, 02:47 in Jerusalem: deep night, three days before the weekend ends. */
const wednesdayNight = storyStart(Date.UTC(2026, 11, 1, 22, 0));
const readingPauseMs = 1_500;

export const sandboxCommand: CliCommand = {
  name: 'sandbox',
  summary: 'a whole incident on this machine, without any account',
  help,
  async run(args, io) {
    const { values } = parseOptions(
      'sandbox',
      args,
      {
        once: { type: 'boolean', default: false },
        story: { type: 'string', default: 'yes' },
        database: { type: 'string' },
        port: { type: 'string', default: '0' },
        log: { type: 'string', default: 'silent' },
      },
      false,
    );
    if (values.story !== 'yes' && values.story !== 'no')
      throw new BadInput(`--story: "${values.story}" is neither yes nor no; leave the option out, or say no`);
    const slackPort = Number(values.port);
    if (!Number.isInteger(slackPort) || slackPort < 0 || slackPort > 65_535)
      throw new BadInput(`--port: "${values.port}" is no port; use 0 to 65535`);
    const log =
      values.log === 'silent' ? pino({ level: 'silent' }) : createLog(levelOf(values.log), pino.destination(2));
    const world = await startWorld({ start: wednesdayNight, databaseUrl: values.database, slackPort, log });
    try {
      if (values.story === 'yes' && (await world.toran.store.records()).some((one) => one.id === 'INC-1'))
        throw new BadInput('--database: holds incidents already; name an empty one for the story, or add --story no');
      const code = values.story === 'no' ? 0 : await play(world, io, values.once);
      if (!values.once && code === 0) await runPrompt(world, io);
      return code;
    } finally {
      await world.close();
    }
  },
};

async function play(world: World, io: CliIo, once: boolean): Promise<number> {
  const narrator = createNarrator(io.out, world.clock, wednesdayNight, once ? 0 : readingPauseMs);
  try {
    const end = await tellStory(world, narrator);
    io.out('');
    io.out(JSON.stringify({ ok: true, steps: narrator.steps, ...end }));
    return 0;
  } catch (error) {
    const problem = error instanceof NotSeen || error instanceof Error ? error.message : String(error);
    io.out(JSON.stringify({ ok: false, steps: narrator.steps, problem }));
    return 1;
  }
}

function levelOf(text: string) {
  const level = (['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const).find((known) => known === text);
  if (level === undefined)
    throw new BadInput(`--log: "${text}" is no level; use fatal, error, warn, info, debug or trace`);
  return level;
}
