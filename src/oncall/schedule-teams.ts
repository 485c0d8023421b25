import type { Catalog, PersonId, ScheduleId, Target, Team } from './catalog.ts';
import { entry } from './lookup.ts';

/**
 * The teams whose services page through a schedule; where there are none, those of `member`, or, without one, those of
 * whoever takes part in its layers.
 */
export function teamsOf(
  { services, policies, teams, schedules }: Catalog,
  schedule: ScheduleId,
  member?: PersonId,
): readonly Team[] {
  const asks = (target: Target) => target.kind === 'schedule' && target.schedule === schedule;
  const serving = Object.values(services).flatMap(({ policy, team }) => {
    const steps = policy === undefined ? [] : (entry(policies, policy)?.steps ?? []);
    const owner = team === undefined ? undefined : entry(teams, team);
    return owner !== undefined && steps.some(({ notify }) => notify.some(asks)) ? [owner] : [];
  });
  if (serving.length > 0) return [...new Set(serving)];
  const layers = entry(schedules, schedule)?.layers ?? [];
  const people = member === undefined ? layers.flatMap(({ participants }) => participants) : [member];
  return Object.values(teams).filter(({ members }) => members.some((one) => people.includes(one)));
}

/** Who answers for a schedule: the leads of its teams; admins of the workspace where no team has one. */
export function leadsOf(catalog: Catalog, schedule: ScheduleId): readonly PersonId[] {
  const leads = teamsOf(catalog, schedule).flatMap(({ lead }) => lead ?? []);
  return leads.length > 0 ? [...new Set(leads)] : catalog.workspace.admins;
}
