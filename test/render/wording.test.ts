import { expect, it } from 'vitest';
import { createRenderWorker } from '../../src/render/render-worker.ts';
import { lintDraft } from '../../src/render/wording.ts';

it('finds what toran lint finds, away from the event loop', async () => {
  const worker = createRenderWorker();
  expect(await lintDraft(worker, 'Dana forgot it.\n\nזו טעות אנוש.\n', ['Dana'])).toEqual([
    expect.objectContaining({ line: 1, column: 1, rule: 'forgot' }),
    expect.objectContaining({ line: 3, column: 4, rule: 'he-human-error' }),
  ]);
  await worker.close();
  expect(await lintDraft(worker, 'Dana forgot it.', [])).toBeUndefined();
});
