import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkTimeZoneData } from '../../src/oncall/time-zone-data.ts';

afterEach(() => vi.restoreAllMocks());

describe('the time-zone data of this machine', () => {
  it('is right here', () => {
    expect(checkTimeZoneData()).toEqual([]);
  });

  it('is found out when its Hebrew calendar is another one', () => {
    vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts').mockReturnValue([{ type: 'month', value: 'September' }]);
    expect(checkTimeZoneData()).toContain('hebrew_calendar');
  });
});
