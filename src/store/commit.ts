import { eq, sql } from 'drizzle-orm';
import type { Batch, CommitResult, Store } from '../engine/ports.ts';
import { batchWrites } from './batch-writes.ts';
import type { Database, Refused } from './database.ts';

/** The one door for decisions: events, fold, row, texts, effects, ids and alerts of a batch, all or nothing. */
export function commits(database: Database, { seen }: Pick<Store, 'seen'>): Pick<Store, 'commit'> {
  const writesOf = batchWrites(database);
  const diagnose = diagnosis(database, seen);
  return {
    async commit(batches, now) {
      const units = batches.map((batch) => ({ writes: writesOf(batch, now), wakes: batch.effects.length > 0 }));
      const refusals = await database.atomically(units);
      return Promise.all(batches.map((batch, index) => diagnose(batch, refusals[index])));
    },
  };
}

/**
 * Why a batch was refused. Several rows of it may have clashed and the database names any one of them, so the reasons
 * are looked up, the strongest first: what was seen must not be decided again, what is grouped must not be declared
 * again, and only then is it a lost race.
 */
function diagnosis(database: Database, seen: Store['seen']) {
  const { openGroups, streams } = database.tables;
  const groupOwner = database.prepare(
    database.query
      .select({ incident: openGroups.incident })
      .from(openGroups)
      .where(eq(openGroups.key, sql.placeholder('key'))),
  );
  const streamVersion = database.prepare(
    database.query
      .select({ version: streams.version })
      .from(streams)
      .where(eq(streams.id, sql.placeholder('stream'))),
  );

  return async (batch: Batch, refused: Refused | undefined): Promise<CommitResult> => {
    if (refused === undefined) return 'committed';
    if (refused.table === 'inbound' || (await seen(batch.inbound.map(({ key }) => key))).size > 0) return 'seen';
    const group = batch.openGroup.take;
    if (group !== undefined) {
      if (refused.table === 'open_groups' || (await groupOwner.run({ key: group })).length > 0) return 'group_taken';
    }
    const [stream] = await streamVersion.run({ stream: batch.stream });
    if (refused.table === 'events' || (stream?.version ?? 0) > batch.expectedVersion) return 'version_conflict';
    throw refused.error;
  };
}
