import { candidates, merge } from './candidates.ts';
import type { Catalog, Policy, ServiceId, Severity, Target } from './catalog.ts';
import { entry } from './lookup.ts';
import type { Candidate, Candidates, Excluded, OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';

/** Who is to be paged now, all at once, and which channels hear of it. */
export interface StepTargets {
  readonly people: readonly Candidate[];
  readonly channels: readonly string[];
  readonly excluded: readonly Excluded[];
}

/** The policy that pages for a service: its own, else the workspace's default; undefined when there is neither. */
export function policyFor(catalog: Catalog, service: ServiceId | undefined): Policy | undefined {
  const own = service === undefined ? undefined : entry(catalog.services, service)?.policy;
  const id = own ?? catalog.workspace.defaultPolicy;
  return id === undefined ? undefined : entry(catalog.policies, id);
}

/**
 * Whom step `stepIndex` (from 0) pages at an instant. People who are only softly available are paged when this step and
 * the next have nobody else; until then the step is empty, and an empty step is skipped at once. A step beyond the last
 * is empty.
 */
export function resolveStep(
  facts: OnCallFacts,
  policy: Pick<Policy, 'steps' | 'lastResort'>,
  stepIndex: number,
  atMs: EpochMs,
  severity: Severity,
): StepTargets {
  const { inOrder, channels, excluded } = resolveAll(facts, policy.steps[stepIndex]?.notify ?? [], atMs, severity);
  const first = inOrder.filter(({ availability }) => availability === 'yes');
  if (first.length > 0) return { people: first, channels, excluded };
  const next = resolveAll(facts, policy.steps[stepIndex + 1]?.notify ?? [], atMs, severity);
  const nextHasSomeone = next.inOrder.some(({ availability }) => availability === 'yes');
  return { people: nextHasSomeone ? [] : inOrder, channels, excluded };
}

/**
 * Whom an exhausted policy alarms: the last resort of the policy (or of the workspace), then everybody whom its steps held
 * back as softly available. There is always a channel, the workspace's when the policy names none: a page never ends in
 * silence. Without a policy the workspace's last resort stands alone.
 */
export function lastResort(
  facts: OnCallFacts,
  policy: Pick<Policy, 'steps' | 'lastResort'> | undefined,
  atMs: EpochMs,
  severity: Severity,
): StepTargets {
  const { lastResort: fallback, announce } = facts.catalog.workspace;
  const own = policy === undefined || policy.lastResort.length === 0 ? fallback : policy.lastResort;
  const steps = policy?.steps.flatMap((step) => step.notify) ?? [];
  const heldBack = resolveAll(facts, steps, atMs, severity).inOrder.filter(
    ({ availability }) => availability === 'last',
  );
  const named = resolveAll(facts, own, atMs, severity);
  const { inOrder, channels, excluded } = merge([named, { inOrder: heldBack, excluded: [], channels: [] }]);
  const announced = announce === undefined ? [] : [announce];
  const channelsOf = [channels, channelsIn(fallback), announced].find((some) => some.length > 0) ?? [];
  return { people: inOrder, channels: channelsOf, excluded };
}

function resolveAll(facts: OnCallFacts, targets: readonly Target[], atMs: EpochMs, severity: Severity): Candidates {
  return merge(targets.map((target) => candidates(facts, target, atMs, severity)));
}

function channelsIn(targets: readonly Target[]): string[] {
  return targets.flatMap((target) => (target.kind === 'channel' ? [target.channel] : []));
}
