import type { TextId } from '../../../src/incident/ids.ts';
import { problemsOfBlocks } from '../../../src/sandbox/slack/validate-blocks.ts';
import { problemsOfView } from '../../../src/sandbox/slack/validate-view.ts';
import type { Language } from '../../../src/oncall/catalog.ts';
import { incidentView, type IncidentView } from '../../../src/slack/incident-view.ts';
import { mostBlockCharacters, type SlackMessage } from '../../../src/slack/views/message.ts';
import { away, company, onCallFacts, person, sundayMorning } from '../../support/company.ts';
import { by, declareSev1, story, type Story } from '../../support/story.ts';

export const alma = by('alma');
export const beni = by('beni');

export const hebrewCatalog = company({
  people: Object.fromEntries(
    (
      [
        ['alma', 'עלמה כהן'],
        ['beni', 'בני לוי'],
        ['carmel', 'כרמל אור'],
        ['dana', 'דנה שחר'],
        ['noa', 'Noa Levi'],
      ] as const
    ).map(([id, name]) => [id, person(id, { name })]),
  ),
});

export function factsIn(language: Language, windows: Parameters<typeof onCallFacts>[0] = []) {
  return onCallFacts(windows, language === 'he' ? hebrewCatalog : company());
}

/** Declared by a monitor, so that nobody has acknowledged by declaring. */
export function declared(language: Language = 'en', windows: Parameters<typeof onCallFacts>[0] = []): Story {
  const told = story({ facts: factsIn(language, windows) });
  const title = language === 'he' ? 'הסליקה ב-checkout נופלת (HTTP 503)' : 'Card payments fail with HTTP 503';
  told.does(
    {
      ...declareSev1,
      title,
      alert: {
        key: 'alerts:1',
        source: 'alerts',
        title,
        url: 'https://monitor.example.com/a?b=1&c=2',
        pagerduty: undefined,
      },
    },
    { kind: 'outside', system: 'alerts' },
  );
  told.does({ type: 'record_channel', channel: 'C0INC1', name: 'inc-1-checkout' });
  told.does({ type: 'record_card', channel: 'C0INC1', ts: '1.1' });
  return told;
}

/** Alma is on duty and cannot be reached, so Beni is asked as her cover. */
export function declaredWithCover(language: Language = 'en'): Story {
  return declared(language, [away('alma', sundayMorning - 1)]);
}

export function viewOf(told: Story, language: Language = 'en'): IncidentView {
  return incidentView(told.incident(), textsOf(told), told.facts.catalog, told.now, language);
}

export function textsOf(told: Story): ReadonlyMap<TextId, string> {
  return new Map([...told.texts].flatMap(([id, text]) => (isTextId(id) ? [[id, text] as const] : [])));
}

function isTextId(id: string): id is TextId {
  return /^INC-\d+\/t\d+(\..+)?$/.test(id);
}

/** What Slack would refuse, by the rules of its documentation, and what readers would see broken. */
export function faultsOf(message: SlackMessage): string[] {
  const size = JSON.stringify(message.blocks).length;
  return [
    ...problemsOfBlocks(message.blocks, 'message').map(({ pointer, message: text }) => `${pointer}: ${text}`),
    ...(message.text === '' ? ['there is no text for notifications'] : []),
    ...(message.text.length > 4_000 ? ['the text is too long for chat.update'] : []),
    ...(size > mostBlockCharacters ? [`the blocks have ${size} characters`] : []),
    ...brokenTexts(message),
    ...tokensIn(message).flatMap((token) => (directionMark.test(token) ? [`a mark of direction inside ${token}`] : [])),
  ];
}

export const directionMark = /[\u200F\u2066-\u2069]/;

export function faultsOfModal(view: unknown): string[] {
  return [...problemsOfView(view).map(({ pointer, message }) => `${pointer}: ${message}`), ...brokenTexts(view)];
}

function brokenTexts(value: unknown): string[] {
  return stringsIn(value).flatMap((text) => [
    ...(text.isWellFormed() ? [] : ['half of a surrogate pair']),
    ...(/[\p{Cc}--[\n\t]]/v.test(text) ? ['a control character'] : []),
    ...(/[\u202A-\u202E]/.test(text) ? ['a mark that overrides direction'] : []),
    ...(count(text, /[\u2066\u2068]/g) === count(text, /\u2069/g) ? [] : ['an isolate that is not closed']),
  ]);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Without what a form remembers, which nobody reads. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'private_metadata' ? [] : stringsIn(part)));
}

/** Texts in which Slack reads markup: those of type mrkdwn, and the notification. */
export function markupIn(message: SlackMessage): string[] {
  return [message.text, ...markedUp(message.blocks)];
}

function markedUp(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string')
    return [value.text];
  return Object.values(value).flatMap(markedUp);
}

/** As `tokensIn`, for a modal or a Home. */
export function tokensOf(view: unknown): string[] {
  return markedUp(view).flatMap((text) => text.match(/<[^>]*>?/g) ?? []);
}

/** Everything in angle brackets that Slack would act on. */
export function tokensIn(message: SlackMessage): string[] {
  return markupIn(message).flatMap((text) => text.match(/<[^>]*>?/g) ?? []);
}
