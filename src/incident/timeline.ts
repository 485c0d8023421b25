import { automation, type Actor, type Recorded } from '../oncall/recorded.ts';
import { toIso, type EpochMs } from '../oncall/time.ts';
import type { IncidentEvent, IncidentEventType, StepRef } from './events.ts';
import type { TextId } from './ids.ts';

/** One line of an incident's story, as every reader may see it. */
export interface TimelineEntry {
  /** Of the event: identifies the entry within its incident. */
  readonly sequence: number;
  /** When it happened, which can be before it was recorded. */
  readonly at: EpochMs;
  readonly kind: IncidentEventType;
  readonly actor: Actor;
  /** What a person or a monitor wrote, if it is still kept. */
  readonly textId: TextId | undefined;
  /** The event's other facts as text: ids, states, ISO times. */
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The story of an incident, in order of the time at which things happened. Bookkeeping is left out, and so is everything
 * about who was passed over: an answer "I can't" has no name here, a page that moved says only whether it was silence or a
 * person that moved it. A captured message stands once, with its latest text, for as long as it is pinned.
 */
export function timelineOf(history: readonly Recorded<IncidentEvent>[]): readonly TimelineEntry[] {
  const messages = messagesOf(history);
  return history
    .flatMap((recorded) => entryOf(recorded, messages) ?? [])
    .toSorted((a, b) => a.at - b.at || a.sequence - b.sequence);
}

type Shown = Pick<TimelineEntry, 'textId' | 'data'> & { readonly actor?: Actor; readonly at?: EpochMs };

function entryOf(recorded: Recorded<IncidentEvent>, messages: Messages): TimelineEntry | undefined {
  const shown = shownOf(recorded, messages);
  if (shown === undefined) return undefined;
  return {
    sequence: recorded.sequence,
    at: shown.at ?? recorded.happenedAt,
    kind: recorded.event.type,
    actor: shown.actor ?? recorded.actor,
    textId: shown.textId,
    data: shown.data,
  };
}

function shownOf(recorded: Recorded<IncidentEvent>, messages: Messages): Shown | undefined {
  const { event, sequence } = recorded;
  switch (event.type) {
    case 'declared':
      return written(event.title, { severity: event.severity, service: event.service, kind: event.kind });
    case 'alert_attached':
      return written(event.title, { alert: event.alert, source: event.source, url: event.url });
    case 'alert_resolved':
      return facts({ alert: event.alert });
    case 'channel_opened':
      return facts({ channel: event.channel, name: event.name });
    case 'title_changed':
      return written(event.title, {});
    case 'severity_changed':
    case 'status_changed':
      return facts({ from: event.from, to: event.to });
    case 'role_assigned':
      return facts({ role: event.role, person: event.person });
    case 'role_released':
      // Given back by nobody's hand: whose it was would tell who could not answer.
      return facts({ role: event.role, person: recorded.actor.kind === 'automation' ? undefined : event.person });
    case 'person_joined':
      return facts({ person: event.person });
    case 'page_requested':
      return facts({ page: event.page, reason: event.reason });
    case 'update_posted':
    case 'note_added':
    case 'reopened':
      return written(event.text, {});
    case 'message_captured':
      return captured(event, messages.get(sequence));
    case 'milestone_set':
      return facts({ milestone: event.milestone, time: toIso(event.at) });
    case 'change_linked':
      return written(event.title, { change: event.change, url: event.url });
    case 'cancelled':
      return facts({ reason: event.reason });
    case 'resolved':
      return facts({ how: event.how });
    case 'closed':
      return facts({});
    case 'postmortem_drafted':
      return facts({ path: event.path, canvas: event.canvas });
    default:
      return shownPage(event);
  }
}

function shownPage(event: IncidentEvent): Shown | undefined {
  switch (event.type) {
    case 'page_sent':
      return facts({
        page: event.page,
        ...stepData(event.at),
        via: event.via,
        person: event.to.kind === 'person' ? event.to.person : undefined,
        channel: event.to.kind === 'channel' ? event.to.channel : undefined,
      });
    case 'page_escalated': {
      // Every other cause would tell that somebody could not answer.
      const said = event.because === 'no_answer' || event.because === 'escalated_by_hand';
      return facts({ page: event.page, ...stepData(event.to), because: said ? event.because : undefined });
    }
    case 'page_acknowledged':
      return facts({ page: event.page, person: event.person, via: event.via });
    case 'page_declined':
      return { textId: undefined, data: { page: event.page }, actor: automation };
    case 'acknowledgement_lost':
      return facts({ page: event.page });
    case 'page_exhausted':
      return facts({ page: event.page, times: String(event.times) });
    default:
      return undefined;
  }
}

/** The latest text of each captured message that is still pinned, by the sequence of its capture. */
type Messages = ReadonlyMap<number, TextId>;

function messagesOf(history: readonly Recorded<IncidentEvent>[]): Messages {
  const open = new Map<string, number>();
  const texts = new Map<number, TextId>();
  for (const { event, sequence } of history) {
    if (event.type !== 'message_captured' && event.type !== 'message_edited' && event.type !== 'message_removed')
      continue;
    const key = `${event.channel} ${event.ts}`;
    if (event.type === 'message_captured') open.set(key, sequence);
    const capture = open.get(key);
    if (capture === undefined) continue;
    if (event.type === 'message_removed') {
      texts.delete(capture);
      open.delete(key);
    } else texts.set(capture, event.text);
  }
  return texts;
}

function captured(
  event: Extract<IncidentEvent, { type: 'message_captured' }>,
  textId: TextId | undefined,
): Shown | undefined {
  if (textId === undefined) return undefined;
  const { author } = event;
  const data = withoutUndefined({ channel: event.channel, ts: event.ts, author });
  return { textId, data, actor: author === undefined ? automation : { kind: 'person', person: author } };
}

function stepData(at: StepRef): Record<string, string> {
  return { round: String(at.round), step: String(at.step) };
}

function written(textId: TextId, data: Readonly<Record<string, string | undefined>>): Shown {
  return { textId, data: withoutUndefined(data) };
}

function facts(data: Readonly<Record<string, string | undefined>>): Shown {
  return { textId: undefined, data: withoutUndefined(data) };
}

function withoutUndefined(data: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known: Record<string, string> = {};
  for (const [key, value] of Object.entries(data)) if (value !== undefined) known[key] = value;
  return known;
}
