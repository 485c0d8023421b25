import type { PersonId, Severity } from './catalog.ts';
import type { Availability, OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import { stretchAt, timelineOf, type Stretch } from './timeline.ts';

/** Whether quiet hours count: not for whoever is on duty for a schedule at that instant. */
export type Asked = 'off_duty' | 'on_duty';

/**
 * Whether a person can be asked at an instant, by their windows alone; somebody without any can. Hard wins over soft and
 * soft over nothing, whoever wrote the window and in whatever order they lie. Total: it never throws, and adding an
 * absence never makes anyone available.
 */
export function available(
  facts: OnCallFacts,
  person: PersonId,
  atMs: EpochMs,
  severity: Severity,
  asked: Asked = 'off_duty',
): Availability {
  const timeline = timelineOf(facts, person);
  const index = stretchAt(timeline, atMs);
  const state = stateIn(timeline[index], severity, asked);
  for (let later = index + 1; later < timeline.length; later += 1) {
    const stretch = timeline[later];
    if (stretch !== undefined && stateIn(stretch, severity, asked) !== state) return { state, until: stretch.from };
  }
  return { state, until: null };
}

/** What a stretch of somebody's timeline says about a page of that severity. */
export function stateIn(stretch: Stretch | undefined, severity: Severity, asked: Asked): Availability['state'] {
  if (stretch === undefined) return 'yes';
  if (stretch.isHard) return 'no';
  const held = asked === 'on_duty' ? stretch.asksLastOnDuty : stretch.asksLast;
  return held.includes(severity) ? 'last' : 'yes';
}
