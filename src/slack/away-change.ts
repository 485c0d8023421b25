import { slackAwayWords } from '../messages/slack-away.ts';
import { liveOf, type AvailabilityWindow, type WindowId } from '../oncall/windows.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { Asked } from './asked.ts';
import type { AwayChange } from './away-arguments.ts';
import { refusalText } from './refusals.ts';
import { executeFor, timeOrNone, type Said, type Speaking } from './speaking.ts';
import { localTime } from './views/text.ts';

/** Another end, or certainty, for `window`; left out, for what runs now, else for what comes next. */
export async function changeAbsence(
  asked: Asked,
  speaking: Speaking,
  change: AwayChange,
  window: WindowId | undefined = changeable(speaking, asked.now)?.id,
): Promise<Said> {
  const words = slackAwayWords[asked.language];
  const current = speaking.state.windows.find(({ id }) => id === window);
  if (current === undefined) return { isDone: false, lines: [words.nothingToChange] };
  if (change.kind === 'by' && current.to === null) return { isDone: false, lines: [words.hasNoEnd] };
  const outcome = await executeFor(asked, speaking.person, {
    type: 'change_window',
    window: current.id,
    id: asked.deps.newId(),
    ...changesOf(change, current),
  });
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  if (change.kind === 'confirm') return { isDone: true, lines: [words.confirmed] };
  const { to = current.to } = changesOf(change, current);
  return { isDone: true, lines: [words.changed(localTime(current.from), timeOrNone(to))] };
}

function changesOf(
  change: AwayChange,
  { to }: AvailabilityWindow,
): { readonly to?: EpochMs | null; readonly certain?: boolean } {
  switch (change.kind) {
    case 'until':
      return { to: change.to };
    case 'by':
      return { to: to === null ? null : to + change.ms };
    case 'confirm':
      return { certain: true };
  }
}

/** What the person speaks of when they say "it": what runs, hard before soft, else what begins first. */
export function changeable({ state }: Speaking, now: EpochMs): AvailabilityWindow | undefined {
  const spoken = liveOf(state.windows).filter(
    ({ effect, source, to }) =>
      effect !== 'free' && source !== 'personal' && source !== 'company' && (to === null || to > now),
  );
  const running = spoken.filter(({ from }) => from <= now).toSorted((a, b) => rank(a) - rank(b) || b.from - a.from);
  return running[0] ?? spoken.toSorted((a, b) => a.from - b.from)[0];
}

function rank({ effect }: AvailabilityWindow): number {
  return effect === 'hard' ? 0 : 1;
}
