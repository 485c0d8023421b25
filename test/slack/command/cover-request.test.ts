import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/oncall/time.ts';
import { readCover, type CoverRequest } from '../../../src/slack/cover-request.ts';
import { company, sundayMorning } from '../../support/company.ts';

const reader = { catalog: company(), person: 'alma', now: sundayMorning, zone: 'Asia/Jerusalem' };

function read(text: string): CoverRequest {
  return readCover(text, reader);
}

function at(iso: string): number {
  const instant = parseInstant(`${iso}+02:00`);
  if (instant === undefined) throw new Error(iso);
  return instant;
}

const mine = { kind: 'cover', whose: 'alma', by: undefined, schedule: undefined, when: { kind: 'unsaid' } };
const danas = { ...mine, whose: 'dana', by: 'alma' };
const span = (from: string, to: string) => ({ kind: 'span', from: at(from), to: at(to) });

describe('what follows "cover"', () => {
  it.each([
    ['', { kind: 'form' }],
    ['me', mine],
    ['for me', mine],
    ['my shift', mine],
    ['אותי', mine],
    ['me this shift', { ...mine, when: { kind: 'this' } }],
    ['this shift', { ...mine, when: { kind: 'this' } }],
    ['אותי המשמרת הבאה', { ...mine, when: { kind: 'next' } }],
    ['my next shift', { kind: 'cover', whose: 'alma', by: undefined, schedule: undefined, when: { kind: 'next' } }],
    ['me on payments', { ...mine, schedule: 'payments' }],
    ['me payments', { ...mine, schedule: 'payments' }],
    ['אותי ב-payments', { ...mine, schedule: 'payments' }],
    ['me with @beni', { ...mine, by: 'beni' }],
  ])('takes "%s" for the speaker’s own duty', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['me until wednesday', span('2026-11-22T10:00', '2026-11-25T09:00')],
    ['me until tuesday 12:00 on payments', span('2026-11-22T10:00', '2026-11-24T12:00')],
    ['me for 3 hours', span('2026-11-22T10:00', '2026-11-22T13:00')],
    ['me tomorrow', span('2026-11-23T00:00', '2026-11-24T00:00')],
    ['me today', span('2026-11-22T10:00', '2026-11-23T00:00')],
    ['me tomorrow 12:00-18:00', span('2026-11-23T12:00', '2026-11-23T18:00')],
    ['me tomorrow from 12:00 to 18:00', span('2026-11-23T12:00', '2026-11-23T18:00')],
    ['me from tomorrow 12:00 to tuesday 09:00', span('2026-11-23T12:00', '2026-11-24T09:00')],
    ['me 12:00–18:00', span('2026-11-22T12:00', '2026-11-22T18:00')],
    ['אותי עד יום רביעי', span('2026-11-22T10:00', '2026-11-25T09:00')],
    ['אותי מחר', span('2026-11-23T00:00', '2026-11-24T00:00')],
  ])('reads the time of "%s" on the speaker’s clock', (text, when) => {
    expect(read(text)).toMatchObject({ kind: 'cover', whose: 'alma', when });
  });

  it.each([
    ['@dana', danas],
    ['<@UDANA|dana>', danas],
    ['for @dana', danas],
    ['את dana', danas],
    ['@dana with me', danas],
    ['@dana with @beni', { ...danas, by: 'beni' }],
    ['@dana this shift on backup', { ...danas, when: { kind: 'this' }, schedule: 'backup' }],
    [
      '@dana until wednesday with <@UBENI|beni>',
      { ...danas, by: 'beni', when: span('2026-11-22T10:00', '2026-11-25T09:00') },
    ],
  ])('takes "%s" for somebody else’s duty', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['take', { kind: 'take', schedule: undefined }],
    ['take payments', { kind: 'take', schedule: 'payments' }],
    ['take over the payments shift', { kind: 'take', schedule: 'payments' }],
    ['לקחת payments', { kind: 'take', schedule: 'payments' }],
    ['cancel', { kind: 'cancel' }],
    ['ביטול', { kind: 'cancel' }],
    ['swap @dana', { kind: 'swap', rest: '@dana' }],
    ['להתחלף', { kind: 'swap', rest: '' }],
  ])('takes "%s" as %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['me until reserve duty', 'unclear'],
    ['me until further notice', 'unclear'],
    ['me because of a wedding', 'unclear'],
    ['@nobody', 'unknown_person'],
    ['@dana with @nobody', 'unknown_person'],
    ['me until 2020-01-01', 'past'],
    ['take everything', 'unclear'],
  ])('does not guess what "%s" means', (text, kind) => {
    expect(read(text).kind).toBe(kind);
  });

  it('reads anything without failing, and every span that it reads has a length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const request = read(text);
        if (request.kind === 'cover' && request.when.kind === 'span')
          expect(request.when.to).toBeGreaterThan(request.when.from);
      }),
    );
  });
});
