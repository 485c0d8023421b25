import { sql } from 'drizzle-orm';
import type { Store } from '../engine/ports.ts';
import { personStream } from '../engine/streams.ts';
import type { Catalog } from '../oncall/catalog.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Database } from './database.ts';
import { folding } from './streams.ts';

/** Before a catalog was applied: nobody is known, nobody is paged. */
const emptyCatalog: Catalog = {
  workspace: {
    timezone: 'UTC',
    workWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
    locale: 'en',
    admins: [],
    announce: undefined,
    defaultPolicy: undefined,
    lastResort: [],
  },
  people: {},
  teams: {},
  schedules: {},
  policies: {},
  services: {},
};

/**
 * Who can answer, read once and kept until any of its streams has moved: the stamp is a sum of versions, which only
 * grow, so that a storm of commands costs a look at a few index rows and not a catalog each.
 */
export function facts(database: Database): Pick<Store, 'onCallFacts'> {
  const { streams } = database.tables;
  // Spelled as the index is, so that it is used.
  const isFact = sql`${streams.kind} <> 'incident'`;
  const stampOf = database.prepare(
    database.query
      .select({ stamp: sql<string>`count(*) || '/' || coalesce(sum(${streams.version}), 0)` })
      .from(streams)
      .where(isFact),
  );
  const all = database.prepare(database.query.select().from(streams).where(isFact));
  const stateOf = folding(database);
  let kept: { readonly stamp: string; readonly facts: OnCallFacts } | undefined;

  async function readFacts(): Promise<OnCallFacts> {
    const windows: OnCallFacts['windows'][number][] = [];
    let catalog: Catalog | undefined;
    // Sorted here: asked for an order, SQLite would walk through all incidents in it.
    const rows = (await all.run({})).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const row of rows) {
      if (row.kind === 'workspace') catalog = (await stateOf('workspace', 'workspace', row))?.catalog;
      else if (row.kind === 'person') {
        const person = await stateOf('person', personStream(row.id.slice('person:'.length)), row);
        windows.push(...(person?.windows ?? []));
      }
    }
    return { catalog: catalog ?? emptyCatalog, windows, overrides: [] };
  }

  return {
    async onCallFacts() {
      // Read before the rows: what is committed in between makes the next look read again.
      const stamp = (await stampOf.run({}))[0]?.stamp ?? '';
      if (kept === undefined || kept.stamp !== stamp) kept = { stamp, facts: await readFacts() };
      return kept.facts;
    },
  };
}
