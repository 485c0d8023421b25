import { ApiFailure, text, wholeNumber } from './api-call.ts';
import type { Call } from './api-call.ts';

/** Cursor paging over a list that only grows at its end: the cursor is a position. */
export function pageOf<T>(call: Call, all: readonly T[], fallback: number): { items: T[]; next: string } {
  const limit = wholeNumber(call, 'limit', fallback, 1_000);
  const cursor = text(call, 'cursor');
  const start = cursor === undefined || cursor === '' ? 0 : position(cursor);
  const items = all.slice(start, start + limit);
  const end = start + items.length;
  return { items, next: end < all.length ? Buffer.from(`position:${end}`).toString('base64') : '' };
}

function position(cursor: string): number {
  const [kind, at] = Buffer.from(cursor, 'base64').toString().split(':');
  const parsed = Number(at);
  if (kind !== 'position' || !Number.isInteger(parsed)) throw new ApiFailure('invalid_cursor');
  return parsed;
}
