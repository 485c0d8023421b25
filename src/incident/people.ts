import { available } from '../oncall/available.ts';
import type { IncidentCommand } from './commands.ts';
import { automation } from '../oncall/recorded.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { holder } from './incident.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

/** A role is taken or handed over on purpose. Someone who cannot answer is not given one, and nobody is told why. */
export function assignRole(command: Of<'assign_role'>, draft: Draft): Decision {
  const incident = draft.current();
  if (incident.roles[command.role] === command.person) return draft.accept();
  const { actor, facts, now } = draft.context;
  const takesIt = actor.kind === 'person' && actor.person === command.person;
  if (!takesIt && available(facts.onCall, command.person, now, incident.severity).state === 'no') {
    return refuse({ code: 'person_unavailable', person: command.person });
  }
  draft.add({ type: 'role_assigned', role: command.role, person: command.person });
  return draft.accept();
}

export function releaseRole(command: Of<'release_role'>, draft: Draft): Decision {
  const person = draft.current().roles[command.role];
  if (person === undefined) return refuse({ code: 'role_is_vacant', role: command.role });
  draft.add({ type: 'role_released', role: command.role, person });
  return draft.accept();
}

/**
 * Somebody who holds roles cannot answer any more. The lead goes to whoever has acknowledged and can answer, since they act
 * as lead already; every other role, and a lead without such a person, is open for whoever takes it.
 */
export function handOverRoles({ person }: Of<'hand_over_roles'>, draft: Draft): Decision {
  const { facts, now } = draft.context;
  const { roles, severity } = draft.current();
  const gone = (who: string) => available(facts.onCall, who, now, severity).state === 'no';
  if (!gone(person)) return draft.accept();
  const acting = holder(draft.current());
  for (const [role, held] of Object.entries(roles)) {
    if (held !== person) continue;
    if (role === 'lead' && acting !== undefined && !gone(acting))
      draft.add({ type: 'role_assigned', role, person: acting }, { actor: automation });
    else draft.add({ type: 'role_released', role, person }, { actor: automation });
  }
  return draft.accept();
}

export function join(draft: Draft): Decision {
  const { actor } = draft.context;
  if (actor.kind === 'person' && !draft.current().people.includes(actor.person)) {
    draft.add({ type: 'person_joined', person: actor.person });
  }
  return draft.accept();
}
