import type { Language } from '../oncall/catalog.ts';

/** What `toran away`, `toran back` and `toran callup` print for people to read; with `--json` none of it appears. */
export interface AwayCliWords {
  /** `until` undefined: until further notice. */
  away(person: string, until: string | undefined): string;
  alreadyAway(person: string): string;
  back(person: string): string;
  notAway(person: string): string;
}

export const awayCliWords: Record<Language, AwayCliWords> = {
  en: {
    away: (person, until) =>
      `${person} is not asked any more ${until === undefined ? 'until further notice' : `until ${until}`}`,
    alreadyAway: (person) => `${person} is not asked anyway`,
    back: (person) => `${person} is asked again from now on`,
    notAway: (person) => `${person} is asked already; nothing to end`,
  },
  he: {
    away: (person, until) => `${person}: ללא זמינות ${until === undefined ? 'עד להודעה חדשה' : `עד ${until}`}`,
    alreadyAway: (person) => `${person}: כבר ללא זמינות`,
    back: (person) => `${person}: יש זמינות מעכשיו`,
    notAway: (person) => `${person}: כבר יש זמינות; אין מה לסיים`,
  },
};
