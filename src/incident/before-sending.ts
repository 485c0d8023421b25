import { available } from '../oncall/available.ts';
import { lastResort, resolveStep } from '../oncall/policy.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { minuteMs, type EpochMs } from '../oncall/time.ts';
import type { DeliveryFailure } from './events.ts';
import type { Incident } from './incident.ts';
import type { Delivery, Page } from './page.ts';
import { withoutPassedOver } from './step.ts';

/** A page that waited for longer, behind an outage or a stop, asks anew whose turn it is. */
const decidedLatelyMs = minuteMs;

/**
 * What stands against handing a page to its recipient at this very moment; undefined when nothing does. Whoever has become
 * unavailable is not asked. A page that could not go out when it was decided goes to whoever is to be asked now: it must not
 * ring somebody whose shift ended meanwhile. What was decided a moment ago stays, or a page would jump back and forth.
 */
export function hindrance(
  incident: Pick<Incident, 'severity'>,
  page: Page,
  { to, at, sentAt }: Delivery,
  facts: OnCallFacts,
  now: EpochMs,
): Extract<DeliveryFailure, 'unavailable' | 'superseded'> | undefined {
  if (to.kind !== 'person') return undefined;
  const { severity } = incident;
  if (available(facts, to.person, now, severity).state === 'no') return 'unavailable';
  if (now - sentAt <= decidedLatelyMs) return undefined;
  const others = withoutPassedOver(facts, page, at, now);
  const { people } =
    at.step === 'last_resort'
      ? lastResort(others, page.plan, now, severity)
      : resolveStep(others, page.plan, at.step, now, severity);
  // With nobody else to ask, whoever was chosen then is better than nobody.
  return people.length === 0 || people.some(({ person }) => person === to.person) ? undefined : 'superseded';
}
