import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { IncidentRow } from '../../engine/ports.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { longestTextCharacters } from '../../incident/text.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { slackModalWords } from '../../messages/slack-modals.ts';
import { severities, type Catalog, type Language, type Severity } from '../../oncall/catalog.ts';
import type { CommandWord } from '../command-words.ts';
import { callbackIds, openStatuses } from '../ids.ts';
import type { IncidentView } from '../incident-view.ts';
import { context, option, plain, select } from './blocks.ts';
import { namedIncident } from './incident-words.ts';
import { withinBudget, type SlackMessage } from './message.ts';
import { clip, line, oneLine, wellFormed } from './text.ts';

/** Names of the inputs: block and action have the same. Errors of a submission are keyed by them. */
export const inputIds = {
  title: 'title',
  severity: 'severity',
  service: 'service',
  text: 'text',
  status: 'status',
  until: 'until',
  incident: 'incident',
} as const;

const longestModalTitle = 24;
const longestMetadata = 3_000;
/** Slack's own default for a text input. */
const longestInput = 3_000;
const longestTitleInput = 300;

export interface Form {
  readonly callbackId: string;
  readonly title: string;
  readonly submit?: string;
  readonly language: Language;
  readonly metadata?: string;
  readonly blocks: readonly KnownBlock[];
}

export function modal({ callbackId, title, submit, language, metadata, blocks }: Form): ModalView {
  const words = slackModalWords[language];
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title, longestModalTitle),
    close: plain(submit === undefined ? words.close : words.cancel, longestModalTitle),
    ...(submit === undefined ? {} : { submit: plain(submit, longestModalTitle) }),
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    blocks: [...blocks],
  };
}

export function declareModal(
  language: Language,
  catalog: Catalog,
  defaultSeverity: Severity,
  title?: string,
): ModalView {
  const words = slackModalWords[language].declare;
  const options = severities.map((severity) => option(slackIncidentWords[language].severities[severity], severity));
  const services = Object.values(catalog.services)
    .slice(0, 100)
    .map(({ id, name }) => option(oneLine(name), id))
    // An option's value holds 75 characters at most; a service with a longer id is chosen by command.
    .filter(({ value }) => value !== undefined && value.length <= 75);
  return modal({
    callbackId: callbackIds.declare,
    title: words.title,
    submit: words.submit,
    language,
    blocks: [
      textInput(inputIds.title, words.what, words.whatHint, { limit: longestTitleInput, initial: title }),
      selectInput(inputIds.severity, words.severity, options, {
        initial: options.find(({ value }) => value === defaultSeverity),
      }),
      ...(services.length === 0
        ? []
        : [selectInput(inputIds.service, words.service, services, { optional: true, placeholder: words.noService })]),
    ],
  });
}

export function updateModal(view: IncidentView): ModalView {
  const { language } = view;
  const words = slackModalWords[language].update;
  const statuses = openStatuses.map((status) => option(slackIncidentWords[language].statuses[status], status));
  return modal({
    callbackId: callbackIds.update,
    title: words.title,
    submit: words.submit,
    language,
    metadata: view.id,
    blocks: [
      context([line(namedIncident(view), language)]),
      textInput(inputIds.text, words.text, words.hint, { limit: longestInput, isMultiline: true }),
      ...(view.isOpen
        ? [selectInput(inputIds.status, words.status, statuses, { optional: true, placeholder: words.noStatus })]
        : []),
    ],
  });
}

/** A form with one text about one incident. */
export function textModal(kind: 'note' | 'reopen', view: IncidentView): ModalView {
  const words = slackModalWords[view.language][kind];
  return modal({
    callbackId: callbackIds[kind],
    title: words.title,
    submit: words.submit,
    language: view.language,
    metadata: view.id,
    blocks: [
      context([line(namedIncident(view), view.language)]),
      textInput(inputIds.text, words.text, words.hint, { limit: longestInput, isMultiline: true }),
    ],
  });
}

export interface WaitingCommand {
  readonly word: CommandWord;
  readonly rest: string;
}

/** Which incident did the command mean? The command waits in the form, and is read again as if it had been typed. */
export function pickIncidentModal(
  language: Language,
  rows: readonly IncidentRow[],
  titles: ReadonlyMap<IncidentId, string>,
  waiting: WaitingCommand,
): ModalView {
  const words = slackModalWords[language].pick;
  const options = rows.map(({ id, severity }) => {
    const title = oneLine(titles.get(id) ?? slackIncidentWords[language].erased);
    return option(line(`${id} ${severity.toUpperCase()} ${title}`, language), id);
  });
  return modal({
    callbackId: callbackIds.pickIncident,
    title: words.title,
    submit: words.submit,
    language,
    metadata: metadataOf(waiting),
    blocks: [selectInput(inputIds.incident, words.incident, options)],
  });
}

/** What is too long for a form's memory is asked for again. */
function metadataOf(waiting: WaitingCommand): string {
  const metadata = JSON.stringify(waiting);
  return metadata.length <= longestMetadata ? metadata : JSON.stringify({ ...waiting, rest: '' });
}

/** Says in the place of a form how it went. */
export function answerModal(language: Language, { blocks }: SlackMessage): ModalView {
  return modal({
    callbackId: callbackIds.answer,
    title: slackModalWords[language].answer,
    language,
    blocks: withinBudget(blocks).filter(({ type }) => type !== 'actions'),
  });
}

export interface TextInputOptions {
  readonly limit: number;
  readonly initial?: string | undefined;
  readonly isMultiline?: boolean;
  readonly isOptional?: boolean;
}

export function textInput(id: string, label: string, hint: string, options: TextInputOptions): InputBlock {
  const limit = Math.min(options.limit, longestTextCharacters);
  const initial = options.initial === undefined ? undefined : clip(wellFormed(options.initial), limit);
  return {
    type: 'input',
    block_id: id,
    optional: options.isOptional === true,
    label: plain(label, 2_000),
    hint: plain(hint, 2_000),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: options.isMultiline === true,
      max_length: limit,
      ...(initial === undefined || initial === '' ? {} : { initial_value: initial }),
    },
  };
}

export function selectInput(
  id: string,
  label: string,
  options: readonly PlainTextOption[],
  more: {
    readonly initial?: PlainTextOption | undefined;
    readonly optional?: boolean;
    readonly placeholder?: string;
  } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    optional: more.optional === true,
    label: plain(label, 2_000),
    element: select(more.placeholder ?? label, id, options, more.initial),
  };
}
