/**
 * What goes wrong with one API request:
 * - `rate_limited`: 429; `bare` leaves out PagerDuty's headers and body, as its front sometimes does;
 * - `error_before`: an error answer and nothing done; `error_after`: done, and an error answer all the same;
 * - `lost_answer`: done, then the connection is cut; `cut_before`: the connection is cut and nothing done;
 * - `html_502`: a gateway's page instead of JSON, nothing done;
 * - `delay`: real milliseconds before the request is looked at; `hang`: no answer at all, nothing done.
 */
export type Fault =
  | { kind: 'rate_limited'; resetSeconds?: number; bare?: boolean }
  | { kind: 'error_before'; status: number }
  | { kind: 'error_after'; status: number }
  | { kind: 'lost_answer' }
  | { kind: 'cut_before' }
  | { kind: 'html_502' }
  | { kind: 'delay'; ms: number }
  | { kind: 'hang' };

/** `path` matches the beginning of the request's path; without `method` or `path` every request matches. */
export interface FaultRule {
  method?: string;
  path?: string;
  fault: Fault;
  /** How many requests it strikes; absent = until cleared. */
  times?: number;
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** Rules that still strike. */
  active(): FaultRule[];
  /** The port is closed (ECONNREFUSED) until it is opened again; open connections are cut. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;
}
