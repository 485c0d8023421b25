import type { PersonalExport } from '../engine/privacy-export.ts';
import type { PrivacyWords } from '../messages/privacy.ts';
import type { PersonId } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';

export interface Place {
  readonly words: PrivacyWords;
  time(atMs: EpochMs): string;
  name(person: PersonId): string;
}

/** An export for people to read, under a heading for each subject. */
export function exportLines(exported: PersonalExport, place: Place): readonly string[] {
  const { words, time, name } = place;
  const { person, at, delegate, absences, rules, calendars, overrides, offers, looks } = exported;
  const span = (from: EpochMs, to: EpochMs | null) => words.span(time(from), to === null ? undefined : time(to));
  return [
    words.title(name(person), time(at)),
    ...under(
      words.absences,
      absences.map((absence) => absenceLine(absence, absences, place)),
      words,
    ),
    ...under(words.delegate, delegate === undefined ? [] : [name(delegate)], words),
    ...under(
      words.rules,
      rules.map((rule) => JSON.stringify(rule)),
      words,
    ),
    ...under(
      words.calendars,
      calendars.map(({ id, address }) => `${id}: ${address}`),
      words,
    ),
    ...under(
      words.overrides,
      overrides.map(({ schedule, override }) => `${schedule}: ${span(override.from, override.to)}`),
      words,
    ),
    ...under(
      words.offers,
      offers.map(({ schedule, from, to }) => `${schedule}: ${span(from, to)}`),
      words,
    ),
    ...under(
      words.looks,
      looks.map((look) => words.look(time(look.at), name(look.by), words.lookedAt[look.what])),
      words,
    ),
  ];
}

function under(heading: string, lines: readonly string[], { nothing }: PrivacyWords): readonly string[] {
  return ['', heading, ...(lines.length === 0 ? [nothing] : lines).map((line) => `  ${line}`)];
}

type Absence = PersonalExport['absences'][number];

function absenceLine(absence: Absence, all: readonly Absence[], { words, time, name }: Place): string {
  const { id, effect, kind, certain, cancelled, from, to, enteredBy } = absence;
  return [
    words.span(time(from), to === null ? undefined : time(to)),
    words.effects[effect],
    ...(kind === undefined ? [] : [words.kinds[kind]]),
    ...(certain ? [] : [words.tentative]),
    ...(cancelled ? [words.withdrawn] : []),
    ...(all.some(({ supersedes }) => supersedes === id) ? [words.replaced] : []),
    ...(enteredBy === undefined ? [] : [words.enteredBy(name(enteredBy))]),
  ].join(', ');
}
