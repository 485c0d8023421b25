import type { Agent } from 'node:https';
import type { Environment } from '../config/environment.ts';
import type { Store } from '../engine/ports.ts';
import type { DoctorCheck, DoctorCode, DoctorFacts, DoctorWords, Said } from '../messages/doctor-facts.ts';
import type { Catalog } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';

export type DoctorLevel = 'ok' | 'warn' | 'fail';

export interface Finding {
  readonly check: DoctorCheck;
  readonly level: DoctorLevel;
  readonly code: DoctorCode;
  say(words: DoctorWords['findings']): Said;
}

export function finding<Code extends DoctorCode>(
  check: DoctorCheck,
  level: DoctorLevel,
  code: Code,
  facts: DoctorFacts[Code],
): Finding {
  return { check, level, code, say: (words) => words[code](facts) };
}

/** What somebody else's clock said, against this machine's. */
export interface ClockReading {
  readonly against: string;
  readonly offMs: number;
}

export interface Examined {
  readonly findings: readonly Finding[];
  readonly clocks?: readonly ClockReading[];
}

/** What the checks have to go on. */
export interface Patient {
  readonly environment: Environment;
  /** Undefined when the database could not be opened; what needs it is then left out. */
  readonly store: Store | undefined;
  readonly catalog: Catalog | undefined;
  readonly now: () => EpochMs;
  /** Patience with each check. */
  readonly timeoutMs: number;
  readonly pagerDutyAgent: Agent | undefined;
}

/** The date of an HTTP answer has whole seconds, cut: on average it is half a second behind. */
export function clockReading(
  against: string,
  date: string | null | undefined,
  sentAt: EpochMs,
  gotAt: EpochMs,
): readonly ClockReading[] {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? [] : [{ against, offMs: (sentAt + gotAt) / 2 - (theirs + 500) }];
}

/** The outcome of a check that may hang or break: neither keeps the other checks from telling what they found. */
export async function bounded(check: DoctorCheck, timeoutMs: number, work: () => Promise<Examined>): Promise<Examined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Examined>((resolve) => {
    const seconds = Math.round(timeoutMs / 1000);
    timer = setTimeout(() => resolve({ findings: [finding(check, 'fail', 'timed_out', { seconds })] }), timeoutMs);
  });
  const broken = (error: unknown): Examined => ({
    findings: [finding(check, 'fail', 'check_failed', { problem: error instanceof Error ? error.message : 'unknown' })],
  });
  try {
    return await Promise.race([work().catch(broken), late]);
  } finally {
    clearTimeout(timer);
  }
}
