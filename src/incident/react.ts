import { minuteMs, type EpochMs } from '../oncall/time.ts';
import { priorities, type Recorded } from '../oncall/recorded.ts';
import type { IncidentEvent } from './events.ts';
import type { Incident } from './incident.ts';
import { inChannel, planned, type PlannedEffect } from './plan-effect.ts';
import { reactToPage } from './react-pages.ts';
import { updateReminderDue } from './reminders.ts';

const noLeadMs = 5 * minuteMs;

/**
 * What an event makes happen outside. `incident` is the state after the whole command, so that a step which was skipped
 * within the same decision starts no timer.
 */
export function react(recorded: Recorded<IncidentEvent>, incident: Incident): readonly PlannedEffect[] {
  const { event, recordedAt: now } = recorded;
  const { id } = incident;
  const tell = inChannel({ kind: 'slack.post_event', incident: id, sequence: recorded.sequence }, id, now);
  const refresh = [...edits(incident, now)];
  switch (event.type) {
    case 'declared':
      return opening(incident, now);
    case 'channel_opened':
      return [
        topic(incident, now),
        ...incident.people.map((person) => inChannel({ kind: 'slack.invite', incident: id, person }, id, now)),
        ...deliveredPeople(incident).map((person) =>
          inChannel({ kind: 'slack.invite', incident: id, person }, id, now),
        ),
        // The announcement that went out before there was a channel learns its link.
        ...refresh,
      ];
    case 'card_posted':
      return [
        inChannel({ kind: 'slack.pin_card', incident: id }, id, now),
        inChannel({ kind: 'slack.add_bookmarks', incident: id }, id, now),
        ...refresh,
      ];
    case 'announcement_posted':
    case 'alert_attached':
    case 'alerts_counted':
    case 'alert_resolved':
    case 'milestone_set':
    case 'page_exhausted':
      return refresh;
    case 'title_changed':
      return [...refresh, topic(incident, now)];
    case 'severity_changed':
      return [...refresh, topic(incident, now), tell, updateReminder(incident, now)];
    case 'status_changed':
      return [...refresh, topic(incident, now), tell];
    case 'role_assigned':
      return [...refresh, topic(incident, now), invite(incident, event.person, now), tell];
    case 'role_released':
      return [...refresh, topic(incident, now), tell, ...(event.role === 'lead' ? [leadReminder(incident, now)] : [])];
    case 'person_joined':
      return [invite(incident, event.person, now)];
    case 'update_posted':
      return [...refresh, tell, updateReminder(incident, now)];
    case 'reminder_sent':
      return [
        ...(event.reminder === 'still_on_it' ? askHolders(incident, now) : [tell]),
        ...(event.reminder === 'no_update' ? [updateReminder(incident, now)] : []),
      ];
    case 'change_linked':
      return [tell];
    case 'cancelled':
      return [...refresh, topic(incident, now), tell, ...reactToPage(recorded, incident)];
    case 'resolved':
      return [
        ...refresh,
        topic(incident, now),
        tell,
        ...reactToPage(recorded, incident),
        ...resolveOutside(incident, now),
        planned(
          { kind: 'postmortem.draft', incident: id },
          now,
          `postmortem:${id}`,
          priorities.channel,
          `postmortem:${id}`,
        ),
      ];
    case 'reopened':
      return [...refresh, topic(incident, now), tell, updateReminder(incident, now)];
    case 'closed':
      return refresh;
    case 'postmortem_drafted':
      return event.canvas === undefined ? [inChannel({ kind: 'slack.share_postmortem', incident: id }, id, now)] : [];
    case 'page_requested':
    case 'page_escalated':
    case 'page_sent':
    case 'page_skipped':
    case 'page_delivered':
    case 'page_failed':
    case 'page_acknowledged':
    case 'page_declined':
    case 'acknowledgement_lost':
      return [...reactToPage(recorded, incident), ...refresh];
    case 'note_added':
    case 'message_captured':
    case 'message_edited':
    case 'message_removed':
      return [];
  }
}

function opening(incident: Incident, now: EpochMs): readonly PlannedEffect[] {
  const { id } = incident;
  return [
    inChannel({ kind: 'slack.open_channel', incident: id }, id, now),
    inChannel({ kind: 'slack.post_card', incident: id }, id, now),
    planned({ kind: 'slack.announce', incident: id }, now, `announcement:${id}`, priorities.channel),
    ...(incident.roles['lead'] === undefined ? [leadReminder(incident, now)] : []),
    updateReminder(incident, now),
  ];
}

/** Everything that shows the incident's state: edited in place, one pending edit each. */
function edits(incident: Incident, now: EpochMs): readonly PlannedEffect[] {
  const { id } = incident;
  const card: PlannedEffect[] = incident.card
    ? [planned({ kind: 'slack.update_card', incident: id }, now, `card:${id}`, priorities.edit, `card:${id}`)]
    : [];
  const announcement: PlannedEffect[] = incident.announcement
    ? [
        planned(
          { kind: 'slack.update_announcement', incident: id },
          now,
          `announcement:${id}`,
          priorities.edit,
          `announcement:${id}`,
        ),
      ]
    : [];
  return [...card, ...announcement];
}

/** Slack writes a line into the channel for every change of the topic, so changes that follow each other become one. */
const topicDelayMs = 3_000;

/** A lane of its own, as the card has: an edit that waits for its turn must not hold back what people wait for. */
function topic(incident: Incident, now: EpochMs): PlannedEffect {
  const key = `topic:${incident.id}`;
  return planned({ kind: 'slack.set_topic', incident: incident.id }, now + topicDelayMs, key, priorities.edit, key);
}

function invite(incident: Incident, person: string, now: EpochMs): PlannedEffect {
  return inChannel({ kind: 'slack.invite', incident: incident.id, person }, incident.id, now);
}

function leadReminder({ id }: Incident, now: EpochMs): PlannedEffect {
  const key = `reminder:${id}:no_lead`;
  return planned(
    { kind: 'timer.reminder', incident: id, reminder: 'no_lead' },
    now + noLeadMs,
    key,
    priorities.timer,
    key,
  );
}

/** One for each severity: the longer interval of an earlier one must not keep a shorter one from being watched. */
function updateReminder(incident: Incident, now: EpochMs): PlannedEffect {
  const { id, severity } = incident;
  const due = Math.max(now, updateReminderDue(incident));
  const key = `reminder:${id}:no_update:${severity}`;
  return planned({ kind: 'timer.reminder', incident: id, reminder: 'no_update' }, due, key, priorities.timer, key);
}

function resolveOutside(incident: Incident, now: EpochMs): readonly PlannedEffect[] {
  return incident.alerts
    .filter((alert) => alert.pagerduty !== undefined && !alert.resolved)
    .map((alert) =>
      planned(
        { kind: 'pagerduty.resolve', incident: incident.id, alert: alert.key },
        now,
        `pagerduty:${alert.key}`,
        priorities.channel,
      ),
    );
}

function askHolders(incident: Incident, now: EpochMs): readonly PlannedEffect[] {
  return incident.pages
    .filter((page) => page.answer.kind === 'acknowledged')
    .map((page) =>
      planned({ kind: 'slack.ask_holder', page: page.id }, now, `ask:${page.id}`, priorities.page, `ask:${page.id}`),
    );
}

function deliveredPeople(incident: Incident): readonly string[] {
  const people = incident.pages.flatMap((page) =>
    page.deliveries.flatMap((d) => (d.to.kind === 'person' && d.outcome.kind === 'delivered' ? [d.to.person] : [])),
  );
  return [...new Set(people)].filter((person) => !incident.people.includes(person));
}
