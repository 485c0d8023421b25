import { entry } from '../oncall/lookup.ts';
import type { CatalogText } from './catalog-schema.ts';
import { parseTarget } from './catalog-target.ts';
import { shown, type YamlFile, type YamlPath } from './yaml.ts';

type Section = 'people' | 'teams' | 'schedules' | 'policies' | 'services';

/** An id that names something, and where it is written. */
interface Reference {
  readonly section: Section;
  readonly id: string;
  readonly path: YamlPath;
}

/**
 * Makes sure that everything a catalog names exists, that no outside id stands for two entries, and that pages have a last
 * resort. Throws BadInput for the first that does not hold.
 */
export function checkReferences(given: CatalogText, file: YamlFile): void {
  for (const { section, id, path } of references(given)) {
    if (entry<unknown>(given[section], id) !== undefined) continue;
    const known = Object.keys(given[section]);
    const some = known.length === 0 ? 'none is declared' : `declared are ${listed(known)}`;
    throw file.problem(path, `${shown(id)} is not among the ${section}; declare it or correct it (${some})`);
  }
  checkUnique(Object.entries(given.people), 'people', 'slack', (person) => person.slack, file);
  checkUnique(Object.entries(given.people), 'people', 'pagerduty', (person) => person.pagerduty, file);
  checkUnique(Object.entries(given.people), 'people', 'email', (person) => person.email?.toLowerCase(), file);
  checkUnique(Object.entries(given.services), 'services', 'pagerduty', (service) => service.pagerduty, file);
  checkLastResort(given, file);
}

function references(given: CatalogText): Reference[] {
  return [
    ...workspaceReferences(given),
    ...Object.entries(given.teams).flatMap(([id, team]) => [
      ...people(team.members, ['teams', id, 'members']),
      ...optional('people', team.lead, ['teams', id, 'lead']),
    ]),
    ...Object.entries(given.schedules).flatMap(([id, schedule]) => scheduleReferences(schedule, ['schedules', id])),
    ...Object.entries(given.policies).flatMap(([id, policy]) => [
      ...policy.steps.flatMap((step, index) => targets(step.notify, ['policies', id, 'steps', index, 'notify'])),
      ...targets(policy.last_resort, ['policies', id, 'last_resort']),
    ]),
    ...Object.entries(given.services).flatMap(([id, service]) => [
      ...optional('teams', service.team, ['services', id, 'team']),
      ...optional('policies', service.policy, ['services', id, 'policy']),
    ]),
  ];
}

function workspaceReferences({ workspace }: CatalogText): Reference[] {
  return [
    ...people(workspace.admins, ['workspace', 'admins']),
    ...optional('policies', workspace.default_policy, ['workspace', 'default_policy']),
    ...targets(workspace.last_resort, ['workspace', 'last_resort']),
  ];
}

function scheduleReferences(schedule: CatalogText['schedules'][string], path: YamlPath): Reference[] {
  return [
    ...schedule.layers.flatMap((layer, index) =>
      people(layer.participants, [...path, 'layers', index, 'participants']),
    ),
    ...schedule.overrides.flatMap(({ person, instead_of }, index) => [
      ...optional('people', person ?? undefined, [...path, 'overrides', index, 'person']),
      ...optional('people', instead_of, [...path, 'overrides', index, 'instead_of']),
    ]),
  ];
}

function people(ids: readonly string[], path: YamlPath): Reference[] {
  return ids.map((id, index) => ({ section: 'people', id, path: [...path, index] }));
}

function optional(section: Section, id: string | undefined, path: YamlPath): Reference[] {
  return id === undefined ? [] : [{ section, id, path }];
}

function targets(texts: readonly string[] | undefined, path: YamlPath): Reference[] {
  return (texts ?? []).flatMap((text, index): Reference[] => {
    const target = parseTarget(text);
    const place = [...path, index];
    switch (target.kind) {
      case 'person':
        return [{ section: 'people', id: target.person, path: place }];
      case 'schedule':
        return [{ section: 'schedules', id: target.schedule, path: place }];
      case 'team':
        return [{ section: 'teams', id: target.team, path: place }];
      case 'channel':
        return [];
    }
    return [];
  });
}

function checkUnique<Value>(
  entries: readonly (readonly [string, Value])[],
  section: Section,
  key: string,
  read: (value: Value) => string | undefined,
  file: YamlFile,
): void {
  const owners = new Map<string, string>();
  for (const [id, value] of entries) {
    const text = read(value);
    const owner = text === undefined ? undefined : owners.get(text);
    if (owner !== undefined) {
      throw file.problem([section, id, key], `${shown(text)} belongs to ${owner} already; one id stands for one entry`);
    }
    if (text !== undefined) owners.set(text, id);
  }
}

/** What pages must end somewhere where people see it. A file with schedules alone pages nobody and needs none. */
function checkLastResort({ workspace, policies, services }: CatalogText, file: YamlFile): void {
  const pages = Object.keys(policies).length > 0 || Object.keys(services).length > 0;
  const lastResort = workspace.last_resort;
  if (lastResort === undefined) {
    if (!pages) return;
    throw file.problem(
      ['workspace', 'last_resort'],
      'is missing; say where a page goes that nobody answers, for example [person:noa, "channel:#incidents"]',
    );
  }
  if (lastResort.some((text) => parseTarget(text).kind === 'channel')) return;
  throw file.problem(
    ['workspace', 'last_resort'],
    'names no channel; add one like "channel:#incidents", so that no page ends in silence',
  );
}

function listed(ids: readonly string[]): string {
  return ids.length > 8 ? `${ids.slice(0, 8).join(', ')} and ${ids.length - 8} more` : ids.join(', ');
}
