import { weeklyDigest } from '../engine/digest.ts';
import { digestText } from '../messages/digest.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

export const digestCommand: CliCommand = {
  name: 'digest',
  summary: 'the weekly digest, as it would be posted now',
  help: `Usage: toran digest [--json]

Prints the digest of the week that ended last (weeks start on Sunday in the workspace's zone). Posts nothing.

  --json   print JSON alone: the numbers behind the text`,
  async run(args, io) {
    const { values } = parseOptions('digest', args, { json: { type: 'boolean', default: false } }, false);
    return withStore(io, async (store) => {
      const content = await weeklyDigest(store, io.now());
      if (values.json) {
        io.out(JSON.stringify(content));
        return 0;
      }
      const { catalog } = await store.onCallFacts();
      const { headline, sections } = digestText(content, catalog.workspace.locale);
      io.out(headline);
      for (const { title, lines } of sections) {
        io.out(`\n${title}`);
        for (const line of lines) io.out(`  ${line}`);
      }
      return 0;
    });
  },
};
