import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Language } from '../../src/oncall/catalog.ts';
import { draftPostmortem } from '../../src/postmortem/draft.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { builtInTemplates, findTemplate, renderPostmortem } from '../../src/render/templates.ts';
import { sampleIncident } from '../postmortem/sample-incident.ts';

const worker = createRenderWorker();
afterAll(() => worker.close());

describe('finding the user’s template', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'toran-templates-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (...files: string[]): void => files.forEach((file) => writeFileSync(join(folder, file), file));
  const find = (language: Language) => findTemplate(folder, { document: 'postmortem', severity: 'sev1' }, language);

  it('goes by severity, then by language', async () => {
    expect(await find('he')).toBeUndefined();
    for (const file of ['postmortem.md', 'postmortem.he.md', 'postmortem-sev1.md', 'postmortem-sev1.he.md']) {
      write(file, 'postmortem-sev2.md', 'digest.md');
      expect(await find('he')).toEqual({ name: join(folder, file), text: file });
    }
    expect(await find('en')).toMatchObject({ text: 'postmortem-sev1.md' });
    expect(await findTemplate(folder, { document: 'digest' }, 'en')).toMatchObject({ text: 'digest.md' });
  });

  it('finds nothing where there is no directory', async () => {
    expect(await findTemplate(join(folder, 'none'), { document: 'digest' }, 'en')).toBeUndefined();
  });

  it('says when a template is there and can’t be read, and the draft is rendered', async () => {
    mkdirSync(join(folder, 'postmortem.md'));
    const problem = await find('en');
    expect(problem).toMatchObject({ fault: { kind: 'unreadable', detail: 'EISDIR' } });
    const { markdown, problems } = await renderPostmortem(worker, draftPostmortem(sampleIncident('en')), problem);
    expect(problems).toEqual([problem]);
    expect(markdown).toContain('# INC-42');
  });

  it.each([
    ['too large', 'x'.repeat(100_001), 'too large'],
    ['not text', Buffer.from([0xff, 0xfe, 0x41]), 'not UTF-8'],
  ])('refuses a file that is %s', async (_, content, detail) => {
    writeFileSync(join(folder, 'postmortem.md'), content);
    expect(await find('en')).toMatchObject({ fault: { kind: 'unreadable', detail } });
  });

  it('takes links and read-only files', async () => {
    write('real.md');
    chmodSync(join(folder, 'real.md'), 0o444);
    symlinkSync(join(folder, 'real.md'), join(folder, 'postmortem.md'));
    expect(await find('en')).toMatchObject({ text: 'real.md' });
  });

  it('finds the built-in ones', async () => {
    for (const language of ['en', 'he'] as const) {
      expect(
        await findTemplate(builtInTemplates(), { document: 'postmortem', severity: 'sev4' }, language),
      ).toHaveProperty('text');
      expect(await findTemplate(builtInTemplates(), { document: 'digest' }, language)).toHaveProperty('text');
    }
  });
});
