/** Changes that make something bad of something good; all random choices come from `random`, so that a seed repeats them. */
export interface Hostile {
  /** The same bytes, damaged. */
  bytes(good: Uint8Array): Uint8Array;
  /** The same JSON with one of its values replaced, moved, doubled or taken away. */
  json(good: unknown): unknown;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  chance(share: number): boolean;
}

const hostileValues: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  '\u0000',
  '\ud800',
  '\u202e<!channel> *x* `y`',
  '<!channel> <@U0ALMA> &amp; <https://x|y>',
  "'; drop table events; --",
  '{{ "x" | times: 1e9 }} {% include "x" %}',
  '../../../../etc/passwd',
  'INC-99999999999999999999',
  'INC-0',
  '2026-13-45T99:99:99Z',
  '-271821-04-20T00:00:00Z',
  '٣٣٣',
  'א'.repeat(10_000),
  'x'.repeat(200_000),
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { toString: 'x', valueOf: null, constructor: { prototype: {} } },
  ['a', 1, null, {}],
];

export function hostile(random: () => number): Hostile {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <Value>(values: readonly [Value, ...Value[]]): Value => values[below(values.length)] ?? values[0];

  function bytes(good: Uint8Array): Uint8Array {
    const damaged = Buffer.from(good);
    switch (below(6)) {
      case 0:
        for (let flips = 1 + below(8); flips > 0 && damaged.length > 0; flips -= 1)
          damaged[below(damaged.length)] = below(256);
        return damaged;
      case 1:
        return damaged.subarray(0, below(damaged.length + 1));
      case 2:
        return Buffer.concat([damaged, damaged.subarray(0, below(damaged.length + 1))]);
      case 3:
        return Buffer.from(Array.from({ length: below(300) }, () => below(256)));
      case 4:
        return Buffer.concat([Buffer.from('['.repeat(1 + below(50_000))), damaged]);
      default:
        return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), damaged]);
    }
  }

  function json(good: unknown): unknown {
    const places = placesIn(good, []);
    const place = places[below(places.length)] ?? [];
    if (place.length === 0) return pick(hostileValues);
    switch (below(5)) {
      case 0:
        return without(good, place);
      case 1:
        return replaced(good, place, good);
      case 2: {
        const other = places[below(places.length)] ?? [];
        return replaced(good, place, valueAt(good, other));
      }
      default:
        return replaced(good, place, pick(hostileValues));
    }
  }

  return { bytes, json, pick, chance: (share) => random() < share };
}

type Place = readonly string[];

function placesIn(value: unknown, at: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

function valueAt(value: unknown, [key, ...rest]: Place): unknown {
  if (key === undefined) return value;
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return valueAt(found, rest);
}

function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const inner = replaced(Reflect.get(value, key), rest, by);
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === key ? inner : item))
    : { ...value, [key]: inner };
}

function without(value: unknown, [key, ...rest]: Place): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return value;
  if (rest.length > 0) return replaced(value, [key], without(Reflect.get(value, key), rest));
  if (Array.isArray(value)) return value.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
