/** Most items that one turn takes on: what waits behind them is not kept from the event loop. */
const itemsPerTurn = 200;

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Gathers what arrives in one turn of the event loop, by key. Items of one key are handed over in order and never while
 * earlier ones of that key are still at work; different keys do not wait for each other.
 */
export function createKeyedQueue<Item, Result>(
  keyOf: (item: Item) => string,
  handle: (groups: ReadonlyMap<string, readonly Item[]>) => Promise<ReadonlyMap<Item, Result>>,
) {
  const waiting = new Map<string, Waiting<Item, Result>[]>();
  const busy = new Set<string>();
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  }

  function turn(): void {
    scheduled = false;
    const taken = new Map<string, Waiting<Item, Result>[]>();
    let room = itemsPerTurn;
    for (const [key, items] of waiting) {
      if (room === 0) break;
      if (busy.has(key)) continue;
      const some = items.splice(0, room);
      room -= some.length;
      if (items.length === 0) waiting.delete(key);
      busy.add(key);
      taken.set(key, some);
    }
    if (taken.size === 0) return;
    void answer(taken).finally(() => {
      for (const key of taken.keys()) busy.delete(key);
      if (waiting.size > 0) schedule();
    });
    if ([...waiting.keys()].some((key) => !busy.has(key))) schedule();
  }

  async function answer(taken: ReadonlyMap<string, readonly Waiting<Item, Result>[]>): Promise<void> {
    const everyone = [...taken.values()].flat();
    try {
      const results = await handle(new Map([...taken].map(([key, items]) => [key, items.map((one) => one.item)])));
      for (const one of everyone) {
        const result = results.get(one.item);
        if (result === undefined) one.reject(new Error('a queued item was left without a result'));
        else one.resolve(result);
      }
    } catch (error) {
      for (const one of everyone) one.reject(error);
    }
  }

  return {
    add(item: Item): Promise<Result> {
      return new Promise((resolve, reject) => {
        const key = keyOf(item);
        const queue = waiting.get(key);
        const one = { item, resolve, reject };
        if (queue === undefined) waiting.set(key, [one]);
        else queue.push(one);
        schedule();
      });
    },
  };
}
