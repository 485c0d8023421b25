import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createDatabase } from '../support/postgres.ts';
import { describe, expect, inject, it } from 'vitest';

const run = promisify(execFile);
/** Two nights at full speed take some ten seconds; a busy machine takes longer. */
const storyWithinMs = 90_000;

/** The demo as a newcomer runs it: the whole of Toran between a local Slack and a local PagerDuty. */
async function demo(
  ...args: readonly string[]
): Promise<{ readonly transcript: readonly string[]; readonly end: unknown }> {
  const { stdout } = await run(process.execPath, ['src/cli.ts', 'sandbox', '--once', ...args], {
    timeout: storyWithinMs,
  }).catch((error: unknown) => {
    const output = typeof error === 'object' && error !== null && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`the demo failed:\n${output.split('\n').slice(-4).join('\n')}`, { cause: error });
  });
  const transcript = stdout.trimEnd().split('\n');
  return { transcript, end: JSON.parse(transcript.at(-1) ?? 'null') };
}

describe('one whole incident', { timeout: storyWithinMs + 10_000 }, () => {
  it('goes from the alert to the digest on SQLite, and nobody learns why Alma was not asked', async () => {
    const { transcript, end } = await demo();
    expect(end).toMatchObject({
      ok: true,
      incident: { id: 'INC-1', status: 'resolved', severity: 'sev1', acknowledgedBy: 'beni' },
      digest: { channel: '#incidents', picture: true },
    });
    expect(end).toHaveProperty('steps.length', 12);
    expect(transcript.join('\n')).toContain('Alma is on duty');
  });

  it('goes the same way on PostgreSQL', async () => {
    const { end } = await demo('--database', await createDatabase(inject('postgresUrl'), 'story'));
    expect(end).toMatchObject({ ok: true, incident: { id: 'INC-1', status: 'resolved' } });
  });
});
