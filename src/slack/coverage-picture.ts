import { done, type EffectHandlers } from '../engine/effects.ts';
import type { Language } from '../oncall/catalog.ts';
import { coverage, type CoverageSegment } from '../oncall/coverage.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { isGone } from './channel.ts';
import { schedulesSeenBy, withSchedules } from './coverage-view.ts';
import { languageOf, slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { findInHistory, mayHaveRun } from './posting.ts';
import { uploadFile } from './upload.ts';

export interface CoveragePicture {
  readonly png: Uint8Array;
  /** What it shows, for those who don't see it. */
  readonly alternative: string;
}

/** Undefined when it could not be drawn: the same stands in the text. */
export type DrawCoverage = (
  facts: OnCallFacts,
  segments: readonly CoverageSegment[],
  asked: { readonly k: number; readonly now: EpochMs; readonly language: Language },
) => Promise<CoveragePicture | undefined>;

/**
 * The heat map of those schedules that its reader may know, into their own messages: Slack keeps no picture that only one
 * person sees in a channel, and how many are left of a few is not for everybody.
 */
export function coveragePictureEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.coverage_picture'> {
  const { store, clock, client, addresses, drawCoverage } = context;
  return {
    'slack.coverage_picture': async ({ person, days, k, mode }, job) => {
      const facts = await store.onCallFacts();
      const user = slackIdOf(facts, person);
      const schedules = schedulesSeenBy(facts, person);
      if (drawCoverage === undefined || user === undefined || schedules.length === 0) return done;
      const place = await addresses.directMessage(user);
      if (!place.ok) return isGone(place) ? done : outcomeOf(place, clock.now());
      const channel = place.answer;
      const fileName = `toran-coverage-${job.id.replace(/[^\w-]/g, '').slice(0, 40)}.png`;
      if (mayHaveRun(job)) {
        const earlier = await findInHistory(client, channel, job.createdAt, ({ files = [] }) =>
          files.some(({ name }) => name === fileName),
        );
        if (earlier.ok && earlier.answer !== undefined) return done;
      }
      const now = clock.now();
      const seen = withSchedules(facts, schedules);
      const segments = coverage(seen, { from: now, to: now + days * dayMs, mode, k });
      const drawn = await drawCoverage(seen, segments, { k, now, language: languageOf(facts, person) });
      if (drawn === undefined) return done;
      const { png: bytes, alternative } = drawn;
      const uploaded = await uploadFile(client, { fileName, title: fileName, bytes, alternative, channel });
      if (uploaded.ok || isGone(uploaded)) return done;
      return outcomeOf(uploaded, clock.now());
    },
  };
}
