import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

describe('availability', () => {
  it('is asked about by everything that writes to one person', async () => {
    const sources = await readdir('src/slack');
    const direct: string[] = [];
    for (const name of sources.filter((each) => each.endsWith('.ts'))) {
      if ((await readFile(`src/slack/${name}`, 'utf8')).includes('isDirect: true')) direct.push(name);
    }
    // Each asks right before it sends; `away-notice` is the one silent notice that says somebody was marked unavailable.
    expect(direct.toSorted()).toEqual(['away-notice.ts', 'page-delivery.ts', 'stale-calendar.ts', 'tell-person.ts']);
  });
});
