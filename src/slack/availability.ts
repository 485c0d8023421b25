import type { App } from '@slack/bolt';
import { personStream } from '../engine/streams.ts';
import type { Outcome } from '../engine/orders.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { PersonCommand } from '../oncall/person.ts';
import { minuteMs, type EpochMs } from '../oncall/time.ts';
import { actorOf, say, type Answer, type Asked } from './asked.ts';
import { takePerson } from './command-arguments.ts';
import { readAwaySpan, type AwaySpan } from './command-times.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds, callbackIds } from './ids.ts';
import { shareTeam } from './membership.ts';
import { refusalText } from './refusals.ts';
import { onClick, onSubmission } from './surfaces.ts';
import { mateAwayMessage } from './views/availability.ts';
import { awayModal, inputIds } from './views/modals.ts';
import { personName } from './views/people.ts';
import { inline, localTime } from './views/text.ts';

/** So long may whoever marked a team-mate take it back. */
const withdrawWithinMs = 15 * minuteMs;

/**
 * `/incident away [until …]` for oneself, `/incident away @dana [until …]` for a team-mate. Nothing is read, kept or
 * answered but times: a reason has no place to go.
 */
export async function awayCommand(asked: Asked, text: string): Promise<Answer> {
  const named = takePerson(text, asked.facts.catalog);
  if (named.kind === 'unknown')
    return say(asked, slackAnswerWords[asked.language].personUnknown(inline(named.typed, asked.language, 60)));
  const isMate = named.kind === 'person' && named.person !== asked.person;
  if (isMate) return markMate(asked, named.person, named.rest);
  const said = await markSelf(asked, named.rest);
  return say(asked, ...said.lines);
}

export function awayForm(asked: Asked): Answer {
  return { kind: 'open', view: awayModal(asked.language) };
}

interface Marked {
  readonly isMarked: boolean;
  readonly lines: readonly string[];
}

async function markSelf(asked: Asked, text: string): Promise<Marked> {
  const words = slackOncallWords[asked.language];
  if (!isKnown(asked, asked.person)) return { isMarked: false, lines: [words.notInCatalog] };
  const span = readAwaySpan(text, asked.now, asked.zone);
  if (span.kind !== 'span') return { isMarked: false, lines: [unclearText(asked, span)] };
  const outcome = await mark(asked, asked.person, span, asked.deps.newId(), 'self');
  if (outcome.kind === 'refused') return { isMarked: false, lines: [refusalText(outcome.refusal, asked)] };
  return { isMarked: true, lines: selfLines(asked, span) };
}

function selfLines({ language, now }: Asked, { from, to }: Extract<AwaySpan, { kind: 'span' }>): readonly string[] {
  const words = slackOncallWords[language];
  if (from > now) return [words.awayFromUntil(localTime(from), to === null ? undefined : localTime(to)), words.howBack];
  return [to === null ? words.awayNow : words.awayUntil(localTime(to)), words.pagesMove, words.howBack];
}

/** From now on, by anyone who shares a team with them: who has just been called up cannot do it themselves. */
async function markMate(asked: Asked, mate: PersonId, text: string): Promise<Answer> {
  const words = slackOncallWords[asked.language];
  const { catalog } = asked.facts;
  const name = personName(mate, catalog.people, asked.language);
  if (!isKnown(asked, mate)) return say(asked, words.personNotInCatalog(name));
  const mayMark = shareTeam(catalog, asked.person, mate) || catalog.workspace.admins.includes(asked.person);
  if (!mayMark) return say(asked, words.notTeammate(name));
  const span = readAwaySpan(text, asked.now, entry(catalog.people, mate)?.timezone ?? catalog.workspace.timezone);
  if (span.kind !== 'span' || span.from > asked.now)
    return say(asked, span.kind === 'past' ? words.awayPast : words.awayUnclear);
  const window = markedBy(asked.deps.newId(), asked.person);
  const outcome = await mark(asked, mate, span, window, 'teammate');
  if (outcome.kind === 'refused') return say(asked, refusalText(outcome.refusal, asked));
  if (outcome.kind !== 'accepted') return say(asked, slackAnswerWords[asked.language].alreadyDone);
  const sentence = span.to === null ? words.mateAway(name) : words.mateAwayUntil(name, localTime(span.to));
  return { kind: 'say', message: mateAwayMessage(sentence, { person: mate, window }, asked.language) };
}

function unclearText({ language }: Asked, span: Exclude<AwaySpan, { kind: 'span' }>): string {
  const words = slackOncallWords[language];
  return span.kind === 'past' ? words.awayPast : words.awayUnclear;
}

function mark(
  asked: Asked,
  person: PersonId,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs | null },
  window: string,
  source: 'self' | 'teammate',
): Promise<Outcome<'person'>> {
  return executeFor(asked, person, {
    type: 'mark_unavailable',
    window,
    effect: 'hard',
    certain: true,
    from,
    to,
    source,
  });
}

function executeFor(asked: Asked, person: PersonId, command: PersonCommand): Promise<Outcome<'person'>> {
  return asked.deps.engine.execute({
    kind: 'person',
    stream: personStream(person),
    command,
    actor: actorOf(asked),
    inbound: asked.inbound,
  });
}

/** From now on and without an end, in one click. */
async function awayNow(asked: Asked): Promise<Answer | undefined> {
  const { isMarked, lines } = await markSelf(asked, '');
  // The Home on which it was clicked shows it.
  return isMarked ? undefined : say(asked, ...lines);
}

async function backNow(asked: Asked): Promise<Answer | undefined> {
  const outcome = await executeFor(asked, asked.person, { type: 'mark_available' });
  return outcome.kind === 'refused' ? say(asked, refusalText(outcome.refusal, asked)) : undefined;
}

export async function backCommand(asked: Asked, text: string): Promise<Answer> {
  const words = slackOncallWords[asked.language];
  const named = takePerson(text, asked.facts.catalog);
  const isOther = named.kind === 'unknown' || (named.kind === 'person' && named.person !== asked.person);
  if (isOther) return say(asked, words.backOnlyYourself);
  if (!isKnown(asked, asked.person)) return say(asked, words.notInCatalog);
  const outcome = await executeFor(asked, asked.person, { type: 'mark_available' });
  return say(asked, outcome.kind === 'refused' ? refusalText(outcome.refusal, asked) : words.backNow);
}

/** The window's id says who marked it, so that only they can take it back. */
function markedBy(id: string, marker: PersonId): string {
  return `${id}@${marker}`;
}

async function withdraw(asked: Asked, value: string): Promise<Answer> {
  const words = slackOncallWords[asked.language];
  const [person = '', window = ''] = value.split(' ');
  const stream = personStream(person);
  const stored = (await asked.deps.store.load('person', [stream])).get(stream);
  const found = stored?.state?.windows.find((each) => each.id === window);
  if (found === undefined) return say(asked, refusalText({ code: 'no_such_window' }, asked));
  const isTheirs = found.source === 'teammate' && window === markedBy(window.split('@')[0] ?? '', asked.person);
  if (!isTheirs) return say(asked, words.notYours);
  if (asked.now - found.from > withdrawWithinMs) return say(asked, words.withdrawTooLate);
  const outcome = await executeFor(asked, person, { type: 'withdraw', window });
  return say(asked, outcome.kind === 'refused' ? refusalText(outcome.refusal, asked) : words.withdrawn);
}

function isKnown({ facts }: Asked, person: PersonId): boolean {
  return entry(facts.catalog.people, person) !== undefined;
}

export function registerAvailability(app: App, deps: SlackFeatureDeps): void {
  onSubmission(app, deps, callbackIds.away, async (asked, form) => {
    const { isMarked, lines } = await markSelf(asked, form.text(inputIds.until));
    if (!isMarked) return { kind: 'errors', errors: { [inputIds.until]: lines.join(' ') } };
    return say(asked, ...lines);
  });
  onClick(app, deps, actionIds.awayNow, awayNow);
  onClick(app, deps, actionIds.back, backNow);
  onClick(app, deps, actionIds.planAway, (asked) => Promise.resolve(awayForm(asked)));
  onClick(app, deps, actionIds.withdrawAway, async (asked, { value, replace }) => {
    const said = await withdraw(asked, value);
    if (said.kind === 'say') replace(said.message);
    return undefined;
  });
}
