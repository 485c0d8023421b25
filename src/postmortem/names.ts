/**
 * Names that are also everyday words. In Latin script they count only with a capital (`Or` and not `or`): these given
 * names are common in Israel or in English, and a post-mortem is full of the words.
 */
const everydayWords = new Set(
  (
    'adi amber angel art bar ben bill bob chase chen dawn dean dor drew eden faith frank gal gene grace grant guy hope jack ' +
    'joy lee lior mark max may mike mor nick nir norm now on or pat penny port ran ray rich rob rod rose rush sage shay shir ' +
    'sky sue summer sunny tal tom tor wade will yam ziv zone'
  ).split(' '),
);

/**
 * Words that consist of a Hebrew prefix and a name and nearly always mean something else: "already" is not "as Bar",
 * "in view of" is not "to Or".
 */
const hebrewLookalikes = new Set(
  (
    'כבר שבר הבר לאור באור מאור האור שלי בתום לתום בחן מדור כדור בדור הדור שמור בשיר השיר הגל בגל לגל מגל ' +
    'בטל הטל שטל הים בים לים מים כים לשחר השחר הדר בהדר מהדר בשי לשי השי כרון הרון לחן החן שחן מלי כלי בלי לרז הרז ' +
    'ברק הברק מברק שרון השרון בשרון השלום לשלום בשלום משלום הנוי שנוי בנוי לנוי לפז הפז מפז'
  ).split(' '),
);

/** Everything that the name of a person, written by others, may look like in a text; longest first, without repeats. */
export function namesToFind(names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const name of names) {
    const whole = name.trim().replace(/^@+/, '').replaceAll(/\s+/g, ' ');
    if (!isWorthFinding(whole)) continue;
    found.add(whole);
    for (const [index, part] of whole.split(/[\s,"()“”״]+/).entries()) {
      if (isWorthFinding(part) && (index === 0 || !particles.test(part))) found.add(part);
    }
  }
  return [...found].toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

/** Stand inside family names and are no names by themselves: `בן`, `van`. In front, `Ben` is a given name. */
const particles = /^(?:de|da|di|van|von|der|bin|ben|al|el|la|le|בן|בת|אל|אבו|די|דה)$/iu;

/** A single letter is an initial and finds far more than a name. */
function isWorthFinding(name: string): boolean {
  return /\p{L}.*[\p{L}\p{N}]/u.test(name);
}

/** Prepositions and the like, which Hebrew writes onto the next word, also onto a name in Latin script. */
export const hebrewPrefix = '[ושהכבלמ]{0,3}?';

/**
 * A pattern for one name: any white space between its words, and a capital where it is also an everyday word. For the flags
 * `iu`; boundaries and prefixes are the caller's.
 */
export function namePattern(name: string): string {
  const pattern = name.split(' ').map(escapeForPattern).join('[\\s\\u00A0]+');
  if (!everydayWords.has(name.toLowerCase())) return pattern;
  const capital = name.charAt(0).toUpperCase();
  return `(?-i:${capital}(?:${escapeForPattern(name.slice(1).toLowerCase())}|${escapeForPattern(name.slice(1).toUpperCase())}))`;
}

/**
 * Whether `word`, which ends in `name` after Hebrew prefix letters, is a word of its own. It may have further prefixes in
 * front: `והשבר` is "and the break".
 */
export function isHebrewLookalike(word: string, name: string): boolean {
  for (let start = 0; start < word.length - name.length; start += 1) {
    if (hebrewLookalikes.has(word.slice(start))) return true;
  }
  return false;
}

export function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
