import type { Language } from '../oncall/catalog.ts';

/** What `/incident` and the buttons answer. Ids, names and states come ready for the place where they are shown. */
export interface SlackAnswerWords {
  declared(incident: string, severity: string): string;
  /** `other` is open for the same service. */
  alsoOpen(other: string, incident: string): string;
  updatePosted(incident: string): string;
  severityIs(incident: string, severity: string): string;
  statusIs(incident: string, status: string): string;
  leadIs(incident: string, person: string): string;
  readonly paging: (incident: string, people: string) => string;
  pagingLastResort(incident: string): string;
  youHaveIt(incident: string): string;
  escalated(incident: string): string;
  declined(incident: string): string;
  resolved(incident: string): string;
  reopened(incident: string): string;
  cancelled(incident: string): string;
  joined(incident: string, channel: string | undefined): string;
  noteAdded(incident: string, at: string): string;
  addedToTimeline(incident: string): string;
  stillYours(incident: string): string;
  handedOver(incident: string): string;
  /** The same request came twice. */
  readonly alreadyDone: string;
  /** The store could not be written: nothing is half-done. */
  readonly notSaved: string;
  readonly formNotOpened: string;
  nowTrue(incident: string, status: string, severity: string): string;
  readonly noOpenIncident: string;
  noSuchIncident(typed: string): string;
  readonly openIncidents: string;
  readonly recentIncidents: string;
  unknownWord(typed: string): string;
  readonly whatToDo: string;
  didYouMean(words: string): string;
  severityUnknown(typed: string): string;
  statusUnknown(typed: string): string;
  reasonUnknown(typed: string): string;
  personUnknown(typed: string): string;
  readonly messageUnreadable: string;
  readonly noIncidentHere: string;
  readonly canDeclare: string;
  readonly postmortemNone: string;
  readonly postmortemAtResolve: string;
  readonly postmortemAgain: string;
  readonly postmortemHowAgain: string;
  postmortemAt(place: string): string;
  readonly postmortemCanvas: string;
  figuresOfWeeks(weeks: number): string;
  serviceUnknown(typed: string, known: string): string;
  readonly digestPreview: string;
  readonly timelineOf: (incident: string) => string;
  earlierEntries(count: number): string;
  readonly timesLocalAndUtc: string;
}

const english: SlackAnswerWords = {
  declared: (incident, severity) =>
    `${incident} is declared as ${severity}. Its channel is being opened, and you will be invited.`,
  alsoOpen: (other, incident) =>
    `${other} is open for the same service. Is it the same thing? Then \`/incident cancel ${incident} duplicate\`, and join ${other}.`,
  updatePosted: (incident) => `The update for ${incident} is posted.`,
  severityIs: (incident, severity) => `${incident} is ${severity} now.`,
  statusIs: (incident, status) => `${incident}: the status is ${status} now.`,
  leadIs: (incident, person) => `${person} leads ${incident}.`,
  paging: (incident, people) => `Paging for ${incident}: ${people}.`,
  pagingLastResort: (incident) => `Nobody in the policy can be asked for ${incident}: the last resort is alarmed.`,
  youHaveIt: (incident) => `You have ${incident}. Nobody else is being asked.`,
  escalated: (incident) => `${incident}: the next step is being asked.`,
  declined: (incident) => `Noted. ${incident} moves on to somebody else.`,
  resolved: (incident) => `${incident} is resolved. A post-mortem draft follows.`,
  reopened: (incident) => `${incident} is open again.`,
  cancelled: (incident) => `${incident} is cancelled.`,
  joined: (incident, channel) =>
    channel === undefined
      ? `You are in ${incident}, and will be invited to its channel.`
      : `You are in ${incident}: ${channel}`,
  noteAdded: (incident, at) => `Noted in the timeline of ${incident}, for ${at}.`,
  addedToTimeline: (incident) => `Added to the timeline of ${incident}.`,
  stillYours: (incident) => `Thanks. ${incident} stays with you.`,
  handedOver: (incident) => `${incident} is handed over: whoever is on duty now is paged.`,
  alreadyDone: 'This was done already.',
  notSaved: 'This could not be saved, so nothing has changed. Try again in a moment.',
  formNotOpened: 'Slack did not open the form. Write it behind the word instead; `/incident help` shows how.',
  nowTrue: (incident, status, severity) => `${incident} is ${status}, ${severity}.`,
  noOpenIncident: 'No incident is open. `/incident declare` opens one.',
  noSuchIncident: (typed) => `There is no incident ${typed}. \`/incident list\` shows the open ones.`,
  openIncidents: 'Open incidents',
  recentIncidents: 'Ended lately',
  unknownWord: (typed) => `“${typed}” is no word of \`/incident\`.`,
  whatToDo: 'What would you like to do?',
  didYouMean: (words) => `Did you mean ${words}?`,
  severityUnknown: (typed) => `“${typed}” is no severity. Write sev1, sev2, sev3 or sev4.`,
  statusUnknown: (typed) => `“${typed}” is no status. Write triage, investigating, fixing, monitoring or resolved.`,
  reasonUnknown: (typed) => `“${typed}” is no reason. Write false alarm, duplicate or not an incident.`,
  personUnknown: (typed) => `Nobody called ${typed} is in the catalog. Mention them with @.`,
  messageUnreadable:
    'Toran cannot read this message here. Use *Add to timeline* in the message’s own menu; it works everywhere.',
  noIncidentHere:
    'This channel belongs to no incident, and there is not exactly one open. Use the channel of the incident.',
  canDeclare: '`/incident declare` opens a new incident.',
  postmortemNone: 'There is no post-mortem yet.',
  postmortemAtResolve: 'It is drafted when the incident is resolved.',
  postmortemAgain: 'A new draft is being written; it will be shared in the channel.',
  postmortemHowAgain: '`/incident postmortem again` drafts it anew from the timeline.',
  postmortemAt: (place) => `The post-mortem: ${place}`,
  postmortemCanvas: 'the canvas of the incident’s channel',
  figuresOfWeeks: (weeks) => (weeks === 1 ? 'The last week' : `The last ${weeks} weeks`),
  serviceUnknown: (typed, known) => `There is no service ${typed}. There are: ${known}`,
  digestPreview: 'How the next digest looks so far',
  timelineOf: (incident) => `Timeline of ${incident}`,
  earlierEntries: (count) => `${count} earlier entries are not shown.`,
  timesLocalAndUtc: 'Times are yours, with UTC behind them.',
};

const hebrew: SlackAnswerWords = {
  declared: (incident, severity) => `${incident} הוכרזה, חומרה ${severity}. הערוץ נפתח, והזמנה תגיע אליך.`,
  alsoOpen: (other, incident) =>
    `גם ${other} פתוחה לאותו שירות. אם זה אותו דבר: \`/incident cancel ${incident} duplicate\`, והצטרפות אל ${other}.`,
  updatePosted: (incident) => `העדכון של ${incident} פורסם.`,
  severityIs: (incident, severity) => `${incident}: החומרה עכשיו ${severity}.`,
  statusIs: (incident, status) => `${incident}: המצב עכשיו ${status}.`,
  leadIs: (incident, person) => `${incident}: ההובלה אצל ${person}.`,
  paging: (incident, people) => `הזעקה עבור ${incident}: ${people}.`,
  pagingLastResort: (incident) => `אין במדיניות את מי לשאול על ${incident}: הופעלה ההזעקה האחרונה.`,
  youHaveIt: (incident) => `${incident} בטיפולך. אין פנייה לאחרים.`,
  escalated: (incident) => `${incident}: הפנייה עוברת לשלב הבא.`,
  declined: (incident) => `נרשם. ${incident} עוברת הלאה.`,
  resolved: (incident) => `${incident} סומנה כנפתרה. טיוטת תחקיר בדרך.`,
  reopened: (incident) => `${incident} נפתחה מחדש.`,
  cancelled: (incident) => `${incident} בוטלה.`,
  joined: (incident, channel) =>
    channel === undefined ? `הצטרפת אל ${incident}, והזמנה לערוץ תגיע.` : `הצטרפת אל ${incident}: ${channel}`,
  noteAdded: (incident, at) => `נרשם בציר הזמן של ${incident}, לשעה ${at}.`,
  addedToTimeline: (incident) => `נוסף לציר הזמן של ${incident}.`,
  stillYours: (incident) => `תודה. ${incident} נשארת בטיפולך.`,
  handedOver: (incident) => `${incident} הועברה הלאה: נשלחת הזעקה למי שבתורנות עכשיו.`,
  alreadyDone: 'זה כבר נעשה.',
  notSaved: 'השמירה לא הצליחה, ולכן דבר לא השתנה. כדאי לנסות שוב עוד רגע.',
  formNotOpened: 'Slack לא פתח את הטופס. אפשר לכתוב הכול אחרי המילה; `/incident help` מראה איך.',
  nowTrue: (incident, status, severity) => `${incident}: המצב ${status}, חומרה ${severity}.`,
  noOpenIncident: 'אין תקלה פתוחה. `/incident declare` פותח תקלה.',
  noSuchIncident: (typed) => `אין תקלה ${typed}. \`/incident list\` מציג את הפתוחות.`,
  openIncidents: 'תקלות פתוחות',
  recentIncidents: 'הסתיימו לאחרונה',
  unknownWord: (typed) => `המילה ״${typed}״ אינה מוכרת ל־\`/incident\`.`,
  whatToDo: 'מה לעשות?',
  didYouMean: (words) => `האם הכוונה היא ${words}?`,
  severityUnknown: (typed) => `״${typed}״ אינה דרגת חומרה. אפשר לכתוב sev1, sev2, sev3 או sev4.`,
  statusUnknown: (typed) => `״${typed}״ אינו מצב. אפשר לכתוב במיון, בבדיקה, בתיקון, במעקב או נפתרה.`,
  reasonUnknown: (typed) => `״${typed}״ אינה סיבה. אפשר לכתוב אזעקת שווא, כפילות או לא תקלה.`,
  personUnknown: (typed) => `אין בקטלוג מישהו בשם ${typed}. אפשר לאזכר עם @.`,
  messageUnreadable: 'אין ל־Toran גישה להודעה הזו. אפשר להשתמש ב*הוספה לציר הזמן* בתפריט של ההודעה; זה עובד בכל מקום.',
  noIncidentHere: 'הערוץ הזה לא שייך לתקלה, ואין בדיוק תקלה פתוחה אחת. כדאי לעבור לערוץ של התקלה.',
  canDeclare: '`/incident declare` פותח תקלה חדשה.',
  postmortemNone: 'עדיין אין תחקיר.',
  postmortemAtResolve: 'הטיוטה נכתבת כשהתקלה נפתרת.',
  postmortemAgain: 'טיוטה חדשה נכתבת, ותשותף בערוץ.',
  postmortemHowAgain: '`/incident postmortem again` כותב אותה מחדש לפי ציר הזמן.',
  postmortemAt: (place) => `התחקיר: ${place}`,
  postmortemCanvas: 'הקנבס של ערוץ התקלה',
  figuresOfWeeks: (weeks) =>
    weeks === 1 ? 'השבוע האחרון' : weeks === 2 ? 'השבועיים האחרונים' : `${weeks} השבועות האחרונים`,
  serviceUnknown: (typed, known) => `אין שירות בשם ${typed}. אלה הקיימים: ${known}`,
  digestPreview: 'כך נראה הסיכום הבא עד עכשיו',
  timelineOf: (incident) => `ציר הזמן של ${incident}`,
  earlierEntries: (count) => (count === 1 ? 'רישום מוקדם אחד לא מוצג.' : `${count} רישומים מוקדמים לא מוצגים.`),
  timesLocalAndUtc: 'השעות לפי השעון שלך, ולצידן UTC.',
};

export const slackAnswerWords: Record<Language, SlackAnswerWords> = { en: english, he: hebrew };
