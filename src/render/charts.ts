import type { ChartData } from '../figures/chart-data.ts';
import type { Catalog, Language } from '../oncall/catalog.ts';
import type { CoverageMap } from '../oncall/coverage-map.ts';
import type { RenderWorker, WorkerAnswer } from './render-worker.ts';

export type DrawnChart =
  | { readonly ok: true; readonly png: Uint8Array }
  /** What it belongs to goes out without its picture; the same stands in its text. */
  | { readonly ok: false; readonly detail: string };

/** The weekly digest's picture, 1520 px wide. */
export async function digestChart(worker: RenderWorker, data: ChartData, language: Language): Promise<DrawnChart> {
  const answer = await worker.run({ kind: 'digest_chart', data, language });
  return answer.kind === 'digest_chart' ? { ok: true, png: answer.png } : failed(answer);
}

/** The heat map of coverage, 1520 px wide and as high as it has schedules. Names those who are left, and nobody else. */
export async function coverageHeatMap(
  worker: RenderWorker,
  map: CoverageMap,
  catalog: Catalog,
  language: Language,
): Promise<DrawnChart> {
  const people = new Set(map.notes.flatMap(({ concern }) => concern.people));
  const names = Object.fromEntries(
    Object.values(catalog.people)
      .filter(({ id }) => people.has(id))
      .map(({ id, name }) => [id, name]),
  );
  const answer = await worker.run({ kind: 'heat_map', map, names, language });
  return answer.kind === 'heat_map' ? { ok: true, png: answer.png } : failed(answer);
}

function failed(answer: WorkerAnswer): DrawnChart {
  return { ok: false, detail: answer.kind === 'failed' ? `${answer.because}: ${answer.detail}` : answer.kind };
}
