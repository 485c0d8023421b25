import type { Fields } from './model.ts';
import type { Workspace } from './workspace.ts';

const entity = /^(?:[@#!][^<>]*|(?:https?|mailto|tel|slack):[^<>]*)$/;

/**
 * What Slack makes of the text an app sends: known `<…>` forms and the three entities stay, everything else that is a
 * control character of mrkdwn is escaped, bare links get brackets.
 */
export function normalizeText(text: string): string {
  if (!/[<>&]|:\/\//.test(text)) return text;
  return text
    .split(/(<[^<>]*>)/)
    .map((part) =>
      part.startsWith('<') && part.endsWith('>') && entity.test(part.slice(1, -1)) ? part : escapeBare(part),
    )
    .join('');
}

function escapeBare(part: string): string {
  return part
    .replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\bhttps?:\/\/[^\s|]+/g, (link) => `<${link}>`);
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * What the client sends for text a person typed: `@name` and `#channel` become mentions, the rest is escaped. Mentions
 * already in wire form (`<@U…>`) are kept, so that a prompt may pass ids.
 */
export function typedText(workspace: Workspace, typed: string, form: 'message' | 'command'): string {
  return typed
    .split(/(<[@#!][^<>]*>)/)
    .map((part) => (/^<[@#!]/.test(part) ? part : mentions(workspace, escapeText(part), form)))
    .join('');
}

function mentions(workspace: Workspace, text: string, form: 'message' | 'command'): string {
  return text
    .replaceAll(/(?<![\w&])@([\w.-]*\w)/g, (whole, name: string) => {
      if (name === 'here' || name === 'channel' || name === 'everyone') return `<!${name}>`;
      const id = workspace.userByName.get(name);
      if (id !== undefined) return form === 'command' ? `<@${id}|${name}>` : `<@${id}>`;
      const group = [...workspace.userGroups.values()].find(
        (known) => known.handle === name && known.disabled === undefined,
      );
      return group === undefined ? whole : `<!subteam^${group.id}|@${name}>`;
    })
    .replaceAll(/(?<![\w&])#([\p{L}\w-]*[\p{L}\w])/gu, (whole, name: string) => {
      const id = workspace.channelByName.get(name);
      return id === undefined ? whole : `<#${id}|${name}>`;
    })
    .replaceAll(/(?<!<)\bhttps?:\/\/[^\s|<>]+/g, (link) => `<${link}>`);
}

/** The rich_text block the client sends along with a person's message. */
export function richText(text: string, blockId: string): Fields {
  const elements = text
    .split(/(<[^<>]*>)/)
    .filter((part) => part !== '')
    .map((part): Fields => {
      const [what = '', shown] = part.startsWith('<') ? part.slice(1, -1).split('|') : [''];
      if (what.startsWith('@')) return { type: 'user', user_id: what.slice(1) };
      if (what.startsWith('#')) return { type: 'channel', channel_id: what.slice(1) };
      if (what.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: what.slice(9) };
      if (what.startsWith('!')) return { type: 'broadcast', range: what.slice(1) };
      if (what !== '') return { type: 'link', url: what, ...(shown === undefined ? {} : { text: shown }) };
      return { type: 'text', text: unescapeText(part) };
    });
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Characters as Slack counts them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}
