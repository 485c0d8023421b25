import type { Language } from '../oncall/catalog.ts';

/** The words of `/incident`, as help groups them. Examples can be typed as they stand. */
export interface SlackHelpWords {
  readonly title: string;
  readonly intro: string;
  readonly groups: readonly {
    readonly title: string;
    readonly lines: readonly { readonly example: string; readonly does: string }[];
  }[];
  readonly footer: string;
  readonly menu: Readonly<
    Record<'declare' | 'update' | 'note' | 'ack' | 'timeline' | 'why' | 'oncall' | 'away' | 'list' | 'help', string>
  >;
}

const english: SlackHelpWords = {
  title: 'What `/incident` can do',
  intro: 'In an incident’s channel no number is needed; elsewhere write `INC-42` behind the word.',
  groups: [
    {
      title: 'During an incident',
      lines: [
        {
          example: '/incident declare sev1 checkout: cards are refused',
          does: 'opens an incident; without text a form',
        },
        { example: '/incident ack', does: 'you take it, the page stops' },
        { example: '/incident update rollback is running', does: 'tells everybody where it stands' },
        { example: '/incident sev 2', does: 'changes the severity' },
        { example: '/incident status monitoring', does: 'changes the status' },
        { example: '/incident lead @dana', does: 'gives the lead; without a name you take it' },
        { example: '/incident page @dana', does: 'pages people, a schedule or a team; without a name the policy' },
        { example: '/incident escalate', does: 'asks the next step at once' },
        { example: '/incident resolve', does: 'ends it; also cancel, reopen, join' },
      ],
    },
    {
      title: 'The record',
      lines: [
        {
          example: '/incident note 10 minutes ago restarted the pool',
          does: 'writes into the timeline; 📌 on a message does too',
        },
        { example: '/incident timeline', does: 'shows what happened' },
        { example: '/incident why', does: 'shows who was asked, and how' },
        { example: '/incident postmortem', does: 'where the draft is' },
      ],
    },
    {
      title: 'Duty and absence',
      lines: [
        { example: '/incident oncall payments', does: 'who is on duty, and who is next' },
        {
          example: '/incident cover me until sunday',
          does: 'asks whoever could take your shift; without words a form',
        },
        { example: '/incident cover @dana tomorrow', does: 'you take Dana’s shift over; also take, and swap' },
        {
          example: '/incident away until sunday',
          does: 'you are not paged; no reason is asked. Also @dana for a team-mate',
        },
        {
          example: '/incident away from 1 february until 28 february, maybe',
          does: 'planned, not certain yet. Also: ask me last, ease back 2 days, extend, home until sunday, delegate @omer, show',
        },
        { example: '/incident back', does: 'you can be paged again' },
        {
          example: '/incident coverage 30 days k=3',
          does: 'where duty gets thin, and for whom; `without @dana @omer` asks what if',
        },
      ],
    },
    {
      title: 'Looking back',
      lines: [
        { example: '/incident list', does: 'open incidents' },
        { example: '/incident metrics', does: 'reliability figures' },
        { example: '/incident digest', does: 'the next weekly digest so far' },
      ],
    },
  ],
  footer: 'Hebrew works too: `/incident הכרזה`, `/incident עדכון`, `/incident עזרה`.',
  menu: {
    declare: 'Declare an incident',
    update: 'Post an update',
    note: 'Add a note',
    ack: 'Acknowledge',
    timeline: 'Timeline',
    why: 'Who was asked',
    oncall: 'Who is on duty',
    away: 'I am away',
    list: 'Open incidents',
    help: 'All words',
  },
};

const hebrew: SlackHelpWords = {
  title: 'מה `/incident` יודע לעשות',
  intro: 'בערוץ של תקלה לא צריך מספר; בכל מקום אחר כותבים `INC-42` אחרי המילה.',
  groups: [
    {
      title: 'בזמן תקלה',
      lines: [
        { example: '/incident הכרזה sev1 checkout: כרטיסים נדחים', does: 'פותח תקלה; בלי טקסט נפתח טופס' },
        { example: '/incident אישור', does: 'הטיפול אצלך וההזעקה נפסקת' },
        { example: '/incident עדכון חוזרים לגרסה הקודמת', does: 'מעדכן את כולם' },
        { example: '/incident חומרה 2', does: 'משנה את החומרה' },
        { example: '/incident מצב במעקב', does: 'משנה את המצב' },
        { example: '/incident הובלה @dana', does: 'מעביר את ההובלה; בלי שם היא אצלך' },
        { example: '/incident הזעקה @dana', does: 'מזעיק אנשים, לוח תורנויות או צוות; בלי שם לפי המדיניות' },
        { example: '/incident הסלמה', does: 'פונה מיד לשלב הבא' },
        { example: '/incident נפתרה', does: 'מסיים; יש גם ביטול, פתיחה מחדש, הצטרפות' },
      ],
    },
    {
      title: 'התיעוד',
      lines: [
        { example: '/incident הערה לפני 10 דקות הופעל מחדש', does: 'נרשם בציר הזמן; גם 📌 על הודעה' },
        { example: '/incident ציר', does: 'מה קרה' },
        { example: '/incident למה', does: 'אל מי הייתה פנייה, ואיך' },
        { example: '/incident תחקיר', does: 'איפה הטיוטה' },
      ],
    },
    {
      title: 'תורנות וזמינות',
      lines: [
        { example: '/incident תורן payments', does: 'מי בתורנות ומי אחר כך' },
        { example: '/incident החלפה אותי עד יום ראשון', does: 'שואל את מי שיכול לקחת את המשמרת; בלי מילים נפתח טופס' },
        { example: '/incident החלפה @dana מחר', does: 'המשמרת של דנה עוברת אליך; יש גם ״לקחת״ ו״להתחלף״' },
        { example: '/incident נעדר עד יום ראשון', does: 'בלי הזעקות אליך, ובלי שאלות. עם @dana עבור חבר צוות' },
        {
          example: '/incident נעדר מ-1 בפברואר עד 28 בפברואר, אולי',
          does: 'מתוכנן ועוד לא סופי. גם: פנייה אחרונה, חזרה הדרגתית, הארכה, בבית עד יום ראשון, נציג @omer, רשימה',
        },
        { example: '/incident חזרתי', does: 'אפשר שוב להזעיק אותך' },
        {
          example: '/incident כיסוי 30 ימים k=3',
          does: 'איפה הכיסוי דליל ומתי; עם `בלי @dana @omer`, מה יקרה בלעדיהם',
        },
      ],
    },
    {
      title: 'במבט לאחור',
      lines: [
        { example: '/incident רשימה', does: 'תקלות פתוחות' },
        { example: '/incident מדדים', does: 'מדדי אמינות' },
        { example: '/incident סיכום', does: 'הסיכום השבועי הבא עד עכשיו' },
      ],
    },
  ],
  footer: 'גם המילים באנגלית עובדות: `/incident declare`, `/incident help`.',
  menu: {
    declare: 'הכרזה על תקלה',
    update: 'פרסום עדכון',
    note: 'הוספת הערה',
    ack: 'אישור קבלה',
    timeline: 'ציר זמן',
    why: 'אל מי פנו',
    oncall: 'מי בתורנות',
    away: 'דיווח אי־זמינות',
    list: 'תקלות פתוחות',
    help: 'כל המילים',
  },
};

export const slackHelpWords: Record<Language, SlackHelpWords> = { en: english, he: hebrew };
