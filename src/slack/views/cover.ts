import type { KnownBlock } from '@slack/types';
import { slackCoverWords } from '../../messages/slack-cover.ts';
import type { Language, ScheduleId } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { scheduleValue } from '../duty-values.ts';
import { actionIds } from '../ids.ts';
import type { PersonView } from '../incident-view.ts';
import { actions, button, context, section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { namesOf } from './people.ts';
import { spanText } from './offer-message.ts';
import { inline, line } from './text.ts';

/** More buttons than Slack shows in a row of one message are never needed here. */
const mostButtons = 5;
const mostDuties = 10;

export interface ShownDuty {
  readonly schedule: ScheduleId;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export function dutyText(duty: ShownDuty, language: Language): string {
  return slackCoverWords[language].duty(inline(duty.schedule, language, 80), spanText(duty, language));
}

/** A sentence, the duties that it is about, and what can still be done about them. `head` and `notes` are markup. */
export function dutiesMessage(
  head: string,
  duties: readonly ShownDuty[],
  notes: readonly string[],
  language: Language,
  buttons: KnownBlock | undefined,
): SlackMessage {
  const lines = duties.slice(0, mostDuties).map((duty) => line(`• ${dutyText(duty, language)}`, language));
  return spokenMessage([
    section([line(head, language), ...lines].join('\n')),
    ...(notes.length === 0 ? [] : [context(notes.map((note) => line(note, language)))]),
    ...(buttons === undefined ? [] : [buttons]),
  ]);
}

/** Who is asked for the duties, of the reader or of somebody else. */
export function askingNotes(asked: readonly PersonView[], language: Language, isOwn = true): readonly string[] {
  const words = slackCoverWords[language];
  const stays = isOwn ? [words.stayUntilTaken] : [];
  return [words.askingPeople(namesOf(asked, language)), words.askingHow, ...stays];
}

export interface Takeable {
  readonly schedule: ScheduleId;
  readonly onDuty: readonly PersonView[];
}

/** Which of several running duties? One button for each. */
export function takeChoices(choices: readonly Takeable[], language: Language): SlackMessage {
  const words = slackCoverWords[language];
  const shown = choices.slice(0, mostButtons);
  return spokenMessage([
    section(
      [
        line(words.takeWhich, language),
        ...shown.map(({ schedule, onDuty }) =>
          line(`• ${inline(schedule, language, 80)}: ${namesOf(onDuty, language)}`, language),
        ),
      ].join('\n'),
    ),
    actions(shown.map(({ schedule }) => button(schedule, `${actionIds.takeDuty}_${schedule}`.slice(0, 255), schedule))),
  ]);
}

export function takeButton(schedule: ScheduleId, language: Language): KnownBlock {
  return actions([button(slackCoverWords[language].take, actionIds.takeDuty, schedule)]);
}

/** What somebody with shifts of their own can begin. */
export function shiftButtons(language: Language): KnownBlock {
  const words = slackCoverWords[language];
  return actions([
    button(words.askForCover, actionIds.askForCover, 'cover'),
    button(words.swapButton, actionIds.swapShifts, 'swap'),
  ]);
}

export interface MyOffer extends ShownDuty {
  readonly id: string;
}

/** What can be withdrawn, one button each. `head` is markup. */
export function cancelChoices(head: string, offers: readonly MyOffer[], language: Language): SlackMessage {
  const words = slackCoverWords[language];
  return spokenMessage([
    section(line(head, language)),
    ...offers
      .slice(0, mostDuties)
      .flatMap((offer) => [
        section(line(`• ${dutyText(offer, language)}`, language)),
        actions([button(words.withdraw, actionIds.withdrawOffer, scheduleValue(offer.id, offer.schedule))]),
      ]),
  ]);
}

/** One request is withdrawn by one button; several by `/incident cover cancel`. */
export function withdrawButton(offers: readonly MyOffer[], language: Language): KnownBlock | undefined {
  const [only, ...more] = offers;
  if (only === undefined || more.length > 0) return undefined;
  const value = scheduleValue(only.id, only.schedule);
  return actions([button(slackCoverWords[language].withdraw, actionIds.withdrawOffer, value)]);
}

/** `sentence` is markup. */
export function takenMessage(
  sentence: string,
  made: { readonly id: string; readonly schedule: ScheduleId },
  language: Language,
): SlackMessage {
  const buttons = undoButton([made], language);
  return spokenMessage([section(line(sentence, language)), ...(buttons === undefined ? [] : [buttons])]);
}

/** For what was done at one schedule; `id` is its batch. */
export function undoButton(
  overrides: readonly { readonly id: string; readonly schedule: ScheduleId }[],
  language: Language,
) {
  const [only, ...more] = overrides;
  if (only === undefined || more.length > 0) return undefined;
  const { undo } = slackCoverWords[language];
  return actions([button(undo, actionIds.undoOverride, scheduleValue(only.id, only.schedule))]);
}
