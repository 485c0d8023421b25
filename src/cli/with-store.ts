import { BadInput } from '../config/bad-input.ts';
import { readEnvironment } from '../config/environment.ts';
import { createEngine } from '../engine/executor.ts';
import type { Engine } from '../engine/orders.ts';
import type { Store } from '../engine/ports.ts';
import { openStore } from '../store/open.ts';
import type { CliIo } from './command.ts';

/**
 * Opens the database of DATABASE_URL for a command, beside a server that may be running, and closes it again. What the
 * command commits is picked up by the server's next sweep.
 */
export async function withStore<Result>(
  io: CliIo,
  work: (store: Store, engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl } = readEnvironment(io.env);
  const store = await openStore(databaseUrl, { role: 'tool' }).catch((cause: unknown) => {
    throw new BadInput(`DATABASE_URL: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  try {
    return await work(store, createEngine({ store, clock: { now: io.now }, ways: [], onCommitted: () => undefined }));
  } finally {
    await store.close();
  }
}
