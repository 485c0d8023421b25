import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { z } from 'zod';

const file = z.object({
  vectors: z.array(z.object({ id: z.string(), tolerance: z.number(), input: z.unknown(), expected: z.unknown() })),
});

export interface Vector<Input, Expected> {
  readonly input: Input;
  readonly expected: Expected;
  readonly tolerance: number;
}

/** One case of `metrics-vectors.json`, checked to have the shape that the test reads. */
export function vector<Input, Expected>(
  id: string,
  input: z.ZodType<Input>,
  expected: z.ZodType<Expected>,
): Vector<Input, Expected> {
  const path = new URL('../fixtures/figures/metrics-vectors.json', import.meta.url);
  const found = file.parse(JSON.parse(readFileSync(path, 'utf8'))).vectors.find((each) => each.id === id);
  if (found === undefined) throw new Error(`metrics-vectors.json has no vector ${id}`);
  return { input: input.parse(found.input), expected: expected.parse(found.expected), tolerance: found.tolerance };
}

/** The file's rule: the tolerance is absolute unless the expected value is larger than 1, then relative. */
export function expectClose(actual: number | null | undefined, expected: number, tolerance: number): void {
  expect(actual).toBeTypeOf('number');
  const allowed = tolerance * Math.max(1, Math.abs(expected));
  expect(Math.abs((actual ?? Number.NaN) - expected), `${actual} is not close to ${expected}`).toBeLessThanOrEqual(
    allowed,
  );
}

export function expectInterval(
  actual: readonly (number | null)[] | null | undefined,
  expected: readonly [number, number],
  tolerance: number,
): void {
  expectClose(actual?.[0], expected[0], tolerance);
  expectClose(actual?.[1], expected[1], tolerance);
}

export const interval = z.tuple([z.number(), z.number()]);
export const instant = z.iso.datetime().transform((text) => Date.parse(text));
