import { slackIncidentWords } from '../../messages/slack-incident.ts';
import type { IncidentView } from '../incident-view.ts';
import { plainTitle, severityMark, statusText } from './incident-words.ts';
import { clip, isolate, leftToRight, line, oneLine, utcText } from './text.ts';

/** Slack's limit for a topic, in which nothing is formatted. */
const longestTopic = 250;

/**
 * State in one line of plain text. It holds nothing that changes with time alone: every new topic is a message of its own
 * in the channel.
 */
export function topicText(view: IncidentView): string {
  const words = slackIncidentWords[view.language];
  const { language } = view;
  const parts = [
    words.severities[view.severity],
    statusText(view),
    ...(view.lead?.name === undefined ? [] : [words.leadIs(isolate(clip(oneLine(view.lead.name), 60), language))]),
    words.since(leftToRight(utcText(view.openedAt), language)),
    isolate(clip(plainTitle(view), 120), language),
  ];
  return clip(line(`${severityMark(view)} ${parts.join(' · ')}`, language), longestTopic);
}
