import type { IncidentRecord } from '../figures/record.ts';
import type { IncidentEvent, IncidentStatus } from '../incident/events.ts';
import type { IncidentId, TextId } from '../incident/ids.ts';
import type { Incident } from '../incident/incident.ts';
import type { NewText } from '../incident/draft.ts';
import type { PersonId, Severity } from '../oncall/catalog.ts';
import type { PersonEvent } from '../oncall/person.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Planned, Recorded } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { AnyEvent, AnyState, Effect, StreamId, StreamKind, Streams } from './streams.ts';

/** One clock for a process. On PostgreSQL it follows the database's; in a sandbox it can be moved forward. */
export interface Clock {
  now(): EpochMs;
}

/** Identifies what an outside sender sent, by the sender's own id, so that a repetition is known for one. */
export interface Inbound {
  readonly source: 'pagerduty' | 'slack' | 'alerts' | 'changes';
  readonly id: string;
}

/** What was answered the first time; a repetition gets the same answer. Plain JSON. */
export type Verdict = { readonly incident: IncidentId | undefined };

export interface StoredStream<State> {
  readonly version: number;
  readonly state: State | undefined;
}

/** Everything that one command, or several for one stream, decided: written wholly or not at all. */
export interface Batch {
  readonly stream: StreamId;
  readonly kind: StreamKind;
  /** The version on which it was decided; 0 for a new stream. Another version in the store is a conflict. */
  readonly expectedVersion: number;
  readonly events: readonly Recorded<AnyEvent>[];
  /** The fold after the last event. */
  readonly state: AnyState;
  readonly texts: readonly NewText[];
  readonly effects: readonly Planned<Effect>[];
  /** The row that lists and figures read; only for incidents. */
  readonly row: IncidentRow | undefined;
  readonly openGroup: { readonly take: string | undefined; readonly release: string | undefined };
  readonly inbound: readonly { readonly key: Inbound; readonly verdict: Verdict }[];
  readonly alerts: readonly AlertRow[];
}

/** `group_taken`: another incident is open for the same group key. `seen`: one of the inbound ids was committed before. */
export type CommitResult = 'committed' | 'version_conflict' | 'group_taken' | 'seen';

export interface IncidentRow {
  readonly id: IncidentId;
  readonly number: number;
  readonly status: IncidentStatus;
  readonly isOpen: boolean;
  readonly kind: 'incident' | 'drill';
  readonly severity: Severity;
  readonly service: string | undefined;
  readonly title: TextId;
  readonly isPrivate: boolean;
  readonly outcome: IncidentRecord['outcome'];
  readonly channel: string | undefined;
  readonly openedAt: EpochMs;
  readonly endedAt: EpochMs | undefined;
  readonly hasPostmortem: boolean;
  readonly milestones: IncidentRecord['milestones'];
}

export interface AlertRow {
  readonly key: string;
  readonly incident: IncidentId;
  readonly count: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  readonly resolved: boolean;
}

/** Repeats of known alerts: counted, not decided. */
export interface SignalCount {
  readonly alert: string;
  readonly incident: IncidentId;
  readonly add: number;
  readonly at: EpochMs;
}

/** An effect in the hands of a worker. */
export interface Job {
  /** Stable over retries: the key of idempotency at the far side. */
  readonly id: string;
  readonly effect: Effect;
  readonly lane: string;
  readonly due: EpochMs;
  readonly createdAt: EpochMs;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Fencing: a settlement with another token changes nothing. */
  readonly token: string;
}

export interface DeadLetter {
  readonly id: string;
  readonly kind: string;
  readonly lane: string;
  readonly attempts: number;
  readonly error: string;
  readonly at: EpochMs;
}

/**
 * The only way to what is durable. Every method may throw for a store that cannot be read or written; nothing is then
 * half-done.
 */
export interface Store {
  /** Commits each batch wholly or not at all, independent of the others; results in the same order. */
  commit(batches: readonly Batch[], now: EpochMs): Promise<readonly CommitResult[]>;
  load<Kind extends StreamKind>(
    kind: Kind,
    ids: readonly Streams[Kind]['id'][],
  ): Promise<ReadonlyMap<StreamId, StoredStream<Streams[Kind]['state']>>>;
  events(incident: IncidentId): Promise<readonly Recorded<IncidentEvent>[]>;
  texts(incident: IncidentId): Promise<ReadonlyMap<TextId, string>>;
  /** Erases what people wrote; events that refer to it stay. */
  eraseTexts(ids: readonly TextId[]): Promise<void>;
  nextIncidentNumber(): Promise<number>;
  /** The catalog, all windows, all overrides: one consistent snapshot; cached until something in it changes. */
  onCallFacts(): Promise<OnCallFacts>;

  seen(keys: readonly Inbound[]): Promise<ReadonlyMap<string, Verdict>>;
  /** Open incidents by group key. */
  openGroups(keys: readonly string[]): Promise<ReadonlyMap<string, IncidentId>>;
  alerts(keys: readonly string[]): Promise<ReadonlyMap<string, AlertRow>>;
  signalTotal(incident: IncidentId): Promise<number>;
  unresolvedAlerts(incident: IncidentId): Promise<number>;
  /** Counts repeats, remembers their inbound ids and plans `effects`, in one transaction. */
  countSignals(
    counts: readonly SignalCount[],
    inbound: readonly Inbound[],
    effects: readonly Planned<Effect>[],
    now: EpochMs,
  ): Promise<void>;

  /** Due effects whose lane has nothing earlier waiting, leased until `leaseUntil`; highest priority first. */
  claim(now: EpochMs, leaseUntil: EpochMs, token: string, limit: number): Promise<readonly Job[]>;
  /** Leases effects anew until `leaseUntil`; what its worker has lost meanwhile stays with whoever has it now. */
  renew(jobs: readonly { readonly id: string; readonly token: string }[], leaseUntil: EpochMs): Promise<void>;
  /** Done effects leave the outbox. */
  settle(jobs: readonly { readonly id: string; readonly token: string }[]): Promise<void>;
  /** Gives an effect back, due at `due`; `countAttempt` false when it was not tried. */
  postpone(job: { readonly id: string; readonly token: string }, due: EpochMs, countAttempt: boolean): Promise<void>;
  bury(job: { readonly id: string; readonly token: string }, error: string, now: EpochMs): Promise<void>;
  /** When the next claimable effect is due; undefined when nothing waits. */
  nextDue(): Promise<EpochMs | undefined>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  retryDeadLetter(id: string, now: EpochMs): Promise<boolean>;
  dropDeadLetter(id: string): Promise<boolean>;
  outboxDepth(now: EpochMs): Promise<{ readonly waiting: number; readonly overdue: number; readonly dead: number }>;

  /** What an authentic sender sent and Toran could not use: kept for people to look at. */
  setAside(source: Inbound['source'], id: string, reason: string, body: string, now: EpochMs): Promise<void>;
  setAsideCount(): Promise<number>;

  incidents(filter: IncidentFilter): Promise<readonly IncidentRow[]>;
  incidentByChannel(channel: string): Promise<IncidentId | undefined>;
  incident(id: IncidentId): Promise<Incident | undefined>;
  /** Incidents and imported history, for figures; titles are resolved. */
  records(): Promise<readonly IncidentRecord[]>;
  /** Adds rows that are not there yet, all or none; returns how many were new. */
  importRecords(records: readonly IncidentRecord[]): Promise<number>;
  /**
   * When pages reached people, for on-call load: [from, to). One question to one person counts once, by however many ways
   * it came. Drills and private incidents are left out.
   */
  deliveredPages(from: EpochMs, to: EpochMs): Promise<readonly { readonly person: string; readonly at: EpochMs }[]>;

  /** What has been said of a person's availability, oldest first. */
  personEvents(person: PersonId): Promise<readonly Recorded<PersonEvent>[]>;
  /**
   * Empties the events that told of windows which the person's stream has forgotten: their place and order stay, dates and
   * actors go. Finds what an earlier try has left; returns how many were emptied now.
   */
  emptyForgotten(person: PersonId): Promise<number>;
  /** Erases who was passed over by pages before that instant. */
  eraseSkipped(before: EpochMs): Promise<void>;
  /** Forgets inbound ids older than `before`. */
  prune(before: EpochMs): Promise<void>;
  /** Writes, reads back and forgets a row: the proof behind readiness. Resolves to the database's own time. */
  ping(): Promise<EpochMs>;
  /** Called when another process may have committed effects; returns how to stop listening. */
  onEffects(wake: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface IncidentFilter {
  readonly open?: boolean;
  readonly includePrivate?: boolean;
  /** Newest first. */
  readonly limit: number;
}

export function inboundKey(inbound: Inbound): string {
  return `${inbound.source}:${inbound.id}`;
}
