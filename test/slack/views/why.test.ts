import { describe, expect, it } from 'vitest';
import type { OnCallFacts } from '../../../src/oncall/resolver.ts';
import { hourMs } from '../../../src/oncall/time.ts';
import { whyMessage } from '../../../src/slack/views/why.ts';
import { whyPages } from '../../../src/slack/why-view.ts';
import { away, onCallFacts, sundayMorning } from '../../support/company.ts';
import { by, declareSev1, story, type Story } from '../../support/story.ts';
import { textsOf, viewOf } from './world.ts';

const span = { from: sundayMorning - hourMs, to: sundayMorning + hourMs };
const chained: OnCallFacts['overrides'] = [
  { schedule: 'payments', override: { ...span, kind: 'replace', person: 'beni', insteadOf: 'alma' } },
  { schedule: 'payments', override: { ...span, kind: 'replace', person: 'carmel', insteadOf: 'beni' } },
];

function paged(facts: Partial<OnCallFacts>): Story {
  const told = story({ facts: { ...onCallFacts(), ...facts } });
  told.does(declareSev1, by('noa'));
  return told;
}

function answer(told: Story, reader: string): string {
  const pages = whyPages(told.incident(), told.history, textsOf(told), told.facts, reader);
  return whyMessage(pages, viewOf(told)).text;
}

describe('"why" says of everybody who was asked', () => {
  it('that it was their turn, and when that was decided', () => {
    expect(answer(paged({}), 'beni')).toMatch(/Step 1, 2026-11-22 08:00 UTC\n• Alma: Slack on its way \(on duty\)/);
  });

  it('through which hands an override led there, to members of the schedule', () => {
    const told = paged({ overrides: chained });
    expect(answer(told, 'beni')).toContain(
      '• Carmel: Slack on its way (on duty by an override, in place of Alma, Beni)',
    );
    expect(answer(told, 'dana')).toContain('• Carmel: Slack on its way (on duty by an override)\n');
  });

  it('for whom they cover, to members of the schedule; to others only that they do', () => {
    const told = paged({ overrides: chained, windows: [away('carmel', sundayMorning)] });
    expect(answer(told, 'beni')).toContain('• Alma: Slack on its way (as cover, in place of Beni, Carmel)');
    expect(answer(told, 'beni')).toContain('Passed over as unavailable: Carmel');
    expect(answer(told, 'dana')).toContain('Slack on its way (as cover)\n');
    expect(answer(told, 'dana')).not.toContain('Carmel');
    expect(answer(told, 'dana')).toContain('1 person passed over');
  });

  it('that they said “I can’t”, and not that they were unavailable', () => {
    const told = paged({ windows: [away('beni', sundayMorning - 1)] });
    told.does({ type: 'decline', page: 'INC-1/p1' }, by('alma'));
    expect(answer(told, 'carmel')).toContain('Passed over as unavailable: Beni');
    expect(answer(told, 'carmel')).toContain('Said “I can’t”: Alma');
    expect(answer(told, 'carmel')).not.toMatch(/unavailable: .*Alma/);
  });

  it('edge case 54: by what was known when, if that could not be read', () => {
    const told = paged({ asOf: sundayMorning - 2 * hourMs });
    expect(answer(told, 'dana')).toContain(
      '(on duty, by what was known at 2026-11-22 06:00 UTC, which could not be checked)',
    );
    told.facts = onCallFacts();
    told.does({ type: 'escalate', page: undefined }, by('noa'));
    expect(answer(told, 'dana')).toContain('• Dana: Slack on its way (on duty)\n');
  });
});
