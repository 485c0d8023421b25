import type { AbsenceKind } from '../oncall/absence-kind.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { plannedMaterialisation, plannedSync } from '../oncall/person-effects.ts';
import type { PersonCommand } from '../oncall/person.ts';
import type { PersonalRule } from '../oncall/personal-rules.ts';
import type { Actor, Planned } from '../oncall/recorded.ts';
import { endOf, liveOf, type WindowId } from '../oncall/windows.ts';
import type { Engine } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import { personState } from './person-stream.ts';
import { exportOf, type PersonalExport } from './privacy-export.ts';
import { operator, type CalendarFeed, type Look, type PrivateStore } from './private-ports.ts';
import { personStream, type Effect } from './streams.ts';

export interface PrivacyOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Undefined while private data is off. */
  readonly privateStore: PrivateStore | undefined;
  /** Throws for a rule that this version does not know, and says nothing of what is in it. */
  readonly readRule: (stored: unknown) => PersonalRule;
}

/** A person who is asked about what is theirs, or `operator`. */
export type Asker = PersonId;

export interface Erased {
  readonly windows: number;
  /** Absences that hold now or are to come, and were left. */
  readonly left: number;
}

/**
 * What a person, and whoever speaks for them, does with what is private. Surfaces check nothing themselves: each function
 * says `not_yours` where somebody asks for what is another's, and `off` where nothing private is kept.
 */
export interface Privacy {
  readonly isOn: boolean;
  /** By the person, or by their delegate, who may tell but not read. */
  tellReason(person: PersonId, window: WindowId, kind: AbsenceKind, by: Asker): Promise<'told' | 'off' | 'not_yours'>;
  reasonsOf(person: PersonId, by: Asker): Promise<ReadonlyMap<WindowId, AbsenceKind> | 'off' | 'not_yours'>;
  rulesOf(person: PersonId, by: Asker): Promise<readonly PersonalRule[] | 'off' | 'not_yours'>;
  /** New, or in the place of the one with its id. */
  saveRule(person: PersonId, rule: PersonalRule, by: Asker): Promise<'saved' | 'off' | 'not_yours'>;
  dropRule(person: PersonId, id: string, by: Asker): Promise<'dropped' | 'unknown' | 'off' | 'not_yours'>;
  calendarsOf(person: PersonId, by: Asker): Promise<readonly CalendarFeed[] | 'off' | 'not_yours'>;
  saveCalendar(feed: CalendarFeed, by: Asker): Promise<'saved' | 'off' | 'not_yours'>;
  /** Its owner says that what it tells now is right, however much has gone: the next reading is believed. */
  confirmCalendar(person: PersonId, id: string, by: Asker): Promise<'confirmed' | 'unknown' | 'off' | 'not_yours'>;
  /** The absences that it told of end with it. */
  dropCalendar(person: PersonId, id: string, by: Asker): Promise<'dropped' | 'unknown' | 'off' | 'not_yours'>;
  looksAt(person: PersonId): Promise<readonly Look[]>;
  exportOf(person: PersonId, by: Asker): Promise<PersonalExport>;
  erase(person: PersonId, by: Asker, scope: 'past' | 'everything'): Promise<Erased>;
}

export function createPrivacy(options: PrivacyOptions): Privacy {
  const { store, clock, privateStore } = options;
  return {
    isOn: privateStore !== undefined,
    ...reasons(options),
    ...rules(options),
    ...calendars(options),
    looksAt: async (person) => (await privateStore?.looksAt(person)) ?? [],
    async exportOf(person, by) {
      // Written down before anything is read: who cannot be remembered as having looked does not look.
      if (by !== person) await privateStore?.recordLook({ of: person, by, at: clock.now(), what: 'everything' });
      return exportOf(person, clock.now(), { store, privateStore });
    },
    erase: (person, by, scope) => erase(person, by, scope, options),
  };
}

type Reasons = Pick<Privacy, 'tellReason' | 'reasonsOf'>;

function reasons({ store, privateStore }: PrivacyOptions): Reasons {
  return {
    async tellReason(person, window, kind, by) {
      if (privateStore === undefined) return 'off';
      const state = await personState(person, store);
      const isTheirs = state.windows.some(({ id }) => id === window);
      if (!isTheirs || (by !== person && by !== state.delegate)) return 'not_yours';
      await privateStore.saveReason({ window, person, kind });
      return 'told';
    },
    async reasonsOf(person, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      return new Map((await privateStore.reasons(person)).map(({ window, kind }) => [window, kind]));
    },
  };
}

type Rules = Pick<Privacy, 'rulesOf' | 'saveRule' | 'dropRule'>;

function rules(options: PrivacyOptions): Rules {
  const { clock, privateStore, readRule } = options;
  const refresh = (person: PersonId) => plan(plannedMaterialisation(person, clock.now()), options);
  return {
    async rulesOf(person, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      return (await privateStore.rules(person)).map(({ rule }) => readRule(rule));
    },
    async saveRule(person, rule, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      await privateStore.saveRule({ id: rule.id, person, rule });
      await refresh(person);
      return 'saved';
    },
    async dropRule(person, id, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      if (!(await privateStore.dropRule(person, id))) return 'unknown';
      await refresh(person);
      return 'dropped';
    },
  };
}

type Calendars = Pick<Privacy, 'calendarsOf' | 'saveCalendar' | 'confirmCalendar' | 'dropCalendar'>;

function calendars(options: PrivacyOptions): Calendars {
  const { clock, privateStore } = options;
  return {
    async calendarsOf(person, by) {
      if (privateStore === undefined) return 'off';
      return by === person ? privateStore.feeds(person) : 'not_yours';
    },
    async saveCalendar(feed, by) {
      if (privateStore === undefined) return 'off';
      if (by !== feed.person) return 'not_yours';
      await privateStore.saveFeed(feed);
      await plan(plannedSync(feed.id, clock.now()), options);
      return 'saved';
    },
    async confirmCalendar(person, id, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      const feed = await privateStore.feed(id);
      if (feed === undefined || feed.person !== person) return 'unknown';
      const { goodAt, staleSince, because } = feed.memory ?? {};
      await privateStore.rememberOfFeed(id, { goodAt, staleSince, because, isOwnerTold: true, isConfirmed: true });
      await plan(plannedSync(id, clock.now()), options);
      return 'confirmed';
    },
    async dropCalendar(person, id, by) {
      if (privateStore === undefined) return 'off';
      if (by !== person) return 'not_yours';
      if (!(await privateStore.dropFeed(person, id))) return 'unknown';
      await tell(person, by, { type: 'apply_calendar', feed: id, windows: [] }, options);
      return 'dropped';
    },
  };
}

/**
 * The private rows go first, key before all. What came of the person's own rules goes with the rules; other absences that
 * hold now or are to come are left, unless everything is to go: without them the person would be paged.
 */
async function erase(
  person: PersonId,
  by: Asker,
  scope: 'past' | 'everything',
  options: PrivacyOptions,
): Promise<Erased> {
  const { store, clock, privateStore } = options;
  await privateStore?.erasePerson(person);
  await tell(person, by, { type: 'apply_personal', windows: [] }, options);
  const now = clock.now();
  const keep = scope === 'everything' ? 'nothing' : 'live';
  const before = (await personState(person, store)).windows.length;
  await tell(person, by, { type: 'forget_windows', endedBefore: now, keep }, options);
  await store.emptyForgotten(person);
  const { windows } = await personState(person, store);
  return {
    windows: before - windows.length,
    left: liveOf(windows).filter((window) => window.effect !== 'free' && endOf(window) > now).length,
  };
}

async function tell(person: PersonId, by: Asker, command: PersonCommand, { engine }: PrivacyOptions): Promise<void> {
  const actor: Actor = by === operator ? { kind: 'automation' } : { kind: 'person', person: by };
  const outcome = await engine.execute({ kind: 'person', stream: personStream(person), command, actor });
  if (outcome.kind === 'refused') throw new Error(`${command.type} of ${person} was refused: ${outcome.refusal.code}`);
}

async function plan(effect: Planned<Effect>, { store, clock }: PrivacyOptions): Promise<void> {
  await store.countSignals([], [], [effect], clock.now());
}
