import { available } from '../oncall/available.ts';
import type { PersonId, Policy, ScheduleId, Target } from '../oncall/catalog.ts';
import { policyFor } from '../oncall/policy.ts';
import { minuteMs } from '../oncall/time.ts';
import type { IncidentCommand } from './commands.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { automation } from '../oncall/recorded.ts';
import type { EscalationCause, PagePlan, PageReason, StepRef } from './events.ts';
import { pageId, type PageId } from './ids.ts';
import { findPage, livePages, pageOfDelivery } from './incident.ts';
import { currentDeliveries, isWaiting, peopleAsked, recipientPerson, sameStep, type Page } from './page.ts';
import { announceSkipped, resolveTargets, send, type Resolution } from './step.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

const manualWaitMs = 5 * minuteMs;
const defaultAckTimeoutMs = 30 * minuteMs;

/** Starts the service's policy if this severity pages and nobody is being asked, or has answered, already. */
export function requestPageBySeverity(reason: PageReason, draft: Draft): void {
  const incident = draft.current();
  if (livePages(incident).length > 0) return;
  const policy = policyOf(draft);
  if (policy !== undefined && !policy.pages.includes(incident.severity)) return;
  const plan = planOf(policy, draft);
  if (plan !== undefined) startPage(reason, plan, draft);
}

/** `/incident page @dana`, or without a name: the service's policy from its first step, whatever the severity. */
export function pageByHand(command: Of<'page'>, draft: Draft): Decision {
  const policyPlan = planOf(policyOf(draft), draft);
  const lastResort = policyPlan?.lastResort ?? draft.context.facts.onCall.catalog.workspace.lastResort;
  const plan: PagePlan | undefined =
    command.targets.length === 0
      ? policyPlan
      : {
          steps: [{ notify: command.targets, waitMs: manualWaitMs }],
          repeat: 0,
          ackTimeoutMs: policyPlan?.ackTimeoutMs ?? defaultAckTimeoutMs,
          lastResort,
        };
  if (plan === undefined) return refuse({ code: 'nobody_to_page' });
  const refused = refuseUnreachable(command.targets, draft);
  if (refused !== undefined) return refused;
  startPage('manual', plan, draft);
  return draft.accept();
}

/** A named person who cannot answer is not rung; who asked is told so, and nothing more. */
function refuseUnreachable(targets: readonly Target[], draft: Draft): Decision | undefined {
  const { facts, now } = draft.context;
  for (const target of targets) {
    if (target.kind !== 'person') continue;
    if (available(facts.onCall, target.person, now, draft.current().severity).state === 'no') {
      return refuse({ code: 'person_unavailable', person: target.person });
    }
  }
  return undefined;
}

export function stepTimedOut(command: Of<'step_timed_out'>, draft: Draft): Decision {
  const page = findPage(draft.current(), command.page);
  if (page === undefined || !isWaiting(page) || page.entry !== command.entry) return draft.accept();
  enterStep(page, stepAfter(page), 'no_answer', draft);
  return draft.accept();
}

export function escalate(command: Of<'escalate'>, draft: Draft): Decision {
  const waiting = draft
    .current()
    .pages.filter((page) => isWaiting(page) && (command.page === undefined || page.id === command.page));
  if (waiting.length === 0) return refuse({ code: 'no_page_running' });
  for (const page of waiting) enterStep(page, stepAfter(page), 'escalated_by_hand', draft);
  return draft.accept();
}

export function deliverySucceeded(command: Of<'delivery_succeeded'>, draft: Draft): Decision {
  const found = pageOfDelivery(draft.current(), command.delivery);
  if (found === undefined || found.delivery.outcome.kind === 'delivered') return draft.accept();
  if (found.delivery.outcome.kind === 'failed' && found.delivery.message !== undefined) return draft.accept();
  draft.add(
    {
      type: 'page_delivered',
      delivery: command.delivery,
      ...(command.channel === undefined ? {} : { channel: command.channel }),
      ...(command.ts === undefined ? {} : { ts: command.ts }),
      ...(command.reference === undefined ? {} : { reference: command.reference }),
    },
    { actor: automation },
  );
  return draft.accept();
}

/** Only what cannot succeed any more comes here; an outage keeps step and timer, and the outbox tries again. */
export function deliveryFailed(command: Of<'delivery_failed'>, draft: Draft): Decision {
  const found = pageOfDelivery(draft.current(), command.delivery);
  if (found === undefined || found.delivery.outcome.kind !== 'queued') return draft.accept();
  draft.add({ type: 'page_failed', delivery: command.delivery, because: command.because }, { actor: automation });
  const page = findPage(draft.current(), found.page.id);
  if (page === undefined || !isWaiting(page) || !sameStep(found.delivery.at, page.at)) return draft.accept();
  const person = recipientPerson(found.delivery);
  const reachedOtherwise = person !== undefined && peopleAsked(page).includes(person);
  if (!reachedOtherwise)
    replaceLost(page, command.because === 'unavailable' ? 'unavailable' : 'delivery_failed', draft);
  return draft.accept();
}

/**
 * Moves every page away from people who have become unavailable; people who have come back change nothing here. Where the
 * duty of `schedule` has passed to somebody else, they are asked too. Whoever watches an incident that is only monitored need not be replaced. One that nobody was ever asked about, because the
 * catalog had nobody to ask, is asked about when it has.
 */
export function reassess(draft: Draft, schedule?: ScheduleId): Decision {
  const { facts, now } = draft.context;
  const { severity, status, pages, declaredBy } = draft.current();
  if (pages.length === 0 && status === 'triage')
    requestPageBySeverity(declaredBy.kind === 'person' ? 'declared' : 'alert', draft);
  const gone = (person: string) => available(facts.onCall, person, now, severity).state === 'no';
  for (const page of livePages(draft.current())) {
    if (page.answer.kind === 'acknowledged') {
      if (page.answer.until !== null && gone(page.answer.by)) loseAcknowledgement(page, 'unavailable', draft);
      continue;
    }
    const lost = page.deliveries.filter((delivery) => {
      const person = recipientPerson(delivery);
      return delivery.outcome.kind !== 'failed' && person !== undefined && gone(person);
    });
    for (const delivery of lost) {
      draft.add({ type: 'page_failed', delivery: delivery.id, because: 'unavailable' }, { actor: automation });
    }
    const after = findPage(draft.current(), page.id);
    if (after !== undefined && lost.some((delivery) => sameStep(delivery.at, page.at)))
      replaceLost(after, 'unavailable', draft);
    if (schedule !== undefined) askWhoCameOnDuty(page.id, schedule, draft);
  }
  return draft.accept();
}

/** The holder is gone or silent: whoever is on duty now is asked, from the first step. */
export function loseAcknowledgement(page: Page, because: 'timeout' | 'unavailable', draft: Draft): void {
  draft.add({ type: 'acknowledgement_lost', page: page.id, because }, { actor: automation });
  if (livePages(draft.current()).length > 0) return;
  const declined = findPage(draft.current(), page.id)?.declined ?? page.declined;
  startPage('acknowledgement_lost', planOf(policyOf(draft), draft) ?? page.plan, draft, declined);
}

/**
 * Somebody in the current step dropped out (cannot, may not, could not be reached). Whoever takes their place by now is
 * asked in the same step with its full time; if nobody does and nobody else is being asked, the next step begins at once.
 * Behind the last resort there is no next step: it is asked again when its time is over, or one that cannot be reached
 * would be asked without pause, and the channel beside it each time.
 */
export function replaceLost(page: Page, cause: EscalationCause, draft: Draft): void {
  const resolution = resolveTargets(page, page.at, draft);
  const asked = new Set(peopleAsked(page));
  const isLast = page.at.step === 'last_resort';
  const fresh = {
    ...resolution,
    people: resolution.people.filter((candidate) => !asked.has(candidate.person)),
    channels: isLast && currentDeliveries(page).length === 0 ? otherChannels(page, draft).slice(0, 1) : [],
  };
  if (fresh.people.length > 0 || fresh.channels.length > 0) {
    draft.add({ type: 'page_escalated', page: page.id, to: page.at, because: cause }, { actor: automation });
    ask(page.id, page.at, fresh, draft);
  } else if (asked.size === 0 && !isLast) {
    enterStep(page, stepAfter(page), cause, draft);
  }
}

/**
 * Whoever has come on duty for a schedule that the current step asks is asked in it, with its full time. Those who were
 * asked before can still answer: the first answer wins. Covers are left to `replaceLost`.
 */
function askWhoCameOnDuty(id: PageId, schedule: ScheduleId, draft: Draft): void {
  const page = findPage(draft.current(), id);
  if (page === undefined || !isWaiting(page) || !targetsOf(page).some(isSchedule(schedule))) return;
  const resolution = resolveTargets(page, page.at, draft);
  const asked = new Set(peopleAsked(page));
  const people = resolution.people.filter(
    (candidate) => candidate.schedule === schedule && candidate.why !== 'cover' && !asked.has(candidate.person),
  );
  if (people.length === 0) return;
  draft.add({ type: 'page_escalated', page: id, to: page.at, because: 'duty_changed' }, { actor: automation });
  ask(id, page.at, { people, channels: [], excluded: resolution.excluded }, draft);
}

function targetsOf({ plan, at }: Page): readonly Target[] {
  return at.step === 'last_resort' ? plan.lastResort : (plan.steps[at.step]?.notify ?? []);
}

function isSchedule(schedule: ScheduleId) {
  return (target: Target) => target.kind === 'schedule' && target.schedule === schedule;
}

/** Channels of last resort that this step has not tried yet: an archived one must not be where a page ends. */
function otherChannels(page: Page, draft: Draft): readonly string[] {
  const { lastResort, announce } = draft.context.facts.onCall.catalog.workspace;
  const named = [...page.plan.lastResort, ...lastResort].flatMap((target) =>
    target.kind === 'channel' ? [target.channel] : [],
  );
  const tried = page.deliveries.flatMap(({ at, to }) =>
    to.kind === 'channel' && sameStep(at, page.at) ? [to.channel] : [],
  );
  return [...named, ...(announce === undefined ? [] : [announce])].filter((channel) => !tried.includes(channel));
}

/** `declined`: people who have said in an earlier page of this incident that they can't. */
function startPage(reason: PageReason, plan: PagePlan, draft: Draft, declined: readonly PersonId[] = []): void {
  const id = pageId(draft.context.id, draft.current().pages.length + 1);
  draft.add({ type: 'page_requested', page: id, reason, plan });
  for (const person of declined) draft.add({ type: 'page_declined', page: id, person });
  const page = findPage(draft.current(), id);
  if (page === undefined) return;
  const firstStep: StepRef = plan.steps.length === 0 ? { round: 0, step: 'last_resort' } : { round: 0, step: 0 };
  const resolution = resolveTargets(page, firstStep, draft);
  const { actor } = draft.context;
  const askerIsTarget =
    actor.kind === 'person' &&
    (reason === 'declared' || reason === 'severity' || reason === 'reopened') &&
    resolution.people.some((candidate) => candidate.person === actor.person);
  if (askerIsTarget) {
    recordAcknowledgement(id, actor.person, 'slack', draft);
    return;
  }
  if (firstStep.step === 'last_resort') enterStep(page, firstStep, 'nobody_in_step', draft);
  else if (!ask(id, firstStep, resolution, draft)) enterStep(page, stepAfter(page), 'nobody_in_step', draft);
}

/** The first acknowledgement also starts the investigation. */
export function recordAcknowledgement(
  page: PageId,
  person: string,
  via: 'slack' | 'pagerduty' | 'webhook',
  draft: Draft,
): void {
  draft.add({ type: 'page_acknowledged', page, person, via });
  if (draft.current().status === 'triage') draft.add({ type: 'status_changed', from: 'triage', to: 'investigating' });
}

/** Enters a step; a step in which nobody can be asked is left at once, until the last resort, which is never empty. */
export function enterStep(page: Page, to: StepRef, cause: EscalationCause, draft: Draft): void {
  let at = to;
  let because = cause;
  for (;;) {
    const actor = because === 'escalated_by_hand' ? draft.context.actor : automation;
    draft.add({ type: 'page_escalated', page: page.id, to: at, because }, { actor });
    if (at.step === 'last_resort') {
      const times = at.round - page.plan.repeat + 1;
      draft.add({ type: 'page_exhausted', page: page.id, times: Math.max(1, times) }, { actor: automation });
    }
    if (ask(page.id, at, resolveTargets(page, at, draft), draft) || at.step === 'last_resort') return;
    at = nextStep(at, page.plan);
    because = 'nobody_in_step';
  }
}

/** False when there was nobody to ask. */
function ask(id: PageId, at: StepRef, resolution: Resolution, draft: Draft): boolean {
  announceSkipped(id, at, resolution, draft);
  return send(id, at, resolution, draft);
}

function stepAfter(page: Page): StepRef {
  return nextStep(page.at, page.plan);
}

/** After the last step of the last round comes the last resort, and then the last resort again, in rounds of its own. */
export function nextStep(at: StepRef, plan: PagePlan): StepRef {
  if (at.step === 'last_resort') return { round: at.round + 1, step: 'last_resort' };
  if (at.step + 1 < plan.steps.length) return { round: at.round, step: at.step + 1 };
  if (at.round < plan.repeat) return { round: at.round + 1, step: 0 };
  return { round: plan.repeat, step: 'last_resort' };
}

function policyOf(draft: Draft): Policy | undefined {
  return policyFor(draft.context.facts.onCall.catalog, draft.current().service);
}

/** Without a policy there is still the workspace's last resort; with neither there is nobody whom Toran knows. */
function planOf(policy: Policy | undefined, draft: Draft): PagePlan | undefined {
  const { lastResort } = draft.context.facts.onCall.catalog.workspace;
  if (policy === undefined) {
    return lastResort.length === 0
      ? undefined
      : { steps: [], repeat: 0, ackTimeoutMs: defaultAckTimeoutMs, lastResort };
  }
  const { steps, repeat, ackTimeoutMs } = policy;
  return { steps, repeat, ackTimeoutMs, lastResort: policy.lastResort.length > 0 ? policy.lastResort : lastResort };
}
