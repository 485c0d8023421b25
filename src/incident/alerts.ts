import { severities, type Severity } from '../oncall/catalog.ts';
import type { AlertSignal, IncidentCommand } from './commands.ts';
import type { Decision, Draft } from './draft.ts';
import { automation } from '../oncall/recorded.ts';
import { cancel, resolve } from './lifecycle.ts';
import { requestPageBySeverity } from './paging.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

/** A storm with more different alerts is counted on, not listed: the stream must not grow with every one of ten thousand. */
export const listedAlerts = 50;

export function attachAlert(command: Of<'attach_alert'>, draft: Draft): Decision {
  const { alerts } = draft.current();
  const known = alerts.find((alert) => alert.key === command.alert.key);
  const isNews = known === undefined ? alerts.length < listedAlerts : known.resolved;
  if (isNews) addAlert(command.alert, draft);
  raiseSeverity(command.severity, draft);
  // Opened while nobody had to be paged (no policy yet, a low severity): the next signal asks again.
  if (draft.current().pages.length === 0) requestPageBySeverity('alert', draft);
  return draft.accept();
}

/** A worse signal makes it worse, unless a person is at it: then the severity is theirs to judge. */
function raiseSeverity(to: Severity, draft: Draft): void {
  const { severity: from, touched } = draft.current();
  if (touched || severities.indexOf(to) >= severities.indexOf(from)) return;
  draft.add({ type: 'severity_changed', from, to });
  requestPageBySeverity('severity', draft);
}

export function addAlert(alert: AlertSignal, draft: Draft): void {
  const title = draft.write(alert.title, 'alert');
  draft.add({
    type: 'alert_attached',
    alert: alert.key,
    source: alert.source,
    title,
    url: alert.url,
    pagerduty: alert.pagerduty,
  });
}

export function countAlerts(command: Of<'count_alerts'>, draft: Draft): Decision {
  if (command.total > draft.current().signals) draft.add({ type: 'alerts_counted', total: command.total });
  return draft.accept();
}

/**
 * When the last alert is resolved, an incident that no person touched ends; otherwise people are asked. A signal that the
 * stream does not list (`listedAlerts`) counts all the same. Merged into another one it is a duplicate: nothing was fixed,
 * and no figure may count it.
 */
export function resolveAlert(command: Of<'alert_resolved'>, draft: Draft): Decision {
  const known = draft.current().alerts.find((alert) => alert.key === command.alert);
  if (known?.resolved === true || draft.current().alerts.length === 0) return draft.accept();
  if (known !== undefined) draft.add({ type: 'alert_resolved', alert: command.alert });
  const incident = draft.current();
  // The count was taken before the decision: it is asked only about what the stream itself does not list.
  const unlistedOpen = incident.alerts.length < listedAlerts ? 0 : command.othersOpen;
  if (unlistedOpen > 0 || !incident.alerts.every((alert) => alert.resolved)) return draft.accept();
  if (incident.touched) {
    draft.add({ type: 'reminder_sent', reminder: 'alerts_all_resolved' }, { actor: automation });
    return draft.accept();
  }
  return command.merged === true
    ? cancel({ type: 'cancel', reason: 'duplicate' }, draft)
    : resolve('alerts_resolved', draft);
}
