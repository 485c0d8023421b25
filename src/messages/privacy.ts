import type { AbsenceKind, LookedAt } from '../oncall/absence-kind.ts';
import type { Language } from '../oncall/catalog.ts';

/** To a person about themselves, or to whoever runs Toran at their wish; nowhere else is a kind of absence written out. */
export interface PrivacyWords {
  title(name: string, at: string): string;
  readonly absences: string;
  readonly rules: string;
  readonly calendars: string;
  readonly overrides: string;
  readonly offers: string;
  readonly looks: string;
  readonly delegate: string;
  readonly nothing: string;
  readonly effects: Readonly<Record<'hard' | 'soft' | 'free', string>>;
  readonly kinds: Readonly<Record<AbsenceKind, string>>;
  span(from: string, to: string | undefined): string;
  readonly tentative: string;
  readonly withdrawn: string;
  readonly replaced: string;
  enteredBy(person: string): string;
  readonly lookedAt: Readonly<Record<LookedAt, string>>;
  look(at: string, by: string, what: string): string;
  readonly operator: string;
  written(file: string): string;
  moved(rows: number): string;
  erased(windows: number): string;
  /** Absences that were left, since without them the person would be paged. */
  left(count: number): string;
  /** How to turn on what is private. */
  readonly off: Readonly<Record<'no_secret' | 'no_database_of_its_own', string>>;
}

const english: PrivacyWords = {
  title: (name, at) => `What Toran keeps of ${name}, at ${at}`,
  absences: 'Absences',
  rules: 'Own rules',
  calendars: 'Calendars',
  overrides: 'Shifts given and taken',
  offers: 'Shifts offered',
  looks: 'Who looked',
  delegate: 'May speak for them',
  nothing: 'nothing',
  effects: { hard: 'unavailable', soft: 'asked last', free: 'back in between' },
  kinds: {
    service: 'service',
    leave: 'leave',
    sick: 'sick',
    parental: 'parental leave',
    family: 'family',
    observance: 'day of rest',
    quiet: 'quiet hours',
    travel: 'travel',
    other: 'other',
    unsaid: 'prefer not to say',
  },
  span: (from, to) => (to === undefined ? `from ${from} until further notice` : `from ${from} to ${to}`),
  tentative: 'not certain',
  withdrawn: 'taken back',
  replaced: 'changed since',
  enteredBy: (person) => `entered by ${person}`,
  lookedAt: { reasons: 'reasons', rules: 'own rules', calendars: 'calendars', everything: 'everything (export)' },
  look: (at, by, what) => `${at}: ${by} looked at ${what}`,
  operator: 'whoever runs Toran',
  written: (file) => `written to ${file}`,
  moved: (rows) =>
    `copied ${rows} ${rows === 1 ? 'row' : 'rows'}; set TORAN_PRIVATE_DATABASE_URL to the new database, keep TORAN_SECRET, and delete the old one`,
  erased: (windows) =>
    `erased: the key, reasons, own rules, calendars and log, and ${windows} ${windows === 1 ? 'absence' : 'absences'}`,
  left: (count) =>
    `${count} ${count === 1 ? 'absence that holds or is to come was' : 'absences that hold or are to come were'} left, since without ${count === 1 ? 'it' : 'them'} pages would go out; --all erases ${count === 1 ? 'it' : 'them'} too`,
  off: {
    no_secret:
      'Private data is off: set TORAN_SECRET (openssl rand -base64 32) to keep reasons, own rules and calendars.',
    no_database_of_its_own:
      'Private data is off: on PostgreSQL set TORAN_PRIVATE_DATABASE_URL with a role of its own (docs/privacy.md).',
  },
};

const hebrew: PrivacyWords = {
  title: (name, at) => `מה ש־Toran שומר על ${name}, נכון ל־${at}`,
  absences: 'זמני אי־זמינות',
  rules: 'כללים אישיים',
  calendars: 'יומנים',
  overrides: 'משמרות שהועברו ושנלקחו',
  offers: 'משמרות שהוצעו',
  looks: 'מי הסתכל',
  delegate: 'יכולים לפעול בשם',
  nothing: 'אין',
  effects: { hard: 'ללא זמינות', soft: 'בפנייה אחרונה', free: 'זמינות בין לבין' },
  kinds: {
    service: 'שירות',
    leave: 'חופשה',
    sick: 'מחלה',
    parental: 'חופשת לידה או הורות',
    family: 'משפחה',
    observance: 'יום מנוחה',
    quiet: 'שעות שקט',
    travel: 'נסיעה',
    other: 'אחר',
    unsaid: 'ללא ציון',
  },
  span: (from, to) => (to === undefined ? `מ־${from} עד להודעה חדשה` : `מ־${from} עד ${to}`),
  tentative: 'לא סופי',
  withdrawn: 'בוטל',
  replaced: 'השתנה מאז',
  enteredBy: (person) => `נרשם על ידי ${person}`,
  lookedAt: { reasons: 'סיבות', rules: 'כללים אישיים', calendars: 'יומנים', everything: 'הכול (ייצוא)' },
  look: (at, by, what) => `${at}: צפייה של ${by}. ${what}`,
  operator: 'מי שמפעיל את Toran',
  written: (file) => `נכתב אל ${file}`,
  moved: (rows) =>
    `הועתקו שורות: ${rows}. כעת יש להגדיר את TORAN_PRIVATE_DATABASE_URL למסד החדש, להשאיר את TORAN_SECRET ולמחוק את הישן`,
  erased: (windows) => `נמחקו המפתח, הסיבות, הכללים האישיים, היומנים והרישום, וגם זמני אי־זמינות: ${windows}`,
  left: (count) =>
    `לא נמחקו זמני אי־זמינות שבתוקף או שעוד לפנינו, כי בלעדיהם יישלחו הזעקות: ${count}. ‏--all מוחק גם אותם`,
  off: {
    no_secret:
      'נתונים פרטיים כבויים: כדי לשמור סיבות, כללים אישיים ויומנים צריך להגדיר TORAN_SECRET (‏openssl rand -base64 32).',
    no_database_of_its_own:
      'נתונים פרטיים כבויים: ב־PostgreSQL צריך להגדיר TORAN_PRIVATE_DATABASE_URL עם תפקיד נפרד (docs/privacy.md).',
  },
};

export const privacyWords: Record<Language, PrivacyWords> = { en: english, he: hebrew };
