import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAbsences } from '../../src/config/absences.ts';
import { BadInput } from '../../src/config/bad-input.ts';
import { parseCatalog } from '../../src/config/catalog.ts';
import { available } from '../../src/oncall/available.ts';
import { at } from '../oncall/world.ts';

const read = (name: string) => readFileSync(new URL(`../fixtures/oncall/${name}`, import.meta.url), 'utf8');
const catalog = parseCatalog(
  read('catalog.yaml').replace('slack: U02', 'slack: U02, timezone: America/New_York'),
  'catalog.yaml',
);

const parse = (text: string) => parseAbsences(text, 'absences.yaml', catalog);

function error(text: string): string {
  try {
    parse(text);
  } catch (thrown) {
    if (thrown instanceof BadInput) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

const hard = 'effect: hard, from: "2026-11-03T06:00"';

describe('an absences file', () => {
  it('gives windows in instants, open where the end is null', () => {
    expect(parse(read('absences.yaml'))).toEqual([
      {
        id: 'file:noa/hard/2026-11-03T04:00:00.000Z/open',
        person: 'noa',
        effect: 'hard',
        certain: true,
        from: at('2026-11-03T06:00+02:00'),
        to: null,
        cancelled: false,
        source: 'file',
      },
    ]);
  });

  it('reads wall times in the zone of the person unless they carry an offset', () => {
    const [window] = parse('- { person: omer, effect: hard, from: "2026-11-03T06:00", to: "2026-11-04T06:00+02:00" }');
    expect(window).toMatchObject({ from: at('2026-11-03T06:00-05:00'), to: at('2026-11-04T06:00+02:00') });
  });

  it('gives the same ids each time, and different ones to entries that are alike', () => {
    const twice = `- { person: noa, ${hard}, to: null }\n- { person: noa, ${hard}, to: null }`;
    const ids = parse(twice).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(parse(twice).map(({ id }) => id)).toEqual(ids);
  });

  it('carves home leave out of the entry that it names', () => {
    const windows = parse(
      `- { id: service, person: noa, ${hard}, to: null }\n- { person: noa, effect: free, carves: service, from: "2026-11-06T00:00", to: "2026-11-08T00:00" }`,
    );
    const state = (when: string) => available({ catalog, windows, overrides: [] }, 'noa', at(when), 'sev1').state;
    expect(['2026-11-05T12:00+02:00', '2026-11-07T12:00+02:00', '2026-11-08T00:00+02:00'].map(state)).toEqual([
      'no',
      'yes',
      'no',
    ]);
  });

  it('lets severities through a soft entry', () => {
    expect(
      parse('- { person: noa, effect: soft, from: "2026-11-03T06:00", to: null, lets_through: [sev1] }')[0],
    ).toMatchObject({ letsThrough: ['sev1'] });
  });

  it('may be empty', () => {
    expect([parse(''), parse('[]')]).toEqual([[], []]);
  });
});

describe('a mistake in an absences file', () => {
  it.each(['kind', 'reason', 'note', 'type'])('is a reason: %s', (key) => {
    expect(error(`- { person: noa, ${hard}, to: null, ${key}: secret }`)).toBe(
      `absences.yaml:1:68: [0].${key}: why somebody is away is not kept here; remove this key`,
    );
  });

  it.each([
    [
      'somebody unknown',
      `- { person: zoe, ${hard}, to: null }`,
      'absences.yaml:1:13: [0].person: "zoe" is not among the people of the catalog; correct it',
    ],
    [
      'an end that is missing',
      `- { person: noa, ${hard} }`,
      'absences.yaml:1:3: [0].to: is missing; write a time like 2026-11-01T09:00, or with an offset like 2026-11-01T09:00+02:00, or null for until further notice',
    ],
    [
      'an end before the start',
      `- { person: noa, ${hard}, to: "2026-11-03T06:00" }`,
      'absences.yaml:1:62: [0].to: 2026-11-03T06:00 is not after from (2026-11-03T06:00); give a later time or null',
    ],
    [
      'an effect that is none',
      '- { person: noa, effect: away, from: "2026-11-03T06:00", to: null }',
      'absences.yaml:1:26: [0].effect: "away": use hard, soft or free',
    ],
    [
      'free time out of nothing',
      '- { person: noa, effect: free, from: "2026-11-03T06:00", to: null }',
      'absences.yaml:1:3: [0].carves: is missing; free takes its time out of one other entry, so give that entry an id and name it here',
    ],
    [
      'free time out of somebody else’s',
      `- { id: a, person: omer, ${hard}, to: null }\n- { person: noa, effect: free, carves: a, from: "2026-11-03T06:00", to: null }`,
      'absences.yaml:2:40: [1].carves: "a" is no absence of noa in this file; name the id of one',
    ],
    [
      'an id given twice',
      `- { id: a, person: noa, ${hard}, to: null }\n- { id: a, person: noa, ${hard}, to: null }`,
      'absences.yaml:2:9: [1].id: "a" is given twice; choose another',
    ],
    ['no list', 'person: noa', 'absences.yaml:1:1: give a list of absences, each beginning with "- person:"'],
  ])('is named with its place and its fix: %s', (_, text, message) => {
    expect(error(text)).toBe(message);
  });
});
