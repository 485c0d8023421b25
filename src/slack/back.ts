import type { App } from '@slack/bolt';
import { slackAwayWords } from '../messages/slack-away.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import { available } from '../oncall/available.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { said, say, type Answer, type Asked } from './asked.ts';
import { takePerson } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds } from './ids.ts';
import { refusalText } from './refusals.ts';
import { executeFor, speakingFor, timeOrNone, type Said, type Speaking } from './speaking.ts';
import { onClick } from './surfaces.ts';

const fully = /^(?:fully|completely|for good|all the way|לגמרי|כרגיל|זמינות מלאה)$/iu;

/** `/incident back` for oneself, `/incident back @dana` for whoever has named one as their delegate. */
export async function backCommand(asked: Asked, text: string): Promise<Answer> {
  const named = takePerson(text, asked.facts.catalog);
  if (named.kind === 'unknown') return say(asked, slackOncallWords[asked.language].backOnlyYourself);
  const person = named.kind === 'person' ? named.person : asked.person;
  return say(asked, ...(await comeBack(asked, person, fully.test(named.rest.trim()))).lines);
}

async function comeBack(asked: Asked, person: PersonId, isFully: boolean): Promise<Said> {
  const may = await speakingFor(asked, person);
  const isTheirs = may.kind === 'speaking' && may.speaking.role !== 'teammate';
  if (!isTheirs && person !== asked.person)
    return { isDone: false, lines: [slackOncallWords[asked.language].backOnlyYourself] };
  if (may.kind === 'refused') return { isDone: false, lines: [may.why] };
  const outcome = await executeFor(asked, person, { type: 'mark_available', ...(isFully ? { fully: true } : {}) });
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  return { isDone: true, lines: await backLines(asked, may.speaking) };
}

/** Asked again what holds now: something else may still be running, or the return is eased. */
async function backLines(asked: Asked, { person, name }: Speaking): Promise<readonly string[]> {
  const words = slackAwayWords[asked.language];
  const facts = await asked.deps.store.onCallFacts();
  // Not the moment of the request: what was ended has ended since, and still held then.
  const { state, until } = available(facts, person, asked.deps.clock.now(), 'sev1');
  switch (state) {
    case 'yes':
      return [words.back(name)];
    case 'last':
      return [words.backAskedLast(name, timeOrNone(until)), ...(name === undefined ? [words.backFullyHow] : [])];
    case 'no':
      return [words.backStillAway(name, timeOrNone(until))];
  }
}

export function registerBack(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.back, async (asked, { replace }) => {
    const { isDone, lines } = await comeBack(asked, asked.person, false);
    // A Home shows it by itself. In a message the answer takes the place of the button, which has nothing left to do.
    if (asked.channel === undefined) return isDone ? undefined : say(asked, ...lines);
    replace(said(asked, ...lines));
    return undefined;
  });
}
