import type { Fields } from './model.ts';
import { lengthOf } from './text.ts';
import { isFields } from './values.ts';

/** One thing wrong with a block or view, as blocks.validate reports it. */
export interface Problem {
  /** JSON pointer, `/blocks/0/text/text`. */
  pointer: string;
  code: string;
  message: string;
  constraint?: { type: string; expected: unknown; got: unknown };
}

/** Adds what is wrong with `value`, which stands at the JSON pointer `at`. */
export type Check = (value: unknown, at: string, problems: Problem[]) => void;

export function problem(
  problems: Problem[],
  pointer: string,
  code: string,
  message: string,
  constraint?: Problem['constraint'],
): void {
  problems.push(constraint === undefined ? { pointer, code, message } : { pointer, code, message, constraint });
}

/** Text within bounds; Slack counts characters, not bytes. */
export function string(max: number, min = 0): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string') return problem(problems, at, 'invalid_type', 'must provide a string');
    const length = lengthOf(value);
    if (length > max) {
      const constraint = { type: 'max_length', expected: max, got: length };
      problem(problems, at, 'too_long', `must be less than ${max + 1} characters`, constraint);
    }
    if (length < min) {
      const constraint = { type: 'min_length', expected: min, got: length };
      problem(problems, at, 'too_short', `must be more than ${min - 1} characters`, constraint);
    }
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !pattern.test(value)) problem(problems, at, 'invalid_format', `must be ${what}`);
  };
}

export function whole(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return problem(problems, at, 'invalid_type', 'must provide an integer');
    if (value < min || value > max) {
      problem(problems, at, 'out_of_range', `must be between ${min} and ${max}`, {
        type: 'range',
        expected: [min, max],
        got: value,
      });
    }
  };
}

export const boolean: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problem(problems, at, 'invalid_type', 'must provide a boolean');
};

export const number: Check = (value, at, problems) => {
  if (typeof value !== 'number') problem(problems, at, 'invalid_type', 'must provide a number');
};

export const anything: Check = () => undefined;

export function oneOf(...allowed: readonly string[]): Check {
  return (value, at, problems) => {
    if (typeof value === 'string' && allowed.includes(value)) return;
    const constraint = { type: 'enum', expected: allowed, got: value };
    problem(problems, at, 'invalid_value', `must be one of: ${allowed.join(', ')}`, constraint);
  };
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problem(problems, at, 'invalid_type', 'must provide an array');
    if (value.length > max) {
      const constraint = { type: 'max_items', expected: max, got: value.length };
      problem(problems, at, 'too_many_items', `no more than ${max} items allowed`, constraint);
    }
    if (value.length < min) {
      const constraint = { type: 'min_items', expected: min, got: value.length };
      problem(problems, at, 'too_few_items', `no fewer than ${min} items required`, constraint);
    }
    value.forEach((one: unknown, index) => item(one, `${at}/${index}`, problems));
  };
}

/** An object with exactly these keys; `also` looks at the whole. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
  also?: (value: Fields, at: string, problems: Problem[]) => void,
): Check {
  return (value, at, problems) => {
    if (!isFields(value)) return problem(problems, at, 'invalid_type', 'must provide an object');
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined) problem(problems, at, 'missing_field', `missing required field: ${key}`);
      else check(value[key], `${at}/${key}`, problems);
    }
    for (const key of Object.keys(value)) {
      if (Object.hasOwn(required, key) || value[key] === undefined) continue;
      const check = optional[key];
      if (check === undefined) problem(problems, at, 'additional_property', `invalid additional property: ${key}`);
      else check(value[key], `${at}/${key}`, problems);
    }
    also?.(value, at, problems);
  };
}

/** An object whose `type` says which check applies. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, at, problems) => {
    if (!isFields(value)) return problem(problems, at, 'invalid_type', 'must provide an object');
    const { type } = value;
    const check = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check === undefined)
      return problem(problems, `${at}/type`, 'unsupported_type', `unsupported type: ${String(type)}`);
    check(value, at, problems);
  };
}

/** The words in which Slack answers: `[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]`. */
export function problemText({ message, pointer }: Problem): string {
  return `[ERROR] ${message} [json-pointer:${pointer}]`;
}
