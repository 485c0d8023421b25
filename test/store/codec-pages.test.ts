import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '../../src/incident/events.ts';
import { automation, type Recorded } from '../../src/oncall/recorded.ts';
import { readEvent } from '../../src/store/codec/events.ts';
import { sundayMorning } from '../support/company.ts';

type PageSent = Extract<IncidentEvent, { type: 'page_sent' }>;

function readBack(event: PageSent): Recorded<IncidentEvent> {
  const columns = { sequence: 1, happenedAt: sundayMorning, recordedAt: sundayMorning, actor: automation };
  const body: unknown = JSON.parse(JSON.stringify(event));
  return readEvent('incident', { ...columns, stream: 'INC-1', type: event.type, body });
}

const carmel = { kind: 'person', person: 'carmel', why: 'override', insteadOf: undefined } as const;
const sent: PageSent = {
  type: 'page_sent',
  page: 'INC-1/p1',
  delivery: 'INC-1/p1/d1',
  at: { round: 0, step: 0 },
  to: carmel,
  via: 'slack',
};

describe('why somebody was asked', () => {
  it('comes back as it was written: through which hands, and by what was known when', () => {
    const asked: PageSent = { ...sent, to: { ...carmel, takenOff: ['alma', 'beni'] }, asOf: sundayMorning - 1 };
    expect(readBack(asked).event).toEqual(asked);
  });

  it('is read where an older version wrote neither', () => {
    expect(readBack(sent).event).toEqual(sent);
    expect(Object.keys(readBack(sent).event)).not.toContain('asOf');
  });
});
