import type { ComparisonVerdict } from '../figures/comparison.ts';
import type { DigestContent } from '../figures/digest.ts';
import type { Language } from '../oncall/catalog.ts';

/** One comparison, each part already in words of the language. */
export interface ComparedWords {
  readonly weeks: number;
  readonly now: string;
  readonly before: string;
  readonly times: string;
  readonly interval: string;
  readonly verdict: string;
}

/** What the weekly digest says. */
export interface DigestWords {
  readonly sections: Readonly<
    Record<'week' | 'times' | 'incidents' | 'open' | 'proposals' | 'onCall' | 'postmortems' | 'beside', string>
  >;
  headline(dates: string): string;
  resolved(count: number): string;
  compared(parts: ComparedWords): string;
  readonly verdicts: Readonly<Record<Exclude<ComparisonVerdict, 'baseline_too_small'>, string>>;
  /** A ratio was computed, from too few incidents or weeks to say anything. */
  baselineTooSmall(count: number): string;
  /** There is no ratio at all. */
  nothingToCompare(weeksAsked: number, weeksRecorded: number, count: number): string;
  /** Stands for an upper end that does not exist. */
  readonly unlimited: string;
  readonly clustered: string;
  tooFew(needed: number): string;
  weeksBefore(median: string): string;
  readonly durationUnknown: string;
  sinceDetected(duration: string): string;
  longest(id: string, duration: string): string;
  openFor(duration: string): string;
  pages(pages: DigestContent['pages']): string;
  more(count: number): string;
  dates(from: string, to: string): string;
  couldTake(person: string): string;
}

const english: DigestWords = {
  sections: {
    week: 'The week',
    times: 'How long it took',
    incidents: 'Incidents',
    open: 'Still open',
    proposals: 'Shifts that look for somebody',
    onCall: 'On call',
    postmortems: 'Post-mortems missing',
    beside: 'Counted beside',
  },
  headline: (dates) => `Reliability digest, ${dates}`,
  resolved: (count) =>
    count === 0 ? 'No incident was resolved.' : `${count} ${count === 1 ? 'incident was' : 'incidents were'} resolved.`,
  compared: ({ weeks, now, before, times, interval, verdict }) =>
    `${now} against ${before} a week in the ${weeks === 1 ? 'week' : `${weeks} weeks`} before: ${times === '1' ? 'as many' : `${times} times as many`} (${interval}). ${verdict}`,
  verdicts: {
    fewer: 'Fewer, beyond chance.',
    more: 'More, beyond chance.',
    not_clear: 'No clear change: this can be chance.',
  },
  baselineTooSmall: (count) => `Too few to judge: only ${count} before.`,
  nothingToCompare: (asked, recorded, count) =>
    recorded === 0
      ? `Nothing to compare with: none of the ${asked} weeks before is recorded.`
      : `Nothing to compare with: ${count === 1 ? '1 incident' : `${count} incidents`} in the ${recorded === 1 ? 'week' : `${recorded} weeks`} before.`,
  unlimited: 'any number',
  clustered: 'Incidents came in clusters, so a comparison is less sure than its interval looks.',
  tooFew: (needed) => `Fewer than ${needed} incidents are too few for figures: read them as single cases.`,
  weeksBefore: (median) => `Up to 12 weeks before: ${median}`,
  durationUnknown: 'duration not known',
  sinceDetected: (duration) => `${duration} since it was detected`,
  longest: (id, duration) => `The longest: ${id}, ${duration}`,
  openFor: (duration) => `open for ${duration}`,
  pages: ({ total, atNight, atWeekend }) =>
    total === 0
      ? 'Nobody was paged.'
      : `${total} ${total === 1 ? 'page' : 'pages'}, ${atNight} at night (22:00 to 08:00) and ${atWeekend} at the weekend, in each person’s own time.`,
  more: (count) => `and ${count} more`,
  dates: (from, to) => `${from} to ${to}`,
  couldTake: (person) => `${person} could take it`,
};

const hebrew: DigestWords = {
  sections: {
    week: 'השבוע',
    times: 'כמה זמן זה לקח',
    incidents: 'תקלות',
    open: 'עדיין פתוחות',
    proposals: 'משמרות שמחפשות תורן או תורנית',
    onCall: 'תורנות',
    postmortems: 'תחקירים חסרים',
    beside: 'נספרו בנפרד',
  },
  headline: (dates) => `סיכום אמינות שבועי, ${dates}`,
  resolved: (count) => {
    if (count === 0) return 'לא נפתרו תקלות.';
    if (count === 1) return 'נפתרה תקלה אחת.';
    return count === 2 ? 'נפתרו שתי תקלות.' : `נפתרו ${count} תקלות.`;
  },
  compared: ({ weeks, now, before, times, interval, verdict }) =>
    `${now} לעומת ${before} בשבוע, לפי ${weeks === 1 ? 'השבוע' : `${weeks} השבועות`} שלפני כן: ${times === '1' ? 'אותו מספר' : `פי ${times}`} (${interval}). ${verdict}`,
  verdicts: { fewer: 'פחות, מעבר למקרה.', more: 'יותר, מעבר למקרה.', not_clear: 'אין שינוי ברור: זה יכול להיות מקרה.' },
  baselineTooSmall: (count) => `מעט מדי לשיפוט: ${count === 1 ? 'רק תקלה אחת' : `רק ${count}`} לפני כן.`,
  nothingToCompare: (asked, recorded, count) =>
    recorded === 0
      ? `אין למה להשוות: אף אחד מ־${asked} השבועות שלפני כן לא תועד.`
      : `אין למה להשוות: ${count === 1 ? 'תקלה אחת' : `${count} תקלות`} ב${recorded === 1 ? 'שבוע' : `־${recorded} השבועות`} שלפני כן.`,
  unlimited: 'כל מספר',
  clustered: 'התקלות הגיעו בצרורות, ולכן ההשוואה ודאית פחות ממה שנראה מרווח הסמך.',
  tooFew: (needed) => `פחות מ־${needed} תקלות הן מעט מדי לחישוב: כדאי לקרוא אותן כמקרים בודדים.`,
  weeksBefore: (median) => `עד 12 שבועות לפני כן: ${median}`,
  durationUnknown: 'משך לא ידוע',
  sinceDetected: (duration) => `${duration} מרגע הגילוי`,
  longest: (id, duration) => `הארוכה ביותר: ${id}, ${duration}`,
  openFor: (duration) => `פתוחה כבר ${duration}`,
  pages: ({ total, atNight, atWeekend }) =>
    total === 0
      ? 'לא נשלחו הזעקות.'
      : `${total === 1 ? 'הזעקה אחת' : `${total} הזעקות`}, מהן ${atNight} בלילה (22:00 עד 08:00) ו־${atWeekend} בסוף השבוע, לפי השעון של כל אחת ואחד.`,
  more: (count) => (count === 1 ? 'ועוד אחת' : `ועוד ${count}`),
  dates: (from, to) => `מ־${from} עד ${to}`,
  couldTake: (person) => `הצעה: ${person}`,
};

export const digestWords: Record<Language, DigestWords> = { en: english, he: hebrew };
