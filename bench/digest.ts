import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { apply } from '../src/cli/apply.ts';
import { parseCatalog } from '../src/config/catalog.ts';
import { digestChartData, weeklyDigest } from '../src/engine/digest.ts';
import { createEngine } from '../src/engine/executor.ts';
import type { IncidentRecord } from '../src/figures/record.ts';
import { dayMs, minuteMs } from '../src/oncall/time.ts';
import { openStore } from '../src/store/open.ts';
import { company } from './support/company.ts';
import type { Bench } from './support/context.ts';
import { ms } from './support/report.ts';
import { median } from './support/statistics.ts';

const rounds = 5;
const sizes = [1_000, 10_000, 100_000] as const;
const years = 5;
const now = Date.UTC(2026, 10, 22, 8, 0);

export const digestBench: Bench = {
  name: 'digest',
  about: 'the weekly digest and the data of its picture over up to 100,000 incidents of five years',
  async run({ report }) {
    report.section(`Digest over imported history of ${years} years on SQLite: median of ${rounds} (first)`);
    const rows: (readonly string[])[] = [];
    for (const size of sizes) {
      const folder = mkdtempSync(join(tmpdir(), 'toran-bench-'));
      const store = await openStore(`file:${join(folder, 'toran.db')}`, { role: 'server' });
      try {
        const engine = createEngine({ store, clock: { now: () => now }, ways: [], onCommitted: () => undefined });
        await apply(engine, company.catalog, parseCatalog(company.catalog, 'catalog.yaml'), undefined);
        const begun = performance.now();
        await store.importRecords(history(size));
        const importMs = performance.now() - begun;
        const loop = monitorEventLoopDelay({ resolution: 1 });
        loop.enable();
        const digest = await timed(() => weeklyDigest(store, now));
        const picture = await timed(() => digestChartData(store, now));
        loop.disable();
        rows.push([size.toLocaleString('en'), ms(importMs), digest, picture, ms(loop.max / 1e6)]);
      } finally {
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    report.table(['incidents', 'import', 'digest', 'data of the picture', 'loop held'], rows);
  },
};

async function timed(work: () => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
    await new Promise(setImmediate);
  }
  return `${ms(median(took))} (${ms(took[0] ?? 0)})`;
}

function history(size: number): readonly IncidentRecord[] {
  const spanMs = years * 365 * dayMs;
  return Array.from({ length: size }, (_, n): IncidentRecord => {
    const start = now - spanMs + Math.floor((n * spanMs) / size);
    const detected = start + (n % 7) * minuteMs;
    return {
      id: `import-${n}`,
      title: `Checkout latency, number ${n}`,
      severity: n % 3 === 0 ? 'sev1' : 'sev2',
      service: n % 2 === 0 ? 'checkout' : 'search',
      kind: n % 50 === 0 ? 'drill' : 'incident',
      outcome: 'resolved',
      milestones: {
        impactStart: start,
        detected,
        declared: detected + minuteMs,
        paged: detected + minuteMs,
        acked: detected + (2 + (n % 5)) * minuteMs,
        mitigated: detected + (10 + (n % 40)) * minuteMs,
        resolved: detected + (20 + (n % 90)) * minuteMs,
      },
      isPrivate: false,
    };
  });
}
