import { describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/figures/metrics.ts';
import { metricsText } from '../../src/messages/metrics-cli.ts';
import { dayMs, minuteMs } from '../../src/oncall/time.ts';
import { record } from '../figures/records.ts';

const start = Date.parse('2026-03-01T00:00:00Z');
const window = { fromMs: start, toMs: start + 28 * dayMs };

describe('the figures for people to read', () => {
  const records = [
    ...Array.from({ length: 20 }, (_, index) =>
      record(`INC-${index}`, {
        impactStart: start,
        detected: start + minuteMs,
        resolved: start + (index + 11) * minuteMs,
      }),
    ),
    record('INC-30', { detected: start, resolved: start }, { kind: 'drill' }),
    record('INC-31', { impactStart: start + 5, detected: start, resolved: start + 9 }),
  ];

  it('carry n, the median with its interval, and the mean beside it', () => {
    expect(metricsText(computeMetrics(records, window), 'en')).toEqual([
      '21 incidents',
      'Incidents per week: 5.3 (95 % interval 3.2 to 8)',
      'Time to detect: median 1 min (95 % interval 1 min to 1 min), n = 20; mean 1 min; 90th percentile 1 min',
      'Time to acknowledge: not known for any incident',
      'Time to mitigate: median 20 min (95 % interval 15 min to 25 min), n = 21; mean 20 min; 90th percentile 28 min',
      'Time to recover: median 20 min (95 % interval 15 min to 25 min), n = 21; mean 20 min; 90th percentile 28 min',
      'Mitigated within 30 minutes: 21 of 21, 100 % (95 % interval 85 % to 100 %)',
      'Counted beside: 1 drill, 1 impossible duration left out',
    ]);
  });
  it('exist in Hebrew, line for line', () => {
    const report = computeMetrics(records, window);
    expect(metricsText(report, 'he')).toHaveLength(metricsText(report, 'en').length);
    expect(metricsText(report, 'he').at(-1)).toBe('\u200Fנספרו בנפרד: תרגול אחד, משך בלתי אפשרי אחד שהושמט');
  });
  it('say that nothing is known of nothing', () => {
    expect(metricsText(computeMetrics([], { fromMs: 0, toMs: 0 }), 'en')).toEqual([
      '0 incidents',
      'Time to detect: not known for any incident',
      'Time to acknowledge: not known for any incident',
      'Time to mitigate: not known for any incident',
      'Time to recover: not known for any incident',
      'Mitigated within 30 minutes: not known for any incident',
    ]);
  });
});
