import { slackAwayWords } from '../messages/slack-away.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { Asked } from './asked.ts';
import { takePerson } from './command-arguments.ts';
import { refusalText } from './refusals.ts';
import { executeFor, type Said, type Speaking } from './speaking.ts';
import { personName } from './views/people.ts';

const nobody = /^(?:none|nobody|no one|remove|off|-|אין|אף אחד|בלי|ללא|ביטול)$/iu;

/** `@omer` names, `none` ends, nothing says how it is. */
export async function nameDelegate(asked: Asked, speaking: Speaking, typed: string): Promise<Said> {
  const words = slackAwayWords[asked.language];
  const { delegate } = speaking.state;
  if (typed.trim() === '') return { isDone: false, lines: [delegateText(asked, delegate), words.delegateHow] };
  if (nobody.test(typed.trim())) return setDelegate(asked, speaking, null);
  const named = takePerson(typed, asked.facts.catalog);
  if (named.kind !== 'person' || named.rest !== '' || entry(asked.facts.catalog.people, named.person) === undefined)
    return { isDone: false, lines: [words.delegateUnknown] };
  return setDelegate(asked, speaking, named.person);
}

export async function setDelegate(asked: Asked, speaking: Speaking, delegate: PersonId | null): Promise<Said> {
  const outcome = await executeFor(asked, speaking.person, { type: 'name_delegate', delegate });
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  return { isDone: true, lines: [delegateText(asked, delegate ?? undefined)] };
}

function delegateText({ language, facts }: Asked, delegate: PersonId | undefined): string {
  const words = slackAwayWords[language];
  return delegate === undefined
    ? words.delegateNone
    : words.delegateIs(personName(delegate, facts.catalog.people, language));
}
