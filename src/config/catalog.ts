import type { Catalog, Override, Policy, Schedule, Service, Step, Workspace } from '../oncall/catalog.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { checkReferences } from './catalog-references.ts';
import { catalogSchema, type CatalogText } from './catalog-schema.ts';
import { parseTarget } from './catalog-target.ts';
import { durationAdvice, durationMs, instantIn, timeAdvice, wallTimeIn } from './times.ts';
import { checked, readYaml, type YamlFile, type YamlPath } from './yaml.ts';

/**
 * Reads a catalog file (DESIGN §7). `name` is how errors call the file. Throws BadInput with file, line, column, key and
 * the fix for the first thing that is wrong: shape, unknown keys, references to what is not declared, ids given twice.
 */
export function parseCatalog(text: string, name: string): Catalog {
  const file = readYaml(text, name);
  const given = checked(file, catalogSchema);
  checkReferences(given, file);
  const zone = given.workspace.timezone;
  return {
    workspace: workspaceOf(given),
    people: mapEntries(given.people, (person, id) => ({
      id,
      name: person.name,
      slack: person.slack,
      pagerduty: person.pagerduty,
      email: person.email,
      timezone: person.timezone,
      language: person.language,
      workWeek: person.work_week,
    })),
    teams: mapEntries(given.teams, (team, id) => ({ id, members: [...new Set(team.members)], lead: team.lead })),
    schedules: mapEntries(given.schedules, (schedule, id) => scheduleOf(id, schedule, zone, file)),
    policies: mapEntries(given.policies, (policy, id) => policyOf(id, policy, given, file)),
    services: mapEntries(given.services, (service, id) => serviceOf(id, service)),
  };
}

type ScheduleText = CatalogText['schedules'][string];
type PolicyText = CatalogText['policies'][string];
type ServiceText = CatalogText['services'][string];

function workspaceOf({ workspace }: CatalogText): Workspace {
  return {
    timezone: workspace.timezone,
    workWeek: workspace.work_week,
    locale: workspace.locale,
    admins: workspace.admins,
    announce: workspace.announce,
    defaultPolicy: workspace.default_policy,
    lastResort: (workspace.last_resort ?? []).map(parseTarget),
    coverageTarget: workspace.coverage_target,
    companyDays: workspace.company_days,
    burden: workspace.burden,
  };
}

function scheduleOf(id: string, schedule: ScheduleText, workspaceZone: TimeZone, file: YamlFile): Schedule {
  const zone = schedule.timezone ?? workspaceZone;
  const path = ['schedules', id];
  return {
    id,
    timezone: zone,
    layers: schedule.layers.map((layer, index) => ({
      start: known(wallTimeIn(layer.start, zone), file, [...path, 'layers', index, 'start'], timeAdvice),
      every: stepOf(layer.every),
      participants: layer.participants,
      windows: layer.windows,
    })),
    overrides: schedule.overrides.map((override, index) =>
      overrideOf(override, zone, file, [...path, 'overrides', index]),
    ),
    needed: schedule.needed,
    userGroup: schedule.user_group,
    pagerduty:
      schedule.pagerduty === undefined
        ? undefined
        : { schedule: schedule.pagerduty.schedule, publishAbsences: schedule.pagerduty.publish_absences },
  };
}

function stepOf({ hours, days, weeks, months = 1 }: ScheduleText['layers'][number]['every']): Step {
  if (hours !== undefined) return { unit: 'hours', count: hours };
  if (days !== undefined) return { unit: 'days', count: days };
  if (weeks !== undefined) return { unit: 'weeks', count: weeks };
  return { unit: 'months', count: months };
}

function overrideOf(
  override: ScheduleText['overrides'][number],
  zone: TimeZone,
  file: YamlFile,
  path: YamlPath,
): Override {
  const span = spanOf(override, zone, file, path);
  const { person, instead_of: insteadOf, add } = override;
  if (person === null) return { ...span, kind: 'remove', insteadOf: known(insteadOf, file, path, 'say whom') };
  if (insteadOf !== undefined) return { ...span, kind: 'replace', person, insteadOf };
  return { ...span, kind: add === true ? 'add' : 'only', person };
}

/** [from, to) of an entry, on the wall clock of `zone` unless it carries offsets. Throws BadInput when it is empty. */
export function spanOf(
  given: { readonly from: string; readonly to: string },
  zone: TimeZone,
  file: YamlFile,
  path: YamlPath,
): { readonly from: EpochMs; readonly to: EpochMs } {
  const from = known(instantIn(given.from, zone), file, [...path, 'from'], timeAdvice);
  const to = known(instantIn(given.to, zone), file, [...path, 'to'], timeAdvice);
  if (to <= from)
    throw file.problem([...path, 'to'], `${given.to} is not after from (${given.from}); give a later time`);
  return { from, to };
}

function policyOf(id: string, policy: PolicyText, { workspace }: CatalogText, file: YamlFile): Policy {
  const path = ['policies', id];
  return {
    id,
    pages: policy.pages,
    ackTimeoutMs: known(durationMs(policy.ack_timeout), file, [...path, 'ack_timeout'], durationAdvice),
    repeat: policy.repeat,
    steps: policy.steps.map((step, index) => ({
      notify: step.notify.map(parseTarget),
      waitMs: known(durationMs(step.wait), file, [...path, 'steps', index, 'wait'], durationAdvice),
    })),
    lastResort: (policy.last_resort ?? workspace.last_resort ?? []).map(parseTarget),
  };
}

function serviceOf(id: string, service: ServiceText): Service {
  return {
    id,
    name: service.name ?? id,
    team: service.team,
    policy: service.policy,
    pagerduty: service.pagerduty,
    sloAvailability: service.slo?.availability,
    revenuePerMinute: service.revenue_per_minute,
    runbook: service.runbook,
  };
}

/** What the schema has already made sure of; a value that is missing all the same is an error at its place. */
function known<T>(value: T | undefined, file: YamlFile, path: YamlPath, advice: string): T {
  if (value === undefined) throw file.problem(path, `cannot be used; ${advice}`);
  return value;
}

function mapEntries<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, id: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, map(value, id)]));
}
