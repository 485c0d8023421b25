import { describe, expect, it } from 'vitest';
import { continued } from '../../src/oncall/continuity.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { readEvent } from '../../src/store/codec/events.ts';
import { company, sundayMorning } from '../support/company.ts';

describe('a catalog that was changed', () => {
  it('is stored with what was in force before it, and who was there', () => {
    const { alma: _, ...people } = company().people;
    const payments = company().schedules['payments'];
    if (payments === undefined) throw new Error('the company has a schedule for payments');
    const cover = { kind: 'only', from: 0, to: sundayMorning + 1, person: 'beni' } as const;
    const before = company({ schedules: { payments: { ...payments, overrides: [cover] } } });
    const catalog = continued(before, company({ people, schedules: {} }), sundayMorning);
    expect(Object.keys(catalog.past?.schedules ?? {})).toEqual(['payments']);
    expect(Object.keys(catalog.past?.people ?? {})).toEqual(['alma']);

    const event = { type: 'catalog_applied', hash: 'h', catalog } as const;
    const columns = { sequence: 1, happenedAt: 1, recordedAt: 1, actor: automation };
    const row = { ...columns, stream: 'workspace', type: event.type, body: JSON.parse(JSON.stringify(event)) };
    expect(readEvent('workspace', row)).toEqual({ ...columns, event });
  });
});
