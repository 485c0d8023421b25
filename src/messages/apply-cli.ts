import type { Language } from '../oncall/catalog.ts';

/** What `toran apply` says about each schedule that a file changes; people and times come ready to be shown. */
export interface ApplyCliWords {
  readonly nobody: string;
  readonly changes: Readonly<Record<'new' | 'changed' | 'removed', string>>;
  readonly unchanged: string;
  handsOver(from: string, to: string): string;
  onDuty(person: string): string;
  onDutyUntil(person: string, until: string, next: string): string;
  /** `handOffs`: times and people, after the first one. */
  after(handOffs: string): string;
  /** A schedule that is gone: who was on duty until now stays on record. */
  ended(person: string): string;
}

export const applyCliWords: Record<Language, ApplyCliWords> = {
  en: {
    nobody: 'nobody',
    changes: { new: 'new', changed: 'changed', removed: 'removed' },
    unchanged: 'No schedule changes.',
    handsOver: (from, to) => `${from} hands over to ${to} now.`,
    onDuty: (person) => `On duty: ${person}, with no hand-off for half a year.`,
    onDutyUntil: (person, until, next) => `On duty: ${person} until ${until}, then ${next}.`,
    after: (handOffs) => `Hand-offs after that: ${handOffs}.`,
    ended: (person) => `On duty until now: ${person}. What was stays on record.`,
  },
  he: {
    nobody: 'אין תורן',
    changes: { new: 'חדש', changed: 'שונה', removed: 'הוסר' },
    unchanged: 'אף לוח תורנויות לא משתנה.',
    handsOver: (from, to) => `התורנות עוברת עכשיו: במקום ${from}, ${to}.`,
    onDuty: (person) => `בתורנות: ${person}, בלי חילופים בחצי השנה הקרובה.`,
    onDutyUntil: (person, until, next) => `בתורנות: ${person} עד ${until}, ואחר כך ${next}.`,
    after: (handOffs) => `החילופים שאחרי: ${handOffs}.`,
    ended: (person) => `בתורנות עד עכשיו: ${person}. מה שהיה נשאר ברישום.`,
  },
};
