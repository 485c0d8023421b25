import type { App } from '@slack/bolt';
import type { Outcome } from '../engine/orders.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackAwayWords } from '../messages/slack-away.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readAway, takePeople, type AwayRequest } from './away-arguments.ts';
import { awayForm, openPersonalForm } from './away-form.ts';
import { callUpCommand, callUpForm } from './call-up.ts';
import { changeAbsence } from './away-change.ts';
import { nameDelegate } from './away-delegate.ts';
import { mark, markAway, unreadable } from './away-mark.ts';
import { goHome } from './away-home.ts';
import { showAbsences } from './away-list.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds } from './ids.ts';
import { refusalText } from './refusals.ts';
import { executeFor, speakingFor, type Speaking } from './speaking.ts';
import { onClick } from './surfaces.ts';
import { mateAwayMessage } from './views/availability.ts';
import { inline, localTime } from './views/text.ts';

/** `/incident away several`: the form for many at once. */
const several = /^(?:several(?: people)?|many|call-?up|team|כמה(?: אנשים)?|קבוצה)$/iu;

/**
 * `/incident away …` for oneself or as a delegate in full, for a team-mate from now on. Nothing is read, kept or answered
 * but times: a reason has no place to go.
 */
export async function awayCommand(asked: Asked, text: string): Promise<Answer> {
  const named = takePeople(text, asked.facts.catalog);
  if (named.kind === 'unknown')
    return say(asked, slackAnswerWords[asked.language].personUnknown(inline(named.typed, asked.language, 60)));
  if (named.people.length > 1) return callUpCommand(asked, named.people, named.rest);
  if (named.people.length === 0 && several.test(named.rest)) return callUpForm(asked);
  const [person = asked.person] = named.people;
  const may = await speakingFor(asked, person);
  if (may.kind === 'refused') return say(asked, may.why);
  const { speaking } = may;
  const request = readAway(named.rest, asked.now, speaking.zone);
  return speaking.role === 'teammate' ? markMate(asked, speaking, request) : act(asked, speaking, request);
}

async function act(asked: Asked, speaking: Speaking, request: AwayRequest): Promise<Answer> {
  switch (request.kind) {
    case 'show':
      return showAbsences(asked, speaking);
    case 'form':
      return awayForm(asked, speaking.person);
    case 'delegate':
      return say(asked, ...(await nameDelegate(asked, speaking, request.typed)).lines);
    case 'home_pattern':
      // A rule is the person's alone, also where somebody else may speak for the absence.
      if (speaking.person !== asked.person)
        return say(asked, slackAwayWords[asked.language].onlyThemselves(speaking.name ?? ''));
      return openPersonalForm(asked, 'rules', request.typed);
    case 'home':
      return say(asked, ...(await goHome(asked, speaking, request)).lines);
    case 'change':
      return say(asked, ...(await changeAbsence(asked, speaking, request.change)).lines);
    case 'mark':
      return say(asked, ...(await markAway(asked, speaking, request)).lines);
    case 'unclear':
    case 'past':
      return say(asked, unreadable(asked, request.kind));
  }
}

/** From now on, and hard: whoever has just been called up cannot say it themselves. Nothing else is a team-mate's to say. */
async function markMate(asked: Asked, speaking: Speaking, request: AwayRequest): Promise<Answer> {
  const { language } = asked;
  const name = speaking.name ?? '';
  if (request.kind === 'unclear' || request.kind === 'past') return say(asked, unreadable(asked, request.kind));
  if (request.kind !== 'mark') return say(asked, slackAwayWords[language].onlyThemselves(name));
  const { span, manner } = request;
  const isPlain = manner.effect === 'hard' && manner.certain && manner.easeBackMs === 0 && span.from <= asked.now;
  if (!isPlain) return say(asked, slackAwayWords[language].mateFromNowOnly(name));
  const window = asked.deps.newId();
  const outcome = await mark(asked, speaking, request, window);
  if (outcome.kind === 'refused') return say(asked, refusalText(outcome.refusal, asked));
  if (outcome.kind !== 'accepted') return say(asked, slackAnswerWords[language].alreadyDone);
  const words = slackOncallWords[language];
  const sentence = span.to === null ? words.mateAway(name) : words.mateAwayUntil(name, localTime(span.to));
  return { kind: 'say', message: mateAwayMessage(sentence, { person: speaking.person, window }, language) };
}

async function withdraw(asked: Asked, value: string): Promise<Answer> {
  const words = slackOncallWords[asked.language];
  const [person = '', window = ''] = value.split(' ');
  const outcome: Outcome<'person'> = await executeFor(asked, person, { type: 'withdraw', window });
  return say(asked, outcome.kind === 'refused' ? refusalText(outcome.refusal, asked) : words.withdrawn);
}

export function registerAway(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.awayNow, async (asked) => {
    const may = await speakingFor(asked, asked.person);
    if (may.kind === 'refused') return say(asked, may.why);
    const span = { kind: 'span', from: asked.now, to: null } as const;
    const manner = { effect: 'hard', certain: true, easeBackMs: 0 } as const;
    const said = await markAway(asked, may.speaking, { kind: 'mark', span, manner });
    // The Home on which it was clicked shows it.
    return said.isDone ? undefined : say(asked, ...said.lines);
  });
  onClick(app, deps, actionIds.withdrawAway, async (asked, { value, replace }) => {
    const said = await withdraw(asked, value);
    if (said.kind === 'say') replace(said.message);
    return undefined;
  });
}
