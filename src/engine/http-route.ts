/** What an adapter sees of an HTTP request: the raw bytes, since signatures are over bytes. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; the first value of a repeated header. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One path of the server. `handle` may throw: the server answers 503 then, so that the sender repeats. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly maxBodyBytes: number;
  /** Not answered by then: 503, and the sender repeats. What was under way goes on and deduplicates the repetition. */
  readonly deadlineMs: number;
  handle(request: HttpRequest): Promise<HttpResponse>;
}

export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
