import type { Language } from '../oncall/catalog.ts';

/** How evenly duty lies on a team, for `toran fairness`, the digest and `/incident metrics`. Loads only: never why. */
export interface FairnessWords {
  title(from: string, to: string): string;
  readonly person: string;
  /** 1.0 is an even share. */
  readonly load: string;
  readonly coversGiven: string;
  perHours(points: string): string;
  readonly explained: string;
  readonly nobody: string;
  /** Heads the loads of one team in `/incident metrics`. */
  team(name: string): string;
  share(person: string, load: string): string;
}

export const fairnessWords: Record<Language, FairnessWords> = {
  en: {
    title: (from, to) => `On-call load from ${from} until ${to}`,
    person: 'Person',
    load: 'Load',
    coversGiven: 'Covers given',
    perHours: (points) => `${points} points of duty for 100 available hours`,
    explained:
      'Load 1.0 is an even share. An hour of duty is one point, more at night, at weekends and on festivals; only time in which somebody could be asked counts.',
    nobody: 'Nobody to compare.',
    team: (name) => `On-call load in ${name} (1.0 is an even share)`,
    share: (person, load) => `${person}: ${load}`,
  },
  he: {
    title: (from, to) => `עומס תורנויות מ־${from} עד ${to}`,
    person: 'שם',
    load: 'עומס',
    coversGiven: 'מילוי מקום לאחרים',
    perHours: (points) => `${points} נקודות תורנות לכל 100 שעות זמינות`,
    explained:
      'עומס 1.0 הוא חלק שווה. שעת תורנות היא נקודה אחת, ויותר בלילה, בסוף שבוע ובחג; נספר רק זמן שבו הייתה זמינות.',
    nobody: 'אין את מי להשוות.',
    team: (name) => `עומס תורנויות בצוות ${name} (1.0 הוא חלק שווה)`,
    share: (person, load) => `${person}: ${load}`,
  },
};
