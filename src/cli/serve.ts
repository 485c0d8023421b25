import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import { readEnvironment } from '../config/environment.ts';
import type { Engine } from '../engine/orders.ts';
import { createLog } from '../log.ts';
import { startServer } from '../main.ts';
import { apply } from './apply.ts';
import type { CliCommand } from './command.ts';
import { parseOptions, readTextFile, requireFolder } from './options.ts';

export const serveCommand: CliCommand = {
  name: 'serve',
  summary: 'be on duty: answer Slack and PagerDuty, page people',
  help: `Usage: toran serve

Starts Toran with the settings of the environment (see .env.example) and runs until it is asked to stop (SIGTERM or
SIGINT). Brings the database to its schema first, and applies the catalog of TORAN_CATALOG once per content.`,
  async run(args, io) {
    parseOptions('serve', args, {}, false);
    const environment = readEnvironment(io.env);
    const log = createLog(environment.logLevel);
    const { catalogFile } = environment;
    if (environment.templateDirectory !== undefined)
      await requireFolder('TORAN_TEMPLATES', environment.templateDirectory);
    // Read before anything is opened: a catalog that cannot be used must not take a running set-up down half-way.
    const catalog = catalogFile === undefined ? undefined : await readCatalog(catalogFile);
    const prepare = async (engine: Engine) => {
      if (catalog !== undefined && (await apply(engine, catalog.text, catalog.catalog, undefined, true)))
        log.info({ file: catalogFile }, 'catalog applied');
    };
    const server = await startServer({ environment, log, prepare }).catch((cause: unknown) => {
      throw cause instanceof BadInput ? cause : new BadInput(problemOf(cause, environment.port), { cause });
    });
    await stopped(io.signal);
    await server.stop();
    return 0;
  },
};

function problemOf(cause: unknown, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') return `PORT: ${port} is taken by another process; set PORT to a free one`;
  if (code === 'EACCES') return `PORT: ${port} may not be used by this user; set PORT to 1024 or more`;
  return `serve: ${cause instanceof Error ? cause.message : String(cause)}`;
}

async function readCatalog(path: string) {
  const text = await readTextFile('TORAN_CATALOG', path);
  return { text, catalog: parseCatalog(text, path) };
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
