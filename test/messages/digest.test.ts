import { describe, expect, it } from 'vitest';
import { digestContent, type DigestExtras } from '../../src/figures/digest.ts';
import type { IncidentRecord } from '../../src/figures/record.ts';
import { digestText } from '../../src/messages/digest.ts';
import { durationText, isolated } from '../../src/messages/figures.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { record } from '../figures/records.ts';

const zone = 'Asia/Jerusalem';
const weekFromMs = Date.parse('2026-11-14T22:00:00Z');
const now = Date.parse('2026-11-22T07:00:00Z');
const extras: DigestExtras = {
  pages: [],
  workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
  postmortemsMissing: [],
  recordedSinceMs: undefined,
};

function resolved(
  id: string,
  minutes: number,
  rest: Partial<Omit<IncidentRecord, 'id' | 'milestones'>> = {},
): IncidentRecord {
  const end = weekFromMs + 2 * dayMs;
  return record(id, { impactStart: end - minutes * minuteMs, detected: end - minutes * minuteMs, resolved: end }, rest);
}

function lines(records: readonly IncidentRecord[], language: 'en' | 'he', more: Partial<DigestExtras> = {}): string[] {
  const { headline, sections } = digestText(digestContent(records, now, zone, { ...extras, ...more }), language);
  return [headline, ...sections.flatMap((section) => [`# ${section.title}`, ...section.lines])];
}

describe('the digest in English', () => {
  it('says everything that happened, with n and interval', () => {
    const records = [
      resolved('INC-1', 24, { title: 'Card payments fail', severity: 'sev1' }),
      resolved('INC-2', 90, { title: 'Search is slow', service: undefined, severity: undefined }),
      ...[10, 11, 12, 13].map((minutes) => resolved(`INC-${minutes}`, minutes, { severity: 'sev4' })),
      resolved('INC-20', 5, { kind: 'drill' }),
      record('INC-21', { detected: now - 26 * hourMs }, { title: 'Still broken' }),
    ];
    const pages = [{ at: weekFromMs + hourMs, personZone: zone }];
    const text = lines(records, 'en', { pages, postmortemsMissing: ['INC-1'] });
    expect(text[0]).toMatch(/^Reliability digest, 15.{1,3}21 November 2026$/u);
    expect(text.slice(1)).toEqual([
      '# The week',
      '6 incidents were resolved.',
      'Nothing to compare with: none of the 4 weeks before is recorded.',
      'Nothing to compare with: none of the 12 weeks before is recorded.',
      '# How long it took',
      'Time to detect: median 0 s (95 % interval 0 s to 0 s), n = 6',
      'Time to acknowledge: not known for any incident',
      'Time to mitigate: median 13 min (95 % interval 10 min to 1 h 30 min), n = 6',
      'Time to recover: median 13 min (95 % interval 10 min to 1 h 30 min), n = 6',
      'Mitigated within 30 minutes: 5 of 6, 83 % (95 % interval 44 % to 97 %)',
      '# Incidents',
      'INC-1 · Card payments fail · SEV1 · payments · 24 min',
      'INC-13 · Title of INC-13 · SEV4 · payments · 13 min',
      'INC-12 · Title of INC-12 · SEV4 · payments · 12 min',
      'INC-11 · Title of INC-11 · SEV4 · payments · 11 min',
      'INC-10 · Title of INC-10 · SEV4 · payments · 10 min',
      'INC-2 · Search is slow · no severity · 1 h 30 min',
      'The longest: INC-2, 1 h 30 min',
      '# Still open',
      'INC-21 · Still broken · SEV2 · payments · open for 26 h',
      '# On call',
      '1 page, 1 at night (22:00 to 08:00) and 0 at the weekend, in each person’s own time.',
      '# Post-mortems missing',
      'INC-1 · Card payments fail · SEV1 · payments',
      '# Counted beside',
      '1 drill',
    ]);
  });

  it('says plainly when there are too few incidents, or none', () => {
    const few = lines([resolved('INC-1', 24)], 'en');
    expect(few).toContain('Fewer than 6 incidents are too few for figures: read them as single cases.');
    expect(few).toContain('Time to recover: median 24 min (too few for an interval), n = 1');
    expect(lines([], 'en').slice(1)).toEqual([
      '# The week',
      'No incident was resolved.',
      'Nothing to compare with: none of the 4 weeks before is recorded.',
      'Nothing to compare with: none of the 12 weeks before is recorded.',
      '# On call',
      'Nobody was paged.',
    ]);
  });

  it('compares with the weeks before by ratio, interval and a plain verdict', () => {
    const before = Array.from({ length: 24 }, (_, index) =>
      record(`OLD-${index}`, { detected: 1, resolved: weekFromMs - (index + 1) * 3.4 * dayMs }),
    );
    const week = Array.from({ length: 12 }, (_, index) => resolved(`INC-${index}`, 10));
    expect(lines([...week, ...before], 'en').slice(2, 5)).toEqual([
      '12 incidents were resolved.',
      '12 against 2 a week in the 4 weeks before: 6 times as many (95 % interval 2.3 to 16.9). Too few to judge: only 8 before.',
      '12 against 2 a week in the 12 weeks before: 6 times as many (95 % interval 2.7 to 12.5). More, beyond chance.',
    ]);
  });

  it('ends a long list with how many more there are', () => {
    const many = Array.from({ length: 40 }, (_, index) => resolved(`INC-${index + 1}`, 10 + index));
    const listed = lines(many, 'en').filter((line) => line.startsWith('INC-'));
    expect(listed).toHaveLength(15);
    expect(lines(many, 'en')).toContain('and 25 more');
  });
});

describe('the digest in Hebrew', () => {
  const records = [
    resolved('INC-1', 24, { title: 'Card payments fail', severity: 'sev1' }),
    ...[61, 120, 13, 14, 15].map((minutes) => resolved(`INC-${minutes}`, minutes, { title: 'התשלומים נכשלים' })),
    record('INC-99', { detected: now - 50 * hourMs }),
  ];
  const text = lines(records, 'he', { postmortemsMissing: ['INC-1'] });

  it('keeps ids, titles and ranges together whatever the direction of the line', () => {
    expect(text).toContain(
      '\u200F\u2066INC-1\u2069 · \u2068Card payments fail\u2069 · קריטית · \u2068payments\u2069 · 24 דק׳',
    );
    expect(text).toContain(
      '\u200Fזמן עד התאוששות: חציון 20 דק׳ (רווח סמך 95%: \u2068מ־13 דק׳ עד שעתיים\u2069), \u2066n = 6\u2069',
    );
    expect(text.find((line) => line.includes('INC-99'))).toContain('פתוחה כבר יומיים ושעתיים');
  });
  it('starts every line in its own direction and closes every isolate', () => {
    for (const line of text) {
      expect(line.replace('# ', '').startsWith('\u200F')).toBe(true);
      expect(line.match(/[\u2066-\u2068]/g)?.length ?? 0).toBe(line.match(/\u2069/g)?.length ?? 0);
    }
  });
  it('leaves no English sentence behind', () => {
    const own = text.map((line) =>
      line.replace(/INC-\d+|Card payments fail|Title of|payments|n = \d+/g, '').replace(/^# /, ''),
    );
    expect(own.filter((line) => /[A-Za-z]/.test(line))).toEqual([]);
  });
});

describe('text of people in a line', () => {
  it('is one line without marks that could reorder what stands around it', () => {
    expect(isolated('a\u202Eb\u2069\n\tc\u0000', 'en')).toBe('ab c ');
    expect(isolated('תקלה', 'en')).toBe('\u2068תקלה\u2069');
    expect(isolated('plain', 'he')).toBe('\u2068plain\u2069');
  });
});

describe('durationText', () => {
  it.each([
    [0, '0 s', '0 שנ׳'],
    [59_400, '59 s', '59 שנ׳'],
    [59_600, '1 min', 'דקה'],
    [150_000, '2.5 min', '2.5 דק׳'],
    [9.96 * minuteMs, '10 min', '10 דק׳'],
    [24.4 * minuteMs, '24 min', '24 דק׳'],
    [59.7 * minuteMs, '1 h', 'שעה'],
    [95 * minuteMs, '1 h 35 min', 'שעה ו־35 דק׳'],
    [47.5 * hourMs, '47 h 30 min', '47 שע׳ ו־30 דק׳'],
    [48 * hourMs, '2 d', 'יומיים'],
    [76 * hourMs, '3 d 4 h', '3 ימים ו־4 שע׳'],
  ])('%d ms is %s', (ms, english, hebrew) => {
    expect([durationText(ms, 'en'), durationText(ms, 'he')]).toEqual([english, hebrew]);
  });
});

describe('coverage in the digest', () => {
  const concern = {
    level: 'last_person' as const,
    schedules: ['db', 'payments'],
    people: ['alma', 'beni'],
    isSteady: true,
    isContinuous: true,
    isOpen: false,
    from: now + 14 * dayMs,
    to: now + 20 * dayMs,
  };

  it('says which duties, when and how many are left, and names nobody', () => {
    const said = lines([], 'en', {
      coverage: [concern, { ...concern, schedules: ['search'], level: 'thin', isOpen: true }],
    });
    expect(said).toContain('# Coverage ahead');
    const text = said.join('\n');
    expect(text).toContain('together: one more who drops out');
    expect(text).toContain('2 people are left');
    expect(text).toContain('6 Dec');
    expect(text).not.toMatch(/alma|beni/);
    expect(lines([], 'he', { coverage: [concern] }).join('\n')).toContain('נותרו שני אנשים');
    expect(lines([], 'en').join('\n')).not.toContain('Coverage ahead');
  });

  it('stops at what a reader takes in, and says how much more there is', () => {
    const many = Array.from({ length: 10 }, (_, index) => ({ ...concern, from: now + index * dayMs }));
    expect(lines([], 'en', { coverage: many }).join('\n')).toContain('and 4 more');
  });
});

describe('proposals in the digest', () => {
  const proposal = { schedule: 'payments', fromMs: now + 20 * dayMs, toMs: now + 27 * dayMs, person: 'Dana Or' };

  it('say which shift looks for somebody and who could take it, in the language of the workspace', () => {
    const said = lines([], 'en', { proposals: [proposal] });
    expect(said).toContain('# Shifts that look for somebody');
    expect(said.join('\n')).toContain('payments · 12 Dec to 19 Dec · Dana Or could take it');
    expect(lines([], 'he', { proposals: [proposal] }).join('\n')).toMatch(/הצעה: .*Dana Or/);
    expect(lines([], 'en').join('\n')).not.toContain('Shifts that look');
  });
});
