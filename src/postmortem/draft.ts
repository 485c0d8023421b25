import { durationsOf, type IncidentDurations } from '../figures/durations.ts';
import { type Milestones, startOf } from '../figures/record.ts';
import { type Language, severities, type Severity } from '../oncall/catalog.ts';
import { type EpochMs, parseInstant } from '../oncall/time.ts';
import { type Cast, castOf, type Participant, type Phrase, type RoleRef } from './cast.ts';
import { type ContributingFactor, contributingFactors } from './factors.ts';
import { linesOf, type TimelineEntry, type TimelineLine } from './timeline.ts';

/** What is known when an incident ends. Plain data: the caller has read the events and the texts behind them. */
export interface PostmortemInput {
  /** `INC-42`. */
  readonly incident: string;
  readonly title: string;
  /** At the end of the incident. */
  readonly severity: Severity;
  /** As people call it. */
  readonly service: string | undefined;
  readonly kind: 'incident' | 'drill';
  readonly milestones: Milestones;
  readonly timeline: readonly TimelineEntry[];
  /** Everyone whose name may occur in a text, so best the whole catalog. */
  readonly people: readonly Participant[];
  readonly pages: PageCounts;
  readonly language: Language;
}

export interface PageCounts {
  /** Deliveries, over all people and ways. */
  readonly sent: number;
  readonly acknowledged: number;
  /** How often a page moved to another step. */
  readonly escalated: number;
  /** How often all steps had been asked without an answer. */
  readonly exhausted: number;
}

/** Everything that a post-mortem's template may say about an incident, in no language yet and without a name. */
export interface PostmortemModel {
  readonly incident: string;
  readonly title: Phrase;
  readonly severity: Severity;
  /** The worst that it was at any time. */
  readonly highestSeverity: Severity;
  readonly service: string | undefined;
  readonly kind: 'incident' | 'drill';
  readonly language: Language;
  readonly milestones: Milestones;
  readonly durations: IncidentDurations;
  /** Pairs whose order is impossible, so that one of the two was recorded wrongly. */
  readonly outOfOrder: readonly { readonly earlier: keyof Milestones; readonly later: keyof Milestones }[];
  readonly detection: Detection;
  readonly staffing: Staffing;
  /** Changes that were linked to the incident: candidates near the start, never causes. */
  readonly changes: readonly LinkedChange[];
  readonly timeline: readonly TimelineLine[];
  readonly updates: readonly { readonly atMs: EpochMs; readonly text: Phrase }[];
  readonly actionItems: readonly ActionItem[];
  readonly factors: readonly ContributingFactor[];
}

export interface Detection {
  readonly by: 'alert' | 'person' | 'unknown';
  /** Which outside system, where an alert was first. */
  readonly system: string | undefined;
  /** Alerts over the whole incident, repeats included where they were counted. */
  readonly signals: number;
}

/** Who was there, as numbers and roles. Who was not there, and why, is not known here. */
export interface Staffing {
  readonly people: number;
  readonly roles: readonly { readonly role: string; readonly heldBy: RoleRef }[];
  readonly pages: PageCounts;
}

export interface LinkedChange {
  readonly atMs: EpochMs;
  readonly text: Phrase;
  readonly url: string | undefined;
}

export interface ActionItem {
  readonly text: Phrase;
  readonly owner: RoleRef | undefined;
  /** As it was written, for example 2026-12-01. */
  readonly due: string | undefined;
}

/**
 * Builds the draft of a post-mortem from what was recorded. It holds facts and questions, never a cause or a judgement.
 * Everyone becomes a role, also inside what people wrote; see `castOf` for what counts as a name.
 */
export function draftPostmortem(input: PostmortemInput): PostmortemModel {
  const cast = castOf(input.people);
  const entries = input.timeline.toSorted((one, other) => one.atMs - other.atMs);
  // Letters follow the order of appearance on the timeline, so it comes before everything else that names people.
  const timeline = linesOf(entries, cast);
  return {
    incident: input.incident,
    title: cast.phrase(input.title),
    severity: input.severity,
    highestSeverity: highestSeverity(input.severity, entries),
    service: input.service,
    kind: input.kind,
    language: input.language,
    milestones: input.milestones,
    durations: durationsOf({ ...unmeasured, id: input.incident, milestones: input.milestones }),
    outOfOrder: outOfOrder(input.milestones),
    detection: detectionOf(entries),
    changes: changesOf(entries, timeline),
    timeline,
    updates: timeline.flatMap(({ kind, atMs, text }) =>
      kind === 'update_posted' && text !== undefined ? [{ atMs, text }] : [],
    ),
    actionItems: actionItemsOf(entries, cast),
    factors: contributingFactors,
    // Last, since it counts everyone who has appeared.
    staffing: staffingOf(input, entries, cast),
  };
}

/** Start of the impact as far as anyone knows; for offsets on the timeline. */
export function startOfModel(model: PostmortemModel): EpochMs | undefined {
  return startOf(model.milestones) ?? model.milestones.declared ?? model.timeline[0]?.atMs;
}

/** `durationsOf` looks at the milestones alone. */
const unmeasured = {
  title: '',
  severity: undefined,
  service: undefined,
  kind: 'incident',
  outcome: 'resolved',
  isPrivate: false,
} as const;

function highestSeverity(last: Severity, entries: readonly TimelineEntry[]): Severity {
  const seen = new Set<string>([last]);
  for (const { kind, data } of entries) {
    for (const value of kind === 'severity_changed'
      ? [data['from'], data['to']]
      : kind === 'declared'
        ? [data['severity']]
        : []) {
      if (value !== undefined) seen.add(value);
    }
  }
  return severities.find((severity) => seen.has(severity)) ?? last;
}

const ordered = [
  ['impactStart', 'detected'],
  ['detected', 'acked'],
  ['paged', 'acked'],
  ['impactStart', 'mitigated'],
  ['mitigated', 'resolved'],
  ['detected', 'resolved'],
] as const satisfies readonly (readonly [keyof Milestones, keyof Milestones])[];

function outOfOrder(milestones: Milestones): PostmortemModel['outOfOrder'] {
  return ordered.flatMap(([earlier, later]) => {
    const from = milestones[earlier];
    const to = milestones[later];
    return from !== undefined && to !== undefined && to < from ? [{ earlier, later }] : [];
  });
}

function detectionOf(entries: readonly TimelineEntry[]): Detection {
  const alerts = entries.filter((entry) => entry.kind === 'alert_attached');
  const counted = entries
    .filter((entry) => entry.kind === 'alerts_counted')
    .map((entry) => Number(entry.data['total']));
  const signals = Math.max(alerts.length, ...counted.filter((total) => Number.isFinite(total)));
  const declared = entries.find((entry) => entry.kind === 'declared');
  const first = alerts[0];
  if (declared?.actor.kind === 'person') return { by: 'person', system: undefined, signals };
  if (declared?.actor.kind === 'outside') return { by: 'alert', system: declared.actor.system, signals };
  if (first === undefined) return { by: 'unknown', system: undefined, signals };
  return { by: 'alert', system: first.data['source'], signals };
}

function changesOf(entries: readonly TimelineEntry[], timeline: readonly TimelineLine[]): readonly LinkedChange[] {
  const lines = timeline.filter((line) => line.kind === 'change_linked');
  return entries
    .filter((entry) => entry.kind === 'change_linked')
    .flatMap((entry, index) => {
      const line = lines[index];
      if (line?.text === undefined) return [];
      return [{ atMs: parseInstant(entry.data['at'] ?? '') ?? entry.atMs, text: line.text, url: line.url }];
    })
    .toSorted((one, other) => one.atMs - other.atMs);
}

function actionItemsOf(entries: readonly TimelineEntry[], cast: Cast): readonly ActionItem[] {
  return entries
    .filter((entry) => entry.kind === 'action_item_added' && entry.text !== undefined)
    .map(({ text, data }) => ({
      text: cast.phrase(text ?? ''),
      owner: data['owner'] === undefined ? undefined : cast.roleOf(data['owner']),
      due: data['due'],
    }));
}

function staffingOf(input: PostmortemInput, entries: readonly TimelineEntry[], cast: Cast): Staffing {
  const present = new Set<string>();
  for (const { actor, kind, data } of entries) {
    // Whoever passed a page on may not have been there at all.
    if (actor.kind === 'person' && kind !== 'page_declined') present.add(actor.person);
    const { person } = data;
    if (person !== undefined && (kind === 'role_assigned' || kind === 'page_acknowledged' || kind === 'person_joined'))
      present.add(person);
  }
  const roles = input.people.flatMap(({ person, role }) => {
    if (role === undefined) return [];
    present.add(person);
    return [{ role, heldBy: cast.roleOf(person) }];
  });
  return { people: present.size, roles, pages: input.pages };
}
