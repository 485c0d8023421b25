import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestContent, type DigestContent } from '../../../src/figures/digest.ts';
import type { IncidentRecord } from '../../../src/figures/record.ts';
import { hourMs, minuteMs } from '../../../src/oncall/time.ts';
import { digestMessage } from '../../../src/slack/views/digest-message.ts';
import { linesMessage } from '../../../src/slack/views/lines.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOf, tokensIn } from './world.ts';

function record(id: string, title: string, startMs: number): IncidentRecord {
  return {
    id,
    title,
    severity: 'sev1',
    service: 'checkout',
    kind: 'incident',
    outcome: 'resolved',
    milestones: {
      impactStart: startMs,
      detected: startMs + 2 * minuteMs,
      declared: startMs + 3 * minuteMs,
      paged: startMs + 3 * minuteMs,
      acked: startMs + 5 * minuteMs,
      mitigated: startMs + 20 * minuteMs,
      resolved: startMs + 40 * minuteMs,
    },
    isPrivate: false,
  };
}

function content(titles: readonly string[]): DigestContent {
  const records = titles.map((title, index) =>
    record(`INC-${index + 1}`, title, sundayMorning - (20 + index) * hourMs),
  );
  return digestContent(records, sundayMorning, 'Asia/Jerusalem', {
    pages: [],
    workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
    postmortemsMissing: ['INC-1'],
    recordedSinceMs: undefined,
  });
}

describe('the digest in Slack', () => {
  it.each(['en', 'he'] as const)('shows the week in %s', async (language) => {
    const message = digestMessage(content(['Cards are refused', 'הסליקה נופלת']), language);
    expect(faultsOf(message)).toEqual([]);
    const json = JSON.stringify(message, null, 2).replace(
      /[\u200F\u2066-\u2069]/g,
      (mark) => `\\u${mark.charCodeAt(0).toString(16)}`,
    );
    await expect(`${json}\n`).toMatchFileSnapshot(`../snapshots/digest.${language}.json`);
  });

  it('lets nothing in from titles, and holds Slack’s limits in a bad week', () => {
    const title = fc.constantFrom(
      '<!channel>',
      '<@U666>',
      '&'.repeat(300),
      '<'.repeat(300),
      'ש'.repeat(300),
      '```',
      '*x*',
      'a\nb',
    );
    fc.assert(
      fc.property(
        fc.array(title, { maxLength: 60 }),
        fc.constantFrom('en' as const, 'he' as const),
        (titles, language) => {
          const message = digestMessage(content(titles), language);
          expect(faultsOf(message)).toEqual([]);
          expect(tokensIn(message)).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('figures in Slack', () => {
  it('are escaped and cut line by line', () => {
    const message = linesMessage('<Title>', ['<!channel>', 'x'.repeat(5_000)], 'en');
    expect(faultsOf(message)).toEqual([]);
    expect(tokensIn(message)).toEqual([]);
  });
});
