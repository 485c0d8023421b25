/** Every word of `/incident`, in the order in which help shows them. */
export const commandWords = [
  'declare',
  'update',
  'sev',
  'status',
  'lead',
  'page',
  'ack',
  'escalate',
  'resolve',
  'reopen',
  'cancel',
  'join',
  'note',
  'timeline',
  'why',
  'oncall',
  'cover',
  'take',
  'swap',
  'away',
  'back',
  'coverage',
  'metrics',
  'digest',
  'postmortem',
  'list',
  'help',
] as const;

export type CommandWord = (typeof commandWords)[number];

/**
 * What people write for it, beside the word itself. One entry can be two words. No everyday words with which a sentence
 * about an outage begins ("out of memory", "over quota", "call centre down").
 */
const synonyms: Readonly<Record<CommandWord, readonly string[]>> = {
  declare: [
    'new',
    'open',
    'create',
    'report',
    'הכרזה',
    'הכרז',
    'הכריזי',
    'תקלה',
    'תקלה חדשה',
    'חדש',
    'חדשה',
    'דיווח',
    'פתח',
    'פתיחה',
  ],
  update: ['post', 'עדכון', 'עדכן', 'עדכני', 'לעדכן'],
  sev: ['severity', 'priority', 'חומרה', 'דרגת חומרה'],
  status: ['state', 'מצב', 'סטטוס'],
  lead: ['leader', 'commander', 'ic', 'הובלה', 'מוביל', 'מובילה', 'להוביל'],
  page: ['ring', 'הזעקה', 'הזעק', 'הזעיקי', 'להזעיק'],
  ack: ['acknowledge', 'acknowledged', 'mine', 'got it', 'אישור', 'אישור קבלה', 'קיבלתי', 'אצלי', 'מטפל', 'מטפלת'],
  escalate: ['escalation', 'הסלמה', 'להסלים'],
  resolve: ['resolved', 'close', 'done', 'fixed', 'solved', 'נפתר', 'נפתרה', 'פתרון', 'נסגר', 'סגירה', 'לסגור'],
  reopen: ['re-open', 'פתיחה מחדש', 'לפתוח מחדש', 'נפתחה מחדש'],
  cancel: ['abort', 'cancelled', 'canceled', 'false alarm', 'ביטול', 'בטל', 'בטלי', 'לבטל', 'אזעקת שווא'],
  join: ['follow', 'הצטרפות', 'להצטרף', 'מצטרף', 'מצטרפת', 'מעקב'],
  note: ['notes', 'log', 'write', 'הערה', 'רשום', 'רשמי', 'לרשום'],
  timeline: ['history', 'events', 'ציר', 'ציר זמן', 'היסטוריה'],
  why: ['explain', 'למה', 'מדוע'],
  oncall: ['on-call', 'on call', 'duty', 'who', 'תורן', 'תורנית', 'תורנות', 'תורנים', 'מי', 'מי תורן', 'בתורנות'],
  cover: ['substitute', 'החלפה', 'החלפת', 'להחליף', 'מחליף', 'מחליפה', 'מחליפים', 'לכסות'],
  take: ['takeover', 'take over', 'לקחת תורנות', 'קח תורנות', 'קחי תורנות', 'לוקח תורנות', 'לוקחת תורנות', 'לקחת'],
  swap: ['trade', 'exchange', 'להתחלף', 'חילוף', 'חילופים', 'החלפת משמרות'],
  away: ['unavailable', 'absent', 'leave', 'היעדרות', 'נעדר', 'נעדרת', 'לא זמין', 'לא זמינה', 'לא כאן'],
  back: ['available', 'return', 'חזרתי', 'זמין', 'זמינה'],
  coverage: ['thin', 'depth', 'gaps', 'כיסוי', 'עומק'],
  metrics: ['figures', 'stats', 'statistics', 'mttr', 'מדדים', 'נתונים'],
  digest: ['weekly', 'summary', 'סיכום', 'סיכום שבועי'],
  postmortem: ['post-mortem', 'post mortem', 'pm', 'retro', 'retrospective', 'rca', 'תחקיר'],
  list: ['ls', 'incidents', 'רשימה', 'תקלות'],
  help: ['?', 'commands', 'usage', 'עזרה', 'פקודות'],
};

export type ReadCommand =
  | { readonly kind: 'command'; readonly word: CommandWord; readonly rest: string }
  | { readonly kind: 'unknown'; readonly typed: string; readonly suggestions: readonly CommandWord[] }
  | { readonly kind: 'empty' };

/**
 * Finds the command that somebody meant. The word itself and its synonyms count as written, in any case; then the
 * beginning of one (three letters or more), then one slip of the finger (words of four letters or more): but these two
 * only when they leave no doubt. Whatever is not found is answered with what comes near.
 */
export function readCommand(text: string): ReadCommand {
  const trimmed = text.replace(directionMarks, '').trim();
  if (trimmed === '') return { kind: 'empty' };
  for (const tokens of [2, 1]) {
    const { head, rest } = splitHead(trimmed, tokens);
    const word = head === undefined ? undefined : known.get(normal(head));
    if (word !== undefined) return { kind: 'command', word, rest };
  }
  const { head = trimmed, rest } = splitHead(trimmed, 1);
  const typed = normal(head);
  const begun = startingWith(typed);
  const near = begun.length > 0 ? begun : within(typed, 1);
  const [only] = near;
  if (near.length === 1 && only !== undefined) return { kind: 'command', word: only, rest };
  return { kind: 'unknown', typed: head, suggestions: near.length > 0 ? near : within(typed, 2) };
}

/** Right-to-left marks come along when Hebrew is pasted. */
const directionMarks = /[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/g;

const known: ReadonlyMap<string, CommandWord> = new Map(
  commandWords.flatMap((word) => [word, ...synonyms[word]].map((written) => [normal(written), word] as const)),
);

function splitHead(text: string, tokens: number): { head: string | undefined; rest: string } {
  const pattern = tokens === 2 ? /^(\S+\s+\S+)(?:\s+|$)/u : /^(\S+)(?:\s+|$)/u;
  const head = pattern.exec(text)?.[0];
  return head === undefined ? { head, rest: text } : { head: head.trim(), rest: text.slice(head.length).trim() };
}

/** `/incident Resolve!` and `resolve:` mean resolve. */
function normal(written: string): string {
  const lower = written.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return lower.replace(/^[/-]+/, '').replace(/[.,!:;]+$/, '');
}

function startingWith(typed: string): CommandWord[] {
  if (typed.length < 3) return [];
  return distinct([...known].flatMap(([written, word]) => (written.startsWith(typed) ? [word] : [])));
}

function within(typed: string, slips: number): CommandWord[] {
  if (typed.length < 3 + slips - 1) return [];
  return distinct(
    [...known].flatMap(([written, word]) =>
      written.length >= 4 && beginsAlike(typed, written, slips) && slipsBetween(typed, written) <= slips ? [word] : [],
    ),
  );
}

/** A single slip seldom hits the first letter: "over quota" is not meant to be "cover". */
function beginsAlike(typed: string, written: string, slips: number): boolean {
  return slips > 1 || typed[0] === written[0] || (typed[0] === written[1] && typed[1] === written[0]);
}

function distinct(words: readonly CommandWord[]): CommandWord[] {
  return commandWords.filter((word) => words.includes(word));
}

/** Insertions, deletions, replacements and swapped neighbours (optimal string alignment). */
export function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? b.length;
}
