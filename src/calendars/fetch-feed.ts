import { isIP } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { AddressRefused, guardedLookup, isPublicAddress, type ResolveAll } from './public-address.ts';
import { mostBytes } from './reading.ts';

export type FetchedFeed =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array }
  /** No address is in here: it is a secret. */
  | {
      readonly kind: 'failed';
      readonly because:
        | 'bad_address'
        | 'address_not_public'
        | 'unreachable'
        | 'status'
        | 'too_large'
        | 'too_slow'
        | 'too_many_redirects'
        | 'encoded';
      readonly status?: number;
    };

type Failure = Extract<FetchedFeed, { kind: 'failed' }>['because'];

export interface FetchOptions {
  /** For the whole of it, redirects and all. */
  readonly longestMs?: number;
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
  /** For tests and a local network of one's own; left out, public addresses alone. */
  readonly isAllowed?: (address: string) => boolean;
  readonly resolve?: ResolveAll;
  /** Certificate authority to trust beside the usual ones. */
  readonly ca?: string;
}

const mostRedirects = 5;

/** `https://…` and `webcal://…`, without a name and a password in it; undefined for anything else. */
export function feedAddress(text: string): URL | undefined {
  const url = URL.parse(text.trim().replace(/^webcals?:/i, 'https:'));
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url;
}

/** Fetches a calendar. Never rejects: whatever goes wrong is an answer, and none of them means that a calendar is empty. */
export async function fetchFeed(address: string, options: FetchOptions = {}): Promise<FetchedFeed> {
  const { longestMs = 10_000, isAllowed = isPublicAddress, resolve, ca } = options;
  const late = AbortSignal.timeout(longestMs);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  const dispatcher = new Agent({
    connect: { lookup: guardedLookup(isAllowed, resolve), timeout: longestMs, ...(ca === undefined ? {} : { ca }) },
    maxHeaderSize: 16 * 1024,
  });
  try {
    return await follow(address, { dispatcher, signal, isAllowed, mostBytes: options.mostBytes ?? mostBytes });
  } catch (error) {
    if (isRefusal(error)) return failed('address_not_public');
    return failed(late.aborted ? 'too_slow' : 'unreachable');
  } finally {
    await dispatcher.destroy();
  }
}

interface Way {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly isAllowed: (address: string) => boolean;
  readonly mostBytes: number;
}

async function follow(address: string, way: Way): Promise<FetchedFeed> {
  let url = feedAddress(address);
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    if (url === undefined) return failed('bad_address');
    // A name is checked when it is resolved; what is an address already is never resolved.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !way.isAllowed(literal)) return failed('address_not_public');
    const { statusCode, headers, body } = await request(url, {
      dispatcher: way.dispatcher,
      signal: way.signal,
      // A compressed answer of 5 MB may be any size.
      headers: { accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1', 'accept-encoding': 'identity' },
    });
    const location = [headers['location']].flat()[0];
    if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
      body.on('error', () => undefined).destroy();
      const next: URL | null = URL.parse(location, url.href);
      url = next === null ? undefined : feedAddress(next.href);
      continue;
    }
    if (statusCode !== 200) {
      body.on('error', () => undefined).destroy();
      return { ...failed('status'), status: statusCode };
    }
    const encoding = [headers['content-encoding']].flat()[0] ?? 'identity';
    if (encoding !== 'identity') return failed('encoded');
    return await bodyOf(body, way.mostBytes);
  }
  return failed('too_many_redirects');
}

async function bodyOf(body: AsyncIterable<unknown>, limit: number): Promise<FetchedFeed> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > limit) return failed('too_large');
    chunks.push(chunk);
  }
  return { kind: 'fetched', bytes: Buffer.concat(chunks) };
}

function failed(because: Failure): { readonly kind: 'failed'; readonly because: Failure } {
  return { kind: 'failed', because };
}

/** Behind several attempts to connect, the first of which was refused, too. */
function isRefusal(error: unknown): boolean {
  if (error instanceof AddressRefused) return true;
  if (error instanceof AggregateError) return error.errors.some(isRefusal);
  return error instanceof Error && error.cause !== undefined && isRefusal(error.cause);
}
