import type { ChartData } from '../figures/chart-data.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import type { CoverageMap } from '../oncall/coverage-map.ts';
import type { Finding } from '../postmortem/blameless.ts';
import type { TemplateProblem } from '../postmortem/template-problem.ts';

/** Work for the render worker: plain data only, since it crosses threads. */
export type RenderJob = TemplateJob | ChartJob | HeatMapJob | LintJob;

export interface TemplateJob {
  readonly kind: 'template';
  /** For error messages: file name or address. */
  readonly name: string;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ChartJob {
  readonly kind: 'digest_chart';
  readonly data: ChartData;
  readonly language: Language;
}

export interface HeatMapJob {
  readonly kind: 'heat_map';
  readonly map: CoverageMap;
  readonly names: Readonly<Record<PersonId, string>>;
  readonly language: Language;
}

export interface LintJob {
  readonly kind: 'lint';
  readonly text: string;
  readonly roster: readonly string[];
}

export type TemplateOutcome =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: TemplateProblem };

export interface JobRequest {
  readonly id: number;
  readonly job: RenderJob;
}

export type JobAnswer =
  | { readonly id: number; readonly kind: 'template'; readonly outcome: TemplateOutcome }
  | { readonly id: number; readonly kind: 'digest_chart'; readonly png: Uint8Array }
  | { readonly id: number; readonly kind: 'heat_map'; readonly png: Uint8Array }
  | { readonly id: number; readonly kind: 'lint'; readonly findings: readonly Finding[] }
  | { readonly id: number; readonly kind: 'failed'; readonly detail: string };
