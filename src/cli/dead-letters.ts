import { BadInput } from '../config/bad-input.ts';
import type { DeadLetter } from '../engine/ports.ts';
import { toIso } from '../oncall/time.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran dead-letters [--json]
       toran dead-letters retry (ID … | --all)
       toran dead-letters drop  (ID … | --all)

What could not be delivered for good waits here for somebody to decide: a message to a channel that is gone, a page that a
service refused. Without a word it lists them; retry gives them back to the server, drop forgets them.

  --all    every one of them
  --json   print JSON alone`;

export const deadLettersCommand: CliCommand = {
  name: 'dead-letters',
  summary: 'list, retry or drop what could not be delivered',
  help,
  async run(args, io) {
    const { values, positionals } = parseOptions(
      'dead-letters',
      args,
      { all: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
      true,
    );
    const [word = 'list', ...ids] = positionals;
    if (word !== 'list' && word !== 'retry' && word !== 'drop')
      throw new BadInput(`dead-letters: "${word}" is neither list, retry nor drop; see toran dead-letters --help`);
    if (word !== 'list' && ids.length === 0 && !values.all)
      throw new BadInput(`dead-letters: say which to ${word} by their ids, or --all; "toran dead-letters" lists them`);
    return withStore(io, async (store) => {
      const letters = await store.deadLetters();
      if (word === 'list') {
        if (values.json) io.out(JSON.stringify({ dead_letters: letters.map(asJson) }));
        else for (const line of table(letters)) io.out(line);
        return 0;
      }
      const known = new Set(letters.map(({ id }) => id));
      const unknown = ids.filter((id) => !known.has(id));
      // Nothing is half applied: one wrong id and none is touched.
      if (unknown.length > 0)
        throw new BadInput(
          `dead-letters: there is none with the id ${unknown.join(', ')}; "toran dead-letters" lists them`,
        );
      const chosen = values.all ? [...known] : ids;
      const done: string[] = [];
      for (const id of chosen) {
        const isDone = word === 'retry' ? await store.retryDeadLetter(id, io.now()) : await store.dropDeadLetter(id);
        if (isDone) done.push(id);
      }
      if (values.json) io.out(JSON.stringify({ [word === 'retry' ? 'retried' : 'dropped']: done }));
      else io.out(word === 'retry' ? `${done.length} given back to the server` : `${done.length} dropped`);
      return 0;
    });
  },
};

function asJson({ id, kind, lane, attempts, error, at }: DeadLetter) {
  return { id, kind, lane, attempts, error, at: toIso(at) };
}

function table(letters: readonly DeadLetter[]): readonly string[] {
  if (letters.length === 0) return ['there are none'];
  return letters.map(
    ({ id, kind, lane, attempts, error, at }) =>
      `${toIso(at)}  ${id}  ${kind} (${lane}), ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${error}`,
  );
}
