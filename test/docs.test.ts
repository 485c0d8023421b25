import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/config/environment.ts';

describe('what the documents list', () => {
  it('has every setting in .env.example and in the README', async () => {
    const [example, readme] = await Promise.all([readFile('.env.example', 'utf8'), readFile('README.md', 'utf8')]);
    for (const name of environmentNames) {
      expect(example).toMatch(new RegExp(`^#? ?${name}=`, 'm'));
      expect(readme).toContain(`\`${name}\``);
    }
  });

  it('has every event of an incident in docs/events.md', async () => {
    const [source, page] = await Promise.all([
      readFile('src/incident/events.ts', 'utf8'),
      readFile('docs/events.md', 'utf8'),
    ]);
    const events = [...source.matchAll(/readonly type: ('[a-z_]+'(?: \| '[a-z_]+')*);/g)].flatMap(([, types = '']) =>
      types.split(' | ').map((type) => type.slice(1, -1)),
    );
    expect(events.length).toBeGreaterThan(30);
    for (const event of events) expect(page).toContain(`\`${event}\``);
  });
});
