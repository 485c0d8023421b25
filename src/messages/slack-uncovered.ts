import type { Language } from '../oncall/catalog.ts';

/** What leads read when a shift is left that nobody has taken. Whose it was, and why, has no words here. */
export interface SlackUncoveredWords {
  title(schedule: string): string;
  span(from: string, to: string): string;
  /** Who is paged until somebody takes it. */
  standsIn(person: string): string;
  nobodyStandsIn(hasBegun: boolean): string;
  /** Only what runs can be taken in one word. */
  whatToDo(hasBegun: boolean): string;
}

export const slackUncoveredWords: Record<Language, SlackUncoveredWords> = {
  en: {
    title: (schedule) => `A shift of ${schedule} has not found anybody yet.`,
    span: (from, to) => `From ${from} until ${to}`,
    standsIn: (person) => `Until somebody takes it, pages go to ${person}.`,
    nobodyStandsIn: (hasBegun) =>
      `${hasBegun ? 'Until somebody takes it' : 'When it begins'}, pages go to the next step of the policy at once.`,
    whatToDo: (hasBegun) =>
      `Please find somebody for it. ${hasBegun ? 'Whoever' : 'Once it has begun, whoever'} writes \`/incident take\` has it until it ends.`,
  },
  he: {
    title: (schedule) => `משמרת בלוח ${schedule} עדיין לא נלקחה.`,
    span: (from, to) => `מ־${from} עד ${to}`,
    standsIn: (person) => `עד שהמשמרת תילקח, ההזעקות יגיעו אל ${person}.`,
    nobodyStandsIn: (hasBegun) =>
      `${hasBegun ? 'עד שהמשמרת תילקח' : 'מתחילת המשמרת'} ההזעקות עוברות מיד לשלב הבא במדיניות.`,
    whatToDo: (hasBegun) =>
      `צריך למצוא מי שייקח אותה. ${hasBegun ? 'אפשר' : 'משתחילה אפשר'} לקחת אותה עם \`/incident לקחת\`, עד סופה.`,
  },
};
