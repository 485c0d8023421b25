import type { AbsenceKind, LookedAt } from '../oncall/absence-kind.ts';
import type { PersonId, Severity } from '../oncall/catalog.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import type { WindowId } from '../oncall/windows.ts';

export interface Reason {
  readonly window: WindowId;
  readonly person: PersonId;
  readonly kind: AbsenceKind;
}

/** A rule that only its person knows (oncall/personal-rules.ts), as JSON: whoever reads it parses it. */
export interface StoredRule {
  readonly id: string;
  readonly person: PersonId;
  readonly rule: unknown;
}

/** A calendar of somebody. Its address is a password: whoever has it reads the calendar. */
export interface CalendarFeed {
  readonly id: string;
  readonly person: PersonId;
  readonly address: string;
  readonly settings: CalendarSettings;
  /** Undefined before the first reading. */
  readonly memory: CalendarMemory | undefined;
}

/** What the owner has said about a calendar. */
export interface CalendarSettings {
  readonly effect: 'hard' | 'soft';
  /** Only for `soft`. */
  readonly letsThrough?: readonly Severity[] | undefined;
  /** The zone of times without one, where the calendar says nothing. */
  readonly floatingZone?: TimeZone | undefined;
  /** Events that the calendar shows as free count as well. */
  readonly countsTransparent?: boolean | undefined;
  /** Only what lasts a day or is marked as out of office counts: the calendar holds meetings. */
  readonly daysAwayOnly?: boolean | undefined;
}

/** How the last readings went. */
export interface CalendarMemory {
  /** The last that could be believed; what is known of absences is of that time. */
  readonly goodAt: EpochMs | undefined;
  /** Since when none could; undefined while all is well. */
  readonly staleSince: EpochMs | undefined;
  readonly because: string | undefined;
  readonly isOwnerTold: boolean;
  /** The owner has said that the next reading is right, however much it lacks. */
  readonly isConfirmed: boolean;
}

/** Somebody looked at what is private to another. Shown to that person, kept for a year. */
export interface Look {
  readonly of: PersonId;
  /** A person, or `operator`: whoever runs Toran's commands on its machine. */
  readonly by: PersonId;
  readonly at: EpochMs;
  readonly what: LookedAt;
}

export const operator = 'operator';

/**
 * What the pager must not know, in a store of its own: sealed with a key for each person, behind an address and, on
 * PostgreSQL, a role of its own. Only the parts of Toran that test/architecture.test.ts names may import this file. Reading
 * what no present secret opens throws `SealedShut`; nothing then counts as absent.
 */
export interface PrivateStore {
  saveReason(reason: Reason): Promise<void>;
  /** Of one person, or of everybody. */
  reasons(person?: PersonId): Promise<readonly Reason[]>;
  /** Which windows have a reason, without opening it. */
  windowsWithReasons(): Promise<readonly { readonly window: WindowId; readonly person: PersonId }[]>;
  eraseReasons(windows: readonly WindowId[]): Promise<void>;

  saveRule(rule: StoredRule): Promise<void>;
  rules(person: PersonId): Promise<readonly StoredRule[]>;
  dropRule(person: PersonId, id: string): Promise<boolean>;
  peopleWithRules(): Promise<readonly PersonId[]>;

  saveFeed(feed: CalendarFeed): Promise<void>;
  /** Nothing is written for a feed that was dropped meanwhile. */
  rememberOfFeed(id: string, memory: CalendarMemory): Promise<void>;
  feed(id: string): Promise<CalendarFeed | undefined>;
  feeds(person: PersonId): Promise<readonly CalendarFeed[]>;
  dropFeed(person: PersonId, id: string): Promise<boolean>;
  /** Of everybody, without opening them. */
  feedIds(): Promise<readonly { readonly id: string; readonly person: PersonId }[]>;

  recordLook(look: Look): Promise<void>;
  /** Newest first. */
  looksAt(person: PersonId): Promise<readonly Look[]>;
  forgetLooks(before: EpochMs): Promise<void>;

  /** Shreds the person's key first, then deletes all rows: copies of the database hold nothing that can be opened. */
  erasePerson(person: PersonId): Promise<void>;
  /** Seals everything that an older secret has sealed with the present one; counts what no secret opens. */
  sealAnew(): Promise<{ readonly resealed: number; readonly shut: number }>;
  /** The same, only counted. */
  seals(): Promise<{ readonly outdated: number; readonly shut: number }>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class SealedShut extends Error {
  override readonly name = 'SealedShut';
}
