import type { EffectHandlers } from '../engine/effects.ts';
import type { EffectKind } from '../engine/streams.ts';
import { announcementEffects } from './announcement.ts';
import { awayNoticeEffects } from './away-notice.ts';
import { cardEffects } from './card.ts';
import { channelPostEffects } from './channel-post.ts';
import { channelEffects } from './channel.ts';
import { coveragePictureEffects } from './coverage-picture.ts';
import { coverageEffects } from './coverage-warning.ts';
import type { SlackEffectContext } from './effect-context.ts';
import { homeEffects, withHomes } from './home.ts';
import { dutyNoticeEffects } from './duty-notices.ts';
import { offerEffects } from './offer-delivery.ts';
import { pageEffects } from './page-delivery.ts';
import { postmortemEffects } from './postmortem-share.ts';
import { staleCalendarEffects } from './stale-calendar.ts';
import { uncoveredEffects } from './warn-uncovered.ts';
import { userGroupEffects } from './user-groups.ts';

export type SlackKinds = Extract<EffectKind, `slack.${string}`>;

/** One handler for everything that incidents and schedules want of Slack. */
export function slackEffects(context: SlackEffectContext): Pick<EffectHandlers, SlackKinds> {
  return {
    ...channelEffects(context),
    ...withHomes(context, { ...cardEffects(context), ...pageEffects(context) }),
    ...announcementEffects(context),
    ...channelPostEffects(context),
    ...postmortemEffects(context),
    ...homeEffects(context),
    ...awayNoticeEffects(context),
    ...staleCalendarEffects(context),
    ...coverageEffects(context),
    ...coveragePictureEffects(context),
    ...userGroupEffects(context),
    ...offerEffects(context),
    ...dutyNoticeEffects(context),
    ...uncoveredEffects(context),
  } satisfies Pick<EffectHandlers, SlackKinds>;
}
