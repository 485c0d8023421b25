import type { Language } from '../oncall/catalog.ts';

/** Forms. Slack shows at most 24 characters of a title or button. */
export interface SlackModalWords {
  readonly cancel: string;
  readonly close: string;
  readonly declare: Readonly<
    Record<'title' | 'submit' | 'what' | 'whatHint' | 'severity' | 'service' | 'noService', string>
  >;
  readonly update: Readonly<Record<'title' | 'submit' | 'text' | 'hint' | 'status' | 'noStatus', string>>;
  readonly note: Readonly<Record<'title' | 'submit' | 'text' | 'hint', string>>;
  readonly reopen: Readonly<Record<'title' | 'submit' | 'text' | 'hint', string>>;
  readonly away: Readonly<Record<'title' | 'submit' | 'until' | 'hint' | 'note', string>>;
  readonly pick: Readonly<Record<'title' | 'submit' | 'incident', string>>;
  readonly answer: string;
}

const english: SlackModalWords = {
  cancel: 'Cancel',
  close: 'Close',
  declare: {
    title: 'Declare an incident',
    submit: 'Declare',
    what: 'What is happening?',
    whatHint: 'One sentence, as users see it. It becomes the title.',
    severity: 'Severity',
    service: 'Service',
    noService: 'Not known yet',
  },
  update: {
    title: 'Post an update',
    submit: 'Post',
    text: 'Where does it stand?',
    hint: 'What is known, what is being done, when the next update comes.',
    status: 'Status',
    noStatus: 'As it is',
  },
  note: { title: 'Add a note', submit: 'Add', text: 'Note', hint: '“10 minutes ago …” or “14:05 …” dates it back.' },
  reopen: { title: 'Reopen the incident', submit: 'Reopen', text: 'Why?', hint: 'What shows that it is not over.' },
  away: {
    title: 'I am away',
    submit: 'Save',
    until: 'Until when?',
    hint: 'For example: until sunday, for 3 days, until 18:00. Empty means until you say that you are back.',
    note: 'From now on you are not paged. No reason is asked, stored or shown.',
  },
  pick: { title: 'Which incident?', submit: 'Go on', incident: 'Incident' },
  answer: 'Toran',
};

const hebrew: SlackModalWords = {
  cancel: 'ביטול',
  close: 'סגירה',
  declare: {
    title: 'הכרזה על תקלה',
    submit: 'הכרזה',
    what: 'מה קורה?',
    whatHint: 'משפט אחד, כפי שהמשתמשים רואים את זה. זו תהיה הכותרת.',
    severity: 'חומרה',
    service: 'שירות',
    noService: 'עוד לא ידוע',
  },
  update: {
    title: 'עדכון על התקלה',
    submit: 'פרסום',
    text: 'מה המצב?',
    hint: 'מה ידוע, מה נעשה, ומתי העדכון הבא.',
    status: 'מצב',
    noStatus: 'ללא שינוי',
  },
  note: { title: 'הוספת הערה', submit: 'הוספה', text: 'הערה', hint: '״לפני 10 דקות …״ או ״14:05 …״ רושם לזמן שעבר.' },
  reopen: { title: 'פתיחה מחדש', submit: 'פתיחה', text: 'למה?', hint: 'מה מראה שזה לא נגמר.' },
  away: {
    title: 'אי־זמינות',
    submit: 'שמירה',
    until: 'עד מתי?',
    hint: 'למשל: עד יום ראשון, למשך 3 ימים, עד 18:00. ריק: עד שיגיע ממך ״חזרתי״.',
    note: 'מעכשיו אין הזעקות אליך. סיבה לא נשאלת, לא נשמרת ולא מוצגת.',
  },
  pick: { title: 'איזו תקלה?', submit: 'המשך', incident: 'תקלה' },
  answer: 'Toran',
};

export const slackModalWords: Record<Language, SlackModalWords> = { en: english, he: hebrew };
