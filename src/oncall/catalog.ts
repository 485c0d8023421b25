import type { EpochMs, TimeZone } from './time.ts';

/** The key under which the catalog names a person, for example `noa`. Stable over time; never shown where a name fits. */
export type PersonId = string;
export type ScheduleId = string;
export type TeamId = string;
export type PolicyId = string;
export type ServiceId = string;

export type Severity = 'sev1' | 'sev2' | 'sev3' | 'sev4';
export const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const satisfies readonly Severity[];

export type Language = 'en' | 'he';
export type Weekday = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';
/** In the order of JavaScript's and cron's day numbers: Sunday is 0. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const satisfies readonly Weekday[];

/** Everything that the catalog file declares: who works here, who is on duty when, who is asked, for what. */
export interface Catalog {
  readonly workspace: Workspace;
  readonly people: Readonly<Record<PersonId, Person>>;
  readonly teams: Readonly<Record<TeamId, Team>>;
  readonly schedules: Readonly<Record<ScheduleId, Schedule>>;
  readonly policies: Readonly<Record<PolicyId, Policy>>;
  readonly services: Readonly<Record<ServiceId, Service>>;
  /** What held before, kept beside what holds: no file has it, and none can change it. Left out while nothing changed. */
  readonly past?: CatalogPast | undefined;
}

export interface CatalogPast {
  /** Oldest first: the first that ends after an instant is the one that was in force then. Also of schedules that are gone. */
  readonly schedules: Readonly<Record<ScheduleId, readonly PastSchedule[]>>;
  /** Of people who came or left: when they were in the catalog, oldest first. All others always were. */
  readonly people: Readonly<Record<PersonId, readonly Membership[]>>;
}

/** A schedule as it was in force until `until`; without layers while there was none. */
export interface PastSchedule {
  readonly until: EpochMs;
  readonly timezone: TimeZone;
  readonly layers: readonly Layer[];
  readonly overrides: readonly Override[];
}

/** Half-open [from, to); null is an open end. */
export interface Membership {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

export interface Workspace {
  readonly timezone: TimeZone;
  readonly workWeek: readonly Weekday[];
  readonly locale: Language;
  readonly admins: readonly PersonId[];
  /** Channel name with `#`, or a channel id; undefined when nothing is announced. */
  readonly announce: string | undefined;
  readonly defaultPolicy: PolicyId | undefined;
  /** Never empty in a catalog that pages, and holds at least one channel: a page never ends in silence. */
  readonly lastResort: readonly Target[];
  /** How many people may be called up at once before coverage is thin; left out: 2. */
  readonly coverageTarget?: number | undefined;
  /** Days off that no rule computes: Election Day, a company holiday. */
  readonly companyDays?: readonly CompanyDay[] | undefined;
  /** How much harder an hour on duty is; left out: night 1.5, weekend 1.5, festival 2, eve 1.25. */
  readonly burden?: BurdenWeights | undefined;
}

export interface CompanyDay {
  /** `2026-10-27`, a day of the reader's own zone. */
  readonly date: string;
  readonly name: string;
  readonly off: 'day' | 'half';
}

export interface BurdenWeights {
  readonly night: number;
  readonly weekend: number;
  readonly festival: number;
  readonly eve: number;
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly slack: string | undefined;
  readonly pagerduty: string | undefined;
  readonly email: string | undefined;
  /** Undefined means the workspace's zone. */
  readonly timezone: TimeZone | undefined;
  readonly language: Language | undefined;
  /** Undefined means the workspace's. */
  readonly workWeek?: readonly Weekday[] | undefined;
}

export interface Team {
  readonly id: TeamId;
  readonly members: readonly PersonId[];
  readonly lead: PersonId | undefined;
}

export interface Schedule {
  readonly id: ScheduleId;
  readonly timezone: TimeZone;
  /** A later layer wins where it is active. */
  readonly layers: readonly Layer[];
  /** Later in the list is newer, and the newest wins. */
  readonly overrides: readonly Override[];
  /** How many people have to be on duty at once; left out: 1. */
  readonly needed?: number | undefined;
  /** Slack user group whose members are whoever is on duty: its id, or its handle without the @. */
  readonly userGroup?: string | undefined;
  readonly pagerduty?: PagerDutySchedule | undefined;
}

/** A schedule of PagerDuty that follows this one. Its overrides publish who is away, so it is opted in one by one. */
export interface PagerDutySchedule {
  readonly schedule: string;
  readonly publishAbsences: boolean;
}

export interface Layer {
  /** Wall time without a zone (`2026-11-01T09:00`), in the schedule's zone: the anchor of the grid. */
  readonly start: string;
  readonly every: Step;
  readonly participants: readonly PersonId[];
  /** Empty means always active. */
  readonly windows: readonly LayerWindow[];
}

/** Length of one turn, on the wall clock. Always a positive whole number. */
export type Step = { readonly unit: 'hours' | 'days' | 'weeks' | 'months'; readonly count: number };

/** `days` name the day on which the window starts; `to` earlier than `from` crosses midnight; equal is refused. */
export interface LayerWindow {
  readonly days: readonly Weekday[];
  /** `HH:MM` wall time. */
  readonly from: string;
  readonly to: string;
}

/** Half-open [from, to). What it does follows from its kind; see DESIGN §7. */
export type Override = { readonly from: EpochMs; readonly to: EpochMs } & (
  | { readonly kind: 'replace'; readonly person: PersonId; readonly insteadOf: PersonId }
  | { readonly kind: 'remove'; readonly insteadOf: PersonId }
  | { readonly kind: 'add'; readonly person: PersonId }
  | { readonly kind: 'only'; readonly person: PersonId }
);

export type Target =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'schedule'; readonly schedule: ScheduleId }
  | { readonly kind: 'team'; readonly team: TeamId }
  /** A Slack channel: `#name` or an id. */
  | { readonly kind: 'channel'; readonly channel: string };

export interface Policy {
  readonly id: PolicyId;
  /** Severities that page; others open a channel and wake nobody. */
  readonly pages: readonly Severity[];
  readonly ackTimeoutMs: number;
  /** How many more times the steps run after the first round. */
  readonly repeat: number;
  readonly steps: readonly PolicyStep[];
  /** Falls back to the workspace's; never empty in a valid catalog. */
  readonly lastResort: readonly Target[];
}

export interface PolicyStep {
  readonly notify: readonly Target[];
  readonly waitMs: number;
}

export interface Service {
  readonly id: ServiceId;
  readonly name: string;
  readonly team: TeamId | undefined;
  readonly policy: PolicyId | undefined;
  /** PagerDuty service id. */
  readonly pagerduty: string | undefined;
  /** Percent, for example 99.99. */
  readonly sloAvailability: number | undefined;
  readonly revenuePerMinute: number | undefined;
  readonly runbook: string | undefined;
}
