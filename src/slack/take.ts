import type { App } from '@slack/bolt';
import { slackCoverWords } from '../messages/slack-cover.ts';
import { slackOncallWords } from '../messages/slack-oncall.ts';
import type { Override, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import { entry } from '../oncall/lookup.ts';
import { dayMs, minuteMs } from '../oncall/time.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readTake } from './cover-request.ts';
import { nominalDuties } from './duties.ts';
import { readScheduleValue } from './duty-values.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds } from './ids.ts';
import { personView } from './incident-view.ts';
import { isInSchedule, shareTeam } from './membership.ts';
import { executeOn, mayTakeFrom, problemWith, scheduleStates } from './schedule-commands.ts';
import { onClick } from './surfaces.ts';
import { takeChoices, takenMessage } from './views/cover.ts';
import { inline, localTime } from './views/text.ts';

/** So long may whoever has taken a shift by mistake give it back without asking. */
const undoWithinMs = 15 * minuteMs;
/** The end of a shift is looked for so far ahead. */
const horizonMs = 60 * dayMs;

/** `/incident take [payments]`: the shift that runs, at once, also in the middle of it. */
export function takeCommand(asked: Asked, text: string): Promise<Answer> {
  const request = readTake(text, asked.facts.catalog);
  if (request.kind === 'take') return take(asked, request.schedule);
  const typed = request.kind === 'unclear' ? request.typed : text;
  return Promise.resolve(say(asked, slackCoverWords[asked.language].unclear(inline(typed, asked.language, 60))));
}

export async function take(asked: Asked, schedule: ScheduleId | undefined): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const { facts, person, language } = asked;
  if (entry(facts.catalog.people, person) === undefined) return say(asked, slackOncallWords[language].notInCatalog);
  if (schedule !== undefined) return takeOver(asked, schedule);
  const choices = takeable(asked);
  const [only, ...more] = choices;
  if (only === undefined) return say(asked, words.nothingToTake);
  if (more.length === 0) return takeOver(asked, only);
  const shown = choices.map((id) => ({
    schedule: id,
    onDuty: peopleNow(asked, id).map((each) => personView(each, facts.catalog.people)),
  }));
  return { kind: 'say', message: takeChoices(shown, language) };
}

/** Running duties of the speaker's own schedules and teams that somebody else, or nobody, has. */
function takeable(asked: Asked): readonly ScheduleId[] {
  return Object.keys(asked.facts.catalog.schedules).filter((schedule) => canTake(asked, schedule));
}

export function canTake(asked: Asked, schedule: ScheduleId): boolean {
  const { facts, person } = asked;
  if (entry(facts.catalog.people, person) === undefined) return false;
  const now = peopleNow(asked, schedule);
  if (now.includes(person)) return false;
  return isInSchedule(facts, schedule, person) || now.some((other) => shareTeam(facts.catalog, person, other));
}

function peopleNow({ facts, now }: Asked, schedule: ScheduleId): readonly PersonId[] {
  return onDuty(facts, schedule, now, 'sev1').flatMap(({ person }) => (person === null ? [] : [person]));
}

async function takeOver(asked: Asked, schedule: ScheduleId): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const { deps, person, language } = asked;
  const name = inline(schedule, language, 80);
  const present = peopleNow(asked, schedule);
  if (present.includes(person)) return say(asked, words.alreadyYours(name));
  if (!mayTakeFrom(asked, schedule, present[0])) return say(asked, words.noTeamHere(name));
  const override = overrideFor(asked, schedule);
  const batch = deps.newId();
  const command = { type: 'make_override', id: `${batch}.0`, override, origin: 'take', batch } as const;
  const problem = problemWith(asked, await executeOn(asked, schedule, command));
  if (problem !== undefined) return say(asked, problem);
  const sentence = words.youHave(name, localTime(override.to));
  return { kind: 'say', message: takenMessage(sentence, { id: batch, schedule }, language) };
}

/**
 * Until the end of the shift that runs, instead of whoever's it is, whether or not they can answer. In a gap until the
 * next shift begins, for a day at most.
 */
function overrideFor({ facts, person, now }: Asked, schedule: ScheduleId): Override {
  const duties = nominalDuties(facts, schedule, now, now + horizonMs);
  const running = duties.find((duty) => duty.from <= now && duty.person !== person);
  if (running !== undefined) return { kind: 'replace', from: now, to: running.to, person, insteadOf: running.person };
  const next = duties.find((duty) => duty.from > now);
  return { kind: 'add', from: now, to: Math.min(next?.from ?? now + dayMs, now + dayMs), person };
}

/** Whoever took or covered a moment ago gives it back; later it is theirs, and they ask for cover. */
async function undo(asked: Asked, value: string): Promise<Answer> {
  const words = slackCoverWords[asked.language];
  const read = readScheduleValue(value);
  const state = read === undefined ? undefined : (await scheduleStates(asked, [read.schedule])).get(read.schedule);
  const made = state?.overrides.find(({ batch }) => batch === read?.id);
  if (read === undefined || made === undefined || made.madeBy.kind !== 'person') return say(asked, words.undoTooLate);
  if (made.madeBy.person !== asked.person) return say(asked, slackOncallWords[asked.language].notYours);
  if (asked.now - made.madeAt > undoWithinMs) return say(asked, words.undoTooLate);
  const outcome = await executeOn(asked, read.schedule, { type: 'cancel_batch', batch: read.id });
  return say(asked, problemWith(asked, outcome) ?? words.undone);
}

export function registerTake(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, new RegExp(`^${actionIds.takeDuty}`), async (asked, { value, replace }) => {
    const said =
      entry(asked.facts.catalog.schedules, value) === undefined
        ? await take(asked, undefined)
        : await take(asked, value);
    if (said.kind === 'say') replace(said.message);
    return undefined;
  });
  onClick(app, deps, actionIds.undoOverride, async (asked, { value, replace }) => {
    const said = await undo(asked, value);
    if (said.kind === 'say') replace(said.message);
    return undefined;
  });
}
