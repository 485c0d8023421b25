import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { inFolder } from '../oncall/vectors-cli.ts';

/** As somebody would write them: a case of LinkedIn oncall, and one that GoAlert refuses and Toran does not. */
const files: readonly (readonly [
  string,
  { catalog: string; absences: string; asks: readonly string[]; says: unknown },
])[] = [
  [
    'LO-017: whoever is busy elsewhere for two weeks is covered in both',
    {
      catalog: `
workspace: { timezone: UTC }
people: { u1: { name: One }, u2: { name: Two } }
schedules:
  s:
    timezone: UTC
    layers:
      - { start: "2026-06-01T00:00", every: { weeks: 1 }, participants: [u1, u2] }
`,
      absences: `
- { person: u1, effect: hard, from: "2026-06-01T00:00Z", to: "2026-06-15T00:00Z" }
`,
      asks: ['--from', '2026-06-01T00:00Z', '--to', '2026-06-15T00:00Z'],
      says: {
        shifts: [
          {
            schedule: 's',
            start: '2026-06-01T00:00:00+00:00',
            end: '2026-06-08T00:00:00+00:00',
            person: 'u2',
            why: 'cover',
          },
          {
            schedule: 's',
            start: '2026-06-08T00:00:00+00:00',
            end: '2026-06-15T00:00:00+00:00',
            person: 'u2',
            why: 'rotation',
          },
        ],
      },
    },
  ],
  [
    'like GA-284, accepted: a cover who is added again is on duty once',
    {
      catalog: `
workspace: { timezone: UTC }
people: { a: { name: A }, b: { name: B } }
schedules:
  s:
    timezone: UTC
    layers:
      - { start: "2029-12-31T00:00", every: { weeks: 1 }, participants: [a] }
    overrides:
      - { from: "2030-01-01T08:00Z", to: "2030-01-01T12:00Z", person: b, instead_of: a }
      - { from: "2030-01-01T11:00Z", to: "2030-01-01T13:00Z", person: b, add: true }
`,
      absences: '[]\n',
      asks: ['--at', '2030-01-01T11:30Z'],
      says: {
        on_call: [{ schedule: 's', person: 'b', why: 'override', excluded: [{ person: 'a', because: 'replaced' }] }],
      },
    },
  ],
];

describe('toran oncall as a process of its own', () => {
  it.each(files)('%s', async (_what, { catalog, absences, asks, says }) => {
    await inFolder(async (folder) => {
      const [catalogFile, absencesFile] = [join(folder, 'catalog.yaml'), join(folder, 'absences.yaml')];
      await writeFile(catalogFile, catalog);
      await writeFile(absencesFile, absences);
      const args = [
        'oncall',
        '--catalog',
        catalogFile,
        '--absences',
        absencesFile,
        '--schedule',
        's',
        ...asks,
        '--json',
      ];
      // No database, no Slack, and another zone than any in the files.
      const env = { PATH: process.env['PATH'], TZ: 'Pacific/Apia' };
      const child = spawn(process.execPath, ['src/cli.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
      const [said, complained, [code]] = await Promise.all([
        json(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ]);
      expect({ said, complained, code }).toEqual({ said: says, complained: '', code: 0 });
    });
  });
});
