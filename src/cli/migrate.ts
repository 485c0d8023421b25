import { BadInput } from '../config/bad-input.ts';
import { readEnvironment } from '../config/environment.ts';
import { moveToPostgres } from '../store/move.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import type { CliCommand, CliIo } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran migrate
       toran migrate --to postgres://USER@HOST/NAME [--json]

Brings the database of DATABASE_URL to the schema of this version. "toran serve" does the same when it starts; this
command is for those who want it done before. Run twice, it changes nothing the second time.

  --to URL   copy the whole SQLite installation of DATABASE_URL into an empty PostgreSQL database. The server has to be
             stopped. The source stays as it is; if the copy is interrupted, the same command goes on with it, and no server
             starts on half a copy. Afterwards start the server with DATABASE_URL set to the new address, and no longer
             with the old one: two servers would page twice.
  --json     print JSON alone`;

export const migrateCommand: CliCommand = {
  name: 'migrate',
  summary: 'bring the database to this version, or move it to PostgreSQL',
  help,
  async run(args, io) {
    const { values } = parseOptions(
      'migrate',
      args,
      { to: { type: 'string' }, json: { type: 'boolean', default: false } },
      false,
    );
    if (values.to !== undefined) return move(values.to, values.json, io);
    await withStore(io, (store) => store.ping());
    io.out(values.json ? JSON.stringify({ ok: true }) : 'the database is at this version');
    return 0;
  },
};

async function move(target: string, json: boolean, io: CliIo): Promise<number> {
  const { databaseUrl } = readEnvironment(io.env);
  let said = io.now();
  try {
    const { rows } = await moveToPostgres(databaseUrl, target, ({ table, copied, total }) => {
      if (!io.isTerminal || io.now() - said < 1_000) return;
      said = io.now();
      io.err(`${table}: ${copied} of ${total}`);
    });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    io.out(
      json
        ? JSON.stringify({ ok: true, rows })
        : `${total} rows are in the new database, as many as in the old one; set DATABASE_URL to it and start the server`,
    );
    return 0;
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw new BadInput(`migrate: ${cause.message}`, { cause });
    throw cause;
  }
}
