import type { IncidentCommand } from './commands.ts';
import { attachAlert, countAlerts, resolveAlert } from './alerts.ts';
import { declare } from './declare.ts';
import { draftFor, refuse, type Decision, type DecisionContext, type Draft } from './draft.ts';
import { isOpen, type Incident } from './incident.ts';
import { cancel, changeSeverity, changeStatus, changeTitle, close, reopen, resolve } from './lifecycle.ts';
import { acknowledge, checkAcknowledgement, decline } from './acknowledge.ts';
import { deliveryFailed, deliverySucceeded, escalate, pageByHand, reassess, stepTimedOut } from './paging.ts';
import { assignRole, handOverRoles, join, releaseRole } from './people.ts';
import {
  addNote,
  captureMessage,
  editMessage,
  linkChange,
  postUpdate,
  recordPostmortem,
  remind,
  removeMessage,
  setMilestone,
} from './record.ts';

/**
 * Every rule of an incident, as one question: given what has happened and what is known, what does this command make
 * happen? Pure and total; asking again after a lost race is harmless. A command that finds its wish already fulfilled is
 * accepted with no events: whatever can arrive twice, will.
 */
export function decide(command: IncidentCommand, incident: Incident | undefined, context: DecisionContext): Decision {
  if (command.type === 'declare') {
    return incident === undefined
      ? declare(command, draftFor(undefined, context))
      : refuse({ code: 'already_declared' });
  }
  if (incident === undefined) return refuse({ code: 'no_such_incident' });
  const draft = draftFor(incident, context);
  if (isOpen(incident)) return decideOpen(command, draft);
  return decideOver(command, draft);
}

function decideOpen(command: Exclude<IncidentCommand, { type: 'declare' }>, draft: Draft): Decision {
  switch (command.type) {
    case 'attach_alert':
      return attachAlert(command, draft);
    case 'count_alerts':
      return countAlerts(command, draft);
    case 'alert_resolved':
      return resolveAlert(command, draft);
    case 'change_title':
      return changeTitle(command, draft);
    case 'change_severity':
      return changeSeverity(command, draft);
    case 'change_status':
      return changeStatus(command, draft);
    case 'assign_role':
      return assignRole(command, draft);
    case 'release_role':
      return releaseRole(command, draft);
    case 'hand_over_roles':
      return handOverRoles(command, draft);
    case 'join':
      return join(draft);
    case 'page':
      return pageByHand(command, draft);
    case 'step_timed_out':
      return stepTimedOut(command, draft);
    case 'escalate':
      return escalate(command, draft);
    case 'acknowledge':
      return acknowledge(command, draft);
    case 'decline':
      return decline(command, draft);
    case 'check_acknowledgement':
      return checkAcknowledgement(command, draft);
    case 'reassess':
      return reassess(draft, command.schedule);
    case 'remind':
      return remind(command, draft);
    case 'cancel':
      return cancel(command, draft);
    case 'resolve':
      return resolve('person', draft);
    case 'reopen':
    case 'close':
      return refuse({ code: 'incident_is_open' });
    default:
      return decideRecord(command, draft);
  }
}

/** After the end: the record can still be completed, and what the outbox was doing is still written down. */
function decideOver(command: Exclude<IncidentCommand, { type: 'declare' }>, draft: Draft): Decision {
  switch (command.type) {
    case 'reopen':
      return reopen(command, draft);
    case 'close':
      return close(draft);
    case 'count_alerts':
    case 'alert_resolved':
    case 'step_timed_out':
    case 'check_acknowledgement':
    case 'reassess':
    case 'hand_over_roles':
    case 'remind':
      return draft.accept();
    case 'resolve':
      return draft.current().status === 'cancelled' ? refuseOver(draft) : draft.accept();
    case 'change_title':
      return changeTitle(command, draft);
    // A signal that joined what is over would be nobody's: whoever brings it opens another incident.
    case 'attach_alert':
    case 'change_severity':
    case 'change_status':
    case 'assign_role':
    case 'release_role':
    case 'join':
    case 'page':
    case 'escalate':
    case 'acknowledge':
    case 'decline':
    case 'cancel':
      return refuseOver(draft);
    default:
      return decideRecord(command, draft);
  }
}

type RecordCommand = Extract<
  IncidentCommand,
  {
    type:
      | 'record_channel'
      | 'record_card'
      | 'record_announcement'
      | 'delivery_succeeded'
      | 'delivery_failed'
      | 'post_update'
      | 'add_note'
      | 'capture_message'
      | 'edit_message'
      | 'remove_message'
      | 'set_milestone'
      | 'link_change'
      | 'record_postmortem';
  }
>;

/** What may be written into the record before and after the end alike. */
function decideRecord(command: RecordCommand, draft: Draft): Decision {
  const incident = draft.current();
  switch (command.type) {
    case 'record_channel':
      if (incident.channel === undefined)
        draft.add({ type: 'channel_opened', channel: command.channel, name: command.name });
      return draft.accept();
    case 'record_card':
      if (incident.card === undefined) draft.add({ type: 'card_posted', channel: command.channel, ts: command.ts });
      return draft.accept();
    case 'record_announcement':
      if (incident.announcement === undefined)
        draft.add({ type: 'announcement_posted', channel: command.channel, ts: command.ts });
      return draft.accept();
    case 'delivery_succeeded':
      return deliverySucceeded(command, draft);
    case 'delivery_failed':
      return deliveryFailed(command, draft);
    case 'post_update':
      return postUpdate(command, draft);
    case 'add_note':
      return addNote(command, draft);
    case 'capture_message':
      return captureMessage(command, draft);
    case 'edit_message':
      return editMessage(command, draft);
    case 'remove_message':
      return removeMessage(command, draft);
    case 'set_milestone':
      return setMilestone(command, draft);
    case 'link_change':
      return linkChange(command, draft);
    case 'record_postmortem':
      return recordPostmortem(command, draft);
  }
}

function refuseOver(draft: Draft): Decision {
  const { status } = draft.current();
  return status === 'resolved' || status === 'closed' || status === 'cancelled'
    ? refuse({ code: 'incident_is_over', status })
    : refuse({ code: 'incident_is_open' });
}
