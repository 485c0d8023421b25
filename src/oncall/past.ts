import type { Catalog, Override, PersonId, Schedule, ScheduleId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { entry } from './lookup.ts';
import type { EpochMs } from './time.ts';

/** The schedule that was, is or will be in force at an instant; undefined when there was none of that name. */
export function scheduleAt(catalog: Catalog, id: ScheduleId, atMs: EpochMs): Schedule | undefined {
  const now = entry(catalog.schedules, id);
  const past = entry(catalog.past?.schedules ?? {}, id)?.find(({ until }) => atMs < until);
  if (past === undefined) return now;
  if (past.layers.length === 0) return undefined;
  const { timezone, layers, overrides } = past;
  return { ...now, id, timezone, layers, overrides };
}

/** [from, to) in pieces in each of which one version of the schedule is in force; never empty when the span is not. */
export function erasOf(
  catalog: Catalog,
  id: ScheduleId,
  { from, to }: Span,
): readonly (Span & { readonly schedule: Schedule | undefined })[] {
  const ends = (entry(catalog.past?.schedules ?? {}, id) ?? []).map(({ until }) => until);
  const cuts = [from, ...ends.filter((end) => from < end && end < to)];
  return cuts.map((start, index) => ({
    from: start,
    to: cuts[index + 1] ?? to,
    schedule: scheduleAt(catalog, id, start),
  }));
}

/** Whether the catalog had a person at an instant. */
export function isInCatalog(catalog: Catalog, person: PersonId, atMs: EpochMs): boolean {
  const memberships = entry(catalog.past?.people ?? {}, person);
  if (memberships === undefined) return entry(catalog.people, person) !== undefined;
  return memberships.some(({ from, to }) => (from === null || from <= atMs) && (to === null || atMs < to));
}

/** When a person came into the catalog or left it. */
export function comingsAndGoings(catalog: Catalog, person: PersonId): readonly EpochMs[] {
  const memberships = entry(catalog.past?.people ?? {}, person) ?? [];
  return memberships.flatMap(({ from, to }) => [from, to]).filter((at) => at !== null);
}

/** Of every schedule that there is, or of which something is remembered. */
export function scheduleIds(catalog: Catalog): readonly ScheduleId[] {
  return [...new Set([...Object.keys(catalog.schedules), ...Object.keys(catalog.past?.schedules ?? {})])];
}

/** The same catalog, now and in its past, as if no file had ever declared an override. */
export function withoutOverrides(catalog: Catalog): Catalog {
  const bare = <Version extends { readonly overrides: readonly Override[] }>(version: Version) => ({
    ...version,
    overrides: [],
  });
  const eras = Object.entries(catalog.past?.schedules ?? {}).map(([id, past]) => [id, past.map(bare)] as const);
  return {
    ...catalog,
    schedules: Object.fromEntries(Object.entries(catalog.schedules).map(([id, schedule]) => [id, bare(schedule)])),
    past: { people: catalog.past?.people ?? {}, schedules: Object.fromEntries(eras) },
  };
}
