import type { Effect } from '../../src/engine/streams.ts';

const onSchedule = { schedule: 'payments' };

/** Effects of everything but incidents, at least one of each kind. */
export const otherEffects: readonly Effect[] = [
  { kind: 'slack.refresh_home', person: 'alma' },
  { kind: 'slack.refresh_homes' },
  { kind: 'slack.away_notice', person: 'alma', window: 'w' },
  { kind: 'slack.coverage_warning', due: 1 },
  { kind: 'slack.coverage_picture', person: 'alma', days: 90, k: 2, mode: 'tentative' },
  { kind: 'reassess.schedule', ...onSchedule },
  { kind: 'pagerduty.sync_overrides', schedule: 'payments' },
  { kind: 'pagerduty.sync_all_overrides' },
  { kind: 'handover.person', person: 'alma', window: 'w' },
  { kind: 'timer.offer', ...onSchedule, offer: 'o' },
  { kind: 'slack.warn_uncovered', ...onSchedule, offer: 'o' },
  { kind: 'slack.sync_user_group', ...onSchedule },
  { kind: 'slack.offer', ...onSchedule, offer: 'f', person: 'beni' },
  { kind: 'slack.update_offer', ...onSchedule, offer: 'f' },
  { kind: 'slack.offer_outcome', ...onSchedule, offer: 'f' },
  { kind: 'slack.relieved', ...onSchedule, override: 'o', person: 'alma' },
  { kind: 'slack.duty_notice', ...onSchedule, person: 'beni', notice: 'coming', at: 1 },
  { kind: 'timer.hand_off', ...onSchedule, at: 1 },
  { kind: 'reassess.duty' },
];
