import { slackAwayWords } from '../messages/slack-away.ts';
import { liveOf, type AvailabilityWindow } from '../oncall/windows.ts';
import type { Asked } from './asked.ts';
import type { AwayRequest } from './away-arguments.ts';
import { refusalText } from './refusals.ts';
import { executeFor, type Said, type Speaking } from './speaking.ts';
import { localTime } from './views/text.ts';

export type HomeLeave = Extract<AwayRequest, { kind: 'home' }>;

/** Home for a while: carved out of the absence that runs then, and of nothing else. */
export async function goHome(asked: Asked, speaking: Speaking, leave: HomeLeave): Promise<Said> {
  const words = slackAwayWords[asked.language];
  const { from, to, asked: how } = leave;
  const absence = absenceAround(speaking, leave);
  if (absence === undefined) return { isDone: false, lines: [words.noAbsenceForHome] };
  const outcome = await executeFor(asked, speaking.person, {
    type: 'add_home_leave',
    window: asked.deps.newId(),
    carves: absence.id,
    from,
    to,
    asked: how,
  });
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  return {
    isDone: true,
    lines: [
      words.homeLeave(from <= asked.now ? undefined : localTime(from), localTime(to)),
      how === 'last' ? words.homeAskedLast : words.homeAsUsual,
    ],
  };
}

/** Hard before soft, and the longest of them: that is the one somebody comes home from. */
export function absenceAround({ state }: Speaking, { from }: Pick<HomeLeave, 'from'>): AvailabilityWindow | undefined {
  return liveOf(state.windows)
    .filter((window) => window.effect !== 'free' && window.from <= from && (window.to === null || window.to > from))
    .toSorted(
      (a, b) => Number(b.effect === 'hard') - Number(a.effect === 'hard') || (b.to ?? Infinity) - (a.to ?? Infinity),
    )[0];
}
