import type { KnownBlock, ModalView } from '@slack/types';
import { slackPrivateWords } from '../messages/slack-private.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import type { WindowId } from '../oncall/windows.ts';

/** What only the person themselves opens: rules of their own, calendars, what is kept of them. */
export const personalForms = ['rules', 'calendars', 'data'] as const;
export type PersonalForm = (typeof personalForms)[number];

/** An absence as it was told, and what was chosen in the input that the private part has added to the form. */
export interface ToldAbsence {
  readonly person: PersonId;
  readonly by: PersonId;
  readonly window: WindowId;
  readonly choice: string | undefined;
}

/** Who opens a form, when, and on whose clock. */
export interface Opener {
  readonly person: PersonId;
  readonly language: Language;
  readonly zone: TimeZone;
  readonly now: EpochMs;
  /** A pattern of days at home that was typed behind a command. */
  readonly leavePattern?: string;
}

/**
 * The door to what is private, as the rest of Slack knows it: it can be asked for a form and told of a choice, and gives
 * nothing back that would say why anybody is away.
 */
export interface PersonalSurface {
  /** Further inputs of the form for an absence; none while private data is off. */
  inputs(language: Language): readonly KnownBlock[];
  tell(told: ToldAbsence): Promise<void>;
  /** A form, or a line of markup that says why there is none. */
  open(form: PersonalForm, opener: Opener): Promise<ModalView | string>;
}

/** The name of the input that `inputs` adds. */
export const personalInput = 'kind';

/** Where private data is off, or nobody has opened it. */
export const nothingPersonal: PersonalSurface = {
  inputs: () => [],
  tell: () => Promise.resolve(),
  open: (_form, { language }) => Promise.resolve(slackPrivateWords[language].off),
};
