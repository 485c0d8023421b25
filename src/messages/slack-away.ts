import type { Language } from '../oncall/catalog.ts';

/** What `/incident away` and `/incident back` answer. `who` is undefined for the reader themselves; times come as markup. */
export interface SlackAwayWords {
  away(who: string | undefined, from: string | undefined, until: string | undefined): string;
  askedLast(who: string | undefined, from: string | undefined, until: string | undefined): string;
  readonly tentative: string;
  easeBack(duration: string): string;
  readonly noReason: string;
  homeLeave(from: string | undefined, until: string): string;
  readonly homeAskedLast: string;
  readonly homeAsUsual: string;
  readonly noAbsenceForHome: string;
  changed(from: string, until: string | undefined): string;
  readonly confirmed: string;
  readonly cancelled: string;
  readonly nothingToChange: string;
  readonly hasNoEnd: string;
  delegateIs(person: string): string;
  readonly delegateNone: string;
  readonly delegateHow: string;
  readonly delegateUnknown: string;
  onlyThemselves(person: string): string;
  mateFromNowOnly(person: string): string;
  back(who: string | undefined): string;
  backAskedLast(who: string | undefined, until: string | undefined): string;
  backStillAway(who: string | undefined, until: string | undefined): string;
  readonly backFullyHow: string;
  /** For what is planned: being back ends only what runs. */
  readonly howChange: string;
  readonly listTitle: string;
  readonly listEmpty: string;
  /** The one silent notice to whoever somebody else has marked. */
  readonly notice: SlackAwayNotice;
  readonly modal: SlackAwayModalWords;
}

export interface SlackAwayNotice {
  marked(by: string, until: string | undefined): string;
  readonly nothingToDo: string;
  readonly whenBack: string;
}

export interface SlackAwayModalWords {
  readonly from: string;
  readonly fromHint: string;
  readonly effect: string;
  readonly effects: Readonly<Record<'hard' | 'soft', string>>;
  readonly certainty: string;
  readonly certainties: Readonly<Record<'certain' | 'tentative', string>>;
  readonly ease: string;
  readonly eases: Readonly<Record<'none' | 'day' | 'two_days' | 'three_days' | 'week', string>>;
  readonly change: Readonly<Record<'title' | 'submit' | 'until' | 'untilHint' | 'action', string>>;
  readonly changeActions: Readonly<Record<'change' | 'confirm' | 'end', string>>;
  readonly home: Readonly<Record<'title' | 'submit' | 'note' | 'until' | 'untilHint' | 'asked', string>>;
  readonly homeAsked: Readonly<Record<'last' | 'in_order', string>>;
  readonly delegate: Readonly<Record<'title' | 'submit' | 'note' | 'who', string>>;
}

const english: SlackAwayWords = {
  away: (who, from, until) => {
    const subject = who === undefined ? 'You are unavailable' : `${who} is unavailable`;
    if (from !== undefined) return `${subject} from ${from}${until === undefined ? ' on' : ` until ${until}`}.`;
    return until === undefined ? `${subject} from now on, until “I’m back”.` : `${subject} from now until ${until}.`;
  },
  askedLast: (who, from, until) => {
    const subject = who === undefined ? 'You are asked last' : `${who} is asked last`;
    const start = from === undefined ? 'from now' : `from ${from}`;
    return `${subject} ${start}${until === undefined ? ' on' : ` until ${until}`}: only when nobody else is left.`;
  },
  tentative: 'Marked as not certain yet. It holds all the same from its start; coverage is shown with and without it.',
  easeBack: (duration) => `After the end: asked last for ${duration}.`,
  noReason: 'No reason is asked or stored here.',
  homeLeave: (from, until) =>
    from === undefined ? `Back in between, from now until ${until}.` : `Back in between, from ${from} until ${until}.`,
  homeAskedLast: 'In that time you are asked last. Write “fully” behind it to be asked as usual.',
  homeAsUsual: 'In that time you are asked as usual. After it the absence goes on by itself.',
  noAbsenceForHome: 'At that time no absence is running. Home leave is a part of one.',
  changed: (from, until) =>
    until === undefined ? `Changed: from ${from} on, without an end.` : `Changed: from ${from} until ${until}.`,
  confirmed: 'Noted: it is certain now.',
  cancelled: 'It will not take place. Shifts that were given away stay with whoever took them.',
  nothingToChange: 'No absence is running or planned that could be changed.',
  hasNoEnd: 'It has no end that could be moved. Say until when: `/incident away extend until sunday`.',
  delegateIs: (person) =>
    `${person} can open, extend and end your absence from now on, as you can. Nothing else, and not who comes after them.`,
  delegateNone: 'You have no delegate: only you speak for your absence.',
  delegateHow: '`/incident away delegate @omer` names one, `/incident away delegate none` ends it.',
  delegateUnknown: 'A delegate has to be a person of the catalog.',
  onlyThemselves: (person) =>
    `Only ${person}, or the delegate they have named, can say that. You can say: from now on.`,
  mateFromNowOnly: (person) =>
    `For a team-mate: from now on, with or without an end. What is planned is ${person}’s to say, or their delegate’s.`,
  back: (who) =>
    who === undefined
      ? 'Welcome back. You can be paged again; shifts that were given away stay with whoever took them.'
      : `${who} can be paged again; shifts that were given away stay with whoever took them.`,
  backAskedLast: (who, until) => {
    const subject = who === undefined ? 'Welcome back. You are asked last' : `${who} is back, and asked last`;
    return `${subject}${until === undefined ? '' : ` until ${until}`}.`;
  },
  backStillAway: (who, until) =>
    `Ended. Something else still says that ${who === undefined ? 'you are' : `${who} is`} unavailable${until === undefined ? '' : `, until ${until}`}: \`/incident away show\`.`,
  backFullyHow: '`/incident back fully` ends that too.',
  howChange: '`/incident away show` lists and changes it.',
  listTitle: 'My absences',
  listEmpty: 'Nothing is written down: you can be paged.',
  notice: {
    marked: (by, until) =>
      until === undefined
        ? `${by} said that you cannot be reached from now on.`
        : `${by} said that you cannot be reached until ${until}.`,
    nothingToDo: 'You are not paged, and nothing is asked of you. No reason is stored, and nobody is told one.',
    whenBack: 'When you are back, one click is enough; only you or your delegate can say it.',
  },
  modal: {
    from: 'From when?',
    fromHint: 'For example: tomorrow 08:00, 1 february. Empty means from now on.',
    effect: 'How?',
    effects: { hard: 'I can’t be paged', soft: 'Ask me last' },
    certainty: 'How certain is it?',
    certainties: { certain: 'Certain', tentative: 'Not certain yet' },
    ease: 'After it',
    eases: {
      none: 'As usual at once',
      day: 'Asked last for a day',
      two_days: 'Asked last for 2 days',
      three_days: 'Asked last for 3 days',
      week: 'Asked last for a week',
    },
    change: {
      title: 'Change an absence',
      submit: 'Save',
      until: 'New end',
      untilHint: 'For example: sunday 18:00, 20 december, until further notice. Empty: as it is.',
      action: 'What has changed?',
    },
    changeActions: { change: 'When it ends', confirm: 'It is certain now', end: 'It is over, or does not take place' },
    home: {
      title: 'Home for a while',
      submit: 'Save',
      note: 'The absence goes on by itself afterwards.',
      until: 'Until when?',
      untilHint: 'For example: sunday 20:00.',
      asked: 'In that time',
    },
    homeAsked: { last: 'Ask me last', in_order: 'Ask me as usual' },
    delegate: {
      title: 'My delegate',
      submit: 'Save',
      note: 'One person who can open, extend and end your absence for you. They can do nothing else.',
      who: 'Who? Empty: nobody',
    },
  },
};

const hebrew: SlackAwayWords = {
  away: (who, from, until) => {
    const subject = who === undefined ? 'רשומה אי־זמינות שלך' : `${who}: ללא זמינות`;
    if (from !== undefined) return `${subject} ${until === undefined ? `החל מ־${from}` : `מ־${from} ועד ${until}`}.`;
    return until === undefined ? `${subject} מעכשיו, עד ״חזרתי״.` : `${subject} מעכשיו ועד ${until}.`;
  },
  askedLast: (who, from, until) => {
    const subject = who === undefined ? 'הפנייה אליך היא האחרונה' : `${who}: בפנייה אחרונה`;
    const start = from === undefined ? 'מעכשיו' : `מ־${from}`;
    return `${subject} ${start}${until === undefined ? '' : ` ועד ${until}`}, רק אם לא נותר איש אחר.`;
  },
  tentative: 'סומן שזה עוד לא סופי. מרגע ההתחלה זה תקף בכל מקרה; הכיסוי מוצג עם זה ובלי זה.',
  easeBack: (duration) => `אחרי הסיום: בפנייה אחרונה למשך ${duration}.`,
  noReason: 'סיבה לא נשאלת כאן ולא נשמרת.',
  homeLeave: (from, until) =>
    from === undefined ? `זמינות בינתיים, מעכשיו ועד ${until}.` : `זמינות בינתיים, מ־${from} ועד ${until}.`,
  homeAskedLast: 'בזמן הזה הפנייה אליך היא האחרונה. אפשר להוסיף ״כרגיל״ כדי שהפנייה תהיה כרגיל.',
  homeAsUsual: 'בזמן הזה הפנייה אליך כרגיל. אחר כך אי־הזמינות נמשכת מעצמה.',
  noAbsenceForHome: 'בזמן הזה לא רשומה אי־זמינות. יציאה הביתה היא חלק ממנה.',
  changed: (from, until) =>
    until === undefined ? `עודכן: החל מ־${from}, בלי מועד סיום.` : `עודכן: מ־${from} ועד ${until}.`,
  confirmed: 'נרשם: זה סופי.',
  cancelled: 'זה לא יתקיים. משמרות שנמסרו נשארות אצל מי שלקח אותן.',
  nothingToChange: 'אין אי־זמינות רשומה שאפשר לשנות.',
  hasNoEnd: 'אין לזה מועד סיום שאפשר להזיז. צריך לציין עד מתי: `/incident נעדר הארכה עד יום ראשון`.',
  delegateIs: (person) => `מעכשיו ${person} יכול/ה לפתוח, להאריך ולסיים אי־זמינות בשמך. שום דבר אחר, ולא להעביר הלאה.`,
  delegateNone: 'אין מי שפועל בשמך: רק ממך אפשר לשמוע על אי־זמינות.',
  delegateHow: '`/incident נעדר נציג @omer` ממנה, `/incident נעדר נציג אין` מבטל.',
  delegateUnknown: 'צריך לציין אדם שרשום בקטלוג.',
  onlyThemselves: (person) => `רק ${person}, או מי שמונה לפעול בשמם, יכול לומר את זה. אפשר לומר: מעכשיו.`,
  mateFromNowOnly: (person) =>
    `עבור חבר צוות אפשר לרשום מעכשיו, עם מועד סיום או בלעדיו. תכנון מראש שייך ל־${person}, או למי שמונה לכך.`,
  back: (who) =>
    who === undefined
      ? 'טוב שחזרת. אפשר שוב להזעיק אותך; משמרות שנמסרו נשארות אצל מי שלקח אותן.'
      : `${who}: אפשר שוב להזעיק; משמרות שנמסרו נשארות אצל מי שלקח אותן.`,
  backAskedLast: (who, until) => {
    const subject = who === undefined ? 'טוב שחזרת. הפנייה אליך היא האחרונה' : `${who}: בפנייה אחרונה`;
    return `${subject}${until === undefined ? '' : ` עד ${until}`}.`;
  },
  backStillAway: (who, until) =>
    `הסתיים. עדיין רשומה אי־זמינות אחרת${who === undefined ? ' שלך' : ` של ${who}`}${until === undefined ? '' : `, עד ${until}`}: \`/incident נעדר רשימה\`.`,
  backFullyHow: '`/incident חזרתי כרגיל` מסיים גם את זה.',
  howChange: 'עם `/incident נעדר רשימה` אפשר לראות ולשנות.',
  listTitle: 'ההיעדרויות שלי',
  listEmpty: 'לא רשום דבר: אפשר להזעיק אותך.',
  notice: {
    marked: (by, until) =>
      until === undefined
        ? `נרשם על ידי ${by} שאי אפשר להשיג אותך מעכשיו.`
        : `נרשם על ידי ${by} שאי אפשר להשיג אותך עד ${until}.`,
    nothingToDo: 'אין הזעקות אליך, ושום דבר לא נדרש ממך. סיבה לא נשמרת, ואיש לא שומע סיבה.',
    whenBack: 'בחזרה לזמינות, לחיצה אחת מספיקה; רק ממך או ממי שמונה לכך אפשר לשמוע את זה.',
  },
  modal: {
    from: 'ממתי?',
    fromHint: 'למשל: מחר 08:00, 1 בפברואר. ריק: מעכשיו.',
    effect: 'איך?',
    effects: { hard: 'אי אפשר להזעיק אותי', soft: 'לפנות אליי אחרונים' },
    certainty: 'כמה זה ודאי?',
    certainties: { certain: 'ודאי', tentative: 'עוד לא סופי' },
    ease: 'אחרי הסיום',
    eases: {
      none: 'כרגיל, מיד',
      day: 'בפנייה אחרונה ליום',
      two_days: 'בפנייה אחרונה ליומיים',
      three_days: 'בפנייה אחרונה ל־3 ימים',
      week: 'בפנייה אחרונה לשבוע',
    },
    change: {
      title: 'שינוי היעדרות',
      submit: 'שמירה',
      until: 'מועד סיום חדש',
      untilHint: 'למשל: יום ראשון 18:00, 20 בדצמבר, עד להודעה חדשה. ריק: ללא שינוי.',
      action: 'מה השתנה?',
    },
    changeActions: { change: 'מועד הסיום', confirm: 'זה סופי עכשיו', end: 'זה נגמר, או לא יתקיים' },
    home: {
      title: 'בבית לזמן מה',
      submit: 'שמירה',
      note: 'אחר כך אי־הזמינות נמשכת מעצמה.',
      until: 'עד מתי?',
      untilHint: 'למשל: יום ראשון 20:00.',
      asked: 'בזמן הזה',
    },
    homeAsked: { last: 'לפנות אליי אחרונים', in_order: 'לפנות אליי כרגיל' },
    delegate: {
      title: 'מי שפועל בשמי',
      submit: 'שמירה',
      note: 'אדם אחד שיכול לפתוח, להאריך ולסיים אי־זמינות בשמך. שום דבר אחר.',
      who: 'מי? ריק: אף אחד',
    },
  },
};

export const slackAwayWords: Record<Language, SlackAwayWords> = { en: english, he: hebrew };
