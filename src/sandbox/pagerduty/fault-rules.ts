import type { Fault, FaultRule } from './faults.ts';

export interface FaultRules {
  add(rule: FaultRule): void;
  clear(): void;
  active(): FaultRule[];
  /** The fault that strikes this request, and one strike less for its rule. The rule added first goes first. */
  strike(method: string, path: string): Fault | null;
}

export function createFaultRules(initial: FaultRule[]): FaultRules {
  let rules = initial.map((rule) => ({ ...rule }));
  return {
    add: (rule) => void rules.push({ ...rule }),
    clear: () => {
      rules = [];
    },
    active: () => rules.map((rule) => ({ ...rule })),
    strike(method, path) {
      const rule = rules.find((one) => (one.method ?? method) === method && path.startsWith(one.path ?? ''));
      if (rule === undefined) return null;
      if (rule.times !== undefined) {
        rule.times -= 1;
        if (rule.times <= 0) rules = rules.filter((one) => one !== rule);
      }
      return rule.fault;
    },
  };
}
