import { addAlert } from './alerts.ts';
import type { IncidentCommand } from './commands.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { incidentNumber } from './ids.ts';
import { requestPageBySeverity } from './paging.ts';
import { checkText } from './text.ts';

export function declare(command: Extract<IncidentCommand, { type: 'declare' }>, draft: Draft): Decision {
  const title = checkText(command.title, 300);
  if (!title.ok) return refuse(title.refusal);
  draft.add({
    type: 'declared',
    number: incidentNumber(draft.context.id),
    kind: command.kind,
    title: draft.write(title.text, 'title'),
    severity: command.severity,
    service: command.service,
    groupKey: command.groupKey,
    isPrivate: command.isPrivate,
  });
  if (command.alert !== undefined) addAlert(command.alert, draft);
  requestPageBySeverity(command.alert === undefined ? 'declared' : 'alert', draft);
  return draft.accept();
}
