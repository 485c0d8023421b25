import type { Kit } from '../columns.postgres.ts';

/** What the pager must not know. Beside each table: what its rows are, and when they go. */
export function definePrivateTables(c: Kit) {
  /** The random part of each person's key. Deleting the row shreds whatever of theirs is left anywhere. */
  const personKeys = c.table('person_keys', { person: c.text('person').primaryKey(), salt: c.text('salt').notNull() });
  /** Why somebody is away, sealed. Goes 30 days after the end of the absence. */
  const reasons = c.table(
    'reasons',
    { window: c.text('window').primaryKey(), person: c.text('person').notNull(), sealed: c.text('sealed').notNull() },
    (t) => [c.index('reasons_person').on(t.person)],
  );
  /** Personal rules, sealed. Go when their person takes them back. */
  const rules = c.table(
    'personal_rules',
    { id: c.text('id').primaryKey(), person: c.text('person').notNull(), sealed: c.text('sealed').notNull() },
    (t) => [c.index('personal_rules_person').on(t.person)],
  );
  /** Addresses of calendars, and what is remembered of reading them, both sealed. */
  const feeds = c.table(
    'calendar_feeds',
    {
      id: c.text('id').primaryKey(),
      person: c.text('person').notNull(),
      sealed: c.text('sealed').notNull(),
      memory: c.text('memory'),
    },
    (t) => [c.index('calendar_feeds_person').on(t.person)],
  );
  /** Who looked at what of whom. Goes after a year. */
  const looks = c.table(
    'access_log',
    {
      seq: c.serial('seq'),
      person: c.text('person').notNull(),
      by: c.text('by').notNull(),
      what: c.text('what').notNull(),
      at: c.instant('at').notNull(),
    },
    (t) => [c.index('access_log_person').on(t.person, t.at)],
  );
  return { personKeys, reasons, rules, feeds, looks };
}

export type PrivateTables = ReturnType<typeof definePrivateTables>;
