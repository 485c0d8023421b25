import { anything, boolean, byType, list, number, object, oneOf, problem, string, whole } from './block-schema.ts';
import type { Check, Problem } from './block-schema.ts';
import type { Fields } from './model.ts';
import { fieldsOf, listOf } from './values.ts';

const base = { type: anything };
const named = { block_id: string(255, 1) };
const cell = byType({
  raw_text: object({ ...base, text: string(3000) }, {}),
  raw_number: object({ ...base, value: number }, { text: string(3000) }),
  rich_text: anything,
});

function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + characters(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (key === 'type' ? 0 : characters(inner)), 0);
}

function within(max: number): (value: Fields, at: string, problems: Problem[]) => void {
  return (value, at, problems) => {
    const got = characters(value['rows']);
    if (got > max)
      problem(problems, `${at}/rows`, 'too_long', `cells must be less than ${max + 1} characters together`, {
        type: 'max_length',
        expected: max,
        got,
      });
  };
}

export const table: Check = object(
  { ...base, rows: list(list(cell, 1, 20), 1, 100) },
  {
    ...named,
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), 0, 20),
  },
  within(10_000),
);

export const dataTable: Check = object(
  { ...base, rows: list(list(cell, 1, 20), 2, 201), caption: string(255, 1) },
  { ...named, page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
  within(20_000),
);

const label = string(20, 1);
const point = object({ label, value: number });
const series = object({ name: label, data: list(point, 1, 20) }, {});
const axes = object({ categories: list(label, 1, 20) }, { x_label: string(50), y_label: string(50) });
const seriesChart = object({ ...base, series: list(series, 1, 6), axis_config: axes }, {}, categoriesMatch);

/** A native chart; the documented smallest bounds of its kinds. */
export const dataVisualization: Check = object(
  {
    ...base,
    title: string(50, 1),
    chart: byType({
      pie: object({ ...base, segments: list(point, 1, 6) }),
      bar: seriesChart,
      area: seriesChart,
      line: seriesChart,
    }),
  },
  named,
);

function categoriesMatch(value: Fields, at: string, problems: Problem[]): void {
  const categories = JSON.stringify(listOf(fieldsOf(value['axis_config'])['categories']));
  listOf(value['series']).forEach((one, index) => {
    const labels = listOf(fieldsOf(one)['data']).map((datum) => fieldsOf(datum)['label']);
    if (JSON.stringify(labels) !== categories) {
      problem(problems, `${at}/series/${index}/data`, 'invalid_value', 'labels must match axis_config categories');
    }
  });
}
