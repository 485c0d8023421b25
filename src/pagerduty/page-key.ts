import type { DeliveryId, IncidentId } from '../incident/ids.ts';

const prefix = 'toran:';

/** The `incident_key` of the PagerDuty incident that rings one delivery: what makes a repeated call harmless. */
export function pageKey(delivery: DeliveryId): string {
  return `${prefix}${delivery}`;
}

/** The delivery that a PagerDuty incident was made for; undefined for incidents that are not Toran's own. */
export function deliveryOfKey(key: string | null): DeliveryId | undefined {
  const match = /^toran:INC-(\d{1,9})\/p(\d{1,6})\/d(\d{1,6})$/.exec(key ?? '');
  if (match === null) return undefined;
  return `INC-${Number(match[1])}/p${Number(match[2])}/d${Number(match[3])}`;
}

/** What PagerDuty's people read where Toran ended the ringing of a page. */
export const endOfRinging = 'No answer is needed any more: see Toran.';

/** What they read where Toran resolved an incident. It comes back as a note, and is then known for Toran's own. */
export function resolutionOf(incident: IncidentId): string {
  return `Resolved in Toran as ${incident}`;
}

export function isOwnResolution(note: string): boolean {
  return /^(?:Resolution Note: )?Resolved in Toran as INC-\d+$/.test(note.trim());
}
