import { minuteMs, type EpochMs } from '../oncall/time.ts';
import { priorities } from '../oncall/recorded.ts';
import type { Recorded } from '../oncall/recorded.ts';
import type { IncidentEvent, StepRef } from './events.ts';
import { findPage, pageOfDelivery, type Incident } from './incident.ts';
import { isWaiting, sameStep, type Delivery, type Page } from './page.ts';
import { deliver, inChannel, planned, type PlannedEffect } from './plan-effect.ts';

/** How often the last resort is asked again until someone acknowledges or the incident ends. */
export const lastResortIntervalMs = 15 * minuteMs;

/** What happens outside because a page started, moved, was answered or ended. */
export function reactToPage(recorded: Recorded<IncidentEvent>, incident: Incident): readonly PlannedEffect[] {
  const { event, recordedAt: now } = recorded;
  const tell = inChannel(
    { kind: 'slack.post_event', incident: incident.id, sequence: recorded.sequence },
    incident.id,
    now,
  );
  switch (event.type) {
    case 'page_requested':
      return stepTimer(findPage(incident, event.page), 1, { round: 0, step: 0 }, now);
    case 'page_escalated': {
      const page = findPage(incident, event.page);
      // Several steps may have been entered and left in one decision: only the one that lasted gets a timer.
      if (page === undefined || page.enteredAt !== now || !sameStep(page.at, event.to)) return [];
      return [...stepTimer(page, page.entry, page.at, now), tell];
    }
    case 'page_sent':
      return [deliver(event.delivery, event.to, event.via, now)];
    case 'page_delivered': {
      const to = pageOfDelivery(incident, event.delivery)?.delivery.to;
      return to?.kind === 'person'
        ? [inChannel({ kind: 'slack.invite', incident: incident.id, person: to.person }, incident.id, now)]
        : [];
    }
    case 'page_failed':
      return retire(incident, (_page, delivery) => delivery.id === event.delivery, now);
    case 'page_acknowledged':
      return [
        ...retire(incident, (page) => page.id === event.page, now),
        ...acknowledgeOutside(incident, now),
        ...acknowledgementTimers(findPage(incident, event.page), now),
        inChannel({ kind: 'slack.invite', incident: incident.id, person: event.person }, incident.id, now),
        tell,
      ];
    case 'page_declined':
      return retire(
        incident,
        (page, delivery) =>
          page.id === event.page && delivery.to.kind === 'person' && delivery.to.person === event.person,
        now,
      );
    case 'acknowledgement_lost':
      return [...retire(incident, (page) => page.id === event.page, now), tell];
    case 'resolved':
    case 'cancelled':
      return retire(incident, () => true, now);
    default:
      return [];
  }
}

function stepTimer(page: Page | undefined, entry: number, at: StepRef, now: EpochMs): readonly PlannedEffect[] {
  if (page === undefined || !isWaiting(page) || page.entry !== entry) return [];
  const waitMs =
    at.step === 'last_resort' ? lastResortIntervalMs : (page.plan.steps[at.step]?.waitMs ?? lastResortIntervalMs);
  const key = `step:${page.id}:${entry}`;
  return [planned({ kind: 'timer.step', page: page.id, entry }, now + waitMs, key, priorities.timer, key)];
}

/** One timer that asks the state: it is set again by its handler for as long as the lease is renewed. */
function acknowledgementTimers(page: Page | undefined, now: EpochMs): readonly PlannedEffect[] {
  if (page?.answer.kind !== 'acknowledged') return [];
  const due = askHolderAt(page, now + page.plan.ackTimeoutMs);
  const key = `acknowledgement:${page.id}`;
  return [planned({ kind: 'timer.acknowledgement', page: page.id }, due, key, priorities.timer, key)];
}

/** "Still on it?" comes a fifth of the lease before its end, at most five minutes. */
export function askHolderAt(page: Page, until: EpochMs): EpochMs {
  return until - Math.min(5 * minuteMs, page.plan.ackTimeoutMs / 5);
}

/** Buttons that can no longer be pressed go away, and phones stop ringing. */
function retire(
  incident: Incident,
  which: (page: Page, delivery: Delivery) => boolean,
  now: EpochMs,
): readonly PlannedEffect[] {
  const effects: PlannedEffect[] = [];
  for (const page of incident.pages) {
    for (const delivery of page.deliveries) {
      if (!which(page, delivery)) continue;
      const lane = `page:${delivery.id}`;
      if (delivery.via === 'slack') {
        effects.push(
          planned({ kind: 'slack.update_page', delivery: delivery.id }, now, lane, priorities.edit, `update-${lane}`),
        );
      } else if (delivery.via === 'pagerduty') {
        effects.push(
          planned(
            { kind: 'pagerduty.stop_page', delivery: delivery.id },
            now,
            lane,
            priorities.channel,
            `stop-${lane}`,
          ),
        );
      }
    }
  }
  return effects;
}

/**
 * What was acknowledged here is acknowledged there too. Also when the answer came from a phone: it was given to one of the
 * incidents there, or to a page of Toran's own, and answers the others as well. What is acknowledged already is left alone.
 */
function acknowledgeOutside(incident: Incident, now: EpochMs): readonly PlannedEffect[] {
  return incident.alerts
    .filter((alert) => alert.pagerduty !== undefined && !alert.resolved)
    .map((alert) =>
      planned(
        { kind: 'pagerduty.acknowledge', incident: incident.id, alert: alert.key },
        now,
        `pagerduty:${alert.key}`,
        priorities.page,
        `acknowledge:${alert.key}`,
      ),
    );
}
