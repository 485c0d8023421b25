import type { Language } from '../oncall/catalog.ts';

/** What a page says when who can answer could not be read: when it was last known. Never who is away. */
export interface LastKnownWords {
  /** Under a page. */
  pageNote(at: string): string;
  /** In the one line that a phone shows. */
  pageTitle(at: string): string;
}

const english: LastKnownWords = {
  pageNote: (at) => `Who can answer is known as of ${at}; it could not be checked since.`,
  pageTitle: (at) => `availability as of ${at}, not checked since`,
};

const hebrew: LastKnownWords = {
  pageNote: (at) => `הזמינות ידועה נכון ל־${at}; מאז לא היה אפשר לבדוק אותה.`,
  pageTitle: (at) => `זמינות נכון ל־${at}, לא נבדקה מאז`,
};

export const lastKnownWords: Record<Language, LastKnownWords> = { en: english, he: hebrew };
