import type { App } from '@slack/bolt';
import { applyCallUpPlan, callUp, undoCallUp, type CallUpOptions } from '../engine/call-up.ts';
import { slackCallUpWords } from '../messages/slack-call-up.ts';
import { callUpWindow, markedIn } from '../oncall/call-up.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { EpochMs } from '../oncall/time.ts';
import { actorOf, say, said, type Answer, type Asked } from './asked.ts';
import { readAway } from './away-arguments.ts';
import { unreadable } from './away-mark.ts';
import { personBySlack } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds, callbackIds } from './ids.ts';
import { personState, speakingFor } from './speaking.ts';
import { onClick, onSubmission, type Click, type Submission, type SubmissionAnswer } from './surfaces.ts';
import { awayInputIds } from './views/away-modals.ts';
import { callUpMessage, callUpModal, callUpResult, namesIn } from './views/call-up.ts';
import type { SlackMessage } from './views/message.ts';
import { plainText } from './views/plain-text.ts';

/** `/incident away @alma @beni @carmel`: marks them all, shows what is hollow, proposes who takes what. */
export async function callUpCommand(asked: Asked, people: readonly PersonId[], rest: string): Promise<Answer> {
  const until = readUntil(asked, rest);
  if (until.kind === 'refused') return say(asked, until.why);
  return { kind: 'say', message: await markAll(asked, people, until.to) };
}

export function callUpForm(asked: Asked): Answer {
  return { kind: 'open', view: callUpModal(asked.language) };
}

type Until =
  { readonly kind: 'until'; readonly to: EpochMs | null } | { readonly kind: 'refused'; readonly why: string };

/** One end for all, on the clock of the workspace; how each comes back is theirs to say. */
function readUntil(asked: Asked, text: string): Until {
  const request = readAway(text, asked.now, asked.facts.catalog.workspace.timezone);
  if (request.kind === 'unclear' || request.kind === 'past')
    return { kind: 'refused', why: unreadable(asked, request.kind) };
  const isPlain =
    request.kind === 'mark' &&
    request.manner.effect === 'hard' &&
    request.manner.certain &&
    request.manner.easeBackMs === 0 &&
    request.span.from <= asked.now;
  if (!isPlain) return { kind: 'refused', why: slackCallUpWords[asked.language].fromNowOnly };
  return { kind: 'until', to: request.span.to };
}

/** One who is refused keeps nobody else from being marked. */
async function markAll(asked: Asked, people: readonly PersonId[], to: EpochMs | null): Promise<SlackMessage> {
  const { facts, language, now } = asked;
  const may = await Promise.all(people.map(async (person) => (await speakingFor(asked, person)).kind === 'speaking'));
  const known = people.filter((_, index) => may[index]);
  const batch = batchOf(asked);
  const called = await callUp(optionsOf(asked), { people: known, from: now, to, marker: actorOf(asked), batch });
  return callUpMessage({
    ...called,
    language,
    directory: facts.catalog.people,
    strangers: people.filter((_, index) => may[index] !== true),
    batch,
  });
}

/** Named by what Slack sent, so that the same request twice marks once. */
function batchOf({ inbound }: Asked): string {
  return inbound.id.replace(/[^\w.-]/g, '').slice(0, 80);
}

function optionsOf({ deps: { engine, store, clock } }: Asked): CallUpOptions {
  return { engine, store, clock };
}

/** A batch is named in a button, and buttons come back from clients: only who marked them, or an admin, goes on. */
async function isTheirs(asked: Asked, batch: string): Promise<boolean> {
  if (asked.facts.catalog.workspace.admins.includes(asked.person)) return true;
  const [first] = markedIn(asked.facts, batch);
  if (first === undefined) return false;
  const state = await personState(asked, first);
  const by = entry(state.marks, callUpWindow(batch, first))?.by ?? first;
  return by === asked.person;
}

async function apply(asked: Asked, batch: string): Promise<SlackMessage> {
  const words = slackCallUpWords[asked.language];
  if (!(await isTheirs(asked, batch))) return said(asked, words.notYours);
  const { covers } = await applyCallUpPlan(optionsOf(asked), batch, actorOf(asked));
  const held = covers.filter(({ verdict }) => verdict !== 'refused').length;
  const refused = covers.length - held;
  if (covers.length === 0) return said(asked, words.nothingApplied);
  return said(asked, words.applied(held), ...(refused > 0 ? [words.notApplied(refused)] : []));
}

async function undo(asked: Asked, batch: string): Promise<SlackMessage> {
  const { language, facts } = asked;
  const words = slackCallUpWords[language];
  if (!(await isTheirs(asked, batch))) return said(asked, words.notYours);
  const { people, schedules } = await undoCallUp(optionsOf(asked), batch, actorOf(asked));
  const named = (isRefused: boolean) =>
    people.filter(({ verdict }) => (verdict === 'refused') === isRefused).map(({ person }) => person);
  const shifts = schedules.reduce((sum, { ended }) => sum + ended, 0);
  const lines = [
    ...(named(false).length === 0 ? [] : [words.undone(namesIn(named(false), facts.catalog.people, language), shifts)]),
    ...(named(true).length === 0 ? [] : [words.notUndone(namesIn(named(true), facts.catalog.people, language))]),
  ];
  return said(asked, ...(lines.length === 0 ? [words.nothingApplied] : lines));
}

/** In a message the answer stands beside it, since the other button may still be wanted; in a form it takes its place. */
function acting(act: (asked: Asked, batch: string) => Promise<SlackMessage>) {
  return async (asked: Asked, { value }: Click): Promise<Answer> => ({ kind: 'say', message: await act(asked, value) });
}

async function submitCallUp(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const people = form.users(awayInputIds.person).map((user) => personBySlack(user, asked.facts.catalog));
  const until = readUntil(asked, form.text(awayInputIds.until));
  if (until.kind === 'refused') return { kind: 'errors', errors: { [awayInputIds.until]: plainText(until.why) } };
  const message = await markAll(asked, [...new Set(people)], until.to);
  return { kind: 'open', view: callUpResult(asked.language, message) };
}

export function registerCallUp(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.applyCallUp, acting(apply));
  onClick(app, deps, actionIds.undoCallUp, acting(undo));
  onSubmission(app, deps, callbackIds.callUp, submitCallUp);
}
