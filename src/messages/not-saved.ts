import type { Language } from '../oncall/catalog.ts';

/** Shown where a command, a button or a form could not be committed: it must be repeated by the person. */
export const notSavedWords: Readonly<Record<Language, string>> = {
  en: 'Toran could not confirm that this was saved. Please check how things stand, and try again in a moment.',
  he: 'לא הצלחנו לוודא שהפעולה נשמרה. כדאי לבדוק מה המצב ולנסות שוב בעוד רגע.',
};
