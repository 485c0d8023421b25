import type { CancelReason, IncidentStatus } from '../../incident/events.ts';
import type { TimelineEntry } from '../../incident/timeline.ts';
import { slackAnswerWords } from '../../messages/slack-answers.ts';
import { slackIncidentWords, type SlackIncidentWords } from '../../messages/slack-incident.ts';
import { slackTimelineWords } from '../../messages/slack-timeline.ts';
import { dayMs, parseInstant } from '../../oncall/time.ts';
import type { IncidentView } from '../incident-view.ts';
import { context, section } from './blocks.ts';
import { headed, roleName } from './incident-words.ts';
import { mostBlockCharacters, spokenMessage, type SlackMessage } from './message.ts';
import { actorName, personName } from './people.ts';
import { inline, inlineLink, leftToRight, line, localTime, utcClock, type TimeFormat } from './text.ts';

const longestEntry = 300;
const longestSection = 2_800;
/** Beside the head and the foot of the message. */
const roomForEntries = mostBlockCharacters - 1_500;

/** The story so far, newest last, as much of its end as one message holds. */
export function timelineMessage(entries: readonly TimelineEntry[], view: IncidentView): SlackMessage {
  const words = slackAnswerWords[view.language];
  const isOfToday = view.now - (entries[0]?.at ?? view.now) < dayMs;
  const format = isOfToday ? '{time}' : '{date_short_pretty} {time}';
  const lines = withoutRepeats(entries.flatMap((entry) => entryLine(entry, view, format) ?? []));
  const shown = lastThatFit(lines);
  const hidden = lines.length - shown.length;
  return spokenMessage([
    ...headed(words.timelineOf(leftToRight(view.id, view.language)), view),
    ...(hidden > 0 ? [context([line(words.earlierEntries(hidden), view.language)])] : []),
    ...sections(shown).map(section),
    context([line(words.timesLocalAndUtc, view.language)]),
  ]);
}

function lastThatFit(lines: readonly string[]): readonly string[] {
  let room = roomForEntries;
  const index = lines.findLastIndex((each) => {
    // JSON doubles quotes and line ends, and each section has a frame of its own.
    room -= JSON.stringify(each).length + 4;
    return room < 0;
  });
  return lines.slice(index + 1);
}

function sections(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const each of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + each.length + 1 > longestSection) texts.push(each);
    else texts[texts.length - 1] = `${last}\n${each}`;
  }
  return texts;
}

/** Slack and PagerDuty are asked together: that is one line. */
function withoutRepeats(lines: readonly string[]): readonly string[] {
  return lines.filter((each, index) => each !== lines[index - 1]);
}

function entryLine(entry: TimelineEntry, view: IncidentView, format: TimeFormat): string | undefined {
  const what = happened(entry, view);
  if (what === undefined) return undefined;
  const at = `${localTime(entry.at, format)} (${leftToRight(`${utcClock(entry.at)} UTC`, view.language)})`;
  return line(`${at} ${what}`, view.language);
}

function happened(entry: TimelineEntry, view: IncidentView): string | undefined {
  const words = slackTimelineWords[view.language];
  const { data } = entry;
  const actor = actorName(entry.actor, view.people, view.language);
  const text = inline(writtenIn(entry, view), view.language, longestEntry);
  switch (entry.kind) {
    case 'declared':
      return words.declared(actor, text);
    case 'alert_attached':
      return words.alert(linked(entry, view));
    case 'alert_resolved':
      return words.alertResolved;
    case 'channel_opened':
      return words.channelOpened(inline(data['name'] ?? '', view.language));
    case 'title_changed':
      return words.titleChanged(actor, text);
    case 'update_posted':
      return words.update(actor, text);
    case 'note_added':
      return words.note(actor, text);
    case 'reopened':
      return words.reopened(actor, text);
    case 'message_captured':
      return words.message(entry.actor.kind === 'person' ? actor : words.someone, text);
    case 'change_linked':
      return words.change(linked(entry, view));
    case 'resolved':
      return data['how'] === 'person' ? words.resolved(actor) : words.resolvedByAlerts;
    case 'cancelled':
      return words.cancelled(actor, reasonName(data['reason'], view));
    case 'closed':
      return words.closed;
    case 'postmortem_drafted':
      return words.postmortem;
    default:
      return moved(entry, actor, view) ?? paged(entry, actor, view);
  }
}

function moved(entry: TimelineEntry, actor: string, view: IncidentView): string | undefined {
  const words = slackTimelineWords[view.language];
  const incident = slackIncidentWords[view.language];
  const { data } = entry;
  const person = personName(data['person'] ?? '', view.people, view.language);
  switch (entry.kind) {
    case 'severity_changed':
      return words.severityChanged(actor, severityName(data['from'], incident), severityName(data['to'], incident));
    case 'status_changed':
      return words.statusChanged(actor, statusName(data['from'], incident), statusName(data['to'], incident));
    case 'role_assigned':
      return words.roleAssigned(person, roleName(data['role'] ?? '', view));
    case 'role_released':
      return words.roleReleased(data['person'] === undefined ? undefined : person, roleName(data['role'] ?? '', view));
    case 'person_joined':
      return words.joined(person);
    case 'milestone_set':
      return milestone(data, actor, view);
    default:
      return undefined;
  }
}

function paged(entry: TimelineEntry, actor: string, view: IncidentView): string | undefined {
  const words = slackTimelineWords[view.language];
  const { data } = entry;
  switch (entry.kind) {
    case 'page_sent': {
      const person = data['person'];
      const recipient =
        person === undefined
          ? inline(data['channel'] ?? '', view.language)
          : personName(person, view.people, view.language);
      return words.paged(recipient);
    }
    case 'page_escalated':
      if (data['because'] === 'no_answer') return words.noAnswer;
      // Any other move shows only by whom it asks next.
      return data['because'] === 'escalated_by_hand' ? words.escalated(actor) : undefined;
    case 'page_acknowledged':
      return words.acknowledged(personName(data['person'] ?? '', view.people, view.language));
    case 'page_declined':
      return words.declined;
    case 'acknowledgement_lost':
      return words.acknowledgementLost;
    case 'page_exhausted':
      return words.exhausted;
    default:
      return undefined;
  }
}

function milestone(data: TimelineEntry['data'], actor: string, view: IncidentView): string {
  const words = slackTimelineWords[view.language];
  const at = parseInstant(data['time'] ?? '');
  const name = nameIn(words.milestones, data['milestone']);
  return words.milestone(actor, name, at === undefined ? '…' : localTime(at));
}

function writtenIn(entry: TimelineEntry, view: IncidentView): string {
  const text = entry.textId === undefined ? undefined : view.texts.get(entry.textId);
  return text ?? slackIncidentWords[view.language].erased;
}

function linked(entry: TimelineEntry, view: IncidentView): string {
  return inlineLink(entry.data['url'], writtenIn(entry, view), view.language, longestEntry);
}

function severityName(id: string | undefined, words: SlackIncidentWords): string {
  return nameIn(words.severities, id);
}

function statusName(id: string | undefined, words: SlackIncidentWords): string {
  return nameIn<IncidentStatus>(words.statuses, id);
}

function reasonName(id: string | undefined, view: IncidentView): string {
  return nameIn<CancelReason>(slackIncidentWords[view.language].cancelReasons, id);
}

function nameIn<Key extends string>(names: Readonly<Record<Key, string>>, id: string | undefined): string {
  for (const key in names) if (key === id) return names[key];
  return id ?? '…';
}
