import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { ScheduleId } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import { entry } from '../oncall/lookup.ts';
import { lastResort } from '../oncall/policy.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import { slackIdOf, type SlackEffectContext } from './effect-context.ts';
import type { Called } from './client.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { slackMethods, type SlackUserGroup } from './methods.ts';

/** What the installation or the workspace does not allow costs this feature, and nothing else. */
const notAllowed = [
  'missing_scope',
  'permission_denied',
  'plan_upgrade_required',
  'access_denied',
  'not_allowed_token_type',
  'unknown_method',
] as const;

type Context = Pick<SlackEffectContext, 'client' | 'identity' | 'store' | 'clock' | 'log'>;

/** Keeps the user group of a schedule what the pager says: whoever is on duty and can answer, nobody else. */
export function userGroupEffects(context: Context): Pick<EffectHandlers, 'slack.sync_user_group'> {
  return {
    'slack.sync_user_group': async ({ schedule }) => {
      const { client, clock, log, store } = context;
      const wanted = entry((await store.onCallFacts()).catalog.schedules, schedule)?.userGroup;
      if (wanted === undefined) return done;
      const listed = await client.call(slackMethods.listUserGroups, { include_users: true, include_disabled: true });
      if (!listed.ok) return failed(context, schedule, listed);
      const group = groupNamed(listed.answer.usergroups, wanted);
      if (group === undefined) {
        log.warn({ schedule }, 'there is no such user group in slack; correct it in the catalog or create it');
        return done;
      }
      // Read after the first call: who is on duty may have changed while Slack answered.
      const members = membersOf(await store.onCallFacts(), schedule, clock.now());
      return members.length === 0 ? switchOff(context, schedule, group) : fill(context, schedule, group, members);
    },
  };
}

/**
 * Slack ids of whoever is on duty and can answer, as the pager would ask them; with nobody on duty the workspace's last
 * resort, since a group must not be empty and a mention of it must reach somebody.
 */
export function membersOf(facts: OnCallFacts, schedule: ScheduleId, now: EpochMs): readonly string[] {
  const duty = onDuty(facts, schedule, now, 'sev1').flatMap(({ person }) => (person === null ? [] : [person]));
  const ids = slackIds(facts, duty);
  if (ids.length > 0) return ids;
  return slackIds(
    facts,
    lastResort(facts, undefined, now, 'sev1').people.map(({ person }) => person),
  );
}

function slackIds(facts: OnCallFacts, people: readonly string[]): readonly string[] {
  return [...new Set(people.flatMap((person) => slackIdOf(facts, person) ?? []))];
}

/** By its id, or by its handle with or without the @. */
function groupNamed(groups: readonly SlackUserGroup[], wanted: string): SlackUserGroup | undefined {
  const handle = wanted.replace(/^@/, '').toLowerCase();
  return groups.find(({ id }) => id === wanted) ?? groups.find((group) => group.handle?.toLowerCase() === handle);
}

async function fill(
  context: Context,
  schedule: ScheduleId,
  group: SlackUserGroup,
  members: readonly string[],
): Promise<EffectOutcome> {
  const { client, log } = context;
  if (isOff(group)) {
    const identity = await context.identity.read();
    if (!identity.ok) return failed(context, schedule, identity);
    if (group.deleted_by !== identity.answer.botUserId) {
      log.warn({ schedule }, 'somebody has switched the user group off; it stays as it is');
      return done;
    }
    const enabled = await client.call(slackMethods.enableUserGroup, { usergroup: group.id });
    if (!enabled.ok) return failed(context, schedule, enabled);
  }
  if (isSame(group.users ?? [], members)) return done;
  const users = members.join(',');
  const updated = await client.call(slackMethods.updateUserGroup, { usergroup: group.id, users });
  return updated.ok ? done : failed(context, schedule, updated);
}

/** Slack keeps no empty groups. One that is off mentions nobody, which is better than whoever was on duty before. */
async function switchOff(context: Context, schedule: ScheduleId, group: SlackUserGroup): Promise<EffectOutcome> {
  if (isOff(group)) return done;
  const disabled = await context.client.call(slackMethods.disableUserGroup, { usergroup: group.id });
  return disabled.ok ? done : failed(context, schedule, disabled);
}

function failed(
  { clock, log }: Context,
  schedule: ScheduleId,
  called: Extract<Called<unknown>, { ok: false }>,
): EffectOutcome {
  const { failure, method } = called;
  if (!isRefused(failure, ...notAllowed)) return outcomeOf(called, clock.now());
  const code = failure.kind === 'refused' ? failure.code : failure.kind;
  log.warn({ schedule, method, code }, 'slack does not let the user group follow its schedule');
  return done;
}

function isOff({ date_delete: since = 0 }: SlackUserGroup): boolean {
  return since !== 0;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
