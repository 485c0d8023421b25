import type { Language } from '../oncall/catalog.ts';

/** The part of a person's own rules that is about days at home in an absence. Shown to them alone; days are written `2026-12-02`. */
export interface SlackHomeLeaveWords {
  readonly absence: string;
  readonly noAbsence: string;
  /** One absence in a list; without `to` it is open. */
  span(from: string, to: string | undefined): string;
  readonly pattern: string;
  readonly patternHint: string;
  readonly patternWrong: string;
  readonly absenceGone: string;
  readonly first: string;
  readonly firstHint: string;
  readonly firstPlaceholder: string;
  readonly firstOutside: string;
  readonly firstNeedless: string;
  readonly neverHome: string;
  readonly asked: string;
  readonly askedOptions: Readonly<Record<'last' | 'in_order', string>>;
  /** One rule in a list. */
  cycle(awayDays: number, homeDays: number, first: string, asked: string): string;
  weekly(days: string, asked: string): string;
}

const english: SlackHomeLeaveWords = {
  absence: 'Home again and again: in which absence',
  noAbsence: 'Days at home in the middle of an absence can be set here once the absence is written down.',
  span: (from, to) => (to === undefined ? `From ${from}, no end yet` : `${from} to ${to}`),
  pattern: 'Days there and days at home',
  patternHint:
    'For example: 10/4 (ten days there, four at home), week on week off, or days of the week: fri sat, thu 16:00-24:00.',
  patternWrong: 'Write 10/4 (ten days there, four at home), “week on week off”, or days of the week: fri sat.',
  absenceGone: 'This absence has ended or was taken back. Open the form again.',
  first: 'First day at home',
  firstHint:
    'Left empty: counted from the first day of the absence. The pattern stays when the absence is made longer.',
  firstPlaceholder: 'Choose a day',
  firstOutside: 'This day is not in the absence.',
  firstNeedless: 'Days of the week need no first day. Leave it empty.',
  neverHome: 'The absence ends before the first day at home.',
  asked: 'On days at home',
  askedOptions: { last: 'Ask me last', in_order: 'Ask me as usual' },
  cycle: (awayDays, homeDays, first, asked) => `Home ${awayDays}/${homeDays}, first on ${first}: ${asked}`,
  weekly: (days, asked) => `Home ${days}: ${asked}`,
};

const hebrew: SlackHomeLeaveWords = {
  absence: 'בבית מדי פעם: באיזו היעדרות',
  noAbsence: 'ימים בבית באמצע היעדרות אפשר לקבוע כאן אחרי שההיעדרות רשומה.',
  span: (from, to) => (to === undefined ? `מ־${from}, עוד בלי סיום` : `מ־${from} עד ${to}`),
  pattern: 'ימים שם וימים בבית',
  patternHint: 'למשל: 10/4 (עשרה ימים שם, ארבעה בבית), שבוע שבוע, או ימים בשבוע: שישי שבת, חמישי 16:00-24:00.',
  patternWrong: 'כותבים 10/4 (עשרה ימים שם, ארבעה בבית), ״שבוע שבוע״, או ימים בשבוע: שישי שבת.',
  absenceGone: 'ההיעדרות הזו הסתיימה או בוטלה. צריך לפתוח את הטופס מחדש.',
  first: 'היום הראשון בבית',
  firstHint: 'אם נשאר ריק: נספר מהיום הראשון של ההיעדרות. כשמאריכים את ההיעדרות הדפוס נשאר.',
  firstPlaceholder: 'בחירת יום',
  firstOutside: 'היום הזה אינו בתוך ההיעדרות.',
  firstNeedless: 'לימים בשבוע אין צורך ביום ראשון. להשאיר ריק.',
  neverHome: 'ההיעדרות מסתיימת לפני היום הראשון בבית.',
  asked: 'בימים בבית',
  askedOptions: { last: 'לפנות אליי אחרונים', in_order: 'לפנות אליי כרגיל' },
  cycle: (awayDays, homeDays, first, asked) => `בבית ${awayDays}/${homeDays}, לראשונה ${first}: ${asked}`,
  weekly: (days, asked) => `בבית ${days}: ${asked}`,
};

export const slackHomeLeaveWords: Record<Language, SlackHomeLeaveWords> = { en: english, he: hebrew };
