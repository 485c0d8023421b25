import { labelOf, optionsOf } from './elements.ts';
import type { Channel, Ephemeral, Fields, Message, View } from './model.ts';
import { unescapeText } from './text.ts';
import { fieldsOf, isFields, listOf, textOf } from './values.ts';
import { toIsoInZone, type TimeZone } from '../../oncall/time.ts';
import type { Workspace } from './workspace.ts';

/** Who looks: whose ephemeral messages are among the lines, and whose clock the times follow (UTC when left out). */
interface Reader {
  readonly seenBy: string | undefined;
  readonly zone: TimeZone | undefined;
}

/** Messages as lines for a terminal: `14:05 Dana: text`, blocks flattened below, buttons in brackets. */
export function transcriptOf(workspace: Workspace, channel: Channel, { seenBy, zone }: Reader): string[] {
  const roots = [...channel.messages.values()].filter((message) => message.threadTs === undefined);
  const ephemerals = channel.ephemerals.filter((one) => one.user === seenBy);
  const timed = [
    ...roots.map((message) => ({ ts: message.ts, lines: thread(workspace, channel, message, zone) })),
    ...ephemerals.map((one) => ({ ts: one.ts, lines: ephemeralLines(workspace, one, zone) })),
  ];
  return timed.sort((a, b) => (a.ts < b.ts ? -1 : 1)).flatMap(({ lines }) => lines);
}

type Zone = TimeZone | undefined;

function thread(workspace: Workspace, channel: Channel, root: Message, zone: Zone): string[] {
  const replies = (channel.threads.get(root.ts) ?? []).flatMap((ts) => channel.messages.get(ts) ?? []);
  return [
    ...messageLines(workspace, channel, root, zone),
    ...replies.flatMap((reply) => messageLines(workspace, channel, reply, zone).map((line) => `    ${line}`)),
  ];
}

function messageLines(workspace: Workspace, channel: Channel, message: Message, zone: Zone): string[] {
  const who = workspace.users.get(message.user)?.realName ?? message.user;
  const body = contentLines(workspace, message.byApp ? message.blocks : undefined, message.text, zone);
  const files = message.files.map((id) => `(file: ${workspace.files.get(id)?.title ?? id})`);
  const reactions = message.reactions.map((reaction) => `:${reaction.name}: ${reaction.users.length}`).join('  ');
  const marks = [channel.pins.has(message.ts) ? 'pinned' : '', message.edited === undefined ? '' : 'edited'].filter(
    (mark) => mark !== '',
  );
  const [first = '', ...rest] = [...body, ...files];
  const head =
    message.subtype === undefined || message.subtype === 'thread_broadcast' ? `${who}: ${first}` : `— ${first}`;
  return [
    `${clockOf(message.ts, zone)} ${head}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`,
    ...[...rest, ...(reactions === '' ? [] : [reactions])].map((line) => `      ${line}`),
  ];
}

function ephemeralLines(workspace: Workspace, one: Ephemeral, zone: Zone): string[] {
  const [first = '', ...rest] = contentLines(workspace, one.blocks, one.text, zone);
  return [
    `${clockOf(one.ts, zone)} ${workspace.app.name} (only you): ${first}`,
    ...rest.map((line) => `      ${line}`),
  ];
}

function clockOf(ts: string, zone: Zone): string {
  return dateAndTime(ts.split('.')[0] ?? '', zone ?? 'UTC').slice(11);
}

/** `2026-11-24 18:40`, of whole seconds since 1970. */
function dateAndTime(seconds: string, zone: TimeZone): string {
  return toIsoInZone(Number(seconds) * 1000, zone)
    .slice(0, 16)
    .replace('T', ' ');
}

function contentLines(workspace: Workspace, blocks: readonly Fields[] | undefined, text: string, zone: Zone): string[] {
  const lines =
    blocks === undefined || blocks.length === 0
      ? text.split('\n')
      : blocks.flatMap((block) => blockLines(workspace, block));
  return lines.map((line) => readable(workspace, line, zone));
}

export function viewLines(workspace: Workspace, view: View): string[] {
  const title = view.type === 'home' ? 'Home' : (textOf(fieldsOf(view.content['title'])['text']) ?? '');
  const body = listOf(view.content['blocks'])
    .filter(isFields)
    .flatMap((block) => [
      ...blockLines(workspace, block),
      ...(view.errors[textOf(block['block_id']) ?? ''] === undefined
        ? []
        : [`  ! ${view.errors[textOf(block['block_id']) ?? '']}`]),
    ]);
  const submit = textOf(fieldsOf(view.content['submit'])['text']);
  return [
    `== ${title} ==`,
    ...body.map((line) => readable(workspace, line)),
    ...(submit === undefined ? [] : [`[${submit}]`]),
  ];
}

function blockLines(workspace: Workspace, block: Fields): string[] {
  const text = textOf(fieldsOf(block['text'])['text']) ?? textOf(block['text']);
  switch (block['type']) {
    case 'section': {
      const fields = listOf(block['fields']).map((field) => textOf(fieldsOf(field)['text']) ?? '');
      const accessory = isFields(block['accessory']) ? [elementText(block['accessory'])] : [];
      return [
        ...(text === undefined ? [] : text.split('\n')),
        ...fields.flatMap((field) => field.split('\n')),
        ...accessory,
      ];
    }
    case 'header':
      return [`# ${text ?? ''}`];
    case 'divider':
      return ['---'];
    case 'context':
      return [
        listOf(block['elements'])
          .map(
            (element) => textOf(fieldsOf(element)['text']) ?? `(${textOf(fieldsOf(element)['alt_text']) ?? 'image'})`,
          )
          .join('  '),
      ];
    case 'actions':
      return [listOf(block['elements']).filter(isFields).map(elementText).join(' ')];
    case 'input': {
      const hint = textOf(fieldsOf(block['hint'])['text']);
      const label = textOf(fieldsOf(block['label'])['text']) ?? '';
      return [`${label}: ${elementText(fieldsOf(block['element']))}${hint === undefined ? '' : ` (${hint})`}`];
    }
    case 'image':
      return [`(image: ${textOf(block['alt_text']) ?? ''})`];
    case 'table':
    case 'data_table':
      return listOf(block['rows']).map((row) => listOf(row).map(plainOf).join(' | '));
    case 'data_visualization':
      return [`(chart: ${textOf(block['title']) ?? ''})`];
    case 'container':
      return listOf(block['child_blocks'])
        .filter(isFields)
        .flatMap((child) => blockLines(workspace, child));
    case 'rich_text':
      return listOf(block['elements']).map(plainOf);
    default:
      return (text ?? plainOf(block)).split('\n');
  }
}

function elementText(element: Fields): string {
  const label = labelOf(element);
  if (element['type'] === 'button') return `[${label}]`;
  if (element['type'] === 'image') return `(image: ${textOf(element['alt_text']) ?? ''})`;
  const options = optionsOf(element).map((option) => textOf(fieldsOf(option['text'])['text']) ?? '');
  return options.length === 0 ? `[${label === '' ? '…' : label}]` : `[${options.join(' | ')}]`;
}

/** Every text inside, in order: good enough for rich text and cells. */
function plainOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainOf).join('');
  if (!isFields(value)) return '';
  const kind = textOf(value['type']);
  if (kind === 'user') return `<@${textOf(value['user_id']) ?? ''}>`;
  if (kind === 'channel') return `<#${textOf(value['channel_id']) ?? ''}>`;
  if (kind === 'emoji') return `:${textOf(value['name']) ?? ''}:`;
  if (kind === 'raw_number') return String(value['value']);
  if (kind === 'link') return textOf(value['text']) ?? textOf(value['url']) ?? '';
  return textOf(value['text']) ?? plainOf(value['elements'] ?? value['text']);
}

/** Mentions by name, links as their text, dates as the reader's clock has them or by their fallback, entities as characters. */
function readable(workspace: Workspace, line: string, zone?: Zone): string {
  const shown = line.replaceAll(/<([^<>]*)>/g, (_, inner: string) => {
    const [what = '', ...rest] = inner.split('|');
    const label = rest.length === 0 ? undefined : rest.join('|');
    if (what.startsWith('@')) return `@${workspace.users.get(what.slice(1))?.realName ?? label ?? what.slice(1)}`;
    if (what.startsWith('#')) return `#${workspace.channels.get(what.slice(1))?.name ?? label ?? what.slice(1)}`;
    if (what.startsWith('!subteam^'))
      return `@${workspace.userGroups.get(what.slice(9))?.handle ?? label ?? what.slice(9)}`;
    if (what.startsWith('!date^')) return dateText(what, zone) ?? label ?? what;
    if (what.startsWith('!')) return `@${label ?? what.slice(1)}`;
    return label === undefined || label === what ? what : `${label} (${what})`;
  });
  return unescapeText(shown);
}

/** A date of Slack's markup on the reader's clock. One that counts on by itself (`{ago}`) stays with its fallback. */
function dateText(markup: string, zone: Zone): string | undefined {
  const [, seconds = '', format = ''] = markup.split('^');
  if (zone === undefined || format.includes('{ago}')) return undefined;
  const shown = dateAndTime(seconds, zone);
  return format === '{time}' ? shown.slice(11) : shown;
}
