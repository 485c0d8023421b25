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

/** What one stream adds to the facts, as of one version of it. */
interface Part {
  readonly version: number;
  readonly catalog?: Catalog | undefined;
  readonly windows?: OnCallFacts['windows'];
  readonly overrides?: OnCallFacts['overrides'];
  readonly unreadable?: string;
}

/**
 * Who can answer, kept until any of its streams has moved: the stamp is a sum of versions, which only grow, so that a storm
 * of commands costs a look at a few index rows. Of what has moved only that is read anew: a year of everybody's quiet
 * hours is too much to go through for each of them.
 */
export function facts(database: Database): Pick<Store, 'onCallFacts'> {
  const { streams } = database.tables;
  const { query } = database;
  // Spelled as the index is, so that it is used.
  const isFact = sql`${streams.kind} <> 'incident'`;
  const stampOf = database.prepare(
    query
      .select({ stamp: sql<string>`count(*) || '/' || coalesce(sum(${streams.version}), 0)` })
      .from(streams)
      .where(isFact),
  );
  const heads = database.prepare(
    query.select({ id: streams.id, version: streams.version }).from(streams).where(isFact),
  );
  const byId = database.prepare(query.select().from(streams).where(database.oneOf(streams.id, 'ids')));
  const partOf = parts(database);
  const known = new Map<string, Part>();
  let kept: { readonly stamp: string; readonly facts: OnCallFacts } | undefined;

  async function readFacts(): Promise<OnCallFacts> {
    // Sorted here: asked for an order, SQLite would walk through all incidents in it.
    const there = (await heads.run({})).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const moved = there.filter(({ id, version }) => known.get(id)?.version !== version).map(({ id }) => id);
    if (moved.length > 0)
      for (const row of await byId.run({ ids: database.list(moved) })) known.set(row.id, await partOf(row));
    const all = there.flatMap(({ id }) => known.get(id) ?? []);
    const unreadable = all.flatMap((part) => part.unreadable ?? []);
    const facts = withTimelines({
      catalog: all.find(({ catalog }) => catalog !== undefined)?.catalog ?? emptyCatalog,
      windows: all.flatMap(({ windows = [] }) => windows),
      overrides: all.flatMap(({ overrides = [] }) => overrides),
    });
    return unreadable.length === 0 ? facts : { ...facts, unreadable };
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

function parts(database: Database): (row: StreamRow) => Promise<Part> {
  const stateOf = folding(database);
  return async (row) => {
    const { id, version } = row;
    if (row.kind === 'workspace') return { version, catalog: (await stateOf('workspace', 'workspace', row))?.catalog };
    if (row.kind === 'schedule') {
      const schedule = await stateOf('schedule', scheduleStream(id.slice('schedule:'.length)), row);
      return { version, overrides: schedule === undefined ? [] : overridesInForce(schedule) };
    }
    if (row.kind !== 'person') return { version };
    const person = id.slice('person:'.length);
    try {
      return { version, windows: (await stateOf('person', personStream(person), row))?.windows ?? [] };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      // A newer version has written what this one does not know: that costs this person, not everybody.
      return { version, windows: [unknownAvailability(person)], unreadable: person };
    }
  };
}
