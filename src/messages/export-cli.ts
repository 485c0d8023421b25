import type { Language } from '../oncall/catalog.ts';

/** What an exported catalog says about itself at its head. */
export interface ExportWords {
  readonly catalogComment: string;
}

export const exportWords: Record<Language, ExportWords> = {
  en: {
    catalogComment: `The catalog as it works now. Applied again it changes nothing.
Participants stand in the order in which they take turns, counted from "start": their place can differ from the file that was
applied, because whoever had a turn kept it. What people did in Slack (covers, swaps, absences) is not part of it.`,
  },
  he: {
    catalogComment: `הקטלוג כפי שהוא פועל עכשיו. החלה חוזרת שלו לא משנה דבר.
המשתתפים כתובים לפי סדר התורות, החל מ־start. הסדר יכול להיות שונה מזה שבקובץ שהוחל, כי מי שהיה באמצע תור המשיך בו.
מה שנעשה ב־Slack (החלפות, מילוי מקום, היעדרויות) לא כלול כאן.`,
  },
};
