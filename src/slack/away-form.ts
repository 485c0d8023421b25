import type { App } from '@slack/bolt';
import { slackAwayWords } from '../messages/slack-away.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { personBySlack } from './command-arguments.ts';
import { readAwaySpan } from './command-times.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { markAway, unreadable } from './away-mark.ts';
import { changeAbsence } from './away-change.ts';
import { setDelegate } from './away-delegate.ts';
import { goHome } from './away-home.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { windowViews } from './home-view.ts';
import { actionIds, callbackIds } from './ids.ts';
import { personalForms, personalInput, type PersonalForm } from './personal-surface.ts';
import { refusalText } from './refusals.ts';
import { executeFor, speakingFor, type MaySpeak, type Said, type Speaking } from './speaking.ts';
import { onClick, onSubmission, type Submission, type SubmissionAnswer } from './surfaces.ts';
import {
  awayInputIds,
  awayModal,
  changeAwayModal,
  delegateModal,
  easeBacks,
  homeLeaveModal,
} from './views/away-modals.ts';
import { plainText } from './views/plain-text.ts';

/** The form for oneself, or for whoever has named one as their delegate. */
export function awayForm(asked: Asked, person: PersonId): Answer {
  return { kind: 'open', view: awayModal(asked.language, person, asked.deps.personal.inputs(asked.language)) };
}

/** Metadata comes back from a client: who may speak is asked anew. */
async function speakingInFull(asked: Asked, person: PersonId): Promise<MaySpeak> {
  const may = await speakingFor(asked, person);
  if (may.kind === 'refused' || may.speaking.role !== 'teammate') return may;
  return { kind: 'refused', why: slackAwayWords[asked.language].onlyThemselves(may.speaking.name ?? '') };
}

async function submitAway(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const may = await speakingInFull(asked, form.metadata === '' ? asked.person : form.metadata);
  if (may.kind === 'refused') return errorAt(awayInputIds.until, may.why);
  const span = spanIn(asked, may.speaking, form);
  if (span.kind !== 'span') return span.error;
  const manner = {
    effect: form.choice(awayInputIds.effect) === 'soft' ? 'soft' : 'hard',
    certain: form.choice(awayInputIds.certainty) !== 'tentative',
    easeBackMs: easeIn(form),
  } as const;
  const window = asked.deps.newId();
  const said = await markAway(asked, may.speaking, { kind: 'mark', span, manner }, window);
  // Straight to where only the person sees it; in the answer there is no word of it.
  const choice = form.choice(personalInput);
  if (said.isDone) await asked.deps.personal.tell({ person: may.speaking.person, by: asked.person, window, choice });
  return answered(asked, said);
}

/** Both times are forgiving; each error stands beside the time that it is about. */
function spanIn(asked: Asked, { zone }: Speaking, form: Submission) {
  const start = form.text(awayInputIds.from).trim();
  const end = form.text(awayInputIds.until).trim();
  const begin = readAwaySpan(start === '' ? '' : `from ${start}`, asked.now, zone);
  if (begin.kind !== 'span')
    return { kind: 'error', error: errorAt(awayInputIds.from, unreadable(asked, begin.kind)) } as const;
  const until = readAwaySpan(end, begin.from, zone);
  if (until.kind !== 'span')
    return { kind: 'error', error: errorAt(awayInputIds.until, unreadable(asked, until.kind)) } as const;
  return { kind: 'span', from: begin.from, to: end === '' ? begin.to : until.to } as const;
}

function easeIn(form: Submission): number {
  const choice = form.choice(awayInputIds.ease);
  return Object.entries(easeBacks).find(([id]) => id === choice)?.[1] ?? 0;
}

async function submitChange(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const [person = '', window = ''] = form.metadata.split(' ');
  const may = await speakingInFull(asked, person);
  if (may.kind === 'refused') return errorAt(awayInputIds.until, may.why);
  const { speaking } = may;
  switch (form.choice(awayInputIds.action)) {
    case 'end':
      return answered(asked, await endAbsence(asked, speaking, window));
    case 'confirm':
      return answered(asked, await changeAbsence(asked, speaking, { kind: 'confirm' }, window));
    default: {
      const typed = form.text(awayInputIds.until).trim();
      const span = readAwaySpan(typed === '' ? '?' : typed, asked.now, speaking.zone);
      if (span.kind !== 'span') return errorAt(awayInputIds.until, unreadable(asked, span.kind));
      return answered(asked, await changeAbsence(asked, speaking, { kind: 'until', to: span.to }, window));
    }
  }
}

async function endAbsence(asked: Asked, { person }: Speaking, window: string): Promise<Said> {
  const outcome = await executeFor(asked, person, { type: 'withdraw', window });
  if (outcome.kind === 'refused') return { isDone: false, lines: [refusalText(outcome.refusal, asked)] };
  return { isDone: true, lines: [slackAwayWords[asked.language].cancelled] };
}

async function submitHomeLeave(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const may = await speakingInFull(asked, form.metadata);
  if (may.kind === 'refused') return errorAt(awayInputIds.until, may.why);
  const span = spanIn(asked, may.speaking, form);
  if (span.kind !== 'span') return span.error;
  if (span.to === null) return errorAt(awayInputIds.until, unreadable(asked, 'unclear'));
  const how = form.choice(awayInputIds.asked) === 'in_order' ? 'in_order' : 'last';
  const said = await goHome(asked, may.speaking, { kind: 'home', from: span.from, to: span.to, asked: how });
  return said.isDone ? answered(asked, said) : errorAt(awayInputIds.until, said.lines.join(' '));
}

async function submitDelegate(asked: Asked, form: Submission): Promise<SubmissionAnswer> {
  const may = await speakingInFull(asked, asked.person);
  if (may.kind === 'refused') return errorAt(awayInputIds.person, may.why);
  const [user] = form.users(awayInputIds.person);
  const delegate = user === undefined ? null : personBySlack(user, asked.facts.catalog);
  if (delegate?.startsWith('slack:') === true)
    return errorAt(awayInputIds.person, slackAwayWords[asked.language].delegateUnknown);
  const said = await setDelegate(asked, may.speaking, delegate);
  return said.isDone ? answered(asked, said) : errorAt(awayInputIds.person, said.lines.join(' '));
}

function errorAt(input: string, why: string): Extract<SubmissionAnswer, { kind: 'errors' }> {
  return { kind: 'errors', errors: { [input]: plainText(why) } };
}

function answered(asked: Asked, { isDone, lines }: Said): SubmissionAnswer {
  return isDone ? say(asked, ...lines) : errorAt(awayInputIds.until, lines.join(' '));
}

async function openChange(asked: Asked, value: string): Promise<Answer> {
  const [person = '', window = ''] = value.split(' ');
  const may = await speakingInFull(asked, person);
  if (may.kind === 'refused') return say(asked, may.why);
  const view = windowViews(may.speaking.state.windows, asked.now).find(({ id }) => id === window);
  if (view === undefined) return say(asked, refusalText({ code: 'no_such_window' }, asked));
  return { kind: 'open', view: changeAwayModal(asked.language, person, view) };
}

async function openDelegate(asked: Asked): Promise<Answer> {
  const may = await speakingInFull(asked, asked.person);
  if (may.kind === 'refused') return say(asked, may.why);
  const { delegate } = may.speaking.state;
  const current = delegate === undefined ? undefined : entry(asked.facts.catalog.people, delegate)?.slack;
  return { kind: 'open', view: delegateModal(asked.language, current) };
}

async function openPersonal(asked: Asked, value: string): Promise<Answer | undefined> {
  const form = personalForms.find((known) => known === value);
  if (form === undefined) return undefined;
  return openPersonalForm(asked, form);
}

/** `leavePattern`: days at home that were typed behind a command, to be looked at and completed. */
export async function openPersonalForm(asked: Asked, form: PersonalForm, leavePattern?: string): Promise<Answer> {
  const { person, language, zone, now } = asked;
  const more = leavePattern === undefined ? {} : { leavePattern };
  const opened = await asked.deps.personal.open(form, { person, language, zone, now, ...more });
  return typeof opened === 'string' ? say(asked, opened) : { kind: 'open', view: opened };
}

export function registerAwayForms(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.planAway, (asked) => Promise.resolve(awayForm(asked, asked.person)));
  onClick(app, deps, actionIds.changeAway, (asked, { value }) => openChange(asked, value));
  onClick(app, deps, actionIds.homeLeave, (asked) =>
    Promise.resolve({ kind: 'open', view: homeLeaveModal(asked.language, asked.person) }),
  );
  onClick(app, deps, actionIds.delegate, openDelegate);
  onClick(app, deps, new RegExp(`^${actionIds.personal}_`), (asked, { value }) => openPersonal(asked, value));
  onSubmission(app, deps, callbackIds.away, submitAway);
  onSubmission(app, deps, callbackIds.changeAway, submitChange);
  onSubmission(app, deps, callbackIds.homeLeave, submitHomeLeave);
  onSubmission(app, deps, callbackIds.delegate, submitDelegate);
}
