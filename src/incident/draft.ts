import type { OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { Actor, Recorded } from '../oncall/recorded.ts';
import type { IncidentEvent, PageWay } from './events.ts';
import { evolve } from './evolve.ts';
import { textId, type IncidentId, type TextId } from './ids.ts';
import type { Incident } from './incident.ts';
import type { Refusal } from './refusal.ts';

/** What a decision may know besides the incident itself: one snapshot, taken when the command is decided. */
export interface IncidentFacts {
  readonly onCall: OnCallFacts;
  /** The ways a page can go out, as configured. Never empty in a process that serves. */
  readonly ways: readonly PageWay[];
}

export interface DecisionContext {
  readonly id: IncidentId;
  readonly actor: Actor;
  /** When the command is decided; also the recording time of its events. */
  readonly now: EpochMs;
  /** When it happened, if that was earlier: the time of a Slack message, of an alert. What Toran does about it is done now. */
  readonly happenedAt: EpochMs | undefined;
  readonly facts: IncidentFacts;
  /** The incident's group key belongs to another one that is open. */
  readonly groupTaken?: boolean;
}

/** Text that a person wrote, on its way into an erasable row. */
export interface NewText {
  readonly id: TextId;
  readonly body: string;
}

export type Decision =
  | { readonly accepted: true; readonly events: readonly Recorded<IncidentEvent>[]; readonly texts: readonly NewText[] }
  | { readonly accepted: false; readonly refusal: Refusal };

export function refuse(refusal: Refusal): Decision {
  return { accepted: false, refusal };
}

/**
 * A decision in the making. Events are folded in as they are added, so that the second event of a command is decided
 * on the state that the first one left.
 */
export interface Draft {
  readonly context: DecisionContext;
  /** The incident with everything added so far. */
  current(): Incident;
  add(event: IncidentEvent, as?: { readonly actor?: Actor; readonly happenedAt?: EpochMs }): void;
  /** Keeps what a person wrote in the row of the event that is added next, and returns the row's id. */
  write(body: string, part?: string): TextId;
  accept(): Decision;
}

export function draftFor(incident: Incident | undefined, context: DecisionContext): Draft {
  let state = incident;
  const events: Recorded<IncidentEvent>[] = [];
  const texts: NewText[] = [];
  const nextSequence = () => (incident?.version ?? 0) + events.length + 1;
  return {
    context,
    current() {
      if (state === undefined) throw new Error(`${context.id} has no events yet: its first event must be "declared"`);
      return state;
    },
    add(event, as) {
      const actor = as?.actor ?? context.actor;
      const told = actor.kind === 'automation' || event.type === 'page_requested' ? undefined : context.happenedAt;
      const recorded = {
        sequence: nextSequence(),
        happenedAt: Math.min(as?.happenedAt ?? told ?? context.now, context.now),
        recordedAt: context.now,
        actor,
        event,
      };
      events.push(recorded);
      state = evolve(state, recorded);
    },
    write(body, part) {
      const id = textId(context.id, nextSequence(), part);
      texts.push({ id, body });
      return id;
    },
    accept: () => ({ accepted: true, events, texts }),
  };
}
