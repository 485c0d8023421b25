import type { Catalog } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';

/** When a message was written: Slack's timestamps are seconds with a serial number behind the point. */
export function slackTime(ts: string): EpochMs {
  return Math.floor(Number(ts) * 1_000);
}

/**
 * The text of a Slack message as a person read it: mentions by name, links by address, escapes as characters. In the record
 * it is plain text, whatever becomes of the workspace.
 */
export function messageText(text: string, catalog: Catalog): string {
  const people = Object.values(catalog.people);
  return text
    .replace(/<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, label: string | undefined) => {
      const name = people.find(({ slack }) => slack === id)?.name;
      return `@${name ?? (label === undefined || label === '' ? id : label)}`;
    })
    .replace(/<#[CG][A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<!(?:subteam\^[A-Z0-9]+\|)?@?([^|>^]+)[^>]*>/g, '@$1')
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
