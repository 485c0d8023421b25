import type { HeaderBlock, SectionBlock } from '@slack/types';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import type { Severity } from '../../oncall/catalog.ts';
import type { IncidentView } from '../incident-view.ts';
import { header, section } from './blocks.ts';
import { inline, leftToRight, line, oneLine } from './text.ts';

const marks: Readonly<Record<Severity, string>> = { sev1: '🔴', sev2: '🟠', sev3: '🟡', sev4: '🔵' };

export function severityMark(view: Pick<IncidentView, 'severity' | 'isOpen' | 'status'>): string {
  if (view.isOpen) return marks[view.severity];
  return view.status === 'cancelled' ? '⚪' : '🟢';
}

export function statusText(view: IncidentView): string {
  const words = slackIncidentWords[view.language];
  const status = words.statuses[view.status];
  return view.cancelReason === undefined || view.status !== 'cancelled'
    ? status
    : `${status} (${words.cancelReasons[view.cancelReason]})`;
}

/** Plain, for headers and notifications. */
export function plainTitle(view: Pick<IncidentView, 'title' | 'language'>): string {
  return oneLine(view.title) || slackIncidentWords[view.language].erased;
}

/** `INC-42 Card payments fail`, as part of a line of markup. */
export function namedIncident(view: IncidentView): string {
  return `${leftToRight(view.id, view.language)} ${inline(plainTitle(view), view.language)}`;
}

/** A heading of ours, and under it the title as it was written. `heading` is plain text. */
export function headed(heading: string, view: IncidentView): readonly [HeaderBlock, SectionBlock] {
  return [header(line(heading, view.language)), section(line(inline(plainTitle(view), view.language), view.language))];
}

/** The name of a role: the known ones in words, the catalog's own as they are written. */
export function roleName(role: string, view: Pick<IncidentView, 'language'>): string {
  const { roles } = slackIncidentWords[view.language];
  switch (role) {
    case 'lead':
    case 'communications':
    case 'scribe':
    case 'operations':
      return roles[role];
    default:
      return inline(role, view.language, 60);
  }
}

/** A channel as a link that everybody sees by its name; a name only when it is no Slack id. */
export function channelLink(channel: { readonly id: string } | undefined): string | undefined {
  return channel !== undefined && /^[CGD][A-Z0-9]{1,20}$/.test(channel.id) ? `<#${channel.id}>` : undefined;
}
