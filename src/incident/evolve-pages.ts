import type { EpochMs } from '../oncall/time.ts';
import type { Recorded } from '../oncall/recorded.ts';
import type { IncidentEvent } from './events.ts';
import type { DeliveryId } from './ids.ts';
import type { Incident } from './incident.ts';
import type { Delivery, Page } from './page.ts';

/** The pages of an incident after an event. `incident` already has the event's other consequences. */
export function evolvePages(incident: Incident, recorded: Recorded<IncidentEvent>): readonly Page[] {
  return renewLeases(applyToPages(incident, recorded), incident, recorded);
}

function applyToPages(incident: Incident, recorded: Recorded<IncidentEvent>): readonly Page[] {
  const { event, recordedAt: at } = recorded;
  const { pages } = incident;
  switch (event.type) {
    case 'page_requested':
      return [
        ...pages,
        {
          id: event.page,
          reason: event.reason,
          plan: event.plan,
          requestedAt: at,
          at: { round: 0, step: 0 },
          entry: 1,
          enteredAt: at,
          answer: { kind: 'waiting' },
          declined: [],
          deliveries: [],
        },
      ];
    case 'page_escalated':
      return change(pages, event.page, (page) => ({ ...page, at: event.to, entry: page.entry + 1, enteredAt: at }));
    case 'page_sent':
      return change(pages, event.page, (page) => ({
        ...page,
        deliveries: [
          ...page.deliveries,
          {
            id: event.delivery,
            at: event.at,
            to: event.to,
            via: event.via,
            sentAt: at,
            ...(event.asOf === undefined ? {} : { asOf: event.asOf }),
            outcome: { kind: 'queued' },
            message: undefined,
          },
        ],
      }));
    case 'page_delivered': {
      const { channel, ts, reference } = event;
      const message = channel === undefined || ts === undefined ? undefined : { channel, ts };
      return settle(pages, event.delivery, (delivery) => ({
        ...delivery,
        message,
        // Overtaken while it was under way: where it lies is worth knowing, but it does not count as asked.
        outcome: delivery.outcome.kind === 'failed' ? delivery.outcome : { kind: 'delivered', at, reference },
      }));
    }
    case 'page_failed':
      return settle(pages, event.delivery, (delivery) => ({
        ...delivery,
        outcome: { kind: 'failed', because: event.because },
      }));
    case 'page_acknowledged':
      return change(pages, event.page, (page) => ({
        ...page,
        answer: { kind: 'acknowledged', by: event.person, at, until: leaseEnd(incident, page, at) },
      }));
    case 'page_declined':
      return change(pages, event.page, (page) => ({ ...page, declined: [...page.declined, event.person] }));
    case 'acknowledgement_lost':
      return change(pages, event.page, (page) => ({ ...page, answer: { kind: 'over' } }));
    case 'resolved':
    case 'cancelled':
      return pages.map((page) => ({ ...page, answer: { kind: 'over' } }));
    default:
      return pages;
  }
}

/** Anything that the holder does in the incident renews the acknowledgement; monitoring ends the need for one. */
function renewLeases(pages: readonly Page[], incident: Incident, recorded: Recorded<IncidentEvent>): readonly Page[] {
  const { actor, event, recordedAt } = recorded;
  const statusMoved = event.type === 'status_changed';
  if (actor.kind !== 'person' && !statusMoved) return pages;
  return pages.map((page) => {
    if (page.answer.kind !== 'acknowledged') return page;
    const renews = statusMoved || (actor.kind === 'person' && actor.person === page.answer.by);
    return renews ? { ...page, answer: { ...page.answer, until: leaseEnd(incident, page, recordedAt) } } : page;
  });
}

function leaseEnd(incident: Incident, page: Page, at: EpochMs): EpochMs | null {
  return incident.status === 'monitoring' ? null : at + page.plan.ackTimeoutMs;
}

function change(pages: readonly Page[], id: string, update: (page: Page) => Page): readonly Page[] {
  return pages.map((page) => (page.id === id ? update(page) : page));
}

function settle(pages: readonly Page[], id: DeliveryId, update: (delivery: Delivery) => Delivery): readonly Page[] {
  return pages.map((page) => ({
    ...page,
    deliveries: page.deliveries.map((delivery) => (delivery.id === id ? update(delivery) : delivery)),
  }));
}
