import type { App } from '@slack/bolt';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackCoverWords } from '../messages/slack-cover.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { canTakeOver } from '../oncall/schedule-draft.ts';
import type { Offer } from '../oncall/schedule.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readCover, readWhen, type CoverRequest } from './cover-request.ts';
import { dutiesOf, nextDuties, standsIn } from './duties.ts';
import { readDutyValue, type DutyChoice } from './duty-values.ts';
import { slackIdOf } from './effect-context.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds, callbackIds } from './ids.ts';
import { personView } from './incident-view.ts';
import { isInSchedule, shareTeam } from './membership.ts';
import { executeOn, mayTakeFrom, nameIn, problemWith, scheduleStates, whoCouldTake } from './schedule-commands.ts';
import { onClick, onSubmission, type Submission, type SubmissionAnswer } from './surfaces.ts';
import { swapCommand } from './swap.ts';
import { take } from './take.ts';
import { askingNotes, cancelChoices, dutiesMessage, undoButton, withdrawButton } from './views/cover.ts';
import { canChoose, coverInputIds, coverModal } from './views/cover-modals.ts';
import { inline } from './views/text.ts';

const mostDuties = 10;
const mostChoices = 8;

/**
 * `cover me …` looks for somebody, with their consent; `cover @dana …` takes Dana's duty over at once, since nobody has to
 * agree to be relieved; `cover @dana with @omer` asks Omer. Nothing but people, schedules and times is read or kept.
 */
export async function coverCommand(asked: Asked, text: string): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const { facts, person, now, zone, language } = asked;
  const request = readCover(text, { catalog: facts.catalog, person, now, zone });
  if (entry(facts.catalog.people, person) === undefined) return say(asked, slackOncallWords[language].notInCatalog);
  switch (request.kind) {
    case 'form':
      return coverForm(asked);
    case 'cancel':
      return cancel(asked);
    case 'take':
      return take(asked, request.schedule);
    case 'swap':
      return swapCommand(asked, request.rest);
    case 'cover':
      return cover(asked, request);
    case 'past':
      return say(asked, words.past);
    case 'unclear':
      return say(asked, words.unclear(inline(request.typed, language, 60)));
    case 'unknown_person':
      return say(asked, slackAnswerWords[language].personUnknown(inline(request.typed, language, 60)));
  }
}

export function coverForm(asked: Asked): Answer {
  const { facts, person, now, language, zone } = asked;
  const duties = nextDuties(facts, person, now, mostChoices);
  if (!canChoose(duties)) return say(asked, slackCoverWords[language].noDutyOfYours);
  return { kind: 'open', view: coverModal(duties, { language, zone, people: facts.catalog.people }) };
}

function cover(asked: Asked, request: Extract<CoverRequest, { kind: 'cover' }>): Promise<Answer> | Answer {
  const words = slackCoverWords[asked.language];
  const { facts, now, person } = asked;
  const { whose, by, when, schedule } = request;
  const schedules = schedule === undefined ? Object.keys(facts.catalog.schedules) : [schedule];
  const duties = dutiesOf(facts, whose, schedules, when, now);
  if (duties.length === 0) {
    const name = whose === person ? undefined : nameIn(asked, whose);
    if (standsIn(facts, whose, schedules, when, now)) return say(asked, words.standsIn(name));
    return say(asked, name === undefined ? words.noDutyOfYours : words.noDutyThen(name));
  }
  if (duties.length > mostDuties) return say(asked, words.tooMany);
  return by === person && whose !== person ? coverThem(asked, whose, duties) : lookForCover(asked, whose, by, duties);
}

async function coverThem(asked: Asked, whose: PersonId, duties: readonly DutyChoice[]): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const { deps, person, language } = asked;
  const allowed = duties.filter(({ schedule }) => mayTakeFrom(asked, schedule, whose));
  if (allowed.length === 0) return say(asked, words.notYourTeam(nameIn(asked, whose)));
  const batch = deps.newId();
  const done: DutyChoice[] = [];
  for (const [index, { schedule, from, to }] of allowed.entries()) {
    const override = { kind: 'replace', from, to, person, insteadOf: whose } as const;
    const command = { type: 'make_override', id: `${batch}.${index}`, override, origin: 'cover', batch } as const;
    const problem = problemWith(asked, await executeOn(asked, schedule, command, String(index)));
    if (problem !== undefined) return say(asked, problem);
    done.push({ schedule, person, from, to });
  }
  const schedules = [...new Set(done.map(({ schedule }) => schedule))];
  const buttons = undoButton(
    schedules.map((schedule) => ({ id: batch, schedule })),
    language,
  );
  const name = nameIn(asked, whose);
  return {
    kind: 'say',
    message: dutiesMessage(words.youCover(name), done, [words.personTold(name)], language, buttons),
  };
}

/** Asks whoever could take it, or the one who was named; nothing changes before one of them accepts. */
async function lookForCover(
  asked: Asked,
  whose: PersonId,
  by: PersonId | undefined,
  duties: readonly DutyChoice[],
): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const { facts, language, person } = asked;
  const open = await openOffersOf(asked, whose);
  const fresh = duties.filter((duty) => !open.some((offer) => overlaps(offer, duty)));
  if (fresh.length === 0) return alreadyAsking(asked, open);
  if (by !== undefined && fresh.some((duty) => mayKnowOf(asked, by, duty) && !canTakeOver(facts, by, duty)))
    return say(asked, words.personNotThere(nameIn(asked, by)));
  if (by !== undefined && slackIdOf(facts, by) === undefined) return say(asked, words.notInSlack(nameIn(asked, by)));
  const schedules = fresh.map((duty) => duty.schedule);
  const candidates = by === undefined ? whoCouldTake(asked, whose, schedules) : () => [by];
  const made: (DutyChoice & { readonly id: string; readonly asked: readonly PersonId[] })[] = [];
  for (const [index, duty] of fresh.entries()) {
    const id = asked.deps.newId();
    const people = candidates(duty.schedule, duty, id);
    if (people.length === 0) continue;
    const { from, to } = duty;
    const offer = {
      type: 'offer',
      kind: 'cover',
      id,
      from,
      to,
      insteadOf: whose,
      asked: people,
      assignAt: null,
    } as const;
    const outcome = await executeOn(asked, duty.schedule, offer, String(index));
    if (outcome.kind === 'refused' && outcome.refusal.code === 'not_permitted')
      return say(asked, words.onlyLeads(nameIn(asked, whose)));
    const problem = problemWith(asked, outcome);
    if (problem !== undefined) return say(asked, problem);
    made.push({ ...duty, id, asked: people });
  }
  if (made.length === 0) return say(asked, words.nobodyToAsk);
  const views = [...new Set(made.flatMap((offer) => offer.asked))].map((id) => personView(id, facts.catalog.people));
  const head =
    by === undefined || whose === person ? words.asking : words.asked(nameIn(asked, by), nameIn(asked, whose));
  const notes = askingNotes(views, language, whose === person);
  return { kind: 'say', message: dutiesMessage(head, made, notes, language, withdrawButton(made, language)) };
}

/** When somebody is unavailable is for those who share a schedule or team with them; others are not told by being refused. */
function mayKnowOf({ facts, person }: Asked, other: PersonId, { schedule }: DutyChoice): boolean {
  return isInSchedule(facts, schedule, other) || shareTeam(facts.catalog, person, other);
}

interface OpenOffer extends Offer {
  readonly schedule: string;
}

async function openOffersOf(asked: Asked, person: PersonId): Promise<readonly OpenOffer[]> {
  const states = await scheduleStates(asked, Object.keys(asked.facts.catalog.schedules));
  return [...states].flatMap(([schedule, { offers }]) =>
    offers
      .filter((offer) => offer.state.kind === 'open' && offer.insteadOf === person && offer.to > asked.now)
      .filter(({ kind }) => kind === 'cover' || kind === 'swap')
      .map((offer) => ({ ...offer, schedule })),
  );
}

function overlaps(offer: OpenOffer, duty: DutyChoice): boolean {
  return offer.schedule === duty.schedule && offer.from < duty.to && duty.from < offer.to;
}

function alreadyAsking({ language }: Asked, offers: readonly OpenOffer[]): Answer {
  return { kind: 'say', message: cancelChoices(slackCoverWords[language].alreadyAsking, offers, language) };
}

/** What somebody asked for and nobody has taken yet. One is withdrawn at once; of several they choose. */
async function cancel(asked: Asked): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const open = await openOffersOf(asked, asked.person);
  const [only, ...more] = open;
  if (only === undefined) return say(asked, words.nothingToCancel);
  if (more.length > 0) return { kind: 'say', message: cancelChoices(words.cancelWhich, open, asked.language) };
  const outcome = await executeOn(asked, only.schedule, { type: 'withdraw_offer', offer: only.id });
  return say(asked, problemWith(asked, outcome) ?? words.withdrawn);
}

async function submitted(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const words = slackCoverWords[asked.language];
  const { now, zone, person } = asked;
  const chosen = readDutyValue(form.choice(coverInputIds.shift) ?? '');
  const isOver = chosen === undefined || chosen.person !== person || chosen.to <= now;
  if (isOver) return { kind: 'errors', errors: { [coverInputIds.shift]: words.past } };
  const from = Math.max(chosen.from, now);
  // A part is written as people speak of that day, so it is read as if the shift had just begun.
  const when = readWhen(form.text(coverInputIds.part), { now: from, zone });
  if (when.kind !== 'unsaid' && when.kind !== 'span')
    return { kind: 'errors', errors: { [coverInputIds.part]: words.partUnclear } };
  const part = when.kind === 'span' ? when : { from, to: chosen.to };
  const span = { kind: 'span', from: Math.max(from, part.from), to: Math.min(chosen.to, part.to) } as const;
  if (span.from >= span.to) return { kind: 'errors', errors: { [coverInputIds.part]: words.partOutside } };
  return cover(asked, { kind: 'cover', whose: person, by: undefined, when: span, schedule: chosen.schedule });
}

export function registerCover(app: App, deps: SlackFeatureDeps): void {
  onSubmission(app, deps, callbackIds.cover, submitted);
  onClick(app, deps, actionIds.askForCover, (asked) => Promise.resolve(coverForm(asked)));
}
