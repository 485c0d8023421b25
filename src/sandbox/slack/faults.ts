import type { Fields } from './model.ts';

/** What may go wrong with a Web API call. `applied` says whether the workspace changed before the answer went wrong. */
export type MethodFaultKind =
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'http_error'; status: number; applied: boolean }
  /** The connection is cut: after applying (the answer is lost) or before. */
  | { kind: 'reset'; applied: boolean }
  | { kind: 'delay'; delayMs: number }
  /** 200 with a web page, as a proxy in between answers. */
  | { kind: 'html'; applied: boolean }
  /** 200 with `ok: false`, such as `internal_error` or `fatal_error`. */
  | { kind: 'error'; error: string; applied: boolean };

/** What may go wrong with a delivery to the app. */
export type DeliveryFaultKind =
  /** The same envelope is delivered twice, on two connections where there are two. */
  | { kind: 'duplicate_delivery' }
  | { kind: 'delay_delivery'; delayMs: number }
  /** The app's acknowledgement gets lost on its way: events come again, people see a timeout. */
  | { kind: 'lost_ack' }
  /** A new Socket Mode connection never gets its `hello`. */
  | { kind: 'no_hello' };

export type Fault = (MethodFaultKind | DeliveryFaultKind) & {
  /** A Web API method; `*` or left out: every one. Ignored for delivery faults. */
  method?: string | undefined;
  /** How often it happens; left out: until cleared. */
  times?: number | undefined;
  /** Lets this many matching calls pass first. */
  after?: number | undefined;
  /** Only calls whose arguments fit. */
  where?: (args: Fields, method: string) => boolean;
};

export type MethodFault = Fault & MethodFaultKind;
export type DeliveryFault = Fault & DeliveryFaultKind;

export interface FaultPlan {
  /** Adds a fault; returns its id. */
  inject(fault: Fault): string;
  /** Removes one fault, or all. */
  clear(id?: string): void;
  /** Faults still waiting, with the calls they have spoilt so far. */
  list(): readonly { id: string; fault: Fault; happened: number }[];
}

export interface FaultBoard extends FaultPlan {
  /** The faults that this call meets, in the order they were injected; counts them. */
  forCall(method: string, args: Fields): MethodFault[];
  forDelivery(): DeliveryFault[];
  forConnection(): DeliveryFault[];
}

interface Planned {
  id: string;
  fault: Fault;
  happened: number;
  passed: number;
}

const deliveryKinds: ReadonlySet<string> = new Set(['duplicate_delivery', 'delay_delivery', 'lost_ack']);

export function createFaultBoard(): FaultBoard {
  const planned = new Map<string, Planned>();
  let count = 0;
  function take<F extends Fault>(fits: (fault: Fault) => fault is F): F[] {
    if (planned.size === 0) return [];
    const met: F[] = [];
    for (const entry of planned.values()) {
      if (!fits(entry.fault)) continue;
      if (entry.passed < (entry.fault.after ?? 0)) {
        entry.passed += 1;
        continue;
      }
      entry.happened += 1;
      met.push(entry.fault);
      if (entry.fault.times !== undefined && entry.happened >= entry.fault.times) planned.delete(entry.id);
    }
    return met;
  }
  return {
    inject(fault) {
      count += 1;
      const id = `fault-${count}`;
      planned.set(id, { id, fault, happened: 0, passed: 0 });
      return id;
    },
    clear(id) {
      if (id === undefined) planned.clear();
      else planned.delete(id);
    },
    list: () => [...planned.values()].map(({ id, fault, happened }) => ({ id, fault, happened })),
    forCall: (method, args) =>
      take((fault): fault is MethodFault => isMethodFault(fault) && meets(fault, method, args)),
    forDelivery: () => take((fault): fault is DeliveryFault => deliveryKinds.has(fault.kind)),
    forConnection: () => take((fault): fault is DeliveryFault => fault.kind === 'no_hello'),
  };
}

function isMethodFault(fault: Fault): fault is MethodFault {
  return !deliveryKinds.has(fault.kind) && fault.kind !== 'no_hello';
}

function meets(fault: MethodFault, method: string, args: Fields): boolean {
  if (fault.method !== undefined && fault.method !== '*' && fault.method !== method) return false;
  return fault.where === undefined || fault.where(args, method);
}
