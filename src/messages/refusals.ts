import type { Refusal } from '../incident/refusal.ts';
import type { Language } from '../oncall/catalog.ts';
import type { PersonRefusal } from '../oncall/person.ts';
import type { ScheduleRefusal } from '../oncall/schedule.ts';

type Plain = Exclude<
  (Refusal | PersonRefusal | ScheduleRefusal)['code'],
  | 'incident_is_over'
  | 'already_acknowledged'
  | 'person_unavailable'
  | 'text_too_long'
  | 'role_is_vacant'
  | 'not_in_catalog'
  | 'not_on_duty'
  | 'goes_in_circles'
  | 'promised'
  | 'offer_over'
>;

/** Why something was not done, and what to do instead. Names and states come in the reader's language. */
export type RefusalWords = Readonly<Record<Plain, string>> & {
  incident_is_over(status: string): string;
  already_acknowledged(by: string): string;
  person_unavailable(person: string): string;
  text_too_long(limit: number): string;
  role_is_vacant(role: string): string;
  not_in_catalog(person: string): string;
  not_on_duty(person: string): string;
  goes_in_circles(person: string): string;
  promised(to: string): string;
  /** `by`: who has taken the shift; undefined when it is not sought any more. */
  offer_over(by: string | undefined): string;
};

const english: RefusalWords = {
  no_such_incident: 'There is no such incident. `/incident list` shows the open ones.',
  incident_is_over: (status) => `This incident is over (${status}). Reopen it with \`/incident reopen\` and a reason.`,
  incident_is_open: 'This incident is still open, so there is nothing to reopen or close.',
  already_declared: 'This incident is declared already.',
  nobody_to_page: 'There is nobody to page: the catalog has no policy for this and no last resort. Name somebody.',
  no_page_running: 'No page is waiting for an answer here.',
  already_acknowledged: (by) => `${by} has it already.`,
  person_unavailable: (person) => `${person} is unavailable. Name somebody else, or leave the name out.`,
  text_missing: 'There is no text. Write a sentence.',
  text_too_long: (limit) =>
    `The text is too long: ${limit} characters at most. Put the rest into a document and link it.`,
  milestone_in_future: 'That time is in the future. Give a time that has passed.',
  impact_would_end_before_it_starts: 'With that, the impact would end before it starts. Check both times.',
  role_is_vacant: (role) => `Nobody has the role ${role}.`,
  window_ends_before_it_starts: 'The end lies before the start. Check both times.',
  not_away: 'You are not marked as unavailable, so there is nothing to end.',
  no_such_window: 'This has been withdrawn or has ended already.',
  window_over: 'This has ended already; what is past stays as it was.',
  home_leave_outside_absence: 'Home leave has to lie within the absence. Check both times.',
  not_your_absence: 'Only they themselves, or the delegate they named, can do that.',
  too_late_to_withdraw:
    'It is too late to take this back; they themselves, or their delegate, can say that they are back.',
  delegate_is_oneself: 'Your delegate has to be somebody else.',
  no_such_schedule: 'There is no such schedule. `/incident oncall` shows all of them.',
  no_such_override: 'There is no such change of duty; it may have been cancelled long ago.',
  no_such_offer: 'This shift is not looking for anybody any more.',
  not_in_catalog: (person) => `${person} is not in the catalog, so Toran cannot ring them. Name somebody who is.`,
  not_permitted:
    'Only the person concerned, a lead of their team or an admin can do that. You can always take a shift yourself.',
  same_person: 'Somebody cannot stand in for themselves. Name two people.',
  nobody_to_ask: 'There is nobody to ask for this shift. Name at least one other person.',
  goes_in_circles: (person) =>
    `With that, ${person} would stand in for somebody who stands in for them, and nobody would be on duty. Choose another person or another time.`,
  promised: (to) => `This was agreed with ${to}. Ask for cover, or have a lead or an admin cancel it.`,
  offer_over: (by) => (by === undefined ? 'This shift is not looking for anybody any more.' : `${by} has taken it.`),
  not_asked: 'This question went to other people. You can still take the shift with `/incident cover`.',
  shift_over: 'That time has passed, and what was is not changed any more.',
  not_on_duty: (person) => `${person} is not on duty at that time, so there is nothing to take over.`,
  span_ends_before_it_starts: 'The end lies before the start. Check both times.',
};

const hebrew: RefusalWords = {
  no_such_incident: 'אין תקלה כזו. `/incident list` מציג את הפתוחות.',
  incident_is_over: (status) => `התקלה הזו הסתיימה (${status}). אפשר לפתוח מחדש עם \`/incident reopen\` וסיבה.`,
  incident_is_open: 'התקלה עדיין פתוחה, ולכן אין מה לפתוח מחדש או לסגור.',
  already_declared: 'התקלה הזו כבר הוכרזה.',
  nobody_to_page: 'אין את מי להזעיק: בקטלוג אין לכך מדיניות ואין מוצא אחרון. אפשר לציין שם.',
  no_page_running: 'אין כאן הזעקה שממתינה לתשובה.',
  already_acknowledged: (by) => `התקלה כבר בטיפול אצל ${by}.`,
  person_unavailable: (person) => `${person}: ללא זמינות. אפשר לציין שם אחר, או להשמיט את השם.`,
  text_missing: 'חסר טקסט. כדאי לכתוב משפט.',
  text_too_long: (limit) => `הטקסט ארוך מדי: עד ${limit} תווים. את השאר אפשר לשים במסמך ולצרף קישור.`,
  milestone_in_future: 'הזמן הזה עוד לא הגיע. צריך זמן שכבר עבר.',
  impact_would_end_before_it_starts: 'כך ההשפעה תסתיים לפני שהתחילה. כדאי לבדוק את שני הזמנים.',
  role_is_vacant: (role) => `אין מי שממלא את התפקיד ${role}.`,
  window_ends_before_it_starts: 'הסיום קודם להתחלה. כדאי לבדוק את שני הזמנים.',
  not_away: 'לא רשומה עכשיו אי־זמינות שלך, ולכן אין מה לסיים.',
  no_such_window: 'זה כבר בוטל או הסתיים.',
  window_over: 'זה כבר הסתיים; מה שהיה נשאר כפי שהיה.',
  home_leave_outside_absence: 'היציאה הביתה צריכה להיות בתוך תקופת אי־הזמינות. כדאי לבדוק את שני הזמנים.',
  not_your_absence: 'רק מי שזה נוגע אליו, או מי שמונה לפעול בשמו, יכול לעשות זאת.',
  too_late_to_withdraw: 'כבר מאוחר לבטל את זה; אפשר רק לחזור לזמינות, בעצמו או דרך מי שמונה לכך.',
  delegate_is_oneself: 'כאן צריך לציין מישהו אחר.',
  no_such_schedule: 'אין תורנות כזו. `/incident oncall` מציג את כולן.',
  no_such_override: 'אין שינוי תורנות כזה; אולי בוטל מזמן.',
  no_such_offer: 'כבר לא מחפשים מחליפים למשמרת הזו.',
  not_in_catalog: (person) => `${person}: לא בקטלוג, ולכן אי אפשר להזעיק. צריך לציין שם מהקטלוג.`,
  not_permitted: 'זה אפשרי רק למי שהמשמרת שלהם, לראש הצוות או לאדמין. תמיד אפשר לקחת משמרת בעצמך.',
  same_person: 'אי אפשר להחליף את עצמך. צריך שני אנשים.',
  nobody_to_ask: 'אין את מי לבקש למשמרת הזו. צריך לציין לפחות שם אחד נוסף.',
  goes_in_circles: (person) =>
    `כך ההחלפות של ${person} יסגרו מעגל, ואף אחד לא יהיה בתורנות. כדאי לבחור שם אחר או זמן אחר.`,
  promised: (to) => `זה סוכם עם ${to}. אפשר לבקש החלפה, או לבקש ביטול מראש הצוות או מאדמין.`,
  offer_over: (by) => (by === undefined ? 'כבר לא מחפשים מחליפים למשמרת הזו.' : `המשמרת כבר אצל ${by}.`),
  not_asked: 'הבקשה הזו נשלחה לאנשים אחרים. עדיין אפשר לקחת את המשמרת עם `/incident cover`.',
  shift_over: 'הזמן הזה כבר עבר, ומה שהיה לא משתנה.',
  not_on_duty: (person) => `${person}: לא בתורנות בזמן הזה, ולכן אין מה להחליף.`,
  span_ends_before_it_starts: 'הסיום קודם להתחלה. כדאי לבדוק את שני הזמנים.',
};

export const refusalWords: Record<Language, RefusalWords> = { en: english, he: hebrew };
