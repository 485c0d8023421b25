import { minuteMs, secondMs, type EpochMs } from '../../oncall/time.ts';
import type { Incident } from './model.ts';
import { nextLevelWithPeople, onCallAt } from './on-call.ts';
import { publishIncident } from './publish.ts';
import type { RungRecord } from './record.ts';
import { log, policyOf, serviceOf, userOf, type World } from './world.ts';

/** A phone rings (for low urgency, an e-mail goes out), and PagerDuty writes that down as a `notify` log entry. */
export function ring(
  world: World,
  incident: Incident,
  userIds: string[],
  at: EpochMs,
  why: Pick<RungRecord, 'why' | 'level'>,
): void {
  for (const userId of userIds) {
    const { name } = userOf(world, userId);
    const { id: incidentId, title: incidentTitle, urgency } = incident;
    world.record.rung.push({ at, userId, name, incidentId, incidentTitle, urgency, ...why });
    log(world, incident, { kind: 'notify', at, userIds: [userId], summary: `Notified ${name}` });
  }
}

/** Gives the incident to whoever a level has on call and rings them; false when no level from there on has anybody. */
export function ringLevel(world: World, incident: Incident, fromLevel: number, at: EpochMs): boolean {
  const policy = policyOf(world, incident.escalationPolicyId);
  const level = nextLevelWithPeople(world.state, policy, fromLevel, at);
  if (level === undefined) return false;
  const userIds = onCallAt(world.state, policy, level, at);
  incident.level = level;
  incident.assignedVia = 'escalation_policy';
  incident.assignments = userIds.map((userId) => ({ at, userId }));
  armEscalation(world, incident, at);
  ring(world, incident, userIds, at, { why: 'on_call', level });
  return true;
}

/** Low urgency never escalates, and neither does what was assigned to people by name. */
export function armEscalation(world: World, incident: Incident, at: EpochMs): void {
  const policy = policyOf(world, incident.escalationPolicyId);
  const rule = policy.rules[incident.level - 1];
  const escalates = incident.assignedVia === 'escalation_policy' && incident.urgency === 'high';
  incident.escalateAt = escalates && rule !== undefined ? at + rule.delayMinutes * minuteMs : null;
}

/** Nobody acknowledged in time: the next level, then the policy again as often as it says, then silence. */
function escalateByItself(world: World, incident: Incident, at: EpochMs): void {
  incident.escalateAt = null;
  const policy = policyOf(world, incident.escalationPolicyId);
  if (!ringLevel(world, incident, incident.level + 1, at)) {
    if (incident.loop >= policy.loops || !ringLevel(world, incident, 1, at)) {
      log(world, incident, { kind: 'exhaust_escalation_path', at, summary: 'Nobody is left to notify' });
      return;
    }
    incident.loop += 1;
    log(world, incident, { kind: 'repeat_escalation_path', at, summary: 'The escalation policy starts again' });
  }
  logEscalation(world, incident, at, null);
}

export function logEscalation(world: World, incident: Incident, at: EpochMs, agentUserId: string | null): void {
  const userIds = incident.assignments.map((one) => one.userId);
  log(world, incident, { kind: 'escalate', at, agentUserId, userIds, summary: `Escalated to level ${incident.level}` });
  publishIncident(world, incident, 'escalated', at, agentUserId);
}

/** Back to triggered, by time-out (agent null) or by hand: whoever holds it is rung again and the escalation goes on. */
export function takeBackAcknowledgement(
  world: World,
  incident: Incident,
  at: EpochMs,
  agentUserId: string | null,
): void {
  incident.status = 'triggered';
  incident.acknowledgements = [];
  incident.unacknowledgeAt = null;
  incident.lastStatusChangeAt = at;
  incident.lastStatusChangeBy = agentUserId;
  log(world, incident, { kind: 'unacknowledge', at, agentUserId, summary: 'Unacknowledged' });
  publishIncident(world, incident, 'unacknowledged', at, agentUserId);
  armEscalation(world, incident, at);
  const userIds = incident.assignments.map((one) => one.userId);
  ring(world, incident, userIds, at, { why: 'assigned', level: incident.level });
}

export function armAcknowledgementTimeout(world: World, incident: Incident, at: EpochMs): void {
  const seconds = serviceOf(world, incident.serviceId).acknowledgementTimeoutSeconds;
  incident.unacknowledgeAt = seconds === null ? null : at + seconds * secondMs;
}

/** When the clock next has something to do for an incident. */
function nextMoveOf(incident: Incident): EpochMs | null {
  const moves = [incident.escalateAt, incident.unacknowledgeAt, incident.autoResolveAt].filter((at) => at !== null);
  return moves.length === 0 ? null : Math.min(...moves);
}

/**
 * Everything that the clock does until `until`, in order and each with the time at which it was due, however late this is
 * called. `resolveByItself` is handed in because resolving is a rule of its own file.
 */
export function runClock(
  world: World,
  until: EpochMs,
  resolveByItself: (incident: Incident, at: EpochMs) => void,
): void {
  for (;;) {
    let next: { incident: Incident; at: EpochMs } | undefined;
    for (const incident of world.state.incidents) {
      const at = incident.status === 'resolved' ? null : nextMoveOf(incident);
      if (at !== null && at <= until && (next === undefined || at < next.at)) next = { incident, at };
    }
    if (next === undefined) return;
    const { incident, at } = next;
    if (incident.autoResolveAt === at) resolveByItself(incident, at);
    else if (incident.unacknowledgeAt === at) takeBackAcknowledgement(world, incident, at, null);
    else escalateByItself(world, incident, at);
    world.changed();
  }
}
