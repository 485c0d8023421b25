import type { ModalView, PlainTextOption } from '@slack/types';
import { shiftTimes } from '../../messages/shift-times.ts';
import { slackCoverWords } from '../../messages/slack-cover.ts';
import type { Language } from '../../oncall/catalog.ts';
import type { TimeZone } from '../../oncall/time.ts';
import { dutyValue, type DutyChoice } from '../duty-values.ts';
import { callbackIds } from '../ids.ts';
import type { PeopleDirectory } from '../incident-view.ts';
import { option, section } from './blocks.ts';
import { modal, selectInput, textInput } from './modals.ts';
import { entry } from '../../oncall/lookup.ts';
import { line, oneLine } from './text.ts';

/** Names of the inputs; answers come back under these. */
export const coverInputIds = { shift: 'shift', part: 'part', mine: 'mine', theirs: 'theirs' } as const;

const longestPart = 100;

export interface ShiftReader {
  readonly language: Language;
  readonly zone: TimeZone;
  readonly people: PeopleDirectory;
}

/** Asks which duty, and which part of it, and for nothing else. `duties` are the reader's own, not empty. */
export function coverModal(duties: readonly DutyChoice[], reader: ShiftReader): ModalView {
  const { language } = reader;
  const words = slackCoverWords[language].form;
  const options = optionsFor(duties, reader, false);
  return modal({
    callbackId: callbackIds.cover,
    title: words.title,
    submit: words.submit,
    language,
    blocks: [
      section(line(words.note, language)),
      selectInput(coverInputIds.shift, words.shift, options, { initial: options[0] }),
      textInput(coverInputIds.part, words.part, words.partHint, { limit: longestPart, isOptional: true }),
    ],
  });
}

export function swapModal(mine: readonly DutyChoice[], theirs: readonly DutyChoice[], reader: ShiftReader): ModalView {
  const { language } = reader;
  const words = slackCoverWords[language].swapForm;
  const own = optionsFor(mine, reader, false);
  return modal({
    callbackId: callbackIds.swap,
    title: words.title,
    submit: words.submit,
    language,
    blocks: [
      section(line(words.note, language)),
      selectInput(coverInputIds.mine, words.mine, own, { initial: own[0] }),
      selectInput(coverInputIds.theirs, words.theirs, optionsFor(theirs, reader, true)),
    ],
  });
}

/** `Sun 22 Nov, 09:00 – Sun 29 Nov, 09:00 · payments`: the time first, since Slack cuts the end of a long line. */
function optionsFor(
  duties: readonly DutyChoice[],
  { language, zone, people }: ShiftReader,
  withName: boolean,
): readonly PlainTextOption[] {
  return duties.flatMap((duty) => {
    const value = dutyValue(duty);
    if (value === undefined) return [];
    const name = withName ? [oneLine(entry(people, duty.person)?.name ?? duty.person)] : [];
    const parts = [...name, shiftTimes(duty.from, duty.to, zone, language), oneLine(duty.schedule)];
    return [option(line(parts.join(' · '), language), value)];
  });
}

/** Whether there is anything to choose; Slack refuses a choice without options. */
export function canChoose(duties: readonly DutyChoice[]): boolean {
  return duties.some((duty) => dutyValue(duty) !== undefined);
}
