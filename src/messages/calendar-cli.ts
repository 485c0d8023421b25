import type { Language } from '../oncall/catalog.ts';

/** Codes of warnings and failures as the reader of calendars knows them. */
export type CalendarWarningWord =
  | 'broken_line'
  | 'no_start'
  | 'ends_before_start'
  | 'zero_length'
  | 'unknown_zone'
  | 'bad_rule'
  | 'too_frequent'
  | 'too_many_occurrences';

export type CalendarFailureWord =
  | 'not_a_calendar'
  | 'too_many_events'
  | 'too_many_occurrences'
  | 'too_large'
  | 'too_slow'
  | 'too_much'
  | 'broken'
  | 'bad_address'
  | 'address_not_public'
  | 'unreachable'
  | 'status'
  | 'too_many_redirects'
  | 'encoded';

/** What `toran calendar` says to a person. */
export interface CalendarCliWords {
  readonly summary: string;
  readonly help: string;
  readonly usage: string;
  readonly noSuchZone: string;
  readonly badDays: string;
  title(zone: string, days: number): string;
  line(from: string, to: string): string;
  readonly open: string;
  readonly tentative: string;
  none(events: number): string;
  readonly truncated: string;
  warning(line: number, text: string): string;
  readonly warnings: Readonly<Record<CalendarWarningWord, string>>;
  moreWarnings(count: number): string;
  /** After the place, `FILE` or the address. */
  readonly failures: Readonly<Record<CalendarFailureWord, string>>;
  readonly theAddress: string;
}

const english: CalendarCliWords = {
  summary: 'show what a calendar would be taken to say about absences',
  help: `Usage: toran calendar check FILE|https://… [--zone ZONE] [--days N] [--free-counts] [--days-away] [--json]
       toran calendar import FILE --person PERSON [--name NAME] [--soft] [--confirm] [--free-counts] [--days-away] [--json]

Reads an iCalendar file or feed the way Toran does, and shows what would be taken as absence: times alone. Titles, places,
people and notes are not even read. Check changes nothing; import takes the absences of a file for one person, from now to 400
days ahead. The next file under the same name is the whole of what that calendar says; one that is empty, or has lost more than
half, ends nothing.

  --zone ZONE     of the person: whole days are theirs. An IANA name; left out: Asia/Jerusalem
  --days N        how far ahead to look, 1 to 730; left out: 97, as far as a connected calendar is read
  --free-counts   count events that are marked as free, too: some HR systems mark leave so
  --days-away     count only what lasts a day or is marked as out of office: for a calendar that holds meetings
  --person P      whose absences they are: key or name in the catalog
  --name NAME     tells several calendars of one person apart; left out: file
  --soft          asked last rather than not at all
  --confirm       it is right that so much is gone
  --json          print JSON alone: {"complete","events","absences":[{"from","to","certain"}],"warnings":[{"code","line"}]};
                  "to": null is until further notice. Of an import: {"person","added","changed","ended"}

Exit code: 0 when it can be used, 2 when not, 1 when it cannot be fetched.`,
  usage: 'toran calendar: write toran calendar check FILE, or an https address instead of the file',
  noSuchZone: '--zone: no such time zone; use an IANA name such as Asia/Jerusalem',
  badDays: '--days: use a whole number from 1 to 730',
  title: (zone, days) => `Absences within ${days} days, times of ${zone}`,
  line: (from, to) => `${from}  until  ${to}`,
  open: 'further notice',
  tentative: 'tentative',
  none: (events) => `Nothing within that time (${events} ${events === 1 ? 'event' : 'events'} in all).`,
  truncated: 'The calendar breaks off before its end: a connected one would be left as it was.',
  warning: (line, text) => `line ${line}: ${text}`,
  warnings: {
    broken_line: 'cannot be read; the line was left out',
    no_start: 'an event without a beginning; left out',
    ends_before_start: 'an event that ends before it begins; left out',
    zero_length: 'an event without length; a day is taken as that day, a moment is left out',
    unknown_zone: 'a time zone that nobody knows; read as a local time',
    bad_rule: 'a repetition that cannot be understood; the event is taken once',
    too_frequent: 'repeats by seconds or minutes; left out',
    too_many_occurrences: 'repeats more than a thousand times; the first thousand are taken',
  },
  moreWarnings: (count) => `… and ${count} more`,
  failures: {
    not_a_calendar: 'is no iCalendar; export or share the calendar as .ics',
    too_many_events: 'has more than 5,000 events; share one with less history',
    too_many_occurrences: 'repeats more than 20,000 times within that time; that is no calendar of absences',
    too_large: 'is larger than 5 MB; share one with less history',
    too_slow: 'takes too long; try again, or share a calendar with less in it',
    too_much: 'takes too much memory; share a calendar with less in it',
    broken: 'could not be read, through a fault of Toran; please report it',
    bad_address:
      'leads to what is no https address; copy the secret iCal address again, without a name and password in it',
    address_not_public: 'leads to a machine that is not on the public internet; Toran reads no calendars from there',
    unreachable: 'cannot be reached; check the address and the network',
    status: 'is not there for us; the other side refuses or has lost it. Copy the address again',
    too_many_redirects: 'leads in circles; copy the address again',
    encoded: 'is compressed though we asked for plain text; save it as a file and check that',
  },
  theAddress: 'the address',
};

const hebrew: CalendarCliWords = {
  summary: 'הצגת זמני אי־הזמינות כפי שתורן קורא אותם מיומן',
  help: `שימוש: toran calendar check FILE|https://… [--zone ZONE] [--days N] [--free-counts] [--days-away] [--json]
       toran calendar import FILE --person PERSON [--name NAME] [--soft] [--confirm] [--free-counts] [--days-away] [--json]

קורא קובץ או כתובת של iCalendar בדיוק כמו תורן, ומציג מה ייחשב אי־זמינות: זמנים בלבד. כותרות, מקומות, אנשים
והערות כלל אינם נקראים. check אינו משנה דבר; import מקבל את ההיעדרויות שבקובץ עבור אדם אחד, מעכשיו ועד 400 ימים קדימה.
הקובץ הבא באותו שם הוא כל מה שהיומן אומר; קובץ ריק, או כזה שחסר בו יותר מחצי, אינו מסיים דבר.

  --zone ZONE     אזור הזמן של האדם: ימים שלמים הם לפיו. שם IANA; בלעדיו: Asia/Jerusalem
  --days N        כמה ימים קדימה, 1 עד 730; בלעדיו: 97, כפי שיומן מחובר נקרא
  --free-counts   להתחשב גם באירועים שמסומנים כפנויים: יש מערכות שמסמנות כך חופשה
  --days-away     להתחשב רק במה שנמשך יום או מסומן מחוץ למשרד: ליומן שיש בו פגישות
  --person P      של מי ההיעדרויות: מפתח או שם בקטלוג
  --name NAME     מבדיל בין כמה יומנים של אדם אחד; בלעדיו: file
  --soft          לפנות אחרונים, במקום לא לפנות כלל
  --confirm       נכון שכל כך הרבה חסר
  --json          פלט JSON בלבד: {"complete","events","absences":[{"from","to","certain"}],"warnings":[{"code","line"}]};
                  "to": null פירושו עד להודעה חדשה

קוד יציאה: 0 כשאפשר להשתמש ביומן, 2 כשאי אפשר, 1 כשאי אפשר להביא אותו.`,
  usage: 'toran calendar: יש לכתוב toran calendar check FILE, או כתובת https במקום הקובץ',
  noSuchZone: '--zone: אין אזור זמן כזה; יש לכתוב שם IANA כמו Asia/Jerusalem',
  badDays: '--days: מספר שלם בין 1 ל־730',
  title: (zone, days) => `אי־זמינות ב־${days} הימים הקרובים, לפי שעון ${zone}`,
  line: (from, to) => `${from}  עד  ${to}`,
  open: 'להודעה חדשה',
  tentative: 'לא סופי',
  none: (events) => `אין דבר בזמן הזה (אירועים ביומן: ${events}).`,
  truncated: 'היומן נקטע לפני סופו: יומן מחובר היה נשאר כפי שהיה.',
  warning: (line, text) => `שורה ${line}: ${text}`,
  warnings: {
    broken_line: 'אי אפשר לקרוא; השורה הושמטה',
    no_start: 'אירוע בלי התחלה; הושמט',
    ends_before_start: 'אירוע שמסתיים לפני תחילתו; הושמט',
    zero_length: 'אירוע בלי אורך; יום נחשב יום אחד, רגע מושמט',
    unknown_zone: 'אזור זמן לא מוכר; נקרא כזמן מקומי',
    bad_rule: 'כלל חזרה לא מובן; האירוע נלקח פעם אחת',
    too_frequent: 'חוזר בשניות או בדקות; הושמט',
    too_many_occurrences: 'חוזר יותר מאלף פעמים; נלקחו האלף הראשונות',
  },
  moreWarnings: (count) => `… ועוד ${count}`,
  failures: {
    not_a_calendar: 'אינו iCalendar; יש לייצא או לשתף את היומן כ־‎.ics',
    too_many_events: 'מכיל יותר מ־5,000 אירועים; יש לשתף יומן עם פחות היסטוריה',
    too_many_occurrences: 'חוזר יותר מ־20,000 פעמים בזמן הזה; זה אינו יומן של היעדרויות',
    too_large: 'גדול מ־5MB; יש לשתף יומן עם פחות היסטוריה',
    too_slow: 'לוקח יותר מדי זמן; אפשר לנסות שוב, או לשתף יומן קטן יותר',
    too_much: 'דורש יותר מדי זיכרון; יש לשתף יומן קטן יותר',
    broken: 'לא נקרא בשל תקלה בתורן; נא לדווח',
    bad_address: 'מוביל למה שאינו כתובת https; יש להעתיק שוב את כתובת ה־iCal הסודית, בלי שם וסיסמה בתוכה',
    address_not_public: 'מוביל למכונה שאינה באינטרנט הציבורי; תורן לא קורא משם יומנים',
    unreachable: 'לא ניתן להגיע אליה; יש לבדוק את הכתובת ואת הרשת',
    status: 'אינה זמינה לנו; הצד השני מסרב או איבד אותה. יש להעתיק שוב את הכתובת',
    too_many_redirects: 'מובילה במעגל; יש להעתיק שוב את הכתובת',
    encoded: 'דחוסה אף שביקשנו טקסט רגיל; יש לשמור כקובץ ולבדוק אותו',
  },
  theAddress: 'הכתובת',
};

export const calendarCliWords: Record<Language, CalendarCliWords> = { en: english, he: hebrew };
