import type { Answer, Asked } from './asked.ts';
import { windowViews } from './home-view.ts';
import type { Speaking } from './speaking.ts';
import { absencesMessage } from './views/away.ts';

/** What is written down of somebody, for them or their delegate: effects and times. */
export function showAbsences(asked: Asked, { person, state }: Speaking): Answer {
  const { language, now } = asked;
  return { kind: 'say', message: absencesMessage(windowViews(state.windows, now), person, language) };
}
