import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const record = 'docs/decisions/0013-edge-cases-that-toran-decides-otherwise.md';
const every = Array.from({ length: 57 }, (_, index) => index + 1);

/** Numbers in the titles of tests: `edge case 17: …`, `edge cases 30 and 40: …`. */
async function tested(): Promise<ReadonlySet<number>> {
  const numbers = new Set<number>();
  for await (const path of glob('test/**/*.test.ts')) {
    const source = await readFile(path, 'utf8');
    for (const [, list = ''] of source.matchAll(/['"`]edge cases? ([\d, and]+):/g)) {
      for (const [number] of list.matchAll(/\d+/g)) numbers.add(Number(number));
    }
  }
  return numbers;
}

describe('the 57 edge cases of an engine that knows who can answer', () => {
  it('each have a test with their number in its title, or a line in the decision record', async () => {
    const [inTests, page] = await Promise.all([tested(), readFile(record, 'utf8')]);
    const decided = new Set([...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number)));
    expect(every.filter((number) => !inTests.has(number) && !decided.has(number))).toEqual([]);
    expect([...inTests, ...decided].filter((number) => !every.includes(number))).toEqual([]);
  });
});
