import type { Catalog, PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { CoverageMode } from '../oncall/coverage.ts';
import { takePeople } from './away-arguments.ts';

export type CoverageRequest =
  | {
      readonly kind: 'coverage';
      readonly days: number;
      readonly k: number | undefined;
      readonly mode: CoverageMode;
      /** Undefined: all that the reader may see. */
      readonly schedule: ScheduleId | undefined;
    }
  /** What if these were called up now? */
  | { readonly kind: 'drill'; readonly people: readonly PersonId[] }
  | { readonly kind: 'unclear' };

export const usualDays = 90;
export const mostDays = 366;
export const mostTarget = 9;

/** `30 days`, `6 weeks`, `k=3`, `stress`, `certain only`, a schedule, in any order; `without @dana @omer` is a drill. */
export function readCoverage(text: string, catalog: Catalog): CoverageRequest {
  const drill = /^(?:without|minus|if|drill|בלי|ללא|תרגיל)(?!\p{L})\s*/iu.exec(text.trim());
  if (drill !== null) return readDrill(text.trim().slice(drill[0].length), catalog);
  let rest = text.trim();
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const match = pattern.exec(rest);
    if (match !== null) rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`.trim();
    return match;
  };
  const k = take(/(?<!\S)k\s*=?\s*(\d{1,2})(?!\S)/iu)?.[1];
  const span = take(/(?<!\S)(\d{1,3})\s*(days?|d|weeks?|w|ימים|יום|שבועות|שבוע)?(?!\S)/iu);
  const isStress = take(/(?<!\p{L})(?:stress|worst case|עומס|המקרה הגרוע)(?!\p{L})/iu) !== null;
  const isCertain = take(/(?<!\p{L})(?:(?:only )?(?:confirmed|certain)(?: only)?|(?:רק )?סופי)(?!\p{L})/iu) !== null;
  const schedule = Object.keys(catalog.schedules).find((id) => id.toLowerCase() === rest.trim().toLowerCase());
  if (rest.trim() !== '' && schedule === undefined) return { kind: 'unclear' };
  const isWeeks = /^(?:w|שבוע)/iu.test(span?.[2] ?? '');
  const days = span?.[1] === undefined ? usualDays : Number(span[1]) * (isWeeks ? 7 : 1);
  const target = k === undefined ? undefined : Number(k);
  if (days < 1 || days > mostDays || (target !== undefined && (target < 1 || target > mostTarget)))
    return { kind: 'unclear' };
  return {
    kind: 'coverage',
    days,
    k: target,
    mode: isStress ? 'stress' : isCertain ? 'confirmed' : 'tentative',
    schedule,
  };
}

function readDrill(text: string, catalog: Catalog): CoverageRequest {
  const named = takePeople(text, catalog);
  if (named.kind === 'unknown' || named.people.length === 0) return { kind: 'unclear' };
  return /^(?:are gone|vanish(?:ed)?|go|leave)?$/iu.test(named.rest)
    ? { kind: 'drill', people: named.people }
    : { kind: 'unclear' };
}
