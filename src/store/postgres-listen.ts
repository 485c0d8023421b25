import { Client } from 'pg';

const reconnectAfterMs = 1_000;

/**
 * Calls `wake` for every notification on a channel, over a connection of its own that is made again when it breaks. What
 * was missed meanwhile is covered by one call after each connection, and by the worker's sweep.
 */
export async function listenFor(url: string, channel: string, wake: () => void): Promise<() => Promise<void>> {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, application_name: 'toran-listen', keepAlive: true });
    let broken = false;
    const again = () => {
      if (broken) return;
      broken = true;
      if (!stopped) timer = setTimeout(() => void connect(), reconnectAfterMs);
    };
    next.on('error', again);
    next.on('end', again);
    next.on('notification', wake);
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch {
      again();
      await next.end().catch(() => undefined);
      return;
    }
    client = next;
    if (stopped) await next.end();
    else wake();
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
