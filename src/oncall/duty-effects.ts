import type { ScheduleId } from './catalog.ts';

/** What being on duty wants done in the world. Rendered and decided anew when it is done, from what is true then. */
export type DutyEffect = { readonly kind: 'slack.sync_user_group'; readonly schedule: ScheduleId };
