import { digestContent, type DigestContent } from '../../../src/figures/digest.ts';
import type { EpochMs } from '../../../src/oncall/time.ts';

/** The digest of a week in which nothing happened. */
export function nothingToFigure(at: EpochMs): DigestContent {
  return digestContent([], at, 'Asia/Jerusalem', {
    pages: [],
    workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
    postmortemsMissing: [],
    recordedSinceMs: undefined,
  });
}
