import type { EpochMs } from '../../oncall/time.ts';
import { delegate, escalateTo, reassign, setPriority } from './handing-on.ts';
import { acknowledge, addNote, merge, reopen, resolve, snooze, unacknowledge } from './incidents.ts';
import type { Alert, Incident } from './model.ts';
import { recordChange, recoverAlert, triggerAlert } from './monitoring.ts';
import { replyToRequest } from './responders.ts';
import { sendPing } from './rest-webhook-subscriptions.ts';
import { incidentOf, notFound, PagerDutyRefusal, serviceOf, userOf, type World } from './world.ts';

/** PagerDuty's own error codes and words, so that a refused action reads like a refused request. */
export type ActionResult = { ok: true; incident: Incident } | { ok: false; code: number; message: string };

/** What monitors and people do in PagerDuty itself, without going through the API. */
export interface Actions {
  /**
   * A monitor reports trouble. Joins the open alert of the same key; `incident` is null when PagerDuty makes none: nobody
   * is on call, or the service is disabled or in maintenance.
   */
  trigger(alert: {
    serviceId: string;
    summary: string;
    dedupKey?: string;
    severity?: Alert['severity'];
    details?: unknown;
  }): { dedupKey: string; incident: Incident | null };
  /** The monitor says it is over: the alert resolves, and the incident with its last alert. */
  recover(alert: { serviceId: string; dedupKey: string }): void;
  /** A deploy or another change, as a pipeline reports it. */
  change(change: { serviceId: string; summary: string; source?: string; url?: string }): void;
  acknowledge(incidentId: string, userId: string): ActionResult;
  unacknowledge(incidentId: string, userId: string): ActionResult;
  resolve(incidentId: string, userId: string, resolution?: string): ActionResult;
  reopen(incidentId: string, userId: string): ActionResult;
  /** To the next level, or to the given one. */
  escalate(incidentId: string, userId: string, level?: number): ActionResult;
  reassign(
    incidentId: string,
    byUserId: string,
    to: { userIds: string[] } | { escalationPolicyId: string },
  ): ActionResult;
  note(incidentId: string, userId: string, content: string): ActionResult;
  setPriority(incidentId: string, userId: string, priorityId: string | null): ActionResult;
  snooze(incidentId: string, userId: string, seconds: number): ActionResult;
  merge(targetId: string, sourceIds: string[], userId: string): ActionResult;
  replyToRequest(incidentId: string, userId: string, answer: 'accepted' | 'declined'): ActionResult;
  /** A person makes an override by hand on a schedule of layers. */
  override(scheduleId: string, override: { start: EpochMs; end: EpochMs; userId: string }): void;
  /** Sends `pagey.ping` to one subscription. */
  ping(subscriptionId: string): void;
}

export function createActions(world: World): Actions {
  const person = (incidentId: string, rule: (incident: Incident) => void) => asPerson(world, incidentId, rule);
  const at = world.now;
  return {
    trigger({ serviceId, summary, dedupKey = world.newId('D'), severity = 'critical', details }) {
      const service = serviceOf(world, serviceId);
      return { dedupKey, incident: triggerAlert(world, service, { summary, dedupKey, severity, details }, at()) };
    },
    recover: ({ serviceId, dedupKey }) => recoverAlert(world, serviceOf(world, serviceId), dedupKey, at()),
    change({ serviceId, summary, source = null, url }) {
      const links = url === undefined ? [] : [{ href: url, text: null }];
      recordChange(world, { serviceId: serviceOf(world, serviceId).id, summary, source, at: at(), links, details: {} });
    },
    acknowledge: (id, userId) => person(id, (incident) => acknowledge(world, incident, known(world, userId), at())),
    unacknowledge: (id, userId) => person(id, (incident) => unacknowledge(world, incident, known(world, userId), at())),
    resolve: (id, userId, resolution) =>
      person(id, (incident) => resolve(world, incident, known(world, userId), at(), resolution)),
    reopen: (id, userId) => person(id, (incident) => reopen(world, incident, known(world, userId), at())),
    escalate: (id, userId, level) =>
      person(id, (incident) => escalateTo(world, incident, known(world, userId), level, at())),
    reassign: (id, byUserId, to) =>
      person(id, (incident) => {
        const by = known(world, byUserId);
        if ('userIds' in to) reassign(world, incident, by, to.userIds, at());
        else delegate(world, incident, by, to.escalationPolicyId, at());
      }),
    note: (id, userId, content) =>
      person(id, (incident) => void addNote(world, incident, known(world, userId), content, at())),
    setPriority: (id, userId, priorityId) =>
      person(id, (incident) => setPriority(world, incident, known(world, userId), priorityId, at())),
    snooze: (id, userId, seconds) =>
      person(id, (incident) => snooze(world, incident, known(world, userId), seconds, at())),
    merge: (targetId, sourceIds, userId) =>
      person(targetId, (target) => {
        const sources = sourceIds.map((sourceId) => incidentOf(world, sourceId));
        merge(world, target, sources, known(world, userId), at());
      }),
    replyToRequest: (id, userId, answer) =>
      person(id, (incident) => replyToRequest(world, incident, known(world, userId), answer, at())),
    override(scheduleId, { start, end, userId }) {
      const schedule = world.state.schedules.find((one) => one.id === scheduleId && one.system === 'layers');
      if (schedule === undefined) throw notFound();
      schedule.overrides.push({ id: world.newId('V'), start, end, userId: known(world, userId), replaces: null });
      world.changed();
    },
    ping(subscriptionId) {
      const subscription = world.state.subscriptions.find((one) => one.id === subscriptionId);
      if (subscription === undefined) throw notFound();
      sendPing(world, subscription);
    },
  };
}

function known(world: World, userId: string): string {
  return userOf(world, userId).id;
}

function asPerson(world: World, incidentId: string, rule: (incident: Incident) => void): ActionResult {
  try {
    const incident = incidentOf(world, incidentId);
    rule(incident);
    return { ok: true, incident };
  } catch (error) {
    if (!(error instanceof PagerDutyRefusal)) throw error;
    return { ok: false, code: error.code, message: [error.message, ...error.errors].join('; ') };
  }
}
