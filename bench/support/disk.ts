import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summary, type Summary } from './statistics.ts';

const bytes = Buffer.alloc(16 * 1024, 'x');

/** What the disk takes for 16 KB that are safe: no database can answer sooner. In milliseconds. */
export function measureDisk(forMs: number): Summary {
  const folder = mkdtempSync(join(tmpdir(), 'toran-bench-disk-'));
  const file = openSync(join(folder, 'file'), 'w');
  const took: number[] = [];
  try {
    const end = performance.now() + forMs;
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      writeSync(file, bytes);
      fdatasyncSync(file);
      took.push(performance.now() - begun);
    }
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
  return summary(took);
}
