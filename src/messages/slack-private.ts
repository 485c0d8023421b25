import type { Language } from '../oncall/catalog.ts';

/** Forms about what is private. They are shown to the person alone; nothing of it is ever written into a message. */
export interface SlackPrivateWords {
  readonly off: string;
  readonly onlyInCatalog: string;
  readonly kind: Readonly<Record<'label' | 'hint', string>>;
  readonly submit: string;
  readonly remove: string;
  readonly saved: string;
  readonly nothingChosen: string;
  readonly sealed: string;
  readonly effect: string;
  readonly effects: Readonly<Record<'hard' | 'soft', string>>;
  readonly rules: SlackRuleWords;
  readonly calendars: Readonly<
    Record<'title' | 'note' | 'address' | 'addressHint' | 'addressWrong' | 'saved' | 'tooMany' | 'confirm', string>
  > & {
    readonly counts: string;
    readonly countsOptions: Readonly<Record<'busy' | 'days_away' | 'everything', string>>;
  };
  readonly data: SlackDataWords;
}

export interface SlackRuleWords {
  readonly title: string;
  readonly note: string;
  readonly city: string;
  readonly noCity: string;
  readonly keeps: string;
  readonly keepsOptions: Readonly<Record<'shabbat' | 'festivals', string>>;
  readonly quiet: string;
  readonly quietHint: string;
  readonly weekly: string;
  readonly weeklyHint: string;
  readonly timesWrong: string;
  readonly keepsNothing: string;
  /** One rule in a list. */
  observance(city: string, keeps: string, effect: string): string;
  quietRule(times: string): string;
  weeklyRule(times: string, effect: string): string;
  readonly cities: Readonly<Record<string, string>>;
  readonly days: Readonly<Record<'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat', string>>;
}

export interface SlackDataWords {
  readonly title: string;
  readonly looked: string;
  readonly nobodyLooked: string;
  look(at: string, by: string, what: string): string;
  readonly reasons: string;
  readonly noReasons: string;
  reasonsKept(count: number): string;
  readonly retention: string;
  readonly action: string;
  readonly actions: Readonly<Record<'keep' | 'past' | 'everything', string>>;
  erased(windows: number): string;
  left(count: number): string;
  readonly exportHow: string;
}

const english: SlackPrivateWords = {
  off: 'Private data is off in this installation: no reasons, rules of your own or calendars are kept. Absences work all the same: `/incident away`.',
  onlyInCatalog: 'You are not in the catalog, so nothing is kept of you.',
  kind: {
    label: 'Kind (optional)',
    hint: 'Sealed for you alone, erased 30 days after the end, never shown to anybody. It changes nothing in how you are paged.',
  },
  submit: 'Save',
  remove: 'Remove',
  saved: 'Saved. It is sealed for you alone; others see at most that you are unavailable.',
  nothingChosen: 'Nothing was filled in, so nothing has changed.',
  sealed: 'It cannot be opened at the moment; nothing has changed. An operator has to look.',
  effect: 'In these times',
  effects: { hard: 'I can’t be paged', soft: 'Ask me last' },
  rules: {
    title: 'My rules',
    note: 'Set by you, sealed for you. They become plain times 90 days ahead, which say nothing of why.',
    city: 'Shabbat and festivals by the sun of',
    noCity: 'None',
    keeps: 'Keep',
    keepsOptions: { shabbat: 'Shabbat', festivals: 'Festivals' },
    quiet: 'Quiet hours',
    quietHint: 'For example: 22:00-07:00. Asked last; they do not hold while you are on duty.',
    weekly: 'Every week',
    weeklyHint: 'For example: tue thu 14:00-17:00.',
    timesWrong: 'Write times like 22:00-07:00; for every week with days before them: tue thu 14:00-17:00.',
    keepsNothing: 'Choose Shabbat, festivals or both.',
    observance: (city, keeps, effect) => `${keeps}, ${city}: ${effect}`,
    quietRule: (times) => `Quiet hours ${times}`,
    weeklyRule: (times, effect) => `${times}: ${effect}`,
    cities: {},
    days: { sun: 'Sun', mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat' },
  },
  calendars: {
    title: 'My calendars',
    note: 'The secret address of a calendar in iCal form. Titles are not kept: only when you are busy. An empty or broken calendar ends nothing.',
    address: 'Address',
    addressHint: 'https://… or webcal://… It is as good as a password: it is sealed, and never shown again.',
    addressWrong: 'This is no address of a calendar. It begins with https:// or webcal://.',
    saved: 'Saved. It is read now and then every few hours.',
    confirm: 'It is right as it is now, although much is gone',
    tooMany: 'Five calendars at most. Remove one first.',
    counts: 'What counts',
    countsOptions: {
      busy: 'Whatever makes me busy',
      days_away: 'Whole days and out of office; meetings do not',
      everything: 'Everything, also what is marked as free',
    },
  },
  data: {
    title: 'My data',
    looked: 'Who looked at what is mine',
    nobodyLooked: 'Nobody has looked.',
    look: (at, by, what) => `${at}: ${by}, ${what}`,
    reasons: 'Kinds of my absences',
    noReasons: 'None is kept.',
    reasonsKept: (count) => (count === 1 ? '1 is kept, sealed.' : `${count} are kept, sealed.`),
    retention: 'Kinds are erased 30 days after the end of an absence, its times after 90.',
    action: 'Erase',
    actions: {
      keep: 'Nothing',
      past: 'Kinds, rules, calendars and what is over',
      everything: 'All of it, current absences too: I am then paged',
    },
    erased: (windows) => `Erased: kinds, rules and calendars, and ${windows} absences. Your key is shredded.`,
    left: (count) => `${count} absences that hold now or are to come were left: without them you would be paged.`,
    exportHow:
      'A copy of all of it comes from whoever runs Toran: `toran privacy export`. It is not sent through Slack, which keeps messages.',
  },
};

const hebrew: SlackPrivateWords = {
  off: 'בהתקנה הזו אין שמירה של מידע פרטי: לא סיבות, לא כללים אישיים ולא יומנים. אי־זמינות אפשר לרשום בכל מקרה: `/incident נעדר`.',
  onlyInCatalog: 'אין לך רישום בקטלוג, ולכן לא נשמר עליך דבר.',
  kind: {
    label: 'סוג (לא חובה)',
    hint: 'חתום עבורך בלבד, נמחק 30 יום אחרי הסיום, לא מוצג לאיש. זה לא משנה דבר בהזעקות.',
  },
  submit: 'שמירה',
  remove: 'הסרה',
  saved: 'נשמר. זה חתום עבורך בלבד; אחרים רואים לכל היותר ״ללא זמינות״.',
  nothingChosen: 'לא מולא דבר, ולכן דבר לא השתנה.',
  sealed: 'אי אפשר לפתוח את זה כרגע; דבר לא השתנה. צריך לפנות למי שמפעיל את המערכת.',
  effect: 'בזמנים האלה',
  effects: { hard: 'אי אפשר להזעיק אותי', soft: 'לפנות אליי אחרונים' },
  rules: {
    title: 'הכללים שלי',
    note: 'נקבעים על ידך וחתומים עבורך. הם הופכים לזמנים רגילים 90 יום קדימה, שאינם אומרים למה.',
    city: 'שבת וחגים לפי השמש של',
    noCity: 'ללא',
    keeps: 'לשמור',
    keepsOptions: { shabbat: 'שבת', festivals: 'חגים' },
    quiet: 'שעות שקט',
    quietHint: 'למשל: 22:00-07:00. בפנייה אחרונה; לא תקף בזמן תורנות שלך.',
    weekly: 'בכל שבוע',
    weeklyHint: 'למשל: שלישי חמישי 14:00-17:00.',
    timesWrong: 'כותבים שעות כך: 22:00-07:00; לכל שבוע עם ימים לפניהן: שלישי חמישי 14:00-17:00.',
    keepsNothing: 'צריך לבחור שבת, חגים או שניהם.',
    observance: (city, keeps, effect) => `${keeps}, ${city}: ${effect}`,
    quietRule: (times) => `שעות שקט ${times}`,
    weeklyRule: (times, effect) => `${times}: ${effect}`,
    cities: {
      jerusalem: 'ירושלים',
      'tel-aviv': 'תל אביב',
      haifa: 'חיפה',
      'beer-sheva': 'באר שבע',
      eilat: 'אילת',
      tiberias: 'טבריה',
      safed: 'צפת',
      netanya: 'נתניה',
      ashdod: 'אשדוד',
      ashkelon: 'אשקלון',
      herzliya: 'הרצליה',
      'petah-tikva': 'פתח תקווה',
      'bnei-brak': 'בני ברק',
      modiin: 'מודיעין',
      raanana: 'רעננה',
      rehovot: 'רחובות',
      'beit-shemesh': 'בית שמש',
      'rishon-lezion': 'ראשון לציון',
      yokneam: 'יקנעם',
      nazareth: 'נצרת',
      london: 'לונדון',
      paris: 'פריז',
      amsterdam: 'אמסטרדם',
      berlin: 'ברלין',
      zurich: 'ציריך',
      stockholm: 'סטוקהולם',
      'new-york': 'ניו יורק',
      boston: 'בוסטון',
      miami: 'מיאמי',
      toronto: 'טורונטו',
      chicago: 'שיקגו',
      'los-angeles': 'לוס אנג׳לס',
      'san-francisco': 'סן פרנסיסקו',
      'buenos-aires': 'בואנוס איירס',
      'sao-paulo': 'סאו פאולו',
      johannesburg: 'יוהנסבורג',
      sydney: 'סידני',
      melbourne: 'מלבורן',
    },
    days: { sun: 'ראשון', mon: 'שני', tue: 'שלישי', wed: 'רביעי', thu: 'חמישי', fri: 'שישי', sat: 'שבת' },
  },
  calendars: {
    title: 'היומנים שלי',
    note: 'הכתובת הסודית של יומן במבנה iCal. כותרות לא נשמרות: רק מתי אין זמינות. יומן ריק או שבור לא מסיים דבר.',
    address: 'כתובת',
    addressHint: 'https://… או webcal://… היא כמו סיסמה: היא חתומה, ולא תוצג שוב.',
    addressWrong: 'זו לא כתובת של יומן. היא מתחילה ב־https:// או webcal://.',
    saved: 'נשמר. היומן נקרא עכשיו, ואז כל כמה שעות.',
    confirm: 'כך זה נכון עכשיו, למרות שהרבה נעלם',
    tooMany: 'עד חמישה יומנים. קודם צריך להסיר אחד.',
    counts: 'מה נחשב',
    countsOptions: {
      busy: 'כל מה שמסומן ״עסוק״',
      days_away: 'ימים שלמים ו״מחוץ למשרד״; פגישות לא',
      everything: 'הכול, גם מה שמסומן ״פנוי״',
    },
  },
  data: {
    title: 'המידע שלי',
    looked: 'מי הסתכל במה ששלי',
    nobodyLooked: 'איש לא הסתכל.',
    look: (at, by, what) => `${at}: ${by}, ${what}`,
    reasons: 'סוגי ההיעדרויות שלי',
    noReasons: 'לא נשמר אף אחד.',
    reasonsKept: (count) => (count === 1 ? 'נשמר אחד, חתום.' : `נשמרו ${count}, חתומים.`),
    retention: 'הסוגים נמחקים 30 יום אחרי סוף ההיעדרות, והזמנים אחרי 90.',
    action: 'מחיקה',
    actions: {
      keep: 'כלום',
      past: 'סוגים, כללים, יומנים ומה שהסתיים',
      everything: 'הכול, גם היעדרות נוכחית: ואז אפשר להזעיק אותי',
    },
    erased: (windows) => `נמחקו סוגים, כללים ויומנים, ו־${windows} היעדרויות. המפתח שלך הושמד.`,
    left: (count) => `${count} היעדרויות תקפות או עתידיות נשארו: בלעדיהן היו מזעיקים אותך.`,
    exportHow: 'עותק מלא מתקבל ממי שמפעיל את המערכת: `toran privacy export`. הוא לא נשלח ב־Slack, שם הודעות נשמרות.',
  },
};

export const slackPrivateWords: Record<Language, SlackPrivateWords> = { en: english, he: hebrew };
