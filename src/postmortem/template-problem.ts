/** Why a template could not be used. Never an exception: the draft is rendered without it, and this is shown beside it. */
export interface TemplateProblem {
  /** File name or address of the template. */
  readonly template: string;
  /** 1-based; undefined where the trouble is not at one place. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly fault: TemplateFault;
}

export type TemplateFault =
  /** `nearest` is a name that exists and is written almost like it. */
  | { readonly kind: 'unknown_name'; readonly name: string; readonly nearest: string | undefined }
  | { readonly kind: 'unknown_filter'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown_tag'; readonly name: string; readonly known: readonly string[] }
  /** A list or a group of values stands where one value is printed. */
  | { readonly kind: 'not_printable' }
  /** In the words of the template engine. */
  | { readonly kind: 'syntax'; readonly detail: string }
  | { readonly kind: 'too_slow' }
  | { readonly kind: 'too_much' }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'renderer_failed'; readonly detail: string };
