import type { IncidentRow, Store } from '../engine/ports.ts';
import type { IncidentId } from '../incident/ids.ts';

/** The titles of a few incidents; one that was erased is not in it. */
export async function titlesOf(
  store: Pick<Store, 'texts'>,
  rows: readonly IncidentRow[],
): Promise<ReadonlyMap<IncidentId, string>> {
  const titles = await Promise.all(
    rows.map(async ({ id, title }) => [id, (await store.texts(id)).get(title)] as const),
  );
  return new Map(titles.flatMap(([id, title]) => (title === undefined ? [] : [[id, title] as const])));
}
