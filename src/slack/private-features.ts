import type { App } from '@slack/bolt';
import { SealedShut, type CalendarSettings } from '../engine/private-ports.ts';
import type { Privacy } from '../engine/privacy.ts';
import { slackPrivateWords } from '../messages/slack-private.ts';
import { entry } from '../oncall/lookup.ts';
import { say, type Asked } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { callbackIds } from './ids.ts';
import { readHomeLeave, type ReadHomeLeave } from './private-home-leave.ts';
import { readRules } from './private-rules.ts';
import { onSubmission, type Submission, type SubmissionAnswer } from './surfaces.ts';
import { privateInputIds } from './views/private-modals.ts';

const mostCalendars = 5;

/** What comes back of the private forms goes straight to the private store, and into no message, log or event. */
export function registerPrivateFeatures(app: App, deps: SlackFeatureDeps, privacy: Privacy): void {
  const forms = [
    [callbackIds.personalRules, saveRules],
    [callbackIds.personalCalendars, saveCalendars],
    [callbackIds.personalData, actOnData],
  ] as const;
  for (const [callbackId, act] of forms) {
    onSubmission(app, deps, callbackId, async (asked, form) => {
      const words = slackPrivateWords[asked.language];
      if (!privacy.isOn) return say(asked, words.off);
      if (entry(asked.facts.catalog.people, asked.person) === undefined) return say(asked, words.onlyInCatalog);
      try {
        return await act(asked, form, privacy);
      } catch (error) {
        if (error instanceof SealedShut) return say(asked, words.sealed);
        throw error;
      }
    });
  }
}

async function saveRules(asked: Asked, form: Submission, privacy: Privacy): Promise<SubmissionAnswer> {
  const { person, zone, language, deps } = asked;
  const words = slackPrivateWords[language];
  const read = readRules(form, { zone, newId: deps.newId }, language);
  const leave = readHomeLeave(form, asked.facts.windows, asked);
  if (read.kind === 'errors' || leave.kind === 'errors') {
    const errorsOf = (one: typeof read | typeof leave) => (one.kind === 'errors' ? one.errors : {});
    return { kind: 'errors', errors: { ...errorsOf(read), ...errorsOf(leave) } };
  }
  const removed = form.choices(privateInputIds.remove);
  for (const id of removed) await privacy.dropRule(person, id, person);
  for (const rule of read.rules) await privacy.saveRule(person, rule, person);
  if (leave.kind === 'rule') await saveHomeLeave(asked, leave, privacy);
  const isNothing = removed.length + read.rules.length === 0 && leave.kind === 'none';
  return say(asked, isNothing ? words.nothingChosen : words.saved);
}

/** An absence has one pattern: a new one takes the place of the one before. */
async function saveHomeLeave(
  { person, deps }: Asked,
  { rule, names }: Extract<ReadHomeLeave, { kind: 'rule' }>,
  privacy: Privacy,
): Promise<void> {
  const known = await privacy.rulesOf(person, person);
  const before = typeof known === 'string' ? [] : known;
  const id = before.find((each) => each.kind === 'home_leave' && names.has(each.carves))?.id ?? deps.newId();
  await privacy.saveRule(person, { ...rule, id }, person);
}

async function saveCalendars(asked: Asked, form: Submission, privacy: Privacy): Promise<SubmissionAnswer> {
  const { person, language, deps } = asked;
  const words = slackPrivateWords[language];
  const typed = form.text(privateInputIds.address).trim();
  const address = typed === '' ? undefined : calendarAddress(typed);
  if (typed !== '' && address === undefined) return errorAt(privateInputIds.address, words.calendars.addressWrong);
  const removed = form.choices(privateInputIds.remove);
  const confirmed = form.choices(privateInputIds.confirm).filter((id) => !removed.includes(id));
  for (const id of removed) await privacy.dropCalendar(person, id, person);
  for (const id of confirmed) await privacy.confirmCalendar(person, id, person);
  const isChanged = removed.length + confirmed.length > 0;
  if (address === undefined) return say(asked, isChanged ? words.saved : words.nothingChosen);
  const known = await privacy.calendarsOf(person, person);
  if (typeof known !== 'string' && known.length >= mostCalendars)
    return errorAt(privateInputIds.address, words.calendars.tooMany);
  const id = deps.newId();
  const effect = form.choice(privateInputIds.effect) === 'hard' ? 'hard' : 'soft';
  const settings = { effect, ...countingOf(form.choice(privateInputIds.counts)) } as const;
  await privacy.saveCalendar({ id, person, address, settings, memory: undefined }, person);
  return say(asked, words.calendars.saved);
}

function countingOf(choice: string | undefined): Pick<CalendarSettings, 'daysAwayOnly' | 'countsTransparent'> {
  if (choice === 'everything') return { countsTransparent: true };
  return choice === 'busy' ? {} : { daysAwayOnly: true };
}

/** Calendars call themselves `webcal:`, which is https by another name. Nothing else is fetched. */
function calendarAddress(typed: string): string | undefined {
  try {
    const url = new URL(typed.replace(/^webcals?:/iu, 'https:'));
    return url.protocol === 'https:' && url.hostname.includes('.') ? url.href : undefined;
  } catch {
    return undefined;
  }
}

async function actOnData(asked: Asked, form: Submission, privacy: Privacy): Promise<SubmissionAnswer> {
  const { person, language } = asked;
  const words = slackPrivateWords[language];
  const action = form.choice(privateInputIds.action);
  if (action !== 'past' && action !== 'everything') return say(asked, words.nothingChosen);
  const { windows, left } = await privacy.erase(person, person, action);
  return say(asked, words.data.erased(windows), ...(left > 0 ? [words.data.left(left)] : []));
}

function errorAt(input: string, why: string): SubmissionAnswer {
  return { kind: 'errors', errors: { [input]: why } };
}
