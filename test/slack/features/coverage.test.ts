import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

describe('coverage', () => {
  it('shows each week of the schedules that one belongs to, and what rests on whom', async () => {
    await slack.types('UBENI', 'away from tomorrow until 20.12');
    const said = await slack.types('UALMA', 'coverage 28 days k=1');
    expect(said.words).toContain('Coverage, the next 28 days');
    expect(said.words).toContain('any one person may drop out');
    expect(said.words).toContain('🟩🟩🟩🟩');
    const strict = await slack.types('UALMA', 'coverage payments 28 days');
    expect(strict.words).toContain('🟨 payments: thin');
    expect(strict.words).toContain('Left for it: Alma, Carmel');
    expect(strict.words).not.toMatch(/Beni/);
  });

  it('tells apart what is not certain yet', async () => {
    await slack.types('UBENI', 'away from tomorrow until 20.12, maybe');
    expect((await slack.types('UALMA', 'coverage payments')).words).toContain('only if what is not certain yet');
    expect((await slack.types('UALMA', 'coverage payments certain only')).words).toContain('Nothing is thin');
    expect((await slack.types('UALMA', 'coverage payments stress')).words).toContain('whose loss hurts most');
  });

  it('says nothing of schedules that one neither belongs to nor leads, since few people are an aggregate of themselves', async () => {
    await slack.types('UBENI', 'away');
    expect((await slack.types('UDANA', 'coverage payments')).words).toContain('shown to those who take turns');
    const dana = (await slack.types('UDANA', 'coverage')).words;
    expect(dana).toContain('backup');
    expect(dana).not.toContain('payments');
    expect((await slack.types('U777', 'coverage')).words).toContain('shown to those who take turns');
    expect((await slack.types('UNOA', 'coverage')).words).toMatch(/payments[^]*backup/);
  });

  it('answers what it does not understand with examples', async () => {
    expect((await slack.types('UALMA', 'coverage because of the army')).words).toContain('For example');
    expect((await slack.types('UALMA', 'coverage 0 days')).words).toContain('For example');
  });
});
