import type { AppliedPlan, CalledUp, CallUpPicture, PersonVerdict, UndoneCallUp } from '../engine/call-up.ts';
import { callUpCliWords } from '../messages/callup-cli.ts';
import type { Catalog, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { clock } from './oncall-table.ts';
import { nameOf } from './people.ts';

/** Marked people, what is hollow without them, who could take what, and how to go on. */
export function calledUpText(catalog: Catalog, batch: string, done: CalledUp): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  return [
    words.peopleTitle,
    ...verdicts(catalog, done.people, words.marking),
    ...pictureText(catalog, done),
    ...(done.plan.covers.length > 0 ? [words.applyWith(batch)] : []),
    words.undoWith(batch),
  ];
}

export function previewText(catalog: Catalog, people: readonly PersonId[], picture: CallUpPicture): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  return [
    words.peopleTitle,
    ...people.map((person) => `  ${nameOf(catalog, person)}: ${words.wouldMark}`),
    ...pictureText(catalog, picture),
  ];
}

export function appliedText(catalog: Catalog, { covers, unfilled }: AppliedPlan): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  return [
    words.planTitle,
    ...(covers.length === 0 ? [`  ${unfilled.length === 0 ? words.nothingToPlan : words.noCover}`] : []),
    ...covers.map(
      ({ verdict, ...cover }) =>
        `  ${cover.schedule}: ${spanOf(catalog, cover)}, ${whoFor(catalog, cover)}: ${words.applying[verdict]}`,
    ),
    ...unfilledText(catalog, unfilled),
  ];
}

export function undoneText(catalog: Catalog, { people }: UndoneCallUp): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  const isStuck = people.some(({ verdict }) => verdict === 'refused');
  return [words.peopleTitle, ...verdicts(catalog, people, words.undoing), ...(isStuck ? [words.notUndone] : [])];
}

function pictureText(catalog: Catalog, { hollow, plan }: CallUpPicture): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  return [
    words.hollowTitle,
    ...(hollow.length === 0 ? [`  ${words.nothingHollow}`] : []),
    ...hollow.map(
      (one) => `  ${one.schedule}: ${words.levels[one.level]}, ${words.depth(one.depth)}, ${spanOf(catalog, one)}`,
    ),
    words.planTitle,
    ...(plan.covers.length === 0 ? [`  ${plan.unfilled.length === 0 ? words.nothingToPlan : words.noCover}`] : []),
    ...plan.covers.map((cover) => {
      const why = cover.why.map((reason) => words.reasons[reason]).join(', ');
      return `  ${cover.schedule}: ${spanOf(catalog, cover)}, ${whoFor(catalog, cover)}${why === '' ? '' : ` (${why})`}`;
    }),
    ...unfilledText(catalog, plan.unfilled),
    ...plan.overloaded.map(({ person, ofNorm }) => words.overloaded(nameOf(catalog, person), Math.round(ofNorm * 100))),
  ];
}

function unfilledText(catalog: Catalog, unfilled: CallUpPicture['plan']['unfilled']): string[] {
  const words = callUpCliWords[catalog.workspace.locale];
  if (unfilled.length === 0) return [];
  return [
    words.unfilledTitle,
    ...unfilled.map((shift) => `  ${shift.schedule}: ${spanOf(catalog, shift)}: ${words.because[shift.because]}`),
  ];
}

function verdicts(
  catalog: Catalog,
  people: readonly PersonVerdict[],
  words: Readonly<Record<PersonVerdict['verdict'], string>>,
): string[] {
  return people.map(({ person, verdict }) => `  ${nameOf(catalog, person)}: ${words[verdict]}`);
}

function whoFor(
  catalog: Catalog,
  { person, insteadOf }: { readonly person: PersonId; readonly insteadOf: PersonId | null },
): string {
  const words = callUpCliWords[catalog.workspace.locale];
  const name = nameOf(catalog, person);
  return insteadOf === null ? name : words.instead(name, nameOf(catalog, insteadOf));
}

function spanOf(
  catalog: Catalog,
  { schedule, from, to }: { readonly schedule: ScheduleId; readonly from: number; readonly to: number },
): string {
  const zone = entry(catalog.schedules, schedule)?.timezone ?? catalog.workspace.timezone;
  return callUpCliWords[catalog.workspace.locale].span(clock(catalog, from, zone), clock(catalog, to, zone));
}
