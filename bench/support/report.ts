import type { Summary } from './statistics.ts';

/** Where a benchmark writes what it found. */
export interface Report {
  section(title: string): void;
  line(text: string): void;
  table(header: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** Markdown on stdout, so that a run can be pasted as it is. */
export function consoleReport(): Report {
  return {
    section: (title) => console.log(`\n## ${title}\n`),
    line: (text) => console.log(text),
    table(header, rows) {
      const widths = header.map((cell, column) =>
        Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
      );
      const line = (cells: readonly string[]) =>
        `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
      console.log(line(header));
      console.log(line(widths.map((width) => '-'.repeat(width))));
      for (const row of rows) console.log(line(row));
      console.log('');
    },
  };
}

export function ms(value: number): string {
  return value >= 100 ? `${Math.round(value)} ms` : `${value.toFixed(value >= 10 ? 1 : 2)} ms`;
}

export function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

export function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function percentiles({ n, p50, p90, p99, max }: Summary): readonly string[] {
  return [String(n), ms(p50), ms(p90), ms(p99), ms(max)];
}
