import { readEnvironment } from '../config/environment.ts';
import { BadInput } from '../config/bad-input.ts';
import { backUp, requireWhole } from '../store/backup.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';

const help = `Usage: toran backup FILE
       toran backup --check FILE

Copies the SQLite database of DATABASE_URL to a new file while the server goes on, and checks the copy. To restore one: stop
the server, put the file where DATABASE_URL points (and remove the -wal and -shm files beside it), start the server. A
PostgreSQL database is backed up with pg_dump.

  --check   only say whether FILE is a whole database of Toran`;

export const backupCommand: CliCommand = {
  name: 'backup',
  summary: 'copy the SQLite database while the server goes on',
  help,
  async run(args, io) {
    const { values, positionals } = parseOptions('backup', args, { check: { type: 'boolean', default: false } }, true);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new BadInput('backup: name one file, as in "toran backup toran-backup.db"; see toran backup --help');
    try {
      if (values.check) {
        requireWhole(file);
        io.out(`${file} is a whole database`);
        return 0;
      }
      const { databaseUrl } = readEnvironment(io.env);
      let said = io.now();
      await backUp(databaseUrl, file, ({ copiedPages, totalPages }) => {
        if (!io.isTerminal || io.now() - said < 1_000) return;
        said = io.now();
        io.err(`${Math.floor((100 * copiedPages) / Math.max(1, totalPages))} %`);
      });
      io.out(`${file} is a whole copy of the database`);
      return 0;
    } catch (cause) {
      if (cause instanceof StoreUnavailable) throw new BadInput(`backup: ${cause.message}`, { cause });
      throw cause;
    }
  },
};
