export interface Waiting {
  changed: () => void;
  until: (predicate: () => boolean, timeoutMs?: number) => Promise<void>;
}

/** Waits for conditions instead of for time: every change asks the open questions again. */
export function createWaiting(): Waiting {
  const questions = new Set<() => void>();
  const changed = () => {
    for (const ask of questions) ask();
  };
  function until(predicate: () => boolean, timeoutMs = 5_000): Promise<void> {
    return new Promise((fulfil, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        questions.delete(ask);
        settle();
      };
      const ask = () => {
        try {
          if (predicate()) finish(fulfil);
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error('the condition threw', { cause: error })));
        }
      };
      const late = new Error(`the local PagerDuty did not come to this within ${timeoutMs} ms: ${String(predicate)}`);
      const timer = setTimeout(() => finish(() => reject(late)), timeoutMs);
      questions.add(ask);
      ask();
    });
  }
  return { changed, until };
}
