import type { LocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import type { LocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import type { ToranProcess } from '../support/process.ts';

/**
 * When a process is to die.
 * `call`: its n-th call of Slack or PagerDuty arrives there, or its n-th of those that make something new: before anything
 * is done with it, or after it was done and before the answer. `step`: as soon as people have seen a step of a story done. `instant`: any time after it was on duty.
 * `startup`: any time after it was started.
 */
export type KillPlan =
  | { readonly kind: 'call'; readonly of: 'any' | 'making'; readonly nth: number; readonly phase: 'before' | 'after' }
  | { readonly kind: 'step' }
  | { readonly kind: 'instant'; readonly afterMs: number }
  | { readonly kind: 'startup'; readonly afterMs: number };

export interface Kill {
  readonly pid: number;
  readonly startedAt: number;
  readonly at: number;
  /** `chat.postMessage after`, `step`, `instant`, `startup`, or `overdue`: the plan had not come true in time. */
  readonly where: string;
}

export interface Killer {
  readonly kills: readonly Kill[];
  /** Resolves when the process was killed. */
  aim(target: ToranProcess, plan: KillPlan, overdueAfterMs: number): Promise<void>;
  /** A step of a story was seen to be done. */
  stepDone(): void;
  /** Whoever is aimed at is let live. */
  stop(): void;
}

/** A repetition of these is what people would see twice. */
const making = /^(?:chat\.postMessage|conversations\.create|conversations\.canvases\.create|bookmarks\.add|POST )/;

interface Aim {
  readonly target: ToranProcess;
  readonly plan: KillPlan;
  calls: number;
  strike(where: string): void;
}

/**
 * Kills with SIGKILL, and cuts the connection of the call at which it struck, so that nothing of an answer reaches a
 * process which takes a moment to die.
 */
export function createKiller(slack: LocalSlack, pagerDuty: LocalPagerDuty): Killer {
  const kills: Kill[] = [];
  let aim: Aim | undefined;
  let callsSeen = 0;

  /** The phase in which the call that has just arrived is to kill; it kills at once. */
  function arrived(name: string): 'before' | 'after' | undefined {
    if (aim?.plan.kind !== 'call') return undefined;
    if (aim.plan.of === 'making' && !making.test(name)) return undefined;
    aim.calls += 1;
    if (aim.calls !== aim.plan.nth) {
      armPagerDuty();
      return undefined;
    }
    const { phase } = aim.plan;
    aim.strike(`${name} ${phase}`);
    return phase;
  }

  /** PagerDuty's faults are laid out beforehand: one for its next call, if that is the one. */
  function armPagerDuty(): void {
    pagerDuty.faults.clear();
    if (aim?.plan.kind !== 'call' || aim.calls + 1 !== aim.plan.nth) return;
    const fault = { kind: aim.plan.phase === 'before' ? 'cut_before' : 'lost_answer' } as const;
    pagerDuty.faults.add({ ...(aim.plan.of === 'making' ? { method: 'POST' } : {}), fault, times: 1 });
  }

  let phase: 'before' | 'after' | undefined;
  slack.faults.inject({
    kind: 'reset',
    applied: false,
    where(_args, method) {
      phase = arrived(method);
      return phase === 'before';
    },
  });
  slack.faults.inject({ kind: 'reset', applied: true, where: () => phase === 'after' });
  // Asked after every change, never true: it looks on while PagerDuty is called.
  pagerDuty
    .until(
      () => {
        const calls = pagerDuty.log.calls.slice(callsSeen);
        callsSeen = pagerDuty.log.calls.length;
        for (const call of calls) arrived(`${call.method} ${call.path.replace(/\/[A-Z0-9]{6,}/g, '/…')}`);
        return false;
      },
      2 ** 31 - 1,
    )
    .catch(() => undefined);

  return {
    kills,
    aim(target, plan, overdueAfterMs) {
      return new Promise((resolve) => {
        const timers: NodeJS.Timeout[] = [];
        const strike = (where: string): void => {
          for (const timer of timers) clearTimeout(timer);
          if (aim !== current) return;
          aim = undefined;
          target.kill();
          pagerDuty.faults.clear();
          kills.push({ pid: target.pid, startedAt: target.startedAt, at: Date.now(), where });
          resolve();
        };
        const current: Aim = { target, plan, calls: 0, strike };
        aim = current;
        if (plan.kind === 'startup') {
          timers.push(setTimeout(() => strike('startup'), plan.afterMs));
          return;
        }
        armPagerDuty();
        target.ready.then(
          () => {
            if (plan.kind === 'instant') timers.push(setTimeout(() => strike('instant'), plan.afterMs));
            else timers.push(setTimeout(() => strike('overdue'), overdueAfterMs));
          },
          () => undefined,
        );
      });
    },
    stepDone() {
      if (aim?.plan.kind === 'step' && aim.target.isAlive()) aim.strike('step');
    },
    stop() {
      aim = undefined;
      pagerDuty.faults.clear();
    },
  };
}
