import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';

/** Slack allows 75 characters for the value of an option. */
const longestOptionValue = 75;

/** An offer or override of a schedule, as the value of a button. Ids have no spaces; the schedule's name may. */
export function scheduleValue(id: string, schedule: ScheduleId): string {
  return `${id} ${schedule}`;
}

export function readScheduleValue(value: string): { readonly id: string; readonly schedule: ScheduleId } | undefined {
  const [, id, schedule] = /^(\S{1,200}) (.{1,200})$/u.exec(value) ?? [];
  return id === undefined || schedule === undefined ? undefined : { id, schedule };
}

/** One duty of one person, as a form's option remembers it. */
export interface DutyChoice {
  readonly schedule: ScheduleId;
  readonly person: PersonId;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Undefined where it is too long for Slack: such a duty is named by command. Whole seconds. */
export function dutyValue({ schedule, person, from, to }: DutyChoice): string | undefined {
  const times = [from, to].map((at) => Math.floor(at / secondMs).toString(36)).join('-');
  const value = JSON.stringify([times, person, schedule]);
  return value.length > longestOptionValue ? undefined : value;
}

export function readDutyValue(value: string): DutyChoice | undefined {
  const [, first = '', last = '', rest = ''] = /^\["([0-9a-z]{1,9})-([0-9a-z]{1,9})",(.*)\]$/u.exec(value) ?? [];
  const [person, schedule, ...more] = parsed(`[${rest}]`);
  if (typeof person !== 'string' || typeof schedule !== 'string' || more.length > 0) return undefined;
  return { schedule, person, from: parseInt(first, 36) * secondMs, to: parseInt(last, 36) * secondMs };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
