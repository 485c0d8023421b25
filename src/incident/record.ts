import type { IncidentCommand } from './commands.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { automation } from '../oncall/recorded.ts';
import { updateReminderDue } from './reminders.ts';
import { checkText, clipText, longestTextCharacters } from './text.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

export function postUpdate(command: Of<'post_update'>, draft: Draft): Decision {
  const checked = checkText(command.text);
  if (!checked.ok) return refuse(checked.refusal);
  draft.add({ type: 'update_posted', text: draft.write(checked.text) });
  return draft.accept();
}

export function addNote(command: Of<'add_note'>, draft: Draft): Decision {
  const checked = checkText(command.text);
  if (!checked.ok) return refuse(checked.refusal);
  draft.add({ type: 'note_added', text: draft.write(checked.text) });
  return draft.accept();
}

/** A message is in the timeline once, however many people pin it; its own time is kept. */
export function captureMessage(command: Of<'capture_message'>, draft: Draft): Decision {
  const known = draft.current().captured.some((m) => m.channel === command.channel && m.ts === command.ts);
  if (known) return draft.accept();
  const text = draft.write(clipText(command.text, longestTextCharacters));
  draft.add({ type: 'message_captured', channel: command.channel, ts: command.ts, author: command.author, text });
  return draft.accept();
}

export function editMessage(command: Of<'edit_message'>, draft: Draft): Decision {
  const known = draft.current().captured.some((m) => m.channel === command.channel && m.ts === command.ts);
  if (!known) return draft.accept();
  const text = draft.write(clipText(command.text, longestTextCharacters));
  draft.add({ type: 'message_edited', channel: command.channel, ts: command.ts, text });
  return draft.accept();
}

export function removeMessage(command: Of<'remove_message'>, draft: Draft): Decision {
  const known = draft.current().captured.some((m) => m.channel === command.channel && m.ts === command.ts);
  if (known) draft.add({ type: 'message_removed', channel: command.channel, ts: command.ts });
  return draft.accept();
}

/**
 * Milestones can be corrected afterwards, to any time that is not in the future. Impact cannot start after it was
 * mitigated or resolved, nor end before it started; the rest is left to the figures, which count what is negative.
 */
export function setMilestone(command: Of<'set_milestone'>, draft: Draft): Decision {
  if (command.at > draft.context.now) return refuse({ code: 'milestone_in_future' });
  const milestones = { ...draft.current().milestones, [command.milestone]: command.at };
  const start = milestones.impact_start;
  for (const end of ['mitigated', 'resolved'] as const) {
    const endAt = milestones[end];
    if (start !== undefined && endAt !== undefined && endAt < start) {
      return refuse({ code: 'impact_would_end_before_it_starts' });
    }
  }
  draft.add({ type: 'milestone_set', milestone: command.milestone, at: command.at }, { happenedAt: draft.context.now });
  return draft.accept();
}

export function linkChange(command: Of<'link_change'>, draft: Draft): Decision {
  draft.add({
    type: 'change_linked',
    change: command.change,
    title: draft.write(clipText(command.title, 300), 'title'),
    url: command.url,
  });
  return draft.accept();
}

/** A reminder that has lost its reason by the time it is due is dropped in silence. */
export function remind(command: Of<'remind'>, draft: Draft): Decision {
  const incident = draft.current();
  const moot =
    (command.reminder === 'no_lead' && incident.roles['lead'] !== undefined) ||
    (command.reminder === 'no_update' && updateReminderDue(incident) > draft.context.now);
  if (!moot) draft.add({ type: 'reminder_sent', reminder: command.reminder }, { actor: automation });
  return draft.accept();
}

export function recordPostmortem(command: Of<'record_postmortem'>, draft: Draft): Decision {
  const known = draft.current().postmortem;
  if (known?.path === command.path && known.canvas === command.canvas) return draft.accept();
  draft.add({ type: 'postmortem_drafted', path: command.path, canvas: command.canvas }, { actor: automation });
  return draft.accept();
}
