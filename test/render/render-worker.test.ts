import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import type { TemplateJob } from '../../src/render/render-job.ts';
import { createRenderWorker } from '../../src/render/render-worker.ts';

const hello: TemplateJob = { kind: 'template', name: 'hello.md', text: 'Hello {{ name }}', data: { name: 'Toran' } };
const endless: TemplateJob = {
  ...hello,
  text: '{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}x{% endfor %}{% endfor %}{% endfor %}',
};

/** Every thread that is started from now on. */
function watchThreads(): { readonly started: Worker[]; readonly stop: () => void } {
  const started: Worker[] = [];
  const listener = (message: unknown): void => {
    if (typeof message === 'object' && message !== null && 'worker' in message && message.worker instanceof Worker) {
      started.push(message.worker);
    }
  };
  subscribe('worker_threads', listener);
  return { started, stop: () => void unsubscribe('worker_threads', listener) };
}

describe('the render worker', () => {
  it('answers jobs in order, each its own', async () => {
    const worker = createRenderWorker();
    const answers = await Promise.all(
      [1, 2, 3].map((number) => worker.run({ ...hello, data: { name: String(number) } })),
    );
    expect(
      answers.map((answer) => (answer.kind === 'template' && answer.outcome.ok ? answer.outcome.text : answer)),
    ).toEqual(['Hello 1\n', 'Hello 2\n', 'Hello 3\n']);
    await worker.close();
  });

  it('ends a job that takes too long, and does the next one', async () => {
    const worker = createRenderWorker({ longestJobMs: 400 });
    expect(await worker.run(endless)).toMatchObject({ kind: 'failed', because: 'too_slow' });
    // On a busy machine a thread may take longer to start than this job is given, so it is asked for again.
    await vi.waitFor(
      async () => expect(await worker.run(hello)).toMatchObject({ kind: 'template', outcome: { ok: true } }),
      20_000,
    );
    await worker.close();
  });

  it('ends a job that needs too much memory, and does the next one', async () => {
    const worker = createRenderWorker({ heapMb: 24 });
    // It arrives as data, so that no limit of the template engine is concerned, only the heap of the thread.
    const data = { name: 'x', big: Array.from({ length: 700_000 }, (_, index) => ({ index })) };
    const answers = await Promise.all([worker.run({ ...hello, data }), worker.run(hello)]);
    expect(answers[0]).toMatchObject({ kind: 'failed', because: 'too_much' });
    expect(answers[1]).toMatchObject({ kind: 'template', outcome: { ok: true } });
    await worker.close();
  });

  it('starts no thread before the first job, and ends it when it is idle', async () => {
    const { started, stop } = watchThreads();
    const worker = createRenderWorker({ idleMs: 1 });
    expect(started).toHaveLength(0);
    await worker.run(hello);
    expect(started).toHaveLength(1);
    await vi.waitFor(() => expect(started[0]?.threadId).toBe(-1));
    expect(await worker.run(hello)).toMatchObject({ kind: 'template', outcome: { ok: true } });
    expect(started).toHaveLength(2);
    stop();
    await worker.close();
  });

  it('uses one thread for jobs that follow each other', async () => {
    const { started, stop } = watchThreads();
    const worker = createRenderWorker();
    for (let job = 0; job < 5; job += 1) await worker.run(hello);
    expect(started).toHaveLength(1);
    stop();
    await worker.close();
    expect(started[0]?.threadId).toBe(-1);
  });

  it('answers what waits when it is closed', async () => {
    const worker = createRenderWorker();
    const waiting = [worker.run(endless), worker.run(hello)];
    await worker.close();
    expect(await Promise.all(waiting)).toEqual([
      expect.objectContaining({ kind: 'failed', because: 'closed' }),
      expect.objectContaining({ kind: 'failed', because: 'closed' }),
    ]);
    expect(await worker.run(hello)).toMatchObject({ kind: 'failed', because: 'closed' });
  });

  it('keeps the process until the answer is there, and not longer', async () => {
    const script = `
      import { createRenderWorker } from ${JSON.stringify(new URL('../../src/render/render-worker.ts', import.meta.url).href)};
      const answer = await createRenderWorker({ idleMs: 600_000 }).run(${JSON.stringify(hello)});
      console.log(answer.outcome.text.trim());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 20_000,
    });
    expect(stdout).toBe('Hello Toran\n');
  });

  it('lets no template see the environment', async () => {
    const worker = createRenderWorker();
    const answer = await worker.run({ ...hello, text: '{{ process.env.PATH }}' });
    expect(answer).toMatchObject({ outcome: { ok: false, problem: { fault: { kind: 'unknown_name' } } } });
    await worker.close();
  });
});
