import type { EpochMs } from '../../oncall/time.ts';
import { acknowledge, openIncident, resolve } from './incidents.ts';
import type { Alert, ChangeEvent, Incident, Service } from './model.ts';
import { PagerDutyRefusal, type World } from './world.ts';

export interface MonitorAlert {
  summary: string;
  dedupKey: string;
  severity: Alert['severity'];
  details: unknown;
}

/** A monitor's alert and the open incident that it belongs to. */
export function openAlert(
  world: World,
  service: Service,
  dedupKey: string,
): { alert: Alert; incident: Incident } | null {
  for (const incident of world.state.incidents) {
    if (incident.serviceId !== service.id || incident.status === 'resolved') continue;
    const alert = incident.alerts.find((one) => one.key === dedupKey && one.status === 'triggered');
    if (alert !== undefined) return { alert, incident };
  }
  return null;
}

/**
 * An alert: more of the same while its key is open, else a new incident. PagerDuty accepts it and makes nothing of it, without
 * a word, when the service is disabled or in maintenance or nobody is on call.
 */
export function triggerAlert(world: World, service: Service, monitored: MonitorAlert, at: EpochMs): Incident | null {
  const open = openAlert(world, service, monitored.dedupKey);
  if (open !== null) {
    open.alert.suppressedTriggers += 1;
    open.incident.updatedAt = at;
    world.changed();
    return open.incident;
  }
  if (service.status !== 'active') return null;
  const { dedupKey: key, severity, summary, details } = monitored;
  const id = world.newId('A');
  const alert: Alert = {
    id,
    key,
    status: 'triggered',
    severity,
    summary,
    createdAt: at,
    suppressedTriggers: 0,
    details,
  };
  try {
    return openIncident(world, { title: summary, serviceId: service.id, byUserId: null, alert }, at);
  } catch (refusal) {
    if (refusal instanceof PagerDutyRefusal) return null;
    throw refusal;
  }
}

/** The last open alert takes its incident with it. */
export function recoverAlert(world: World, service: Service, dedupKey: string, at: EpochMs): void {
  const open = openAlert(world, service, dedupKey);
  if (open === null) return;
  resolveAlert(world, open.incident, open.alert, null, at);
}

export function resolveAlert(world: World, incident: Incident, alert: Alert, userId: string | null, at: EpochMs): void {
  alert.status = 'resolved';
  if (incident.status !== 'resolved' && incident.alerts.every((one) => one.status === 'resolved')) {
    resolve(world, incident, userId, at);
  }
  world.changed();
}

/** Through Events nobody in particular acknowledges. */
export function acknowledgeAlert(world: World, service: Service, dedupKey: string, at: EpochMs): void {
  const open = openAlert(world, service, dedupKey);
  if (open?.incident.status === 'triggered') acknowledge(world, open.incident, null, at);
}

export function recordChange(world: World, change: Omit<ChangeEvent, 'id'>): void {
  world.state.changeEvents.push({ id: world.newId('C'), ...change });
  world.changed();
}
