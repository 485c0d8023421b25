import type { EffectHandlers, EffectOutcome } from '../../src/engine/effects.ts';
import type { Job } from '../../src/engine/ports.ts';

/** Hands every kind of effect to one function, where a test wants to see, or to leave out, what adapters would do. */
export function everyHandler(handle: (effect: unknown, job: Job) => Promise<EffectOutcome>): EffectHandlers {
  return {
    'slack.open_channel': handle,
    'slack.set_topic': handle,
    'slack.post_card': handle,
    'slack.update_card': handle,
    'slack.pin_card': handle,
    'slack.add_bookmarks': handle,
    'slack.announce': handle,
    'slack.update_announcement': handle,
    'slack.invite': handle,
    'slack.post_event': handle,
    'slack.page': handle,
    'slack.update_page': handle,
    'slack.ask_holder': handle,
    'slack.share_postmortem': handle,
    'slack.sync_user_group': handle,
    'pagerduty.page': handle,
    'pagerduty.stop_page': handle,
    'pagerduty.acknowledge': handle,
    'pagerduty.resolve': handle,
    'webhook.page': handle,
    'timer.step': handle,
    'timer.acknowledgement': handle,
    'timer.reminder': handle,
    'timer.count_alerts': handle,
    'slack.refresh_home': handle,
    'slack.refresh_homes': handle,
    'handover.person': handle,
    'timer.offer': handle,
    'slack.warn_uncovered': handle,
    'slack.away_notice': handle,
    'reassess.person': handle,
    'reassess.schedule': handle,
    'reassess.all': handle,
    'postmortem.draft': handle,
    'digest.post': handle,
  };
}
