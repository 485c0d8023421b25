import type { KnownBlock } from '@slack/types';
import type { Delivery, Page } from '../../incident/page.ts';
import { sameStep } from '../../incident/page.ts';
import { durationText } from '../../messages/figures.ts';
import { lastKnownWords } from '../../messages/last-known.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { slackPageWords } from '../../messages/slack-pages.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { actionIds } from '../ids.ts';
import { personView, type IncidentView } from '../incident-view.ts';
import { actions, button, context, fields, header, section } from './blocks.ts';
import { channelLink, namedIncident, plainTitle, severityMark } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { nameOf } from './people.ts';
import { inline, line, localTime } from './text.ts';

/**
 * The message that asks one person or channel to take an incident; once that is moot, the same message says how it ended.
 * `asOf`: who can answer could not be read, and was last known then.
 */
export function pageMessage(view: IncidentView, page: Page, delivery: Delivery, asOf?: EpochMs): SlackMessage {
  const words = slackPageWords[view.language];
  const severity = slackIncidentWords[view.language].severities[view.severity];
  const text = line(words.notification(severity, view.id, plainTitle(view)), view.language);
  const ending = endingOf(view, page, delivery);
  const canAnswer = view.isOpen && (ending === undefined || ending === words.endings.movedOn);
  const asks = delivery.to.kind === 'person' ? words.toYou : words.toChannel;
  return message(text, [
    header(line(`${severityMark(view)} ${canAnswer ? asks : words.isOver}`, view.language)),
    section(line(`*${severity}* ${namedIncident(view)}`, view.language)),
    fields(pageFields(view, page)),
    ...(ending === undefined ? notes(view, page, delivery, asOf) : [section(line(ending, view.language))]),
    ...(canAnswer ? [pageActions(view, page, delivery)] : []),
  ]);
}

/** How the page ended for this recipient; undefined while it is theirs to answer. Never who is away, nor that somebody is. */
export function endingOf(view: IncidentView, page: Page, delivery: Delivery): string | undefined {
  const { endings } = slackPageWords[view.language];
  const recipient = delivery.to.kind === 'person' ? delivery.to.person : undefined;
  const { answer } = page;
  if (answer.kind === 'acknowledged') {
    const at = localTime(answer.at, '{time}');
    if (answer.by === recipient) return endings.acknowledgedByYou(at);
    return endings.acknowledgedBy(nameOf(personView(answer.by, view.people), view.language), at);
  }
  if (recipient !== undefined && page.declined.includes(recipient)) return endings.declined;
  if (delivery.outcome.kind === 'failed') return endings.withdrawn;
  if (answer.kind === 'waiting') return sameStep(page.at, delivery.at) ? undefined : endings.movedOn;
  if (view.status === 'cancelled') return endings.cancelled;
  return view.isOpen ? endings.released : endings.resolved;
}

function pageFields(view: IncidentView, page: Page): [string, string][] {
  const words = slackIncidentWords[view.language];
  const pairs: [string, string][] = [
    [slackPageWords[view.language].reasons[page.reason], localTime(page.requestedAt)],
    [words.status, words.statuses[view.status]],
  ];
  if (view.service !== undefined) pairs.push([words.service, inline(view.service, view.language, 100)]);
  const channel = channelLink(view.channel);
  if (channel !== undefined) pairs.push([words.channel, channel]);
  return pairs;
}

function notes(view: IncidentView, page: Page, delivery: Delivery, asOf: EpochMs | undefined): KnownBlock[] {
  const words = slackPageWords[view.language];
  const isCover = delivery.to.kind === 'person' && delivery.to.why === 'cover';
  const step = delivery.at.step === 'last_resort' ? undefined : page.plan.steps[delivery.at.step];
  const texts = [
    ...(isCover ? [words.asCover] : []),
    step === undefined ? words.lastResort : words.answerWithin(durationText(step.waitMs, view.language)),
    ...(asOf === undefined ? [] : [lastKnownWords[view.language].pageNote(localTime(asOf))]),
  ];
  return [context(texts.map((each) => line(each, view.language)))];
}

function pageActions(view: IncidentView, page: Page, delivery: Delivery): KnownBlock {
  const words = slackPageWords[view.language];
  const acknowledge = button(words.acknowledge, actionIds.acknowledge, page.id, { style: 'primary' });
  const escalate = button(words.escalate, actionIds.escalate, page.id);
  const decline = button(words.decline, actionIds.decline, page.id);
  const elements = delivery.to.kind === 'person' ? [acknowledge, decline, escalate] : [acknowledge, escalate];
  return actions(elements, `page ${delivery.id}`);
}
