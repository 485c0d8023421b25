import type { Language } from '../oncall/catalog.ts';

/** Cover, take and swap: what commands, buttons and forms answer. Names, schedules and times come ready to be shown. */
export interface SlackCoverWords {
  span(from: string, to: string): string;
  /** `payments, from … to …`: one duty in a list. */
  duty(schedule: string, span: string): string;
  /** How many are asked for each duty of the list. */
  readonly asking: string;
  askingPeople(people: string): string;
  readonly askingHow: string;
  readonly stayUntilTaken: string;
  youCover(person: string): string;
  personTold(person: string): string;
  youHave(schedule: string, until: string): string;
  asked(person: string, whose: string): string;
  swapAsked(person: string): string;
  swapGive(duty: string): string;
  swapGet(duty: string): string;
  readonly withdrawn: string;
  readonly nothingToCancel: string;
  readonly cancelWhich: string;
  readonly withdraw: string;
  readonly undo: string;
  readonly undone: string;
  readonly undoTooLate: string;
  readonly take: string;
  readonly takeWhich: string;
  readonly nothingToTake: string;
  alreadyYours(schedule: string): string;
  noTeamHere(schedule: string): string;
  notYourTeam(person: string): string;
  onlyLeads(person: string): string;
  noDutyThen(person: string): string;
  readonly noDutyOfYours: string;
  /** On duty in the place of somebody else; undefined: the reader. */
  standsIn(person: string | undefined): string;
  readonly tooMany: string;
  personNotThere(person: string): string;
  notInSlack(person: string): string;
  readonly nobodyToAsk: string;
  unclear(typed: string): string;
  readonly past: string;
  readonly youAreAway: string;
  readonly alreadyAsking: string;
  readonly nothingToSwap: string;
  /** Beside an input: plain text. */
  readonly partUnclear: string;
  readonly partOutside: string;
  readonly taken: string;
  readonly declined: string;
  offerTakenBy(person: string): string;
  readonly offerOver: string;
  readonly notAsked: string;
  readonly form: Readonly<Record<'title' | 'submit' | 'shift' | 'part' | 'partHint' | 'note', string>>;
  readonly swapForm: Readonly<Record<'title' | 'submit' | 'mine' | 'theirs' | 'note' | 'otherSchedule', string>>;
  readonly openTitle: string;
  openOffer(person: string, span: string): string;
  openSwap(person: string, span: string): string;
  madeOverride(person: string, whose: string, span: string): string;
  addedOverride(person: string, span: string): string;
  readonly askForCover: string;
  readonly swapButton: string;
}

const english: SlackCoverWords = {
  span: (from, to) => `${from} to ${to}`,
  duty: (schedule, span) => `${schedule}: ${span}`,
  asking: 'Looking for somebody to take over:',
  askingPeople: (people) => `Asked: ${people}`,
  askingHow: 'Whoever accepts first has it. You hear of it here, and `/incident cover cancel` takes it back.',
  stayUntilTaken: 'Until somebody accepts it stays yours.',
  youCover: (person) => `You cover ${person}:`,
  personTold: (person) => `${person} is told.`,
  youHave: (schedule, until) => `You are on duty for ${schedule} from now until ${until}. Pages come to you.`,
  asked: (person, whose) => `${person} is asked to cover ${whose}:`,
  swapAsked: (person) => `${person} is asked to swap:`,
  swapGive: (duty) => `You give ${duty}`,
  swapGet: (duty) => `You take ${duty}`,
  withdrawn: 'Withdrawn. The shift stays where it was.',
  nothingToCancel: 'You are not looking for cover, so there is nothing to cancel.',
  cancelWhich: 'What should be withdrawn?',
  withdraw: 'Withdraw',
  undo: 'Undo (15 minutes)',
  undone: 'Undone. The shift is back where it was.',
  undoTooLate: 'The 15 minutes are over. Ask for cover instead: `/incident cover me`.',
  take: 'Take over now',
  takeWhich: 'Which shift do you take over?',
  nothingToTake: 'There is no shift that you could take over: nobody else of your teams is on duty now.',
  alreadyYours: (schedule) => `You are on duty for ${schedule} already.`,
  noTeamHere: (schedule) =>
    `You take no turns in ${schedule} and share no team with whoever does. An admin can put you on duty.`,
  notYourTeam: (person) =>
    `You share no team or schedule with ${person}, so you cannot take over their shifts. An admin can arrange it.`,
  onlyLeads: (person) =>
    `Only ${person}, the lead of their team or an admin can ask others to cover them. To cover them yourself leave out “with”.`,
  noDutyThen: (person) =>
    `${person} has no duty then, so there is nothing to cover. \`/incident oncall\` shows who has.`,
  noDutyOfYours: 'You have no duty then, so there is nothing to cover. `/incident oncall` shows who has.',
  standsIn: (person) =>
    person === undefined
      ? 'You only stand in there, so the shift is not yours to give away. Whoever writes `/incident take` has it, and relieves you. If you cannot be reached either: `/incident away`.'
      : `${person} only stands in there. \`/incident take\` makes the shift yours until its end.`,
  tooMany: 'That is more than ten shifts. Name a schedule or a shorter time.',
  personNotThere: (person) => `${person} is unavailable for at least a part of that time. Ask somebody else.`,
  notInSlack: (person) => `${person} has no Slack account in the catalog, so Toran cannot ask. Talk to them.`,
  nobodyToAsk:
    'Nobody else could take it: everybody else of the schedule and its teams is unavailable or on duty then. Talk to your lead.',
  unclear: (typed) =>
    `Toran does not understand “${typed}”, so nothing has changed. Write for example \`/incident cover me until sunday\`, \`/incident cover me tomorrow on payments\`, \`/incident cover @dana this shift\` or \`/incident take payments\`. A reason is not needed and not kept.`,
  past: 'That time has passed, so nothing has changed.',
  youAreAway:
    'You are marked as unavailable for at least a part of that time. `/incident back` first, if you are there.',
  alreadyAsking: 'You are looking for cover already. Nobody has accepted so far.',
  nothingToSwap: 'There is nobody to swap with: no other person has shifts in your schedules within the next months.',
  partUnclear: 'That is no time that Toran understands. For example: until 18:00, or 12:00-18:00.',
  partOutside: 'That lies outside of the shift.',
  taken: 'Thank you, it is yours. You are told when it begins.',
  declined: 'Noted. Somebody else may take it.',
  offerTakenBy: (person) => `${person} has it already. Thank you all the same.`,
  offerOver: 'This is no longer needed. Thank you all the same.',
  notAsked: 'This question went to other people. `/incident take` takes over a shift that runs.',
  form: {
    title: 'Ask for cover',
    submit: 'Ask',
    shift: 'Which shift?',
    part: 'Only a part of it?',
    partHint: 'For example: until 18:00, from 12:00 to 18:00. Empty means all of it.',
    note: 'Everybody who could take it is asked at once; the first who accepts has it. No reason is asked, stored or shown.',
  },
  swapForm: {
    title: 'Swap shifts',
    submit: 'Ask',
    mine: 'Which shift do you give?',
    theirs: 'Which one do you take for it?',
    note: 'Nothing changes until the other person accepts.',
    otherSchedule: 'Both shifts must be of the same schedule.',
  },
  openTitle: 'Looking for somebody',
  openOffer: (person, span) => `${person} looks for cover: ${span}`,
  openSwap: (person, span) => `${person} would swap: ${span}`,
  madeOverride: (person, whose, span) => `${person} covers ${whose}: ${span}`,
  addedOverride: (person, span) => `${person} is on duty too: ${span}`,
  askForCover: 'Ask for cover',
  swapButton: 'Swap',
};

const hebrew: SlackCoverWords = {
  span: (from, to) => `מ־${from} עד ${to}`,
  duty: (schedule, span) => `${schedule}: ${span}`,
  asking: 'נשלחה בקשת החלפה עבור:',
  askingPeople: (people) => `נשאלו: ${people}`,
  askingHow: 'מי שמאשר ראשון מקבל. העדכון יגיע לכאן, ו־`/incident cover cancel` מבטל.',
  stayUntilTaken: 'עד שמישהו מאשר, התורנות נשארת אצלך.',
  youCover: (person) => `התורנות של ${person} עברה אליך:`,
  personTold: (person) => `הודעה נשלחת אל ${person}.`,
  youHave: (schedule, until) => `התורנות ב־${schedule} אצלך מעכשיו ועד ${until}. ההזעקות מגיעות אליך.`,
  asked: (person, whose) => `נשלחה אל ${person} בקשה להחליף את ${whose}:`,
  swapAsked: (person) => `הצעת חילוף נשלחה אל ${person}:`,
  swapGive: (duty) => `ממך: ${duty}`,
  swapGet: (duty) => `אליך: ${duty}`,
  withdrawn: 'בוטל. התורנות נשארת במקומה.',
  nothingToCancel: 'אין כרגע בקשת החלפה שלך, ולכן אין מה לבטל.',
  cancelWhich: 'מה לבטל?',
  withdraw: 'ביטול הבקשה',
  undo: 'ביטול (15 דקות)',
  undone: 'בוטל. התורנות חזרה למקומה.',
  undoTooLate: '15 הדקות עברו. אפשר לבקש החלפה: `/incident cover me`.',
  take: 'לקיחת התורנות',
  takeWhich: 'איזו תורנות לקחת?',
  nothingToTake: 'אין תורנות שאפשר לקחת: אף אחד אחר מהצוותים שלך לא בתורנות כרגע.',
  alreadyYours: (schedule) => `התורנות ב־${schedule} כבר אצלך.`,
  noTeamHere: (schedule) => `אין לך משמרות ב־${schedule} ואין לך צוות משותף עם מי שיש לו. מנהל יכול לשבץ אותך.`,
  notYourTeam: (person) => `אין לך צוות או לוח משותף עם ${person}, ולכן אי אפשר לקחת את המשמרות. מנהל יכול לסדר את זה.`,
  onlyLeads: (person) => `רק ${person}, ראש הצוות או מנהל יכולים לבקש החלפה מאחרים. כדי להחליף בעצמך, בלי ״עם״.`,
  noDutyThen: (person) => `אין אז תורנות של ${person}, ולכן אין מה להחליף. \`/incident oncall\` מראה מי בתורנות.`,
  noDutyOfYours: 'אין לך אז תורנות, ולכן אין מה להחליף. `/incident oncall` מראה מי בתורנות.',
  standsIn: (person) =>
    person === undefined
      ? 'זה רק מילוי מקום, ולכן אין לך כאן משמרת למסור. מי שיכתוב `/incident לקחת` יקבל אותה וישחרר אותך. אם גם אותך אי אפשר להזעיק: `/incident נעדר`.'
      : `${person} רק במילוי מקום. עם \`/incident לקחת\` המשמרת עוברת אליך עד סופה.`,
  tooMany: 'אלה יותר מעשר משמרות. כדאי לציין לוח או זמן קצר יותר.',
  personNotThere: (person) => `${person}: ללא זמינות לפחות בחלק מהזמן. אפשר לבקש ממישהו אחר.`,
  notInSlack: (person) => `אין בקטלוג חשבון Slack של ${person}, ולכן אי אפשר לשאול. כדאי לדבר ישירות.`,
  nobodyToAsk: 'אין מי שיוכל לקחת: כל האחרים בלוח ובצוותים ללא זמינות או בתורנות אז. כדאי לדבר עם ראש הצוות.',
  unclear: (typed) =>
    `״${typed}״ לא הובן, ולכן דבר לא השתנה. למשל: \`/incident החלפה אותי עד יום ראשון\`, \`/incident החלפה אותי מחר payments\`, \`/incident החלפה @dana\` או \`/incident take payments\`. אין צורך בסיבה, והיא לא נשמרת.`,
  past: 'הזמן הזה כבר עבר, ולכן דבר לא השתנה.',
  youAreAway: 'רשומה אי־זמינות שלך לפחות בחלק מהזמן. אם חזרת, קודם `/incident back`.',
  alreadyAsking: 'כבר מתבצע חיפוש החלפה עבורך. עוד לא התקבל אישור.',
  nothingToSwap: 'אין עם מי להתחלף: בחודשים הקרובים אין לאחרים משמרות בלוחות שלך.',
  partUnclear: 'הזמן לא הובן. למשל: עד 18:00, או 12:00-18:00.',
  partOutside: 'הזמן הזה מחוץ למשמרת.',
  taken: 'תודה, המשמרת שלך. הודעה תגיע כשהיא מתחילה.',
  declined: 'נרשם. אולי מישהו אחר ייקח.',
  offerTakenBy: (person) => `המשמרת כבר אצל ${person}. תודה בכל זאת.`,
  offerOver: 'כבר אין צורך. תודה בכל זאת.',
  notAsked: 'השאלה הזו נשלחה לאחרים. `/incident take` לוקח תורנות שרצה עכשיו.',
  form: {
    title: 'בקשת החלפה',
    submit: 'שליחה',
    shift: 'איזו משמרת?',
    part: 'רק חלק ממנה?',
    partHint: 'למשל: עד 18:00, או 12:00-18:00. ריק: כל המשמרת.',
    note: 'כל מי שיכול נשאל בבת אחת, והראשון שמאשר מקבל. סיבה לא נשאלת, לא נשמרת ולא מוצגת.',
  },
  swapForm: {
    title: 'חילוף משמרות',
    submit: 'שליחה',
    mine: 'איזו משמרת ממך?',
    theirs: 'ואיזו אליך במקומה?',
    note: 'דבר לא משתנה עד שהצד השני מאשר.',
    otherSchedule: 'שתי המשמרות צריכות להיות מאותו לוח.',
  },
  openTitle: 'מחפשים החלפה',
  openOffer: (person, span) => `בקשת החלפה של ${person}: ${span}`,
  openSwap: (person, span) => `הצעת חילוף של ${person}: ${span}`,
  madeOverride: (person, whose, span) => `${person} במקום ${whose}: ${span}`,
  addedOverride: (person, span) => `גם ${person} בתורנות: ${span}`,
  askForCover: 'בקשת החלפה',
  swapButton: 'חילוף',
};

export const slackCoverWords: Record<Language, SlackCoverWords> = { en: english, he: hebrew };
