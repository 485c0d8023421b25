import type { Language } from '../oncall/catalog.ts';
import type { Tier } from '../postmortem/blameless-rules.ts';

/** What `toran lint` says to a person. The suggestions themselves belong to the rules. */
export interface LintWords {
  readonly summary: string;
  readonly help: string;
  readonly tier: Readonly<Record<Tier, string>>;
  nothingFound(file: string): string;
  /** Comes last, after the findings. */
  total(counts: Readonly<Record<Tier, number>>): string;
  /** A remark that is shown once: how often it applies in the whole document. */
  timesInDocument(count: number): string;
  readonly fileMissing: string;
  readonly oneFileOnly: string;
  unknownOption(message: string): string;
  unreadable(file: string, reason: string): string;
  isDirectory(file: string): string;
  notUtf8(file: string): string;
  tooLarge(file: string, limit: string): string;
  readonly emptyRoster: string;
}

const english: LintWords = {
  summary: 'point out wording in a post-mortem that blames people',
  help: `Usage: toran lint FILE [--roster NAMES] [--json]

Points out wording that blames people, judges by hindsight or asks them to try harder, in English and Hebrew, and suggests
what to write instead. It never changes the file. FILE is Markdown; - reads standard input.

  --roster NAMES   names of the people who took part, separated by commas: "Noa Levi, omer, @dana"; may be given again.
                   With them, their names count as people in every rule
  --json           print [{"line","column","text","rule","tier","suggestion"}], 1-based, columns in UTF-16 units
  --help           show this text

Tiers: flag (reword, or confirm with a reason, before publishing), suggest (a rewrite is offered), info (worth one look).
Exit code: 0 with or without findings, 2 when the file cannot be used.`,
  tier: { flag: 'flag', suggest: 'suggest', info: 'info' },
  nothingFound: (file) => `${file}: no blaming wording found.`,
  total: (counts) => `${counts.flag} to reword or confirm, ${counts.suggest} suggestions, ${counts.info} remarks.`,
  timesInDocument: (count) => `${count} times in this document`,
  fileMissing: 'toran lint needs a file: give the path of a Markdown document, or - for standard input.',
  oneFileOnly: 'toran lint takes one file; names go into one --roster option, separated by commas.',
  unknownOption: (message) => `${message} Run toran lint --help for the options.`,
  unreadable: (file, reason) => `${file}: cannot be read (${reason}); give the path of a Markdown document.`,
  isDirectory: (file) => `${file}: is a directory; give the path of one Markdown document.`,
  notUtf8: (file) => `${file}: is not UTF-8 text; save it as UTF-8 and try again.`,
  tooLarge: (file, limit) => `${file}: is larger than ${limit}; give the post-mortem alone, without attachments.`,
  emptyRoster: '--roster: is empty; give names separated by commas, or leave the option out.',
};

const hebrew: LintWords = {
  summary: 'סימון ניסוחים מאשימים בתחקיר',
  help: `שימוש: toran lint FILE [--roster NAMES] [--json]

מצביע על ניסוחים שמאשימים אנשים, שופטים בדיעבד או מבקשים להתאמץ יותר, בעברית ובאנגלית, ומציע מה לכתוב במקומם.
הקובץ עצמו לא משתנה לעולם. FILE הוא מסמך Markdown; ‎-‎ קורא מהקלט הסטנדרטי.

  --roster NAMES   שמות המשתתפים, מופרדים בפסיקים: "נועה לוי, omer, @dana"; אפשר לתת כמה פעמים.
                   כך השמות נחשבים אנשים בכל הכללים
  --json           פלט [{"line","column","text","rule","tier","suggestion"}], מ־1, עמודות ביחידות UTF-16
  --help           הטקסט הזה

דרגות: flag (לנסח מחדש או לאשר עם נימוק לפני פרסום), suggest (מוצע ניסוח אחר), info (שווה מבט).
קוד יציאה: 0 עם ממצאים ובלעדיהם, 2 כשאי אפשר להשתמש בקובץ.`,
  tier: { flag: 'לניסוח מחדש', suggest: 'הצעה', info: 'הערה' },
  nothingFound: (file) => `${file}: לא נמצאו ניסוחים מאשימים.`,
  total: (counts) => `${counts.flag} לניסוח מחדש או לאישור, ${counts.suggest} הצעות, ${counts.info} הערות.`,
  timesInDocument: (count) => `${count} פעמים במסמך הזה`,
  fileMissing: 'toran lint: חסר קובץ; יש לתת נתיב של מסמך Markdown, או - לקלט הסטנדרטי.',
  oneFileOnly: 'toran lint: קובץ אחד בלבד; שמות כותבים באפשרות --roster אחת, מופרדים בפסיקים.',
  unknownOption: (message) => `${message} האפשרויות: toran lint --help.`,
  unreadable: (file, reason) => `${file}: אי אפשר לקרוא (${reason}); יש לתת נתיב של מסמך Markdown.`,
  isDirectory: (file) => `${file}: זו תיקייה; יש לתת נתיב של מסמך Markdown אחד.`,
  notUtf8: (file) => `${file}: אינו טקסט UTF-8; יש לשמור כ־UTF-8 ולנסות שוב.`,
  tooLarge: (file, limit) => `${file}: גדול מ־${limit}; יש לתת את התחקיר לבדו, בלי נספחים.`,
  emptyRoster: '--roster: ריק; יש לתת שמות מופרדים בפסיקים, או להשמיט את האפשרות.',
};

export const lintWords: Record<Language, LintWords> = { en: english, he: hebrew };
