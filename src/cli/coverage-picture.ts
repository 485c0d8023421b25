import type { CoverageQuestion, CoverageSegment } from '../oncall/coverage.ts';
import { coverageMap } from '../oncall/coverage-map.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import { coverageHeatMap } from '../render/charts.ts';
import { createRenderWorker } from '../render/render-worker.ts';

/** The heat map as PNG. Throws when it cannot be drawn. */
export async function coveragePicture(
  facts: OnCallFacts,
  { k }: CoverageQuestion & { readonly k: number },
  segments: readonly CoverageSegment[],
  now: EpochMs,
): Promise<Uint8Array> {
  const worker = createRenderWorker();
  try {
    const map = coverageMap(facts, segments, { k, now });
    const picture = await coverageHeatMap(worker, map, facts.catalog, facts.catalog.workspace.locale);
    if (picture.ok) return picture.png;
    throw new Error(`the picture could not be drawn (${picture.detail})`);
  } finally {
    await worker.close();
  }
}
