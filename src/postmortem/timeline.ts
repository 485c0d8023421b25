import type { PersonId } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { Cast, Phrase, RoleRef } from './cast.ts';

/** An event of the incident, as the post-mortem is given it. `kind` is the event's type; `data` its other fields as text. */
export interface TimelineEntry {
  readonly atMs: EpochMs;
  readonly kind: string;
  readonly actor: TimelineActor;
  /** What a person or a monitor wrote; undefined where there was none or where it has been erased. */
  readonly text: string | undefined;
  readonly data: Readonly<Record<string, string>>;
}

export type TimelineActor =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'automation' }
  | { readonly kind: 'outside'; readonly system: string };

/**
 * The events that a reader of the post-mortem wants to see. Left out are bookkeeping (cards, deliveries, reminders), what is
 * shown elsewhere (milestones), and everything about who was passed over: `page_skipped` and why an answer was lost.
 */
export const shownKinds = [
  'declared',
  'alert_attached',
  'alert_resolved',
  'title_changed',
  'severity_changed',
  'status_changed',
  'role_assigned',
  'role_released',
  'page_sent',
  'page_escalated',
  'page_acknowledged',
  'page_declined',
  'acknowledgement_lost',
  'page_exhausted',
  'update_posted',
  'note_added',
  'message_captured',
  'change_linked',
  'task_added',
  'task_done',
  'action_item_added',
  'action_run',
  'merged',
  'cancelled',
  'resolved',
  'reopened',
  'closed',
] as const;

export type ShownKind = (typeof shownKinds)[number];

export interface TimelineLine {
  readonly atMs: EpochMs;
  readonly kind: ShownKind;
  /** Undefined: nobody is named, not even by role. */
  readonly actor: LineActor | undefined;
  /** Whom it concerns besides the actor: who was paged, who took a role. */
  readonly person: RoleRef | undefined;
  readonly text: Phrase | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly role: string | undefined;
  /** http or https only. */
  readonly url: string | undefined;
}

export type LineActor =
  | { readonly kind: 'role'; readonly ref: RoleRef }
  | { readonly kind: 'automation' }
  | { readonly kind: 'outside'; readonly system: string };

/** In order of time; entries of the same instant keep their order. A page on several ways at once is one line. */
export function linesOf(entries: readonly TimelineEntry[], cast: Cast): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  for (const entry of entries.toSorted((one, other) => one.atMs - other.atMs)) {
    const kind = shownKinds.find((shown) => shown === entry.kind);
    if (kind === undefined) continue;
    const line = lineOf(kind, entry, cast);
    if (!repeats(lines.at(-1), line)) lines.push(line);
  }
  return lines;
}

function lineOf(kind: ShownKind, entry: TimelineEntry, cast: Cast): TimelineLine {
  const { atMs, data, text } = entry;
  return {
    atMs,
    kind,
    actor: actorOf(kind, entry, cast),
    person: concerns(kind) && data['person'] !== undefined ? cast.roleOf(data['person']) : undefined,
    text: text === undefined || text.trim() === '' ? undefined : cast.phrase(text.trim()),
    from: data['from'],
    to: data['to'] ?? (kind === 'declared' ? data['severity'] : undefined),
    role: data['role'],
    url: webAddress(data['url'], cast),
  };
}

function actorOf(kind: ShownKind, { actor, data }: TimelineEntry, cast: Cast): LineActor | undefined {
  // Who could not take a page is nobody's business but theirs.
  if (kind === 'page_declined' || kind === 'acknowledgement_lost') return undefined;
  if (kind === 'message_captured' && data['author'] !== undefined)
    return { kind: 'role', ref: cast.roleOf(data['author']) };
  if (kind === 'page_acknowledged' && data['person'] !== undefined)
    return { kind: 'role', ref: cast.roleOf(data['person']) };
  return actor.kind === 'person' ? { kind: 'role', ref: cast.roleOf(actor.person) } : actor;
}

function concerns(kind: ShownKind): boolean {
  return kind === 'page_sent' || kind === 'role_assigned' || kind === 'role_released';
}

function repeats(last: TimelineLine | undefined, line: TimelineLine): boolean {
  return (
    last !== undefined &&
    line.kind === 'page_sent' &&
    last.kind === 'page_sent' &&
    // Slack and PagerDuty are asked together; a second apart is still the same page.
    line.atMs - last.atMs < 1_000 &&
    JSON.stringify(line.person) === JSON.stringify(last.person)
  );
}

/** An address with a name in it points at a person, and without the name it leads nowhere. */
function webAddress(url: string | undefined, cast: Cast): string | undefined {
  if (url === undefined || !/^https?:\/\/[^\s<>"]+$/i.test(url)) return undefined;
  const [only, ...others] = cast.phrase(url);
  return only === url && others.length === 0 ? url : undefined;
}
