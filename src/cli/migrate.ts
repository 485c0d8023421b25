import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

export const migrateCommand: CliCommand = {
  name: 'migrate',
  summary: 'bring the database to this version',
  help: `Usage: toran migrate

Brings the database of DATABASE_URL to the schema of this version. "toran serve" does the same when it starts; this
command is for those who want it done before. Run twice, it changes nothing the second time.`,
  async run(args, io) {
    parseOptions('migrate', args, {}, false);
    await withStore(io, (store) => store.ping());
    io.out('the database is at this version');
    return 0;
  },
};
