import type { DeliveryId } from '../incident/ids.ts';

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
