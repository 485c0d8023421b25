import type { Language } from '../oncall/catalog.ts';

/** The app's Home: one person's own page. For an absence there is one word: unavailable. */
export interface SlackHomeWords {
  readonly unknownPerson: string;
  readonly pages: string;
  pageAsked(incident: string, severity: string, at: string): string;
  pageHeld(incident: string, severity: string, at: string): string;
  readonly availability: string;
  readonly reachable: string;
  reachableUntil(at: string): string;
  readonly askedLast: string;
  askedLastUntil(at: string): string;
  readonly away: string;
  awayUntil(at: string): string;
  /** Rows of planned and running windows. */
  readonly effects: Readonly<Record<'hard' | 'soft' | 'free', string>>;
  readonly tentative: string;
  easeBack(duration: string): string;
  readonly homeLeave: string;
  delegateIs(person: string): string;
  readonly delegateNone: string;
  readonly delegate: string;
  readonly personal: Readonly<Record<'rules' | 'calendars' | 'data', string>>;
  span(from: string, to: string | undefined): string;
  moreWindows(count: number): string;
  readonly byRule: string;
  readonly onlyYou: string;
  readonly awayNow: string;
  readonly awayNowConfirm: Readonly<Record<'title' | 'text' | 'yes' | 'no', string>>;
  readonly back: string;
  readonly plan: string;
  readonly change: string;
  readonly offers: string;
  readonly shifts: string;
  noShifts(days: number): string;
  shiftNow(schedule: string, until: string): string;
  shift(schedule: string, from: string, to: string): string;
  readonly asCover: string;
  readonly openIncidents: string;
  readonly noIncidents: string;
  readonly yours: string;
  moreIncidents(count: number): string;
  readonly declare: string;
  shownAt(at: string): string;
}

const english: SlackHomeWords = {
  unknownPerson: 'You are not in the catalog, so you are not paged. An admin can add you.',
  pages: 'Waiting for you',
  pageAsked: (incident, severity, at) => `${incident}: ${severity}, asked since ${at}`,
  pageHeld: (incident, severity, at) => `${incident}: ${severity}, yours since ${at}`,
  availability: 'My availability',
  reachable: '🟢 You can be paged.',
  reachableUntil: (at) => `🟢 You can be paged, until ${at}.`,
  askedLast: '🟡 You are asked last.',
  askedLastUntil: (at) => `🟡 You are asked last, until ${at}.`,
  away: '⚪ You are unavailable, until you say that you are back.',
  awayUntil: (at) => `⚪ You are unavailable until ${at}.`,
  effects: { hard: 'unavailable', soft: 'asked last', free: 'back in between' },
  tentative: 'not certain yet',
  easeBack: (duration) => `then asked last for ${duration}`,
  homeLeave: 'Home for a while…',
  delegateIs: (person) => `Can speak for your absence: ${person}`,
  delegateNone:
    'Nobody but you can speak for your absence. Who has just been called up has no time for that: name somebody.',
  delegate: 'My delegate…',
  personal: { rules: 'My rules…', calendars: 'My calendars…', data: 'My data…' },
  span: (from, to) => (to === undefined ? `from ${from}, without an end` : `${from} until ${to}`),
  moreWindows: (count) => `and ${count} more`,
  byRule: 'by a rule, file or calendar',
  onlyYou:
    'Only you see this list. Others see at most that you are unavailable, on the shifts that you share with them.',
  awayNow: 'I can’t be reached from now on',
  awayNowConfirm: {
    title: 'From now on?',
    text: 'You are not paged until you say that you are back. Pages that wait for you move on at once. No reason is asked.',
    yes: 'Yes, from now on',
    no: 'No',
  },
  back: 'I’m back',
  plan: 'Plan an absence…',
  change: 'Change…',
  offers: 'Asked of me',
  shifts: 'My next shifts',
  noShifts: (days) => `None within ${days} days.`,
  shiftNow: (schedule, until) => `${schedule}: on duty now, until ${until}`,
  shift: (schedule, from, to) => `${schedule}: ${from} until ${to}`,
  asCover: 'as cover',
  openIncidents: 'Open incidents',
  noIncidents: 'No open incidents.',
  yours: 'you are in it',
  moreIncidents: (count) => `and ${count} more: \`/incident list\``,
  declare: 'Declare an incident',
  shownAt: (at) => `As of ${at}`,
};

const hebrew: SlackHomeWords = {
  unknownPerson: 'אין לך רישום בקטלוג, ולכן גם אין הזעקות אליך. מנהל יכול להוסיף אותך.',
  pages: 'ממתין לך',
  pageAsked: (incident, severity, at) => `${incident}: ${severity}, פנייה אליך מאז ${at}`,
  pageHeld: (incident, severity, at) => `${incident}: ${severity}, בטיפולך מאז ${at}`,
  availability: 'הזמינות שלי',
  reachable: '🟢 אפשר להזעיק אותך.',
  reachableUntil: (at) => `🟢 אפשר להזעיק אותך, עד ${at}.`,
  askedLast: '🟡 הפנייה אליך היא האחרונה.',
  askedLastUntil: (at) => `🟡 הפנייה אליך היא האחרונה, עד ${at}.`,
  away: '⚪ רשומה אי־זמינות שלך, עד שיגיע ממך ״חזרתי״.',
  awayUntil: (at) => `⚪ רשומה אי־זמינות שלך עד ${at}.`,
  effects: { hard: 'ללא זמינות', soft: 'בפנייה אחרונה', free: 'זמינות בינתיים' },
  tentative: 'עוד לא סופי',
  easeBack: (duration) => `ואז בפנייה אחרונה למשך ${duration}`,
  homeLeave: 'בבית לזמן מה…',
  delegateIs: (person) => `יכול/ה לדבר בשמך על אי־זמינות: ${person}`,
  delegateNone: 'רק ממך אפשר לשמוע על אי־זמינות. ברגע הקריאה אין לזה זמן: כדאי למנות מישהו.',
  delegate: 'מי שפועל בשמי…',
  personal: { rules: 'הכללים שלי…', calendars: 'היומנים שלי…', data: 'המידע שלי…' },
  span: (from, to) => (to === undefined ? `החל מ־${from}, בלי מועד סיום` : `מ־${from} ועד ${to}`),
  moreWindows: (count) => `ועוד ${count}`,
  byRule: 'לפי כלל, קובץ או יומן',
  onlyYou: 'הרשימה הזו מוצגת רק לך. אחרים רואים לכל היותר ״ללא זמינות״, במשמרות המשותפות לכם.',
  awayNow: 'אי אפשר להשיג אותי מעכשיו',
  awayNowConfirm: {
    title: 'החל מעכשיו?',
    text: 'לא יהיו הזעקות אליך עד שיגיע ממך ״חזרתי״. הזעקות שממתינות לך עוברות הלאה מיד. סיבה לא נשאלת.',
    yes: 'כן, מעכשיו',
    no: 'לא',
  },
  back: 'חזרתי',
  plan: 'תכנון היעדרות…',
  change: 'שינוי…',
  offers: 'בקשות אליי',
  shifts: 'המשמרות הבאות שלי',
  noShifts: (days) => `אין משמרות ב־${days} הימים הקרובים.`,
  shiftNow: (schedule, until) => `${schedule}: בתורנות כעת, עד ${until}`,
  shift: (schedule, from, to) => `${schedule}: מ־${from} ועד ${to}`,
  asCover: 'כמילוי מקום',
  openIncidents: 'תקלות פתוחות',
  noIncidents: 'אין תקלות פתוחות.',
  yours: 'בהשתתפותך',
  moreIncidents: (count) => `ועוד ${count}: \`/incident רשימה\``,
  declare: 'הכרזה על תקלה',
  shownAt: (at) => `נכון ל־${at}`,
};

export const slackHomeWords: Record<Language, SlackHomeWords> = { en: english, he: hebrew };
