import { expect } from 'vitest';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { decide } from '../../src/incident/decide.ts';
import type { Decision } from '../../src/incident/draft.ts';
import type { IncidentEffect } from '../../src/incident/effects.ts';
import type { IncidentEvent, PageWay } from '../../src/incident/events.ts';
import { evolve } from '../../src/incident/evolve.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { currentDeliveries, peopleAsked, type Page } from '../../src/incident/page.ts';
import { react } from '../../src/incident/react.ts';
import type { Refusal } from '../../src/incident/refusal.ts';
import { automation, type Actor, type Planned, type Recorded } from '../../src/oncall/recorded.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { minuteMs, type EpochMs } from '../../src/oncall/time.ts';
import { onCallFacts, sundayMorning } from './company.ts';

export const by = (who: string): Actor => ({ kind: 'person', person: who });

/** One incident lived through by its rules alone: no store, no clock but `now`. */
export interface Story {
  now: EpochMs;
  facts: OnCallFacts;
  ways: readonly PageWay[];
  readonly history: Recorded<IncidentEvent>[];
  readonly effects: Planned<IncidentEffect>[];
  readonly texts: Map<string, string>;
  incident(): Incident;
  /** Decides a command; the events must be accepted. Returns the types of its events. */
  does(command: IncidentCommand, actor?: Actor): string[];
  refused(command: IncidentCommand, actor?: Actor): Refusal;
  decides(command: IncidentCommand, actor?: Actor): Decision;
  passes(minutes: number): void;
  page(ordinal?: number): Page;
  /** People whom the current step of the newest page asks. */
  asked(): string[];
}

export function story(start: { facts?: OnCallFacts; now?: EpochMs; ways?: readonly PageWay[] } = {}): Story {
  let state: Incident | undefined;
  const self: Story = {
    now: start.now ?? sundayMorning,
    facts: start.facts ?? onCallFacts(),
    ways: start.ways ?? ['slack'],
    history: [],
    effects: [],
    texts: new Map(),
    incident() {
      if (state === undefined) throw new Error('nothing was declared');
      return state;
    },
    decides(command, actor = automation) {
      return decide(command, state, {
        id: 'INC-1',
        actor,
        now: self.now,
        happenedAt: undefined,
        facts: { onCall: self.facts, ways: self.ways },
      });
    },
    does(command, actor) {
      const decision = self.decides(command, actor);
      if (!decision.accepted) throw new Error(`refused: ${decision.refusal.code}`);
      for (const recorded of decision.events) {
        self.history.push(recorded);
        state = evolve(state, recorded);
      }
      const after = state;
      if (after !== undefined) for (const recorded of decision.events) self.effects.push(...react(recorded, after));
      for (const text of decision.texts) self.texts.set(text.id, text.body);
      return decision.events.map((recorded) => recorded.event.type);
    },
    refused(command, actor) {
      const decision = self.decides(command, actor);
      if (decision.accepted) throw expect.fail(`"${command.type}" was accepted`);
      return decision.refusal;
    },
    passes(minutes) {
      self.now += minutes * minuteMs;
    },
    page(ordinal) {
      const page = self.incident().pages.at(ordinal === undefined ? -1 : ordinal - 1);
      if (page === undefined) throw new Error('no page was requested');
      return page;
    },
    asked() {
      const page = self.page();
      const channels = currentDeliveries(page).flatMap(({ to }) => (to.kind === 'channel' ? [to.channel] : []));
      return [...peopleAsked(page), ...channels];
    },
  };
  return self;
}

export const declareSev1: Extract<IncidentCommand, { type: 'declare' }> = {
  type: 'declare',
  title: 'Checkout is down',
  severity: 'sev1',
  service: 'checkout',
  kind: 'incident',
  isPrivate: false,
  groupKey: 'service:checkout',
  alert: undefined,
};
