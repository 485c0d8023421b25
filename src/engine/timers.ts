import type { IncidentId } from '../incident/ids.ts';
import { incidentOf } from '../incident/ids.ts';
import { findPage, isOpen, type Incident } from '../incident/incident.ts';
import { askHolderAt } from '../incident/react-pages.ts';
import { updateReminderDue } from '../incident/reminders.ts';
import type { IncidentCommand } from '../incident/commands.ts';
import { automation } from '../oncall/recorded.ts';
import { done, type EffectHandler, type EffectHandlers, type EffectOutcome } from './effects.ts';
import type { Engine } from './orders.ts';
import type { Clock, Store } from './ports.ts';
import type { EffectKind } from './streams.ts';

export interface TimerOptions {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
}

/** Offers are looked at where shifts are handed over, hand-offs where duty is watched. */
type TimerKind = Exclude<
  Extract<EffectKind, `timer.${string}` | `reassess${string}`>,
  'timer.offer' | 'timer.hand_off' | 'reassess.duty'
>;

const mostOpenIncidents = 10_000;

/**
 * Effects that only ask a stream to look at itself. A timer never decides: it may be late, early or twice, and the rules
 * answer from the state.
 */
export function timerHandlers({ engine, store, clock }: TimerOptions): Pick<EffectHandlers, TimerKind> {
  async function ask(incident: IncidentId, command: IncidentCommand): Promise<EffectOutcome> {
    await engine.execute({ kind: 'incident', stream: incident, command, actor: automation });
    return done;
  }

  const acknowledgement: EffectHandler<'timer.acknowledgement'> = async ({ page: id }) => {
    const incident = await store.incident(incidentOf(id));
    const page = incident === undefined ? undefined : findPage(incident, id);
    if (incident === undefined || page?.answer.kind !== 'acknowledged') return done;
    const now = clock.now();
    const { until } = page.answer;
    // Monitored: nobody has to hold it; work may be taken up again, so look once per lease.
    if (until === null) return { kind: 'later', due: now + page.plan.ackTimeoutMs };
    if (now >= until) return ask(incident.id, { type: 'check_acknowledgement', page: id });
    if (now < askHolderAt(page, until)) return { kind: 'later', due: askHolderAt(page, until) };
    await ask(incident.id, { type: 'remind', reminder: 'still_on_it' });
    return { kind: 'later', due: until };
  };

  const reminder: EffectHandler<'timer.reminder'> = async ({ incident: id, reminder: which }) => {
    const incident = await store.incident(id);
    if (incident === undefined || !isOpen(incident)) return done;
    const due = which === 'no_update' ? updateReminderDue(incident) : clock.now();
    if (due > clock.now()) return { kind: 'later', due };
    return ask(id, { type: 'remind', reminder: which });
  };

  async function reassessOpen(
    concerns: (incident: Incident) => boolean,
    command: IncidentCommand = { type: 'reassess' },
  ): Promise<EffectOutcome> {
    const rows = await store.incidents({ open: true, includePrivate: true, limit: mostOpenIncidents });
    const loaded = await store.load(
      'incident',
      rows.map((row) => row.id),
    );
    const asked = rows.filter(({ id }) => {
      const incident = loaded.get(id)?.state;
      return incident !== undefined && concerns(incident);
    });
    await Promise.all(asked.map(({ id }) => ask(id, command)));
    return done;
  }

  return {
    'timer.step': ({ page, entry }) => ask(incidentOf(page), { type: 'step_timed_out', page, entry }),
    'timer.acknowledgement': acknowledgement,
    'timer.reminder': reminder,
    'timer.count_alerts': async ({ incident }) =>
      ask(incident, { type: 'count_alerts', total: await store.signalTotal(incident) }),
    'reassess.person': ({ person }) => reassessOpen((incident) => involves(incident, person)),
    'reassess.schedule': ({ schedule }) =>
      reassessOpen((incident) => asksSchedule(incident, schedule), { type: 'reassess', schedule }),
    'reassess.all': () =>
      reassessOpen(({ pages }) => pages.length === 0 || pages.some((page) => page.answer.kind !== 'over')),
  };
}

/** Whether a page that still waits may come to whoever is on duty for the schedule. */
function asksSchedule(incident: Incident, schedule: string): boolean {
  return incident.pages.some(
    ({ answer, plan }) =>
      answer.kind !== 'over' &&
      [...plan.steps.flatMap((step) => step.notify), ...plan.lastResort].some(
        (target) => target.kind === 'schedule' && target.schedule === schedule,
      ),
  );
}

function involves(incident: Incident, person: string): boolean {
  return incident.pages.some(
    (page) =>
      page.answer.kind !== 'over' &&
      ((page.answer.kind === 'acknowledged' && page.answer.by === person) ||
        page.deliveries.some((delivery) => delivery.to.kind === 'person' && delivery.to.person === person)),
  );
}
