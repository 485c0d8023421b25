/** Why somebody is away, where they said it. `unsaid` is as good as any, and pages the same. */
export type AbsenceKind = (typeof absenceKinds)[number];
export const absenceKinds = [
  'service',
  'leave',
  'sick',
  'parental',
  'family',
  'observance',
  'quiet',
  'travel',
  'other',
  'unsaid',
] as const;

/** What of a person somebody looked at. */
export type LookedAt = 'reasons' | 'rules' | 'calendars' | 'everything';
