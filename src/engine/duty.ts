import type { ScheduleId } from '../oncall/catalog.ts';
import { lookAtAllDuty } from '../oncall/duty-effects.ts';
import { automation } from '../oncall/recorded.ts';
import { done, type EffectHandlers } from './effects.ts';
import type { Engine } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import { scheduleStream } from './streams.ts';

/** All at once would hold the event loop for as long as a page may take: each look goes through a week of a schedule. */
const schedulesPerTurn = 8;

export interface DutyOptions {
  readonly engine: Engine;
  readonly store: Store;
}

/** At each hand-off, and whenever something has changed who is on duty: the schedule's stream compares and tells. */
export function dutyHandlers(options: DutyOptions): Pick<EffectHandlers, 'timer.hand_off' | 'reassess.duty'> {
  return {
    'timer.hand_off': async ({ schedule }) => {
      await lookAt(options, [schedule]);
      return done;
    },
    'reassess.duty': async () => {
      const { catalog } = await options.store.onCallFacts();
      await lookAt(options, Object.keys(catalog.schedules));
      return done;
    },
  };
}

/** At the start, and from then on so that no change goes unseen for long, whatever led to it. */
export async function planLookAtDuty(store: Store, clock: Clock): Promise<void> {
  const recordedAt = clock.now();
  await store.countSignals([], [], [lookAtAllDuty({ recordedAt })], recordedAt);
}

/** Without news nothing is written, so that it may be done at any time. */
async function lookAt({ engine }: DutyOptions, schedules: readonly ScheduleId[]): Promise<void> {
  const command = { type: 'look_at_duty' } as const;
  for (let first = 0; first < schedules.length; first += schedulesPerTurn) {
    await Promise.all(
      schedules
        .slice(first, first + schedulesPerTurn)
        .map((schedule) =>
          engine.execute({ kind: 'schedule', stream: scheduleStream(schedule), command, actor: automation }),
        ),
    );
  }
}
