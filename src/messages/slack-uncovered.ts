import type { Language } from '../oncall/catalog.ts';

/** What leads read when a shift is left that nobody has taken. Whose it was, and why, has no words here. */
export interface SlackUncoveredWords {
  title(schedule: string): string;
  span(from: string, to: string): string;
  /** Who is paged until somebody takes it. */
  standsIn(person: string): string;
  readonly nobodyStandsIn: string;
  readonly whatToDo: string;
}

export const slackUncoveredWords: Record<Language, SlackUncoveredWords> = {
  en: {
    title: (schedule) => `A shift of ${schedule} has not found anybody yet.`,
    span: (from, to) => `From ${from} until ${to}`,
    standsIn: (person) => `Until somebody takes it, pages go to ${person}.`,
    nobodyStandsIn: 'When it begins, pages go to the next step of the policy at once.',
    whatToDo: 'Please find somebody for it. Anybody can take it with `/incident take`, until it ends.',
  },
  he: {
    title: (schedule) => `משמרת בלוח ${schedule} עדיין לא נלקחה.`,
    span: (from, to) => `מ־${from} עד ${to}`,
    standsIn: (person) => `עד שהמשמרת תילקח, ההזעקות יגיעו אל ${person}.`,
    nobodyStandsIn: 'מתחילת המשמרת ההזעקות עוברות מיד לשלב הבא במדיניות.',
    whatToDo: 'צריך למצוא מי שייקח אותה. אפשר לקחת אותה עם `/incident take`, עד סופה.',
  },
};
