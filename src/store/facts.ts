import { sql } from 'drizzle-orm';
import type { Store } from '../engine/ports.ts';
import { personStream, scheduleStream } from '../engine/streams.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { unknownAvailability } from '../oncall/last-known.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { overridesInForce } from '../oncall/schedule-evolve.ts';
import { withTimelines } from '../oncall/timeline.ts';
import { Unreadable } from './codec/read.ts';
import type { Database } from './database.ts';
import { folding, type StreamRow } from './streams.ts';

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
    const unreadable: string[] = [];
    const overrides: OnCallFacts['overrides'][number][] = [];
    let catalog: Catalog | undefined;
    // Sorted here: asked for an order, SQLite would walk through all incidents in it.
    const rows = (await all.run({})).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const row of rows) {
      if (row.kind === 'workspace') catalog = (await stateOf('workspace', 'workspace', row))?.catalog;
      else if (row.kind === 'person') {
        const person = row.id.slice('person:'.length);
        const read = await windowsOf(person, row);
        if (read === undefined) unreadable.push(person);
        windows.push(...(read ?? [unknownAvailability(person)]));
      } else if (row.kind === 'schedule') {
        const schedule = await stateOf('schedule', scheduleStream(row.id.slice('schedule:'.length)), row);
        overrides.push(...(schedule === undefined ? [] : overridesInForce(schedule)));
      }
    }
    const facts = withTimelines({ catalog: catalog ?? emptyCatalog, windows, overrides });
    return unreadable.length === 0 ? facts : { ...facts, unreadable };
  }

  /** Undefined where a newer version has written what this one does not know: that costs this person, not everybody. */
  async function windowsOf(person: string, row: StreamRow): Promise<OnCallFacts['windows'] | undefined> {
    try {
      return (await stateOf('person', personStream(person), row))?.windows ?? [];
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
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
