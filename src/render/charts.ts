import type { ChartData } from '../figures/chart-data.ts';
import type { Language } from '../oncall/catalog.ts';
import type { RenderWorker } from './render-worker.ts';

export type DrawnChart =
  | { readonly ok: true; readonly png: Uint8Array }
  /** The digest goes out without its picture; the same numbers stand in its text. */
  | { readonly ok: false; readonly detail: string };

/** The weekly digest's picture, 1520 px wide. */
export async function digestChart(worker: RenderWorker, data: ChartData, language: Language): Promise<DrawnChart> {
  const answer = await worker.run({ kind: 'digest_chart', data, language });
  if (answer.kind === 'digest_chart') return { ok: true, png: answer.png };
  return { ok: false, detail: answer.kind === 'failed' ? `${answer.because}: ${answer.detail}` : answer.kind };
}
