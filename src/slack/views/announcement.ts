import { durationText } from '../../messages/figures.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { actionIds } from '../ids.ts';
import type { IncidentView } from '../incident-view.ts';
import { actions, button, fields, section } from './blocks.ts';
import { channelLink, namedIncident, plainTitle, severityMark, statusText } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { nameOf } from './people.ts';
import { inline, line, localTime } from './text.ts';

/** The one message per incident in the announcement channel, edited in place; never for a private incident. */
export function announcement(view: IncidentView): SlackMessage {
  const words = slackIncidentWords[view.language];
  const severity = words.severities[view.severity];
  const text = `${severityMark(view)} ${view.id} ${plainTitle(view)}: ${severity}, ${statusText(view)}`;
  const drill = view.kind === 'drill' ? ` · ${words.drill}` : '';
  const blocks = [
    section(line(`${severityMark(view)} ${namedIncident(view)}${drill}`, view.language)),
    fields(announcementFields(view)),
  ];
  if (!view.isOpen) return message(line(text, view.language), blocks);
  const join = [
    button(words.buttons.join, actionIds.join, view.id, { style: 'primary' }),
    button(words.buttons.follow, actionIds.follow, view.id),
  ];
  return message(line(text, view.language), [...blocks, actions(join, `announcement ${view.id}`)]);
}

function announcementFields(view: IncidentView): [string, string][] {
  const words = slackIncidentWords[view.language];
  const { language } = view;
  const pairs: [string, string][] = [
    [words.severity, words.severities[view.severity]],
    [words.status, statusText(view)],
    [words.lead, view.lead === undefined ? words.noLead : nameOf(view.lead, language)],
    [words.channel, channelLink(view.channel) ?? words.channelComing],
  ];
  if (view.service !== undefined) pairs.push([words.service, inline(view.service, language, 100)]);
  if (view.endedAt === undefined) return [...pairs, [words.openSince, localTime(view.openedAt)]];
  const lasted = durationText(Math.max(0, view.endedAt - view.openedAt), language);
  return [...pairs, [words.ended, words.endedAfter(localTime(view.endedAt), lasted)]];
}
