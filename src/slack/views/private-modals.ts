import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { slackPrivateWords } from '../../messages/slack-private.ts';
import type { Language } from '../../oncall/catalog.ts';
import { callbackIds } from '../ids.ts';
import { personalInput } from '../personal-surface.ts';
import { context, option, plain, section } from './blocks.ts';
import { modal, selectInput, textInput } from './modals.ts';
import { line } from './text.ts';

export const privateInputIds = {
  city: 'city',
  keeps: 'keeps',
  effect: 'effect',
  counts: 'counts',
  quiet: 'quiet',
  weekly: 'weekly',
  address: 'address',
  remove: 'remove',
  confirm: 'confirm',
  action: 'action',
} as const;

/** What is there already; `label` is plain text. */
export interface Removable {
  readonly id: string;
  readonly label: string;
}

const mostRemovable = 10;
const longestTimes = 100;
const longestAddress = 2_000;

/** The input that the form of an absence gets; the last choice says nothing and is the first offered. */
export function kindInput(kinds: readonly Removable[], language: Language): InputBlock {
  const words = slackPrivateWords[language].kind;
  const options = kinds.map(({ id, label }) => option(label, id));
  return {
    ...selectInput(personalInput, words.label, options, { initial: options[0], optional: true }),
    hint: plain(words.hint, 2_000),
  };
}

/** `leave`: what is asked about days at home in an absence. */
export function rulesModal(
  rules: readonly Removable[],
  cities: readonly Removable[],
  leave: readonly KnownBlock[],
  language: Language,
): ModalView {
  const words = slackPrivateWords[language];
  const keeps = (['shabbat', 'festivals'] as const).map((id) => option(words.rules.keepsOptions[id], id));
  return modal({
    callbackId: callbackIds.personalRules,
    title: words.rules.title,
    submit: words.submit,
    language,
    blocks: [
      context([line(words.rules.note, language)]),
      ...removal(rules, language),
      selectInput(
        privateInputIds.city,
        words.rules.city,
        cities.map(({ id, label }) => option(label, id)),
        { optional: true, placeholder: words.rules.noCity },
      ),
      checkboxes(privateInputIds.keeps, words.rules.keeps, keeps, keeps),
      textInput(privateInputIds.weekly, words.rules.weekly, words.rules.weeklyHint, {
        limit: longestTimes,
        isOptional: true,
      }),
      effectInput(language),
      textInput(privateInputIds.quiet, words.rules.quiet, words.rules.quietHint, {
        limit: longestTimes,
        isOptional: true,
      }),
      ...leave,
    ],
  });
}

/** `doubted`: they say so much less than before that nothing is ended on their word alone. */
export function calendarsModal(
  calendars: readonly Removable[],
  doubted: readonly Removable[],
  language: Language,
): ModalView {
  const words = slackPrivateWords[language];
  const kinds = ['days_away', 'busy', 'everything'] as const;
  const counts = kinds.map((id) => option(words.calendars.countsOptions[id], id));
  return modal({
    callbackId: callbackIds.personalCalendars,
    title: words.calendars.title,
    submit: words.submit,
    language,
    blocks: [
      context([line(words.calendars.note, language)]),
      ...removal(calendars, language),
      ...ticked(privateInputIds.confirm, words.calendars.confirm, doubted),
      textInput(privateInputIds.address, words.calendars.address, words.calendars.addressHint, {
        limit: longestAddress,
        isOptional: true,
      }),
      selectInput(privateInputIds.counts, words.calendars.counts, counts, { initial: counts[0] }),
      effectInput(language),
    ],
  });
}

/** Lines are markup. */
export function dataModal(
  view: { readonly looks: readonly string[]; readonly kinds: readonly string[] },
  language: Language,
): ModalView {
  const words = slackPrivateWords[language];
  const { data } = words;
  const options = (['keep', 'past', 'everything'] as const).map((id) => option(data.actions[id], id));
  const list = (title: string, lines: readonly string[], none: string): KnownBlock =>
    section([`*${title}*`, ...(lines.length === 0 ? [none] : lines)].map((each) => line(each, language)).join('\n'));
  return modal({
    callbackId: callbackIds.personalData,
    title: data.title,
    submit: words.submit,
    language,
    blocks: [
      list(data.looked, view.looks, data.nobodyLooked),
      list(data.reasons, view.kinds, data.noReasons),
      context([line(data.retention, language), line(data.exportHow, language)]),
      selectInput(privateInputIds.action, data.action, options, { initial: options[0] }),
    ],
  });
}

function effectInput(language: Language): InputBlock {
  const words = slackPrivateWords[language];
  const options = (['soft', 'hard'] as const).map((id) => option(words.effects[id], id));
  return selectInput(privateInputIds.effect, words.effect, options, { initial: options[0] });
}

function removal(known: readonly Removable[], language: Language): KnownBlock[] {
  return ticked(privateInputIds.remove, slackPrivateWords[language].remove, known);
}

function ticked(input: string, label: string, known: readonly Removable[]): KnownBlock[] {
  if (known.length === 0) return [];
  const options = known.slice(0, mostRemovable).map(({ id, label: words }) => option(words, id));
  return [checkboxes(input, label, options, [])];
}

function checkboxes(
  id: string,
  label: string,
  options: readonly PlainTextOption[],
  initial: readonly PlainTextOption[],
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plain(label, 2_000),
    element: {
      type: 'checkboxes',
      action_id: id,
      options: [...options],
      ...(initial.length === 0 ? {} : { initial_options: [...initial] }),
    },
  };
}
