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
    'כבר שבר הבר לבר לאור באור מאור האור שלי בתום לתום בחן הבחן מדור כדור בדור הדור שמור במור כמור בשיר השיר הגל בגל לגל מגל ' +
    'בטל הטל מטל שטל הים בים לים מים כים לשחר השחר הדר בהדר מהדר בשי לשי השי כרון הרון לחן החן שחן מלי כלי בלי לרז הרז ' +
    'הראל בראל ברק הברק מברק שרון השרון בשרון לעומר העומר בעומר השלום לשלום בשלום משלום הנוי שנוי בנוי לנוי לפז הפז מפז'
  ).split(' '),
);

const hebrewLetter = /\p{Script=Hebrew}/u;

export function isHebrewWord(text: string): boolean {
  return hebrewLetter.test(text);
}

/** Everything that the name of a person, written by others, may look like in a text; longest first, without repeats. */
export function namesToFind(names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const name of names) {
    const whole = name.trim().replace(/^@+/, '').replaceAll(/\s+/g, ' ');
    if (!isWorthFinding(whole)) continue;
    found.add(whole);
    for (const part of whole.split(/[\s,"()“”״]+/)) if (isWorthFinding(part)) found.add(part);
  }
  return [...found].toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

/** A single letter is an initial and finds far more than a name; `de`, `בן` and the like are no names by themselves. */
function isWorthFinding(name: string): boolean {
  return (
    /\p{L}.*[\p{L}\p{N}]/u.test(name) &&
    !/^(?:de|da|di|van|von|der|bin|ben|al|el|la|le|בן|בת|אל|אבו|די|דה)$/iu.test(name)
  );
}

/**
 * A pattern for one name: any white space between its words, Hebrew prefix letters before a Hebrew name, and a capital
 * where the name is also an everyday word. For the flags `iu`; boundaries are the caller's.
 */
export function namePattern(name: string): string {
  const words = name.split(' ').map((word) => escapeForPattern(word));
  const pattern = words.join('[\\s\\u00A0]+');
  if (isHebrewWord(name)) return `[ושהכבלמ]{0,3}?${pattern}`;
  if (!everydayWords.has(name.toLowerCase())) return pattern;
  const capital = name.charAt(0).toUpperCase();
  return `(?-i:${capital}(?:${escapeForPattern(name.slice(1).toLowerCase())}|${escapeForPattern(name.slice(1).toUpperCase())}))`;
}

/** Whether a word that looks like a Hebrew prefix with a name after it is a word of its own. */
export function isHebrewLookalike(word: string): boolean {
  return hebrewLookalikes.has(word);
}

export function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
