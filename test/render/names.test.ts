import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { type PostmortemInput, draftPostmortem } from '../../src/postmortem/draft.ts';
import { shownKinds } from '../../src/postmortem/timeline.ts';
import { plainPostmortem } from '../../src/render/plain-postmortem.ts';
import { postmortemView } from '../../src/render/postmortem-view.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { renderPostmortem } from '../../src/render/templates.ts';
import { sampleIncident } from '../postmortem/sample-incident.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

const people: PostmortemInput['people'] = [
  { person: 'shira', name: 'Shira Azulay', handles: ['U11', 'shira.a', 'shira@example.com'], role: 'lead' },
  { person: 'guy', name: 'Guy Ben-Ami', handles: ['U12'] },
  { person: 'yaara', name: 'יערה אוחנה', handles: ['U13', 'yaara'], role: 'scribe' },
  { person: 'moshe', name: 'משה בן דוד', handles: ['U14'] },
];
const forms = [
  'Shira',
  'shira azulay',
  'AZULAY',
  'Guy',
  'Guy Ben-Ami',
  'Ben-Ami',
  'יערה',
  'יערה אוחנה',
  'ליערה',
  'ואוחנה',
  'משה',
  'משה בן דוד',
  'שמשה',
  'דוד',
  '<@U11>',
  '<@U12|guy>',
  '@shira.a',
  '@yaara',
  'shira@example.com',
  'https://git.example/shira/fix',
];
const leak =
  /(?<!\p{L})(?:shira|azulay|Guy|Ben-Ami|[ושלמ]?יערה|[ושלמ]?אוחנה|[ושלמ]?משה|[ושלמ]?דוד|yaara|moshe|U1[1-4])(?!\p{L})/u;

const noise = fc.constantFrom(
  'the deploy',
  'of',
  'rolled back',
  '(',
  ')',
  '*',
  '|',
  '\n',
  '…',
  'pool_size',
  'הפריסה',
  'עם',
  '"',
  'restarted',
  ':',
  '&amp;',
);
const text = fc.array(fc.oneof(noise, fc.constantFrom(...forms)), { maxLength: 12 }).map((words) => words.join(' '));
const person = fc.constantFrom('shira', 'guy', 'yaara', 'moshe', 'slack:U14');
const timelineEntry = fc.record({
  atMs: fc.integer({ min: 1_764_000_000_000, max: 1_764_100_000_000 }),
  kind: fc.constantFrom(...shownKinds, 'page_skipped', 'milestone_set'),
  actor: fc.oneof(
    person.map((each) => ({ kind: 'person', person: each }) as const),
    fc.constant({ kind: 'automation' } as const),
  ),
  text: fc.option(text, { nil: undefined }),
  data: fc
    .record(
      {
        person,
        owner: person,
        author: person,
        url: fc.constantFrom('https://ci.example/1', 'https://ci.example/shira'),
      },
      { requiredKeys: [] },
    )
    .map((data) => ({ ...data })),
});
const incident = fc.record({
  title: text,
  language: fc.constantFrom('en' as const, 'he' as const),
  severity: fc.constantFrom('sev1' as const, 'sev3' as const),
  timeline: fc.array(timelineEntry, { maxLength: 12 }),
});

it('no name of the roster is in any draft, whatever people wrote', async () => {
  await fc.assert(
    fc.asyncProperty(incident, async (changes) => {
      const model = draftPostmortem({ ...sampleIncident('en'), ...changes, people });
      const { markdown, problems } = await renderPostmortem(worker, model, undefined);
      expect(problems).toEqual([]);
      expect(markdown).not.toMatch(leak);
      expect(plainPostmortem(postmortemView(model))).not.toMatch(leak);
    }),
    { numRuns: 150 },
  );
}, 60_000);
