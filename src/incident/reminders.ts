import type { Severity } from '../oncall/catalog.ts';
import { minuteMs, type EpochMs } from '../oncall/time.ts';
import type { Incident } from './incident.ts';

/** How long people may go without an update before they are reminded. */
export const updateIntervalMs: Readonly<Record<Severity, number>> = {
  sev1: 20 * minuteMs,
  sev2: 30 * minuteMs,
  sev3: 120 * minuteMs,
  sev4: 24 * 60 * minuteMs,
};

/** When people are to be reminded of an update next: an interval of the present severity after the last update or reminder. */
export function updateReminderDue(incident: Incident): EpochMs {
  const lastHeard = incident.lastUpdate?.at ?? incident.openedAt;
  return Math.max(lastHeard, incident.remindedAt ?? 0) + updateIntervalMs[incident.severity];
}
