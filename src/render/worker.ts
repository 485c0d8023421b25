import { parentPort } from 'node:worker_threads';
import type { JobAnswer, JobRequest, RenderJob } from './render-job.ts';

/**
 * Entry of the render worker: user templates and pictures run here, away from the server's event loop and heap. One job at
 * a time; whoever started the worker ends it when a job takes too long. Libraries are loaded by the first job that needs
 * them.
 */
async function perform(id: number, job: RenderJob): Promise<JobAnswer> {
  switch (job.kind) {
    case 'template': {
      const { renderTemplate } = await import('./template-engine.ts');
      return { id, kind: 'template', outcome: renderTemplate(job) };
    }
    case 'digest_chart': {
      const { digestChartPng } = await import('./digest-chart.ts');
      return { id, kind: 'digest_chart', png: digestChartPng(job.data, job.language) };
    }
    case 'heat_map': {
      const { heatMapPng } = await import('./heat-map.ts');
      return { id, kind: 'heat_map', png: heatMapPng(job) };
    }
    case 'lint': {
      const { lint } = await import('../postmortem/blameless.ts');
      return { id, kind: 'lint', findings: lint(job.text, job.roster) };
    }
  }
}

const port = parentPort;
if (port === null) throw new Error('The render worker runs in a worker thread; start it with createRenderWorker.');

port.on('message', ({ id, job }: JobRequest) => {
  void perform(id, job).then(
    (answer) => port.postMessage(answer),
    (error: unknown) => {
      port.postMessage({
        id,
        kind: 'failed',
        detail: error instanceof Error ? error.message : String(error),
      } satisfies JobAnswer);
    },
  );
});
