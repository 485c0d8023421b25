import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Store } from '../engine/ports.ts';
import { personStream } from '../engine/streams.ts';
import type { PersonEvent } from '../oncall/person.ts';
import { automation, type Recorded } from '../oncall/recorded.ts';
import { dayMs } from '../oncall/time.ts';
import { readEvent } from './codec/events.ts';
import { bound, excluded, insertInto, writeAll, type Database, type Write } from './database.ts';

/** What goes when its time is over: the one place where events are ever written over. */
export function retention(database: Database): Pick<Store, 'emptyForgotten' | 'eraseSkipped' | 'personEvents'> {
  return { ...forgetting(database), eraseSkipped: eraseSkipped(database) };
}

function forgetting(database: Database): Pick<Store, 'emptyForgotten' | 'personEvents'> {
  const { events } = database.tables;
  const history = database.prepare(
    database.query
      .select()
      .from(events)
      .where(eq(events.stream, sql.placeholder('stream')))
      .orderBy(events.sequence),
  );
  const empty = database.prepare(
    database.query
      .update(events)
      .set({
        type: sql`${sql.placeholder('type')}`,
        happenedAt: bound(events.happenedAt, 'at'),
        recordedAt: bound(events.recordedAt, 'at'),
        actor: bound(events.actor, 'actor'),
        body: bound(events.body, 'body'),
      })
      .where(
        and(eq(events.stream, sql.placeholder('stream')), sql`${events.sequence} = ${sql.placeholder('sequence')}`),
      ),
  );

  async function personEvents(person: string): Promise<readonly Recorded<PersonEvent>[]> {
    return (await history.run({ stream: personStream(person) })).map((row) => readEvent('person', row));
  }

  /** In place of what told of the window: no dates of its own, nobody who did it. */
  function emptied(person: string, { sequence, recordedAt }: Recorded<PersonEvent>, event: PersonEvent): Write {
    const values = { stream: personStream(person), sequence, type: event.type, at: recordedAt, body: event };
    return { statement: empty, values: { ...values, actor: automation } };
  }

  return {
    personEvents,
    async emptyForgotten(person) {
      const all = await personEvents(person);
      const ends = all.flatMap((recorded) =>
        recorded.event.type === 'windows_forgotten' ? [{ recorded, windows: new Set(recorded.event.windows) }] : [],
      );
      const writes = all.flatMap((recorded) => {
        const window = windowOf(recorded.event);
        const end = ends.find(({ windows }) => window !== undefined && windows.has(window));
        if (end === undefined) return [];
        return [
          emptied(person, { ...recorded, recordedAt: end.recorded.recordedAt }, { type: 'window_forgotten' } as const),
        ];
      });
      const named = ends.filter(({ windows }) => windows.size > 0);
      // Ids of what a file declared are made of its dates.
      const unnamed = named.map(({ recorded }) =>
        emptied(person, recorded, { type: 'windows_forgotten', windows: [] }),
      );
      await writeAll(database, [...writes, ...unnamed]);
      return writes.length;
    },
  };
}

function windowOf(event: PersonEvent): string | undefined {
  if (event.type === 'window_added') return event.window.id;
  return event.type === 'window_cancelled' ? event.window : undefined;
}

/** Until which day, since 1970, everything is erased already: years of history are not looked through each day. */
const watermark = 'skipped_erased_before_day';

function eraseSkipped(database: Database): Store['eraseSkipped'] {
  const { events, texts, counters } = database.tables;
  const { query } = database;
  const last = database.prepare(query.select().from(counters).where(eq(counters.name, watermark)));
  const told = database.prepare(
    query
      .select()
      .from(events)
      .where(
        and(
          eq(events.type, 'page_skipped'),
          gte(events.recordedAt, bound(events.recordedAt, 'from')),
          lt(events.recordedAt, bound(events.recordedAt, 'to')),
        ),
      ),
  );
  const erase = database.prepare(query.delete(texts).where(database.oneOf(texts.id, 'ids')));
  const remember = insertInto(database, counters, (insert) =>
    insert.onConflictDoUpdate({ target: counters.name, set: { value: excluded(counters.value) } }),
  );

  return async (before) => {
    const day = Math.floor(before / dayMs);
    const from = (await last.run({}))[0]?.value ?? 0;
    if (day <= from) return;
    const rows = await told.run({ from: from * dayMs, to: day * dayMs });
    const ids = rows.flatMap((row) => {
      const { event } = readEvent('incident', row);
      return event.type === 'page_skipped' ? [event.skipped] : [];
    });
    const erasure = ids.length === 0 ? [] : [{ statement: erase, values: { ids: database.list(ids) } }];
    await writeAll(database, [...erasure, ...remember([{ name: watermark, value: day }])]);
  };
}
