import type { Catalog, CatalogPast, Membership, Override, PastSchedule, Schedule } from './catalog.ts';
import { gridKey, keptInTurn } from './kept-in-turn.ts';
import { entry } from './lookup.ts';
import { dayMs, type EpochMs } from './time.ts';

/** For so long it is remembered who was on duty under a catalog that holds no longer: thirteen months. */
export const pastHorizonMs = 396 * dayMs;

/**
 * What a catalog file means when it is applied at `now` on top of what holds. Nothing before `now` changes: what was in
 * force is kept as the past. Whoever is in the middle of a turn keeps it. Applied again, the same file changes nothing.
 */
export function continued(before: Catalog | undefined, file: Catalog, now: EpochMs): Catalog {
  return withPast(before, keepingTurns(before, file, now), now);
}

/** The catalog of a file with its participants turned so that nobody is moved in the middle of a turn: see `keptInTurn`. */
export function keepingTurns(before: Catalog | undefined, file: Catalog, now: EpochMs): Catalog {
  const { past: _, ...declared } = file;
  const schedules = Object.entries(file.schedules).map(([id, schedule]) => {
    const was = entry(before?.schedules ?? {}, id);
    return [id, was === undefined ? schedule : { ...schedule, layers: keptInTurn(was, schedule, now) }] as const;
  });
  return { ...declared, schedules: Object.fromEntries(schedules) };
}

/**
 * A catalog that holds from `now` on, with the past that it has on top of `before`. The first catalog has none: it alone
 * says what was.
 */
export function withPast(before: Catalog | undefined, after: Catalog, now: EpochMs): Catalog {
  const { past: _, ...catalog } = after;
  if (before === undefined) return catalog;
  const past = { schedules: pastSchedules(before, catalog, now), people: memberships(before, catalog, now) };
  return isEmpty(past) ? catalog : { ...catalog, past };
}

function isEmpty(past: CatalogPast): boolean {
  return Object.keys(past.schedules).length === 0 && Object.keys(past.people).length === 0;
}

function pastSchedules(before: Catalog, after: Catalog, now: EpochMs): CatalogPast['schedules'] {
  const known = before.past?.schedules ?? {};
  const ids = new Set([...Object.keys(known), ...Object.keys(before.schedules), ...Object.keys(after.schedules)]);
  const pasts = [...ids].flatMap((id) => {
    const was = entry(before.schedules, id);
    const earlier = entry(known, id) ?? [];
    const since = earlier.at(-1)?.until ?? -Infinity;
    const isRemembered = since < now && !answersAlike(was, entry(after.schedules, id), now);
    const past = isRemembered ? [...earlier, pastOf(was, after, since, now)] : earlier;
    const kept = forgetting(past, now - pastHorizonMs);
    return kept.length === 0 ? [] : [[id, kept] as const];
  });
  return Object.fromEntries(pasts);
}

/** A schedule that did not exist had nobody on duty. */
function pastOf(was: Schedule | undefined, after: Catalog, since: EpochMs, until: EpochMs): PastSchedule {
  if (was === undefined) return { until, timezone: after.workspace.timezone, layers: [], overrides: [] };
  const overrides = was.overrides.filter((override) => override.from < until && override.to > since);
  return { until, timezone: was.timezone, layers: was.layers, overrides };
}

/** Whether two versions of a schedule say the same about every instant before `now`. */
export function answersAlike(one: Schedule | undefined, other: Schedule | undefined, now: EpochMs): boolean {
  if (one === undefined || other === undefined) return one === other;
  const key = ({ timezone, layers, overrides }: Schedule) =>
    JSON.stringify([
      timezone,
      layers.map((layer) => [gridKey(layer), layer.participants]),
      overrides.filter(({ from }) => from < now).map(overrideKey),
    ]);
  return key(one) === key(other);
}

function overrideKey(override: Override): readonly unknown[] {
  const person = override.kind === 'remove' ? null : override.person;
  const insteadOf = override.kind === 'replace' || override.kind === 'remove' ? override.insteadOf : null;
  return [override.kind, override.from, override.to, person, insteadOf];
}

/** What lies beyond the horizon is no longer known: better nobody than somebody by a later plan. */
function forgetting(past: readonly PastSchedule[], horizon: EpochMs): readonly PastSchedule[] {
  const gone = past.findLast(({ until }) => until < horizon);
  if (gone === undefined) return past;
  return [{ ...gone, layers: [], overrides: [] }, ...past.filter(({ until }) => until >= horizon)];
}

function memberships(before: Catalog, after: Catalog, now: EpochMs): CatalogPast['people'] {
  const known = before.past?.people ?? {};
  const ids = new Set([...Object.keys(known), ...Object.keys(before.people), ...Object.keys(after.people)]);
  const spans = [...ids].flatMap((id) => {
    const [was, is] = [before, after].map(({ people }) => entry(people, id) !== undefined);
    const earlier = entry(known, id);
    const next = was === is ? earlier : is === true ? arrived(earlier ?? [], now) : left(earlier, now);
    const kept = (next ?? []).filter(({ to }) => to === null || to >= now - pastHorizonMs);
    // Whoever came before all that is remembered was always there.
    const isNews = kept.some(({ from, to }) => to !== null || (from !== null && from >= now - pastHorizonMs));
    return isNews ? [[id, kept] as const] : [];
  });
  return Object.fromEntries(spans);
}

function arrived(earlier: readonly Membership[], now: EpochMs): readonly Membership[] {
  return [...earlier, { from: now, to: null }];
}

function left(earlier: readonly Membership[] = [{ from: null, to: null }], now: EpochMs): readonly Membership[] {
  return earlier.map((membership) => (membership.to === null ? { ...membership, to: now } : membership));
}
