import { describe, expect, it } from 'vitest';
import { onCallMessage } from '../../../src/slack/views/on-call.ts';
import { sundayMorning } from '../../support/company.ts';
import { faultsOf } from './world.ts';

describe('who is on duty', () => {
  it.each([
    ['en', 'it could not be checked since'],
    ['he', 'לא היה אפשר לבדוק'],
  ] as const)('says as of when that is known, when it cannot be read, in %s', (language, words) => {
    const read = onCallMessage([], 0, language);
    const remembered = onCallMessage([], 0, language, false, sundayMorning);
    expect(JSON.stringify(read)).not.toContain(words);
    expect(JSON.stringify(remembered)).toContain(words);
    expect(JSON.stringify(remembered)).toContain('2026-11-22 08:00 UTC');
    expect(faultsOf(remembered)).toEqual([]);
  });
});
