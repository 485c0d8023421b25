import { priorities, type Planned } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { IncidentEffect } from './effects.ts';
import type { PageWay, Recipient } from './events.ts';
import type { DeliveryId, IncidentId } from './ids.ts';

export type PlannedEffect = Planned<IncidentEffect>;

export function inChannel(effect: IncidentEffect, id: IncidentId, now: EpochMs): PlannedEffect {
  return planned(effect, now, `channel:${id}`, priorities.channel);
}

export function planned(
  effect: IncidentEffect,
  due: EpochMs,
  lane: string,
  priority: number,
  coalesce?: string,
): PlannedEffect {
  return { effect, due, lane, priority, coalesce };
}

/** The first page of a person or channel never stands behind anything else: each delivery has a lane of its own. */
export function deliver(delivery: DeliveryId, to: Recipient, via: PageWay, now: EpochMs): PlannedEffect {
  const kind = deliverKind(to, via);
  return planned({ kind, delivery }, now, `page:${delivery}`, priorities.page);
}

function deliverKind(to: Recipient, via: PageWay): 'slack.page' | 'pagerduty.page' | 'webhook.page' {
  if (to.kind === 'channel') return 'slack.page';
  switch (via) {
    case 'slack':
      return 'slack.page';
    case 'pagerduty':
      return 'pagerduty.page';
    case 'webhook':
      return 'webhook.page';
  }
}
