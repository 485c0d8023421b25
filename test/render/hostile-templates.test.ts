import { afterAll, describe, expect, it } from 'vitest';
import { draftPostmortem } from '../../src/postmortem/draft.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { renderPostmortem } from '../../src/render/templates.ts';
import { sampleIncident } from '../postmortem/sample-incident.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

function render(text: string) {
  return renderPostmortem(worker, draftPostmortem(sampleIncident('en')), { name: 'mine.md', text });
}

describe('a hostile template', () => {
  it.each([
    ['includes a file', '{% include "package.json" %}'],
    ['renders a file', '{% render "package.json" %}'],
    ['has a layout', '{% layout "package.json" %}'],
    ['asks for a constructor', '{{ incident.constructor }}'],
    ['asks for a constructor by its name in quotes', '{{ incident["constructor"]["constructor"] }}'],
    ['asks for a prototype', '{{ incident.__proto__ }}'],
    ['asks a list for its prototype', '{{ timeline.__proto__.constructor }}'],
    ['asks a text for its constructor', '{{ incident.title.constructor }}'],
    ['asks for the process', '{{ process.env }}'],
    ['asks for the global object', '{{ globalThis }}'],
    ['prints values as they are', '{{ incident.title | raw }}'],
    ['counts to a hundred million', '{% for i in (1..100000000) %}x{% endfor %}'],
    [
      'loops inside loops inside loops',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}x{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['prints a megabyte', `{% for i in (1..9999) %}${'x'.repeat(1_000)}{% endfor %}`],
    ['prints gigabytes', `{% for i in (1..90000) %}${'x'.repeat(90_000)}{% endfor %}`],
    [
      'doubles a text sixty times',
      '{% assign s = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s.size }}',
    ],
    [
      'doubles a list sixty times',
      '{% assign s = timeline %}{% for i in (1..60) %}{% assign s = s | concat: s %}{% endfor %}{{ s.size }}',
    ],
    ['is nested thousands deep', '{% if true %}'.repeat(7_000)],
    [
      'is nested thousands deep and ends',
      '{% if true %}'.repeat(3_000) + '{% endif %}'.repeat(3_000) + '{{ incident.constructor }}',
    ],
    ['has a filter that is its own code', '{{ incident.title | constructor }}'],
    ['has a filter named for a prototype', '{{ incident.title | __proto__ }}'],
    ['has a tag named for a prototype', '{% __proto__ %}'],
    ['has a tag named for a constructor', '{% constructor %}'],
  ])('that %s is refused, and the draft is there', async (_, text) => {
    const { markdown, problems } = await render(text);
    expect(problems).toHaveLength(1);
    expect(markdown).toContain('# INC-42');
    expect(markdown).toContain('## Timeline');
  });

  it('that sets names of the prototype leaves no trace for the next one', async () => {
    await render('{% assign __proto__ = "x" %}{% assign constructor = "x" %}ok');
    expect((await render('{{ polluted }}')).problems).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
