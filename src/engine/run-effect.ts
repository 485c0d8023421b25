import type { EffectHandlers, EffectOutcome } from './effects.ts';
import type { Job } from './ports.ts';
import type { Effect } from './streams.ts';

/** Hands a job to the handler of its kind. Spelled out so that the compiler pairs each effect with its handler. */
export function runEffect(job: Job, handlers: EffectHandlers): Promise<EffectOutcome> {
  const { effect } = job;
  switch (effect.kind) {
    case 'slack.open_channel':
      return handlers['slack.open_channel'](effect, job);
    case 'slack.set_topic':
      return handlers['slack.set_topic'](effect, job);
    case 'slack.post_card':
      return handlers['slack.post_card'](effect, job);
    case 'slack.update_card':
      return handlers['slack.update_card'](effect, job);
    case 'slack.pin_card':
      return handlers['slack.pin_card'](effect, job);
    case 'slack.add_bookmarks':
      return handlers['slack.add_bookmarks'](effect, job);
    case 'slack.announce':
      return handlers['slack.announce'](effect, job);
    case 'slack.update_announcement':
      return handlers['slack.update_announcement'](effect, job);
    case 'slack.invite':
      return handlers['slack.invite'](effect, job);
    case 'slack.post_event':
      return handlers['slack.post_event'](effect, job);
    case 'slack.page':
      return handlers['slack.page'](effect, job);
    case 'slack.update_page':
      return handlers['slack.update_page'](effect, job);
    case 'slack.ask_holder':
      return handlers['slack.ask_holder'](effect, job);
    case 'slack.share_postmortem':
      return handlers['slack.share_postmortem'](effect, job);
    case 'slack.offer':
      return handlers['slack.offer'](effect, job);
    case 'slack.update_offer':
      return handlers['slack.update_offer'](effect, job);
    case 'slack.offer_outcome':
      return handlers['slack.offer_outcome'](effect, job);
    case 'slack.relieved':
      return handlers['slack.relieved'](effect, job);
    case 'slack.duty_notice':
      return handlers['slack.duty_notice'](effect, job);
    case 'slack.sync_user_group':
      return handlers['slack.sync_user_group'](effect, job);
    case 'slack.warn_uncovered':
      return handlers['slack.warn_uncovered'](effect, job);
    case 'slack.stale_calendar':
      return handlers['slack.stale_calendar'](effect, job);
    case 'slack.refresh_home':
      return handlers['slack.refresh_home'](effect, job);
    case 'slack.coverage_picture':
      return handlers['slack.coverage_picture'](effect, job);
    case 'slack.coverage_warning':
      return handlers['slack.coverage_warning'](effect, job);
    case 'slack.away_notice':
      return handlers['slack.away_notice'](effect, job);
    case 'slack.refresh_homes':
      return handlers['slack.refresh_homes'](effect, job);
    default:
      return runOther(effect, job, handlers);
  }
}

/** Everything that is not Slack's. */
function runOther(
  effect: Exclude<Effect, { readonly kind: `slack.${string}` }>,
  job: Job,
  handlers: EffectHandlers,
): Promise<EffectOutcome> {
  switch (effect.kind) {
    case 'timer.hand_off':
      return handlers['timer.hand_off'](effect, job);
    case 'reassess.duty':
      return handlers['reassess.duty'](effect, job);
    case 'pagerduty.page':
      return handlers['pagerduty.page'](effect, job);
    case 'pagerduty.stop_page':
      return handlers['pagerduty.stop_page'](effect, job);
    case 'pagerduty.acknowledge':
      return handlers['pagerduty.acknowledge'](effect, job);
    case 'pagerduty.resolve':
      return handlers['pagerduty.resolve'](effect, job);
    case 'webhook.page':
      return handlers['webhook.page'](effect, job);
    case 'timer.step':
      return handlers['timer.step'](effect, job);
    case 'timer.acknowledgement':
      return handlers['timer.acknowledgement'](effect, job);
    case 'timer.reminder':
      return handlers['timer.reminder'](effect, job);
    case 'timer.count_alerts':
      return handlers['timer.count_alerts'](effect, job);
    case 'handover.person':
      return handlers['handover.person'](effect, job);
    case 'timer.offer':
      return handlers['timer.offer'](effect, job);
    case 'availability.materialise':
      return handlers['availability.materialise'](effect, job);
    case 'availability.sync_calendar':
      return handlers['availability.sync_calendar'](effect, job);
    case 'availability.retention':
      return handlers['availability.retention'](effect, job);
    case 'pagerduty.sync_overrides':
      return handlers['pagerduty.sync_overrides'](effect, job);
    case 'pagerduty.sync_all_overrides':
      return handlers['pagerduty.sync_all_overrides'](effect, job);
    case 'reassess.person':
      return handlers['reassess.person'](effect, job);
    case 'reassess.schedule':
      return handlers['reassess.schedule'](effect, job);
    case 'reassess.all':
      return handlers['reassess.all'](effect, job);
    case 'postmortem.draft':
      return handlers['postmortem.draft'](effect, job);
    case 'digest.post':
      return handlers['digest.post'](effect, job);
  }
}
