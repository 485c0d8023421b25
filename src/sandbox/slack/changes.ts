/** Tells who waits that the workspace changed. */
export interface Changes {
  readonly version: number;
  changed(): void;
  /** Calls `listener` after changes, several of one turn together; returns how to stop. */
  subscribe(listener: () => void): () => void;
  until<T>(look: () => T | undefined | false | null, timeoutMs: number, what?: string): Promise<T>;
  close(): void;
}

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const waiting = new Set<(error: Error) => void>();
  let version = 0;
  let told = true;

  function changed(): void {
    version += 1;
    if (listeners.size === 0 || !told) return;
    told = false;
    queueMicrotask(() => {
      told = true;
      for (const listener of listeners) listener();
    });
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  function until<T>(look: () => T | undefined | false | null, timeoutMs: number, what?: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const found = look();
      if (found) return resolve(found);
      const finish = (): void => {
        clearTimeout(timer);
        waiting.delete(fail);
        stop();
      };
      const fail = (error: Error): void => {
        finish();
        reject(error);
      };
      const timer = setTimeout(
        () => fail(new Error(`local Slack: waited ${timeoutMs} ms in vain for ${what ?? look.toString()}`)),
        timeoutMs,
      );
      const stop = subscribe(() => {
        try {
          const seen = look();
          if (!seen) return;
          finish();
          resolve(seen);
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      });
      waiting.add(fail);
    });
  }

  function close(): void {
    for (const fail of waiting) fail(new Error('local Slack was closed while someone waited for a change'));
    listeners.clear();
  }
  return {
    get version() {
      return version;
    },
    changed,
    subscribe,
    until,
    close,
  };
}
