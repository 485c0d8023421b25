import type { Language } from '../oncall/catalog.ts';

/** To the owner of a calendar alone; it names neither the calendar nor what is in it. */
export interface StaleCalendarWords {
  readonly cannotBeRead: string;
}

export const staleCalendarWords: Record<Language, StaleCalendarWords> = {
  en: {
    cannotBeRead:
      'A calendar that you connected cannot be read at the moment. What is known of your absences stays as it is. Check its address, or connect it again.',
  },
  he: {
    cannotBeRead:
      'יומן שחיברת לא ניתן לקריאה כרגע. מה שידוע על זמני אי־הזמינות שלך נשאר כפי שהוא. כדאי לבדוק את הכתובת, או לחבר אותו מחדש.',
  },
};
