import type { Refused, Unit } from './database.ts';

type Verdict = Refused | undefined;

interface Waiting {
  readonly units: readonly Unit[];
  resolve(verdicts: readonly Verdict[]): void;
  reject(error: unknown): void;
}

/** Units that one transaction takes on: more would hold the event loop, and save hardly an fsync. */
const unitsPerTransaction = 100;

/**
 * What is handed over within one turn of the event loop is written in one transaction, in order: decisions, counts, settled
 * and postponed effects share one fsync. Each unit keeps its own verdict. When the transaction fails as a whole, each
 * caller's units are tried by themselves, so that nobody fails for another's fault.
 */
export function groupCommit(write: (units: readonly Unit[]) => readonly Verdict[]) {
  let waiting: Waiting[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  function schedule(): void {
    scheduled ??= setImmediate(() => {
      scheduled = undefined;
      writeSome();
      if (waiting.length > 0) schedule();
    });
  }

  function writeSome(): void {
    let taken = 0;
    let count = 0;
    while (
      taken < waiting.length &&
      (taken === 0 || count + (waiting[taken]?.units.length ?? 0) <= unitsPerTransaction)
    ) {
      count += waiting[taken]?.units.length ?? 0;
      taken += 1;
    }
    const callers = waiting.slice(0, taken);
    waiting = waiting.slice(taken);
    try {
      const verdicts = write(callers.flatMap(({ units }) => units));
      let from = 0;
      for (const { units, resolve } of callers) {
        resolve(verdicts.slice(from, from + units.length));
        from += units.length;
      }
    } catch (error) {
      const [only, ...others] = callers;
      if (others.length === 0) only?.reject(error);
      else for (const caller of callers) alone(caller);
    }
  }

  function alone({ units, resolve, reject }: Waiting): void {
    try {
      resolve(write(units));
    } catch (error) {
      reject(error);
    }
  }

  return {
    write: (units: readonly Unit[]): Promise<readonly Verdict[]> =>
      new Promise((resolve, reject) => {
        waiting.push({ units, resolve, reject });
        schedule();
      }),
    /** Writes what waits, now. */
    flush(): void {
      clearImmediate(scheduled);
      scheduled = undefined;
      while (waiting.length > 0) writeSome();
    },
  };
}
