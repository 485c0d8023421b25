import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogYaml } from '../../src/config/catalog-yaml.ts';
import { parseCatalog } from '../../src/config/catalog.ts';
import { severities, weekdays, type Catalog, type Override, type Target } from '../../src/oncall/catalog.ts';
import { continued } from '../../src/oncall/continuity.ts';
import { secondMs } from '../../src/oncall/time.ts';
import { at, dayMs, instants, steps, zones } from '../oncall/world.ts';

const sample = readFileSync(new URL('../fixtures/oncall/catalog.yaml', import.meta.url), 'utf8');

/** Words that YAML, or a reader of it, could take for something else. */
const words = fc.constantFrom('no', 'on', 'null', '12', '1e3', '0x10', 'true', 'אלמה', 'a.b-c', '~', 'steps', 'é');
const ids = fc.oneof(
  words.filter((word) => /^[\p{L}\p{N}]/u.test(word)),
  fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
);
const names = fc.oneof(
  words,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    ': x',
    '- a',
    '# b',
    '"q"',
    "it's",
    'a: b',
    '{x}',
    '[y]',
    '&a',
    '*b',
    '!c',
    '%d',
    '@e',
    '`f',
    'g\nh',
    ' i ',
  ),
);
const external = fc.stringMatching(/^[A-Z0-9#!&*@:"'{}-]{1,9}$/);
const channels = fc.constantFrom('#incidents', '#תקלות', 'C0123', '#a-b_c');
const days = fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 });
const clock = fc
  .integer({ min: 0, max: 23 * 60 })
  .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
const wall = fc
  .integer({ min: Date.UTC(1971, 0, 1) / 1_000, max: Date.UTC(2100, 0, 1) / 1_000 })
  .map((second) => new Date(second * 1_000).toISOString().slice(0, 19).replace(/:00$/, ''));
const durations = fc.integer({ min: 1, max: 400 * 86_400 }).map((seconds) => seconds * secondMs);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const unique = <T extends string>(value: fc.Arbitrary<T>, size: number) =>
  fc.uniqueArray(value, { minLength: size, maxLength: size, selector: (text) => text.toLowerCase() });

/** Any catalog that a file can give: every key, every kind, references in order. */
const catalogs: fc.Arbitrary<Catalog> = fc
  .record({
    people: fc.uniqueArray(ids, { minLength: 1, maxLength: 4 }),
    schedules: fc.uniqueArray(ids, { maxLength: 3 }),
    policies: fc.uniqueArray(ids, { maxLength: 2 }),
    teams: fc.uniqueArray(ids, { maxLength: 2 }),
    services: fc.uniqueArray(ids, { maxLength: 3 }),
  })
  .chain((id) => {
    const someone = fc.constantFrom(...id.people);
    const targets = fc.array(
      fc.oneof<fc.Arbitrary<Target>[]>(
        someone.map((person) => ({ kind: 'person', person })),
        channels.map((channel) => ({ kind: 'channel', channel })),
        ...(id.schedules.length === 0
          ? []
          : [fc.constantFrom(...id.schedules).map((schedule) => ({ kind: 'schedule', schedule }) as const)]),
        ...(id.teams.length === 0
          ? []
          : [fc.constantFrom(...id.teams).map((team) => ({ kind: 'team', team }) as const)]),
      ),
      { minLength: 1, maxLength: 3 },
    );
    const oneOf = (list: readonly string[]) =>
      list.length === 0 ? fc.constant(undefined) : maybe(fc.constantFrom(...list));
    const span = fc
      .tuple(
        fc.oneof(instants, fc.integer({ min: 0, max: Date.UTC(2199, 0, 1) })),
        fc.integer({ min: 1, max: 40 * dayMs }),
      )
      .map(([from, length]) => ({ from, to: from + length }));
    const overrides = fc
      .record({ span, person: someone, insteadOf: someone, kind: fc.constantFrom('replace', 'remove', 'add', 'only') })
      .map(({ span: when, person, insteadOf, kind }): Override => {
        if (kind === 'remove') return { ...when, kind, insteadOf };
        return kind === 'replace' && person !== insteadOf
          ? { ...when, kind, person, insteadOf }
          : { ...when, kind: kind === 'add' ? 'add' : 'only', person };
      });
    const windows = fc
      .record({ days, from: clock, to: fc.oneof(clock, fc.constant('24:00')) })
      .filter(({ from, to }) => from !== to);
    const layers = fc.record({
      start: wall,
      every: steps,
      participants: fc.array(someone, { minLength: 1, maxLength: 4 }),
      windows: fc.array(windows, { maxLength: 2 }),
    });
    const keyed = <Value extends object>(list: readonly string[], value: fc.Arbitrary<Value>) =>
      fc
        .tuple(...list.map(() => value))
        .map((values) =>
          Object.fromEntries(values.map((value, n) => [list[n] ?? '', { ...value, id: list[n] ?? '' }])),
        );
    const weights = fc.double({ min: 1, max: 10, noNaN: true });
    return fc
      .record({
        workspace: fc.record({
          timezone: fc.constantFrom(...zones),
          workWeek: days,
          locale: fc.constantFrom('en', 'he'),
          admins: fc.array(someone, { maxLength: 2 }),
          announce: maybe(channels),
          defaultPolicy: oneOf(id.policies),
          lastResort: targets.map((some) => [...some, { kind: 'channel', channel: '#last' } as const]),
          coverageTarget: maybe(fc.integer({ min: 1, max: 20 })),
          companyDays: maybe(
            fc.array(
              fc.record({
                date: wall.map((text) => text.slice(0, 10)),
                name: names,
                off: fc.constantFrom('day' as const, 'half' as const),
              }),
              { maxLength: 2 },
            ),
          ),
          burden: maybe(fc.record({ night: weights, weekend: weights, festival: weights, eve: weights })),
        }),
        people: keyed(
          id.people,
          fc.record({
            name: names,
            timezone: maybe(fc.constantFrom(...zones)),
            language: maybe(fc.constantFrom('en', 'he')),
            workWeek: maybe(days),
          }),
        ),
        slack: unique(external, id.people.length),
        email: maybe(fc.constantFrom('x@example.com')),
        teams: keyed(id.teams, fc.record({ members: fc.uniqueArray(someone, { minLength: 1 }), lead: maybe(someone) })),
        schedules: keyed(
          id.schedules,
          fc.record({
            timezone: fc.constantFrom(...zones),
            layers: fc.array(layers, { minLength: 1, maxLength: 2 }),
            overrides: fc.array(overrides, { maxLength: 3 }),
            needed: maybe(fc.integer({ min: 1, max: 20 })),
            userGroup: maybe(external.filter((text) => !text.includes('@'))),
            pagerduty: maybe(fc.record({ schedule: external, publishAbsences: fc.boolean() })),
          }),
        ),
        policies: keyed(
          id.policies,
          fc.record({
            pages: fc.subarray([...severities], { minLength: 1 }),
            ackTimeoutMs: durations,
            repeat: fc.integer({ min: 0, max: 100 }),
            steps: fc.array(fc.record({ notify: targets, waitMs: durations }), { minLength: 1, maxLength: 2 }),
            lastResort: targets,
          }),
        ),
        services: keyed(
          id.services,
          fc.record({
            name: names,
            team: oneOf(id.teams),
            policy: oneOf(id.policies),
            pagerduty: fc.constant(undefined),
            sloAvailability: maybe(fc.double({ min: 0, max: 100, noNaN: true })),
            revenuePerMinute: maybe(fc.double({ min: 0, max: 1e9, noNaN: true })),
            runbook: maybe(fc.constantFrom('https://example.com/a?b=c#d', 'http://x/: y'.replace(' ', ''))),
          }),
        ),
      })
      .map(({ slack, email, people, ...rest }): Catalog => ({
        ...rest,
        people: Object.fromEntries(
          Object.entries(people).map(([key, who], n) => [
            key,
            { ...who, slack: slack[n], pagerduty: undefined, email: n === 0 ? email : undefined },
          ]),
        ),
      }));
  });

describe('a catalog written as a file', () => {
  it('is the same catalog when it is read again, whatever is in it', () => {
    fc.assert(
      fc.property(catalogs, names, (catalog, comment) => {
        // -0 is a number that no file tells from 0.
        const plain = JSON.parse(JSON.stringify(catalog)) as unknown;
        expect(JSON.parse(JSON.stringify(parseCatalog(catalogYaml(catalog, comment), 'exported.yaml')))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  it('changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(catalogs, catalogs, instants, instants, (first, second, one, other) => {
        const [now, later] = [Math.min(one, other), Math.max(one, other)];
        const held = continued(first, second, now);
        expect(continued(held, parseCatalog(catalogYaml(held, ''), 'exported.yaml'), later)).toEqual(held);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out what the schema fills in, and reads like one that a person wrote', () => {
    const text = catalogYaml(parseCatalog(sample, 'catalog.yaml'), 'As it holds.\nOf today.');
    expect(text).toMatchInlineSnapshot(`
      "# As it holds.
      # Of today.

      workspace:
        timezone: Asia/Jerusalem
        admins: [ noa ]
        announce: "#incidents"
        default_policy: payments
        last_resort: [ person:noa, "channel:#incidents" ]
      people:
        noa: { name: Noa Levi, slack: U01, pagerduty: P01, email: noa@example.com, timezone: Asia/Jerusalem }
        omer: { name: Omer Bar, slack: U02 }
      teams:
        payments: { members: [ noa, omer ], lead: noa }
      schedules:
        payments:
          layers:
            - start: "2026-11-01T09:00"
              every: { weeks: 1 }
              participants: [ noa, omer ]
            - start: "2026-11-01T00:00"
              every: { days: 1 }
              participants: [ omer ]
              windows:
                - { days: [ fri, sat ], from: "09:00", to: "18:00" }
          overrides:
            - { from: "2026-11-05T09:00+02:00", to: "2026-11-06T09:00+02:00", person: omer, instead_of: noa }
      policies:
        payments:
          steps:
            - { notify: [ schedule:payments ] }
            - { notify: [ team:payments ], wait: 10m }
      services:
        checkout:
          name: Checkout
          team: payments
          policy: payments
          pagerduty: PSVC1
          slo: { availability: 99.99 }
          revenue_per_minute: 5600
          runbook: https://…
      "
    `);
    expect(text).not.toMatch(/past|locale|repeat|ack_timeout|work_week/);
  });

  it('has the participants as they take turns now, and nothing of the past', () => {
    const catalog = parseCatalog(sample, 'catalog.yaml');
    const turned = parseCatalog(sample.replace('[noa, omer] }', '[omer, noa, omer] }'), 'catalog.yaml');
    const held = continued(catalog, turned, at('2026-11-02T09:00+02:00'));
    expect(held.past).toBeDefined();
    const text = catalogYaml(held, '');
    expect(text).not.toContain('past');
    const { past: _, ...rest } = held;
    expect(parseCatalog(text, 'exported.yaml')).toEqual(rest);
  });
});
