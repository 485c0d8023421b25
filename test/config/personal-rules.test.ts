import { describe, expect, it } from 'vitest';
import { personalRuleSchema } from '../../src/config/personal-rules.ts';

const days = ['tue'];
const zone = 'Asia/Jerusalem';
const good = [
  { kind: 'weekly', id: 'k3x9aa', days, from: '14:00', to: '17:00', effect: 'hard', zone },
  {
    kind: 'weekly',
    id: 'k3x9aa',
    days,
    from: '22:00',
    to: '06:00',
    effect: 'soft',
    letsThrough: ['sev1'],
    zone,
    since: '2026-11-01',
  },
  { kind: 'quiet_hours', id: 'k3x9aa', days, from: '23:00', to: '07:00', zone },
  { kind: 'observance', id: 'k3x9aa', where: { city: 'haifa' }, shabbat: true, festivals: false, effect: 'hard' },
  {
    kind: 'observance',
    id: 'k3x9aa',
    where: { place: { latitude: 59.3, longitude: 18.1, zone: 'Europe/Stockholm' } },
    shabbat: true,
    festivals: true,
    effect: 'soft',
    minutesBeforeSunset: 18,
    custom: 'abroad',
  },
  {
    kind: 'home_leave',
    id: 'k3x9aa',
    carves: 'w1',
    zone,
    asked: 'last',
    pattern: { kind: 'cycle', start: '2026-11-22', awayDays: 10, homeDays: 4, at: '12:00' },
  },
];

describe('a stored rule', () => {
  it.each(good)('is read as it was written: $kind', (rule) => {
    expect(personalRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  it.each([
    ['a key that nobody knows, such as a reason', { ...good[0], reason: 'x' }],
    ['a kind that nobody knows', { ...good[0], kind: 'monthly' }],
    ['a time that the day does not have', { ...good[0], from: '25:00' }],
    ['no time at all', { ...good[0], to: '14:00' }],
    ['an end before the beginning', { ...good[0], since: '2026-11-02', until: '2026-11-01' }],
    ['severities that a hard rule would let through', { ...good[0], letsThrough: ['sev1'] }],
    ['a city that is not in the table', { ...good[3], where: { city: 'atlantis' } }],
    ['nothing that is kept', { ...good[3], shabbat: false }],
    ['a zone that does not exist', { ...good[2], zone: 'Asia/Nowhere' }],
    [
      'a cycle without a day at home',
      { ...good[5], pattern: { kind: 'cycle', start: '2026-11-22', awayDays: 10, homeDays: 0, at: '12:00' } },
    ],
  ])('is refused with %s', (_, rule) => {
    expect(personalRuleSchema.safeParse(rule).success).toBe(false);
  });
});
