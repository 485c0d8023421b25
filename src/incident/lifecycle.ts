import type { IncidentCommand } from './commands.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { reassess, requestPageBySeverity } from './paging.ts';
import { checkText } from './text.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

export function changeTitle(command: Of<'change_title'>, draft: Draft): Decision {
  const title = checkText(command.title, 300);
  if (!title.ok) return refuse(title.refusal);
  draft.add({ type: 'title_changed', title: draft.write(title.text, 'title') });
  return draft.accept();
}

/** A severity that pages asks for people at once, unless somebody is being asked or has answered already. */
export function changeSeverity(command: Of<'change_severity'>, draft: Draft): Decision {
  const from = draft.current().severity;
  if (from === command.to) return draft.accept();
  draft.add({ type: 'severity_changed', from, to: command.to });
  requestPageBySeverity('severity', draft);
  return draft.accept();
}

/** Back from monitoring somebody has to hold it again: whoever did may have become unavailable meanwhile. */
export function changeStatus(command: Of<'change_status'>, draft: Draft): Decision {
  const from = draft.current().status;
  if (from === command.to) return draft.accept();
  draft.add({ type: 'status_changed', from, to: command.to });
  return from === 'monitoring' ? reassess(draft) : draft.accept();
}

export function resolve(how: 'person' | 'alerts_resolved', draft: Draft): Decision {
  draft.add({ type: 'resolved', how });
  return draft.accept();
}

export function cancel(command: Of<'cancel'>, draft: Draft): Decision {
  draft.add({ type: 'cancelled', reason: command.reason });
  return draft.accept();
}

export function reopen(command: Of<'reopen'>, draft: Draft): Decision {
  const reason = checkText(command.reason);
  if (!reason.ok) return refuse(reason.refusal);
  const groupKey = draft.context.groupTaken === true ? undefined : draft.current().groupKey;
  draft.add({ type: 'reopened', text: draft.write(reason.text), groupKey });
  requestPageBySeverity('reopened', draft);
  return draft.accept();
}

export function close(draft: Draft): Decision {
  if (draft.current().status === 'resolved') draft.add({ type: 'closed' });
  return draft.accept();
}
