import { fork } from 'node:child_process';
import { join } from 'node:path';
import { firstMessage } from './load.ts';

/** A call that reached Slack or PagerDuty. */
export interface FarCall {
  readonly to: 'slack' | 'pagerduty';
  /** `chat.postMessage`, `POST /incidents` … */
  readonly call: string;
  /** Channel or user that a Slack call names. */
  readonly place: string;
  /** Time stamp of the message that a Slack call changes. */
  readonly message: string;
  /** What it says, to find out whom it is about. */
  readonly text: string;
  /** By `preciseNow`. */
  readonly at: number;
}

export interface FarSide {
  readonly slackUrl: string;
  readonly pagerDutyServer: string;
  readonly caFile: string;
  /** The calls since the last time. */
  calls(): Promise<readonly FarCall[]>;
  stop(): void;
}

export async function startFarSide(): Promise<FarSide> {
  const child = fork(join(import.meta.dirname, 'far-side-process.ts'));
  // Sent by far-side-process.ts alone.
  const where = (await firstMessage(child)) as Pick<FarSide, 'slackUrl' | 'pagerDutyServer' | 'caFile'>;
  return {
    ...where,
    async calls() {
      child.send('calls');
      return (await firstMessage(child)) as readonly FarCall[];
    },
    stop: () => child.disconnect(),
  };
}
