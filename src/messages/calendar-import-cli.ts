import type { Language } from '../oncall/catalog.ts';

/** What `toran calendar import` says. */
export interface CalendarImportWords {
  readonly usage: string;
  taken(person: string, counts: { readonly added: number; readonly changed: number; readonly ended: number }): string;
  /** After the file's name: why nothing was changed, and what to do. */
  kept(because: 'truncated' | 'empty' | 'mostly_gone', known: number, gone: number): string;
}

const english: CalendarImportWords = {
  usage:
    'toran calendar import: write toran calendar import FILE --person PERSON; a calendar address is connected in Slack, with /incident away',
  taken: (person, { added, changed, ended }) =>
    `${person}: ${added} absences added, ${changed} changed, ${ended} ended`,
  kept: (because, known, gone) =>
    because === 'truncated'
      ? 'breaks off before its end; nothing was changed. Export it again'
      : `${because === 'empty' ? 'has no event' : `does not have ${gone} of ${known} absences any more`}; nothing was changed. If that is right, add --confirm`,
};

const hebrew: CalendarImportWords = {
  usage:
    'toran calendar import: יש לכתוב toran calendar import FILE --person PERSON; כתובת של יומן מחברים ב־Slack, ב־‎/incident away',
  taken: (person, { added, changed, ended }) =>
    `${person}: נוספו ${added} היעדרויות, השתנו ${changed}, הסתיימו ${ended}`,
  kept: (because, known, gone) =>
    because === 'truncated'
      ? 'נקטע לפני סופו; דבר לא השתנה. יש לייצא אותו שוב'
      : `${because === 'empty' ? 'ריק מאירועים' : `כבר אין בו ${gone} מתוך ${known} היעדרויות`}; דבר לא השתנה. אם זה נכון, יש להוסיף ‎--confirm`,
};

export const calendarImportWords: Record<Language, CalendarImportWords> = { en: english, he: hebrew };
