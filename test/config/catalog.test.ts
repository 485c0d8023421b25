import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../src/config/bad-input.ts';
import { parseCatalog } from '../../src/config/catalog.ts';
import { minuteMs } from '../../src/oncall/time.ts';
import { at } from '../oncall/world.ts';

const sample = readFileSync(new URL('../fixtures/oncall/catalog.yaml', import.meta.url), 'utf8');

/** The sample with one piece changed; fails when the piece is not there, so that no case goes stale. */
function changed(from: string, to: string): string {
  if (!sample.includes(from)) throw new Error(`not in the sample: ${from}`);
  return sample.replace(from, to);
}

function error(text: string): string {
  try {
    parseCatalog(text, 'catalog.yaml');
  } catch (thrown) {
    if (thrown instanceof BadInput) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

describe('a catalog file', () => {
  it('gives what it declares', () => {
    const catalog = parseCatalog(sample, 'catalog.yaml');
    expect(catalog.workspace).toMatchObject({
      timezone: 'Asia/Jerusalem',
      announce: '#incidents',
      defaultPolicy: 'payments',
    });
    expect(catalog.workspace.lastResort).toEqual([
      { kind: 'person', person: 'noa' },
      { kind: 'channel', channel: '#incidents' },
    ]);
    expect(catalog.people['omer']).toMatchObject({ id: 'omer', name: 'Omer Bar', slack: 'U02', timezone: undefined });
    expect(catalog.schedules['payments']?.layers[1]).toEqual({
      start: '2026-11-01T00:00',
      every: { unit: 'days', count: 1 },
      participants: ['omer'],
      windows: [{ days: ['fri', 'sat'], from: '09:00', to: '18:00' }],
    });
    expect(catalog.policies['payments']).toMatchObject({ ackTimeoutMs: 30 * minuteMs, repeat: 2 });
    expect(catalog.policies['payments']?.steps[1]).toEqual({
      notify: [{ kind: 'team', team: 'payments' }],
      waitMs: 10 * minuteMs,
    });
    expect(catalog.services['checkout']).toMatchObject({
      sloAvailability: 99.99,
      revenuePerMinute: 5600,
      pagerduty: 'PSVC1',
    });
  });

  it('reads wall times in the zone of the schedule unless they carry an offset', () => {
    const overrides = parseCatalog(changed('to: "2026-11-06T09:00"', 'to: "2026-11-06T09:00Z"'), 'catalog.yaml')
      .schedules['payments']?.overrides;
    expect(overrides?.[0]).toMatchObject({ from: at('2026-11-05T09:00+02:00'), to: at('2026-11-06T09:00Z') });
    const start = parseCatalog(changed('start: "2026-11-01T09:00"', 'start: "2026-11-01T09:00Z"'), 'catalog.yaml');
    expect(start.schedules['payments']?.layers[0]?.start).toBe('2026-11-01T11:00');
  });

  it('knows the four kinds of overrides', () => {
    const kinds = [
      'person: omer, instead_of: noa',
      'person: omer, add: true',
      'person: omer',
      'person: null, instead_of: noa',
    ];
    const read = kinds.map(
      (kind) =>
        parseCatalog(changed('person: omer, instead_of: noa', kind), 'c').schedules['payments']?.overrides[0]?.kind,
    );
    expect(read).toEqual(['replace', 'add', 'only', 'remove']);
  });

  it('needs no last resort and no teams when it declares only schedules', () => {
    const catalog = parseCatalog(
      'workspace: { timezone: UTC }\npeople: { a: { name: A } }\nschedules: { s: { layers: [{ start: 2026-01-01T00:00, every: { days: 1 }, participants: [a] }] } }',
      'catalog.yaml',
    );
    expect(catalog.schedules['s']?.timezone).toBe('UTC');
    expect(catalog.workspace.lastResort).toEqual([]);
  });

  it('takes 24:00 as the end of a day', () => {
    const windows = parseCatalog(changed('to: "18:00"', 'to: "24:00"'), 'c').schedules['payments']?.layers[1]?.windows;
    expect(windows?.[0]?.to).toBe('24:00');
  });
});

describe('a mistake in a catalog file', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      'a time zone',
      'Asia/Jerusalem, work_week',
      'Asia/Jeruslem, work_week',
      'catalog.yaml:2:24: workspace.timezone: "Asia/Jeruslem": no such time zone; use an IANA name such as Asia/Jerusalem',
    ],
    [
      'an offset for a zone',
      'timezone: Asia/Jerusalem, work_week',
      'timezone: "+02:00", work_week',
      'catalog.yaml:2:24: workspace.timezone: "+02:00": no such time zone; use an IANA name such as Asia/Jerusalem',
    ],
    [
      'a misspelt key',
      'name: Noa Levi',
      'nam: Noa Levi',
      'catalog.yaml:5:11: people.noa.nam: is not a key that is known here; remove it or check the spelling',
    ],
    [
      'an unknown section',
      'services:',
      'servises:',
      'catalog.yaml:26:1: servises: is not a key that is known here; remove it or check the spelling',
    ],
    ['a missing name', 'name: Omer Bar, ', '', 'catalog.yaml:6:9: people.omer.name: is missing; give a name, as text'],
    [
      'an id with a space',
      '  omer: {',
      '  "o mer": {',
      'catalog.yaml:6:3: people.o mer: use letters, digits, dots, dashes and underscores, at most 64',
    ],
    [
      'no step',
      'weeks: 1',
      'weeks: 0',
      'catalog.yaml:13:54: schedules.payments.layers[0].every.weeks: 0: use a whole number from 1 to 9000',
    ],
    [
      'two steps',
      'weeks: 1',
      'weeks: 1, days: 2',
      'catalog.yaml:13:45: schedules.payments.layers[0].every: give one step, like { weeks: 1 }, in hours, days, weeks or months',
    ],
    [
      'an unknown participant',
      'participants: [noa, omer]',
      'participants: [noa, omr]',
      'catalog.yaml:13:79: schedules.payments.layers[0].participants[1]: "omr" is not among the people; declare it or correct it (declared are noa, omer)',
    ],
    [
      'a window without length',
      'to: "18:00"',
      'to: "09:00"',
      'catalog.yaml:14:129: schedules.payments.layers[1].windows[0].to: is the same as from, which could mean no time or a whole day; for a whole day write from 00:00 to 24:00',
    ],
    [
      'a day that does not exist',
      '"2026-11-05T09:00"',
      '"2026-11-31T09:00"',
      'catalog.yaml:16:17: schedules.payments.overrides[0].from: "2026-11-31T09:00": write a time like 2026-11-01T09:00, or with an offset like 2026-11-01T09:00+02:00',
    ],
    [
      'a reversed override',
      '"2026-11-05T09:00"',
      '"2026-11-07T09:00"',
      'catalog.yaml:16:41: schedules.payments.overrides[0].to: 2026-11-06T09:00 is not after from (2026-11-07T09:00); give a later time',
    ],
    [
      'somebody in their own place',
      'instead_of: noa',
      'instead_of: omer',
      'catalog.yaml:16:87: schedules.payments.overrides[0].instead_of: nobody can stand in for themselves; name two people or remove the override',
    ],
    [
      'nobody in nobody’s place',
      'person: omer, instead_of: noa',
      'person: null',
      'catalog.yaml:16:69: schedules.payments.overrides[0].person: null takes somebody off duty; say whom with instead_of',
    ],
    [
      'a wait without a unit',
      'wait: 5m',
      'wait: 5',
      'catalog.yaml:23:46: policies.payments.steps[0].wait: 5: write a time span like 90s, 5m, 2h or 1h30m',
    ],
    [
      'a wait of nothing',
      'wait: 5m',
      'wait: 0m',
      'catalog.yaml:23:46: policies.payments.steps[0].wait: "0m": write a time span like 90s, 5m, 2h or 1h30m',
    ],
    [
      'a target of no kind',
      'notify: [schedule:payments]',
      'notify: [payments]',
      'catalog.yaml:23:20: policies.payments.steps[0].notify[0]: "payments": write person:ID, schedule:ID, team:ID or "channel:#name" (in quotes)',
    ],
    [
      'an unknown schedule',
      'notify: [schedule:payments]',
      'notify: [schedule:db]',
      'catalog.yaml:23:20: policies.payments.steps[0].notify[0]: "db" is not among the schedules; declare it or correct it (declared are payments)',
    ],
    [
      'an unknown policy',
      'default_policy: payments',
      'default_policy: nothing',
      'catalog.yaml:3:30: workspace.default_policy: "nothing" is not among the policies; declare it or correct it (declared are payments)',
    ],
    [
      'a Slack id given twice',
      'slack: U02',
      'slack: U01',
      'catalog.yaml:6:34: people.omer.slack: "U01" belongs to noa already; one id stands for one entry',
    ],
    [
      'a last resort without a channel',
      'last_resort: [person:noa, "channel:#incidents"] }',
      'last_resort: [person:noa] }',
      'catalog.yaml:3:53: workspace.last_resort: names no channel; add one like "channel:#incidents", so that no page ends in silence',
    ],
    [
      'no last resort',
      ', last_resort: [person:noa, "channel:#incidents"] }',
      '}',
      'catalog.yaml:2:12: workspace.last_resort: is missing; say where a page goes that nobody answers, for example [person:noa, "channel:#incidents"]',
    ],
    [
      'too much availability',
      '99.99',
      '199',
      'catalog.yaml:27:104: services.checkout.slo.availability: 199: is a percentage; use at most 100',
    ],
    ['a section given twice', 'teams:', 'people:', 'catalog.yaml:7:1: "people" is given twice; keep one'],
  ];

  it.each(cases)('is named with its place and its fix: %s', (_, from, to, message) => {
    expect(error(changed(from, to))).toBe(message);
  });

  it('is told where the file is no catalog at all', () => {
    expect(error('')).toBe('catalog.yaml:1:1: is empty; see the example in the documentation');
    expect(error('- a list')).toBe('catalog.yaml:1:1: give keys and values');
    expect(error('a: [1')).toMatch(/^catalog\.yaml:1:\d+: .*fix the YAML here$/);
  });

  it('is told where the file is out of all proportion', () => {
    expect(error(`# ${'x'.repeat(5 * 1024 * 1024)}`)).toBe(
      'catalog.yaml: is larger than 5 MB; split it or remove what is old',
    );
    const bomb = [
      'a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]',
      ...['b', 'c', 'd'].map(
        (key, index) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${'abc'[index]}`).join(', ')}]`,
      ),
    ];
    expect(error(bomb.join('\n'))).toBe(
      'catalog.yaml: uses more YAML aliases than a catalog needs; write the values out',
    );
  });

  it('is told in our words where the YAML itself is wrong', () => {
    expect(error(`${sample}\n---\n${sample}`)).toMatch(
      /^catalog\.yaml:\d+:1: a second document begins here; keep one in a file$/,
    );
    expect(error('['.repeat(20_000))).toMatch(/^catalog\.yaml:1:\d+: is nested too deeply here; write it flatter$/);
    expect(error(changed('name: Omer Bar', 'name: *omer'))).toMatch(/^catalog\.yaml: Unresolved alias/);
  });

  it('is found in a catalog of thousands at once', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, index) => `  p${index}: { name: P, slack: UX${index % 9_999} }\n`,
    ).join('');
    const before = process.cpuUsage();
    expect(error(changed('people:\n', `people:\n${many}`))).toBe(
      'catalog.yaml:10004:28: people.p9999.slack: "UX0" belongs to p0 already; one id stands for one entry',
    );
    // The process's own time: others may be at work on this machine.
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });

  it('is not hidden by names that every object answers to', () => {
    expect(error(changed('lead: noa', 'lead: constructor'))).toContain('"constructor" is not among the people');
    expect(error(changed('  omer: {', '  __proto__: {'))).toBe(
      'catalog.yaml:6:3: "__proto__" cannot be a key; choose another',
    );
  });
});
