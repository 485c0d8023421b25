import type { EpochMs } from '../../oncall/time.ts';
import type { Incident, Responder } from './model.ts';
import { nextLevelWithPeople, onCallAt } from './on-call.ts';
import { publishResponder } from './publish.ts';
import { ring } from './ringing.ts';
import { invalid, log, policyOf, userOf, type World } from './world.ts';

export type ResponderTarget = { type: 'user'; id: string } | { type: 'policy'; id: string };

/** Rings people beside those on call; a policy stands for its first level that has somebody. */
export function requestResponders(
  world: World,
  incident: Incident,
  request: { requesterId: string; message: string; targets: ResponderTarget[] },
  at: EpochMs,
): Responder[] {
  if (incident.status === 'resolved') throw invalid('Responders cannot be added to a resolved incident.');
  const { requesterId, message } = request;
  const asked = request.targets.flatMap((target) => peopleOf(world, target, at));
  const responders = asked.map(({ userId, viaEscalationPolicyId }): Responder => {
    userOf(world, userId);
    return { userId, requesterId, message, state: 'pending', requestedAt: at, viaEscalationPolicyId };
  });
  for (const responder of responders) {
    incident.responders.push(responder);
    log(world, incident, {
      kind: 'responder_request',
      at,
      agentUserId: requesterId,
      userIds: [responder.userId],
      summary: 'Responder requested',
    });
    publishResponder(world, incident, 'responder.added', at, responder);
    ring(world, incident, [responder.userId], at, { why: 'responder_request', level: null });
  }
  world.changed();
  return responders;
}

function peopleOf(
  world: World,
  target: ResponderTarget,
  at: EpochMs,
): { userId: string; viaEscalationPolicyId: string | null }[] {
  if (target.type === 'user') return [{ userId: target.id, viaEscalationPolicyId: null }];
  const policy = policyOf(world, target.id);
  const level = nextLevelWithPeople(world.state, policy, 1, at);
  if (level === undefined) return [];
  return onCallAt(world.state, policy, level, at).map((userId) => ({ userId, viaEscalationPolicyId: target.id }));
}

export function replyToRequest(
  world: World,
  incident: Incident,
  userId: string,
  answer: 'accepted' | 'declined',
  at: EpochMs,
): void {
  const responder = incident.responders.find((one) => one.userId === userId && one.state === 'pending');
  if (responder === undefined) throw invalid('No pending responder request for this user.');
  responder.state = answer;
  const kind = answer === 'accepted' ? 'responder_accept' : 'responder_decline';
  log(world, incident, { kind, at, agentUserId: userId, userIds: [userId], summary: `Request ${answer}` });
  publishResponder(world, incident, 'responder.replied', at, responder);
  world.changed();
}

/** Acknowledging answers a request by itself. */
export function acceptPendingRequest(world: World, incident: Incident, userId: string, at: EpochMs): void {
  const pending = incident.responders.some((one) => one.userId === userId && one.state === 'pending');
  if (pending) replyToRequest(world, incident, userId, 'accepted', at);
}

export function cancelRequest(
  incident: Incident,
  target: ResponderTarget,
): 'cancelled' | 'joined' | 'declined' | 'not_found' {
  const matching = incident.responders.filter((one) =>
    target.type === 'user' ? one.userId === target.id : one.viaEscalationPolicyId === target.id,
  );
  const last = matching.at(-1);
  if (last === undefined) return 'not_found';
  for (const responder of matching) if (responder.state === 'pending') responder.state = 'cancelled';
  return last.state === 'accepted' ? 'joined' : last.state === 'declined' ? 'declined' : 'cancelled';
}
