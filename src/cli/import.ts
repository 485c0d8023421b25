import { basename } from 'node:path';
import { BadInput } from '../config/bad-input.ts';
import { parseIncidentsFile } from '../config/incidents-file.ts';
import { recordOfImport } from '../config/incidents-file-row.ts';
import type { CliCommand } from './command.ts';
import { parseOptions, readTextFile } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran import incidents FILE [--skip-bad] [--json]

Takes past incidents from CSV or JSON, so that history from anywhere gives a baseline. Columns: title, severity, service,
impact_start, detected, acked, declared, mitigated, resolved, kind (incident | drill). Times are ISO 8601 with an offset,
empty means unknown. Identical rows are taken once, however often the file is imported. Bad rows are listed by line, and
change nothing unless --skip-bad is given.

  --skip-bad   take the good rows and leave the bad ones out
  --json       print JSON alone`;

const shownBadRows = 50;

export const importCommand: CliCommand = {
  name: 'import',
  summary: 'take past incidents from a CSV or JSON file',
  help,
  async run(args, io) {
    const { values, positionals } = parseOptions(
      'import',
      args,
      { 'skip-bad': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
      true,
    );
    const [what, path, ...more] = positionals;
    if (what !== 'incidents' || path === undefined || more.length > 0)
      throw new BadInput('import: say "toran import incidents FILE"; see toran import --help');
    const file = parseIncidentsFile(await readTextFile('import', path), path, { skipBad: values['skip-bad'] });
    const refused = file.bad.length > 0 && !values['skip-bad'];
    const added = refused ? 0 : await withStore(io, (store) => store.importRecords(file.rows.map(recordOfImport)));
    if (values.json) {
      io.out(
        JSON.stringify({
          ok: !refused,
          added,
          known: refused ? 0 : file.rows.length - added,
          repeated: file.repeated,
          bad: file.bad,
        }),
      );
    } else {
      for (const { line, reason } of file.bad.slice(0, shownBadRows)) io.err(`${basename(path)}:${line}: ${reason}`);
      if (file.bad.length > shownBadRows) io.err(`… and ${file.bad.length - shownBadRows} more`);
      if (!refused)
        io.out(
          `${basename(path)}: ${added} added, ${file.rows.length - added} known already, ${file.repeated} repeated, ${file.bad.length} bad`,
        );
    }
    if (!refused) return 0;
    io.err(
      `${basename(path)}: ${file.bad.length} rows cannot be used and nothing was imported; correct them, or leave them out with --skip-bad`,
    );
    return 2;
  },
};
