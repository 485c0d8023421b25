import { expect, it } from 'vitest';

it('runs in the time zone that its project names', () => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  expect(timeZone).toBe(process.env['EXPECT_TZ']);
  // Winter and summer, so that two zones with one offset for half of the year are told apart.
  const offsets = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)].map((at) => new Date(at).getTimezoneOffset());
  expect(offsets).toEqual({ UTC: [0, 0], 'Asia/Jerusalem': [-120, -180], 'America/New_York': [300, 240] }[timeZone]);
});
