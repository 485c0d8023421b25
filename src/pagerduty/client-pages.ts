import type { z } from 'zod';
import type { Page } from './client-answers.ts';
import { done, type PagerDutyResult } from './client-result.ts';
import type { Transport } from './client-transport.ts';

const pageSize = 100;
/** PagerDuty answers 400 past this offset, so what lies beyond cannot be listed. */
const reach = 10_000;

export interface ListCall<T> {
  path: string;
  query?: Record<string, string | string[]>;
  answer: z.ZodType<Page<T>>;
}

/** Every page of a list; the first failure ends it, since half a list must not look like the whole. */
export async function allPages<T>(
  transport: Transport,
  call: ListCall<T>,
): Promise<PagerDutyResult<{ elements: T[]; complete: boolean }>> {
  const elements: T[] = [];
  for (let offset = 0; offset + pageSize <= reach; offset += pageSize) {
    const query = { ...call.query, limit: String(pageSize), offset: String(offset) };
    const page = await transport.rest({ method: 'GET', path: call.path, query, answer: call.answer });
    if (!page.ok) return page;
    elements.push(...page.value.elements);
    if (!page.value.more) return done({ elements, complete: true });
  }
  return done({ elements, complete: false });
}
