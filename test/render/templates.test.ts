import { afterAll, describe, expect, it } from 'vitest';
import { templateProblemText } from '../../src/messages/templates.ts';
import type { Language } from '../../src/oncall/catalog.ts';
import { lint } from '../../src/postmortem/blameless.ts';
import { draftPostmortem } from '../../src/postmortem/draft.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { renderDigest, renderPostmortem } from '../../src/render/templates.ts';
import { sampleIncident } from '../postmortem/sample-incident.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

/** Every name and id of the sample's people. */
const names = /(?<!\p{L})(?:noa|levi|dana|cohen|yael|mizrahi|עומר|U0[1-4])(?!\p{L})/iu;

function draft(language: Language = 'en') {
  return draftPostmortem(sampleIncident(language));
}

function render(text: string, language: Language = 'en') {
  return renderPostmortem(worker, draft(language), { name: 'mine.md', text });
}

describe('the built-in templates', () => {
  it.each(['en', 'he'] as const)('draft a whole post-mortem: %s', async (language) => {
    const { markdown, problems } = await renderPostmortem(worker, draft(language), undefined);
    expect(problems).toEqual([]);
    await expect(markdown).toMatchFileSnapshot(`snapshots/postmortem.${language}.md`);
  });

  it.each(['en', 'he'] as const)('name nobody, wake nobody and blame nobody: %s', async (language) => {
    const { markdown } = await renderPostmortem(worker, draft(language), undefined);
    expect(markdown).not.toMatch(names);
    expect(markdown).not.toContain('<!channel>');
    expect(lint(markdown, [])).toEqual([]);
  });

  it.each(['en', 'he'] as const)('keep to what a Slack canvas takes: %s', async (language) => {
    const long = sampleIncident(language);
    const notes = Array.from(
      { length: 900 },
      (_, index) =>
        ({
          ...long.timeline[0],
          atMs: index,
          kind: 'note_added',
          actor: { kind: 'automation' },
          text: `note ${index}`,
          data: {},
        }) as const,
    );
    const { markdown } = await renderPostmortem(
      worker,
      draftPostmortem({ ...long, timeline: [...long.timeline, ...notes] }),
      undefined,
    );
    expect(markdown).not.toMatch(/^#{4,}/m);
    expect(markdown.length).toBeLessThan(100_000);
    for (const table of markdown.match(/(?:^\|.*\n)+/gm) ?? []) {
      expect(table.split('|').length).toBeLessThan(300);
    }
  });

  it('are shorter for a small incident', async () => {
    const small = { ...sampleIncident('en'), severity: 'sev3', timeline: [] } as const;
    const { markdown } = await renderPostmortem(worker, draftPostmortem(small), undefined);
    expect(markdown).not.toContain('## Contributing factors');
    expect(markdown).toContain('## Timeline');
  });

  it('hold when nothing is known', async () => {
    const nothing = {
      impactStart: undefined,
      detected: undefined,
      declared: undefined,
      paged: undefined,
      acked: undefined,
      mitigated: undefined,
      resolved: undefined,
    };
    const empty = {
      ...sampleIncident('en'),
      service: undefined,
      milestones: nothing,
      timeline: [],
      people: [],
      title: '',
    };
    const { markdown, problems } = await renderPostmortem(worker, draftPostmortem(empty), undefined);
    expect(problems).toEqual([]);
    expect(markdown).toContain('Nothing was recorded');
    expect(markdown).toContain('not known');
  });

  it('print a digest', async () => {
    const digest = {
      headline: 'Reliability digest, 15–21 November',
      sections: [{ title: 'The week', lines: ['2 incidents | <!here>', 'one\ntwo'] }],
    };
    const { markdown, problems } = await renderDigest(worker, digest, 'en', undefined);
    expect(problems).toEqual([]);
    expect(markdown).toBe(
      '# Reliability digest, 15–21 November\n\n## The week\n\n- 2 incidents \\| &lt;!here&gt;\n- one two\n',
    );
  });
});

describe('a template of one’s own', () => {
  it('prints the incident', async () => {
    const { markdown, problems } = await render(
      '{{ incident.id }} {{ incident.severity }}: {{ timeline.size }}{% for factor in factors limit: 1 %} {{ factor.name }}{% endfor %}',
    );
    expect(problems).toEqual([]);
    expect(markdown).toBe('INC-42 SEV2: 17 Connection pooling\n');
  });

  it('gets every value disarmed', async () => {
    const { markdown } = await render('| {{ incident.title }} |');
    expect(markdown).toBe('| Card payments \\| fail @\u2060channel after a deploy by the incident lead |\n');
  });

  it.each([
    [
      'a name that is not there',
      'a\n\n  {{ incident.titel }}',
      3,
      6,
      'there is no "incident.titel". Did you mean "incident.title"?',
    ],
    [
      'a name in a condition',
      '\n{% if incidant %}x{% endif %}',
      2,
      7,
      'there is no "incidant". Did you mean "incident"?',
    ],
    [
      'a name in a loop',
      '{% for entry in timeline %}\n{{ entry.wat }}\n{% endfor %}',
      2,
      4,
      'Did you mean "entry.what"?',
    ],
    [
      'a filter that is not there',
      'x {{ incident.title | shout }}',
      1,
      3,
      'there is no filter "shout". Use one of: append',
    ],
    [
      'a tag that is not there',
      'x\n{% capture y %}z{% endcapture %}',
      2,
      1,
      'there is no tag "capture". Use one of: assign, if',
    ],
    ['a tag that never ends', 'x\n\n {% if incident.title %}', 3, 2, 'not closed'],
    ['half a tag', 'x {% if', 1, 3, 'not closed'],
    ['half a value', '\n\n\n{{ incident.title', 4, 1, 'not closed'],
    ['a loop without a list', '{% for x in %}{% endfor %}', 1, 1, 'Correct the template at this place'],
    ['a list where a value belongs', '{{ timeline }}', 1, 1, 'Print one of its fields'],
    ['a group of values', 'a {{ incident }}', 1, 3, 'Print one of its fields'],
  ])('that has %s says where and how to repair it, and the draft is there', async (_, text, line, column, message) => {
    const { markdown, problems } = await render(text);
    expect(problems).toEqual([expect.objectContaining({ template: 'mine.md', line, column })]);
    const [problem] = problems;
    if (problem === undefined) throw new Error('There is no problem.');
    expect(templateProblemText(problem, 'en')).toContain(`mine.md, line ${line}, column ${column}: `);
    expect(templateProblemText(problem, 'en')).toContain(message);
    expect(templateProblemText(problem, 'he')).toMatch(/^mine\.md, שורה \d+, עמודה \d+: /);
    expect(markdown).toBe((await renderPostmortem(worker, draft(), undefined)).markdown);
  });
});

describe('when the built-in template can’t be used, either', () => {
  it('a plain draft has everything', async () => {
    const closed = createRenderWorker();
    await closed.close();
    const { markdown, problems } = await renderPostmortem(closed, draft(), { name: 'mine.md', text: 'x' });
    expect(problems.map((problem) => problem.fault.kind)).toEqual(['renderer_failed', 'renderer_failed']);
    await expect(markdown).toMatchFileSnapshot('snapshots/plain.en.md');
    expect(markdown).not.toMatch(names);
    expect(lint(markdown, [])).toEqual([]);
  });

  it('a plain digest has everything', async () => {
    const closed = createRenderWorker();
    await closed.close();
    const { markdown } = await renderDigest(
      closed,
      { headline: 'H', sections: [{ title: 'T', lines: ['a | b'] }] },
      'en',
      undefined,
    );
    expect(markdown).toBe('# H\n\n## T\n\n- a \\| b\n\n');
  });
});
