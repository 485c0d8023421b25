import type { KnownBlock } from '@slack/types';
import { durationText } from '../../messages/figures.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { severities } from '../../oncall/catalog.ts';
import { actionIds, openStatuses, severityValue, statusValue } from '../ids.ts';
import type { AlertView, IncidentView, PageView } from '../incident-view.ts';
import { actions, button, context, fields, header, option, section, select } from './blocks.ts';
import { plainTitle, roleName, severityMark, statusText } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { nameOf, namesOf } from './people.ts';
import { inline, inlineLink, leftToRight, line, link, localTime, paragraph, timeSince } from './text.ts';

const shownAlerts = 5;
const longestUpdate = 2_000;

/** The pinned message of an incident's channel: everything that is true now, and buttons for what can be done. */
export function incidentCard(view: IncidentView): SlackMessage {
  const words = slackIncidentWords[view.language];
  const title = `${severityMark(view)} ${view.id} ${plainTitle(view)}`;
  const text = `${title}: ${words.severities[view.severity]}, ${statusText(view)}`;
  return message(line(text, view.language), [
    header(line(title, view.language)),
    ...marks(view),
    fields(cardFields(view)),
    ...update(view),
    ...alerts(view),
    ...roles(view),
    cardActions(view),
  ]);
}

function marks(view: IncidentView): KnownBlock[] {
  const words = slackIncidentWords[view.language];
  const texts = [
    ...(view.kind === 'drill' ? [`*${words.drill}*`] : []),
    ...(view.isPrivate ? [`*${words.private}*`] : []),
    ...(view.runbook === undefined ? [] : [link(view.runbook, words.runbook)]),
  ];
  return texts.length === 0 ? [] : [context(texts)];
}

function cardFields(view: IncidentView): [string, string][] {
  const words = slackIncidentWords[view.language];
  const { language } = view;
  const pairs: [string, string][] = [
    [words.severity, words.severities[view.severity]],
    [words.status, statusText(view)],
    [words.lead, view.lead === undefined ? words.noLead : nameOf(view.lead, language)],
  ];
  if (view.service !== undefined) pairs.push([words.service, inline(view.service, language, 100)]);
  if (view.endedAt === undefined) {
    const elapsed = durationText(Math.max(0, view.now - view.openedAt), language);
    pairs.push([words.openSince, `${localTime(view.openedAt)} (${timeSince(view.openedAt, elapsed, language)})`]);
    pairs.push([words.page, pageState(view)]);
    if (view.nextUpdateDue !== undefined)
      pairs.push([words.nextUpdate, words.nextUpdateBy(localTime(view.nextUpdateDue))]);
  } else {
    const lasted = durationText(Math.max(0, view.endedAt - view.openedAt), language);
    pairs.push([words.ended, words.endedAfter(localTime(view.endedAt), lasted)]);
  }
  return pairs;
}

/** Who is being asked, or who has it. Who was passed over is said nowhere. */
function pageState(view: IncidentView): string {
  const words = slackIncidentWords[view.language];
  const holder = view.pages.find((page) => page.holder !== undefined)?.holder;
  if (holder !== undefined) return words.acknowledgedBy(nameOf(holder, view.language));
  const waiting = waitingPage(view);
  if (waiting === undefined) return words.nobodyAsked;
  if (waiting.asked.length > 0) return words.asking(namesOf(waiting.asked, view.language));
  return waiting.at.step === 'last_resort' ? words.askingLastResort : words.asking('…');
}

export function waitingPage(view: IncidentView): PageView | undefined {
  return view.pages.findLast((page) => page.state === 'waiting');
}

function update(view: IncidentView): KnownBlock[] {
  if (view.lastUpdate === undefined) return [];
  const words = slackIncidentWords[view.language];
  const text = view.lastUpdate.text === '' ? words.erased : paragraph(view.lastUpdate.text, longestUpdate);
  return [context([words.lastUpdate(localTime(view.lastUpdate.at))]), section(text)];
}

function alerts(view: IncidentView): KnownBlock[] {
  if (view.alerts.length === 0) return [];
  const words = slackIncidentWords[view.language];
  const shown = [...view.alerts].sort((a, b) => Number(a.resolved) - Number(b.resolved)).slice(0, shownAlerts);
  const more = view.alerts.length - shown.length;
  const lines = [
    `*${words.alerts}* · ${words.signals(view.signals)}`,
    ...shown.map((alert) => alertLine(alert, view)),
    ...(more > 0 ? [words.moreAlerts(more)] : []),
  ];
  return [section(lines.map((each) => line(each, view.language)).join('\n'))];
}

function alertLine(alert: AlertView, view: IncidentView): string {
  const words = slackIncidentWords[view.language];
  const title = inlineLink(alert.url, alert.title || words.erased, view.language, 120);
  return `• ${title}${alert.resolved ? ` · ${words.alertResolved}` : ''}`;
}

function roles(view: IncidentView): KnownBlock[] {
  const words = slackIncidentWords[view.language];
  const others = view.roles.filter(({ role }) => role !== 'lead').slice(0, 8);
  const texts = [
    ...others.map(({ role, person }) => `${roleName(role, view)}: ${nameOf(person, view.language)}`),
    ...(view.peopleCount === 0 ? [] : [words.peopleIn(view.peopleCount)]),
  ];
  return texts.length === 0 ? [] : [context(texts)];
}

function cardActions(view: IncidentView): KnownBlock {
  const words = slackIncidentWords[view.language];
  const { id } = view;
  const blockId = `card ${id}`;
  if (!view.isOpen) return actions([button(words.buttons.reopen, actionIds.reopen, id)], blockId);
  const page = waitingPage(view);
  const severity = severities.map((each) => option(words.severities[each], severityValue(id, each)));
  const status = openStatuses.map((each) => option(words.statuses[each], statusValue(id, each)));
  return actions(
    [
      ...(page === undefined
        ? []
        : [
            button(words.buttons.acknowledge, actionIds.acknowledge, page.id, { style: 'primary' }),
            button(words.buttons.escalate, actionIds.escalate, page.id),
          ]),
      button(words.buttons.update, actionIds.update, id),
      ...(view.lead === undefined ? [button(words.buttons.takeLead, actionIds.takeLead, id)] : []),
      select(
        words.buttons.severity,
        actionIds.severity,
        severity,
        severity.find(({ value }) => value === severityValue(id, view.severity)),
      ),
      select(
        words.buttons.status,
        actionIds.status,
        status,
        status.find(({ value }) => value === `${id} ${view.status}`),
      ),
      button(words.buttons.resolve, actionIds.resolve, id, { style: 'danger', confirm: confirmResolve(view) }),
    ],
    blockId,
  );
}

function confirmResolve(view: IncidentView) {
  const { title, text, yes, no } = slackIncidentWords[view.language].confirmResolve;
  return {
    title: { type: 'plain_text' as const, text: title },
    text: { type: 'plain_text' as const, text },
    confirm: { type: 'plain_text' as const, text: yes },
    deny: { type: 'plain_text' as const, text: no },
  };
}

/** The incident's id as it stands in a line. */
export function idText(view: IncidentView): string {
  return leftToRight(view.id, view.language);
}
