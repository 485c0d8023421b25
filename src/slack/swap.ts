import type { App } from '@slack/bolt';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackCoverWords } from '../messages/slack-cover.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { canTakeOver } from '../oncall/schedule-draft.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { takePerson } from './command-arguments.ts';
import { nextDuties, othersDuties } from './duties.ts';
import { readDutyValue, type DutyChoice } from './duty-values.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds, callbackIds } from './ids.ts';
import { executeOn, nameIn, problemWith } from './schedule-commands.ts';
import { onClick, onSubmission, type Submission, type SubmissionAnswer } from './surfaces.ts';
import { dutiesMessage, dutyText, withdrawButton } from './views/cover.ts';
import { canChoose, coverInputIds, swapModal } from './views/cover-modals.ts';
import { inline } from './views/text.ts';

const mostMine = 8;
const mostTheirs = 8;

/** `/incident swap [@dana]`: a form with the next shifts of both, since two times are meant and words would be guessed. */
export function swapCommand(asked: Asked, text: string): Promise<Answer> {
  const named = takePerson(text.replace(/^(?:shifts?\s+)?(?:with|עם)\s+/iu, ''), asked.facts.catalog);
  if (named.kind === 'unknown')
    return Promise.resolve(
      say(asked, slackAnswerWords[asked.language].personUnknown(inline(named.typed, asked.language, 60))),
    );
  return Promise.resolve(swapForm(asked, named.kind === 'person' ? named.person : undefined));
}

function swapForm(asked: Asked, other: PersonId | undefined): Answer {
  const { facts, person, now, language, zone } = asked;
  const words = slackCoverWords[language];
  if (entry(facts.catalog.people, person) === undefined) return say(asked, slackOncallWords[language].notInCatalog);
  const all = nextDuties(facts, person, now, Infinity);
  const schedules = [...new Set(all.map(({ schedule }) => schedule))];
  const theirs = othersDuties(facts, schedules, person, now, mostTheirs).filter(
    (duty) => other === undefined || duty.person === other,
  );
  const mine = all.filter(({ schedule }) => theirs.some((duty) => duty.schedule === schedule)).slice(0, mostMine);
  if (!canChoose(all)) return say(asked, words.noDutyOfYours);
  if (!canChoose(theirs)) return say(asked, words.nothingToSwap);
  return { kind: 'open', view: swapModal(mine, theirs, { language, zone, people: facts.catalog.people }) };
}

async function submitted(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const words = slackCoverWords[asked.language];
  const { facts, person, now, language, deps } = asked;
  const given = readDutyValue(form.choice(coverInputIds.mine) ?? '');
  const taken = readDutyValue(form.choice(coverInputIds.theirs) ?? '');
  if (given === undefined || given.person !== person || given.to <= now)
    return { kind: 'errors', errors: { [coverInputIds.mine]: words.past } };
  if (taken === undefined || taken.person === person || taken.to <= now)
    return { kind: 'errors', errors: { [coverInputIds.theirs]: words.past } };
  if (given.schedule !== taken.schedule)
    return { kind: 'errors', errors: { [coverInputIds.theirs]: words.swapForm.otherSchedule } };
  const mine = { ...given, from: Math.max(given.from, now) };
  if (!canTakeOver(facts, taken.person, mine))
    return { kind: 'errors', errors: { [coverInputIds.theirs]: words.personNotThere(plainName(asked, taken)) } };
  const id = deps.newId();
  const outcome = await executeOn(asked, given.schedule, {
    type: 'offer',
    kind: 'swap',
    id,
    from: mine.from,
    to: mine.to,
    insteadOf: person,
    inReturn: { from: Math.max(taken.from, now), to: taken.to },
    asked: [taken.person],
    assignAt: null,
  });
  const problem = problemWith(asked, outcome);
  if (problem !== undefined) return say(asked, problem);
  const notes = [words.swapGet(dutyText(taken, language)), words.swapForm.note];
  const head = words.swapAsked(nameIn(asked, taken.person));
  const buttons = withdrawButton([{ ...mine, id }], language);
  return { kind: 'say', message: dutiesMessage(head, [mine], notes, language, buttons) };
}

/** Beside an input Slack shows plain text. */
function plainName({ facts }: Asked, { person }: DutyChoice): string {
  return entry(facts.catalog.people, person)?.name ?? person;
}

export function registerSwap(app: App, deps: SlackFeatureDeps): void {
  onSubmission(app, deps, callbackIds.swap, submitted);
  onClick(app, deps, actionIds.swapShifts, (asked) => Promise.resolve(swapForm(asked, undefined)));
}
