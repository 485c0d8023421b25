import type { IncidentRecord } from '../figures/record.ts';
import { isOpen, type Incident } from '../incident/incident.ts';
import type { IncidentRow } from './ports.ts';

/** What lists and figures read of an incident, as a row of plain columns. */
export function incidentRow(incident: Incident): IncidentRow {
  return {
    id: incident.id,
    number: incident.number,
    status: incident.status,
    isOpen: isOpen(incident),
    kind: incident.kind,
    severity: incident.severity,
    service: incident.service,
    title: incident.title,
    isPrivate: incident.isPrivate,
    outcome: outcomeOf(incident),
    channel: incident.channel?.id,
    openedAt: incident.openedAt,
    endedAt: incident.endedAt,
    hasPostmortem: incident.postmortem !== undefined,
    milestones: {
      impactStart: incident.milestones.impact_start,
      detected: incident.milestones.detected,
      declared: incident.milestones.declared,
      acked: incident.milestones.acknowledged,
      paged: incident.milestones.paged,
      mitigated: incident.milestones.mitigated,
      resolved: incident.milestones.resolved,
    },
  };
}

function outcomeOf(incident: Incident): IncidentRecord['outcome'] {
  if (isOpen(incident)) return 'open';
  if (incident.status !== 'cancelled') return 'resolved';
  return incident.cancelReason === 'duplicate' ? 'merged' : 'cancelled';
}
