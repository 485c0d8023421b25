import { concernText, coverageWords, leadText, listText, witnessText } from '../messages/coverage.ts';
import { coverageCliWords } from '../messages/coverage-cli.ts';
import { durationText } from '../messages/figures.ts';
import { shiftTimes } from '../messages/shift-times.ts';

import type { CallUpDrill, Paged } from '../oncall/call-up-drill.ts';
import { planFairness } from '../oncall/call-up.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import { coverage, coverageLevels, type CoverageQuestion, type CoverageSegment } from '../oncall/coverage.ts';
import { type CoverageConcern, coverageConcerns } from '../oncall/coverage-concerns.ts';
import { type CoverPlan, coverPlan } from '../oncall/cover-plan.ts';
import { hollowShifts } from '../oncall/hollow-shifts.ts';
import { believed } from '../oncall/presence.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { toIso } from '../oncall/time.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import { aligned, clock } from './oncall-table.ts';
import { nameOf } from './people.ts';

type Asked = CoverageQuestion & { readonly k: number };

/** So many covers are printed; the rest is counted. */
const mostCovers = 15;

/** Spans that concern a lead, a line for each, what to do about them, and whom to ask for what. */
export function coverageText(facts: OnCallFacts, question: Asked, segments: readonly CoverageSegment[]): string[] {
  const { catalog } = facts;
  const language = catalog.workspace.locale;
  const zone = catalog.workspace.timezone;
  const words = coverageCliWords[language];
  const general = coverageWords[language];
  const { from, to, k, mode } = question;
  const concerns = coverageConcerns(segments, k);
  const rows = concerns.map((concern) => [
    clock(catalog, concern.from, zone),
    concern.isOpen ? words.open : clock(catalog, concern.to, zone),
    general.levels[concern.level],
    leadText(concern.from - from, language),
    concernText(concern, nameIn(facts), language),
  ]);
  const header = [words.from, words.until, words.level, words.begins, words.what];
  return [
    words.title(clock(catalog, from, zone), clock(catalog, to, zone), zone),
    words.question(k, general.modes[mode]),
    shares(segments, language),
    '',
    ...(rows.length === 0 ? [words.allWell] : aligned([header, ...rows])),
    ...(holdsByAskedLast(facts, question, segments) ? ['', words.askedLastMatters] : []),
    ...planText(facts, question, language),
    ...nextSteps(concerns, question, language),
  ];
}

/** How much of the time is spent on each level, all schedules together. */
function shares(segments: readonly CoverageSegment[], language: Language): string {
  const parts = coverageLevels.flatMap((level) => {
    const lasting = segments
      .filter((segment) => segment.level === level)
      .reduce((total, { from, to }) => total + to - from, 0);
    if (lasting === 0) return [];
    return [coverageCliWords[language].share(coverageWords[language].levels[level], durationText(lasting, language))];
  });
  return `${coverageWords[language].allTogether}: ${parts.join(', ')}`;
}

/** Whether the worst level, all schedules together, would be worse without those who are to be asked last. */
function holdsByAskedLast(facts: OnCallFacts, question: Asked, segments: readonly CoverageSegment[]): boolean {
  const without = coverage(facts, { ...question, askedLast: 'gone' });
  const short = (all: readonly CoverageSegment[], level: CoverageSegment['level']) =>
    all.filter((segment) => segment.level === level).reduce((total, { from, to }) => total + to - from, 0);
  return (['uncovered', 'last_person'] as const).some((level) => short(without, level) > short(segments, level));
}

function planText(facts: OnCallFacts, { from, to, mode }: Asked, language: Language): string[] {
  const planned = believed(facts, mode === 'confirmed' ? 'confirmed' : 'tentative');
  const dayKind = dayKindsOf(facts.catalog);
  const hollow = hollowShifts(planned, { from, to });
  const plan = coverPlan(planned, hollow, planFairness(planned, from, dayKind, toIso(from)));
  if (plan.covers.length === 0 && plan.unfilled.length === 0) return [];
  const words = coverageCliWords[language];
  const lines = planLines(facts, plan, language);
  const fair = plan.overloaded.map(({ person }) => nameIn(facts)(person));
  return [
    '',
    words.plan,
    ...lines.slice(0, mostCovers).map((line) => `  ${line}`),
    ...(lines.length > mostCovers ? [`  ${words.moreCovers(lines.length - mostCovers)}`] : []),
    `  ${words.byConsent}`,
    ...(fair.length === 0 ? [] : [`  ${coverageWords[language].cannotBeFair(listText(fair, language))}`]),
  ];
}

function planLines(facts: OnCallFacts, { covers, unfilled }: CoverPlan, language: Language): string[] {
  const words = coverageCliWords[language];
  const { reasons, unfilled: becauses } = coverageWords[language];
  const zone = facts.catalog.workspace.timezone;
  const span = ({ from, to }: { readonly from: number; readonly to: number }) => shiftTimes(from, to, zone, language);
  return [
    ...unfilled.map((shift) => ({
      from: shift.from,
      text: words.unfilled(shift.schedule, span(shift), becauses[shift.because]),
    })),
    ...covers.map((cover) => ({
      from: cover.from,
      text: words.cover(
        cover.schedule,
        span(cover),
        nameIn(facts)(cover.person),
        cover.why.map((reason) => reasons[reason]).join(', '),
      ),
    })),
  ]
    .toSorted((a, b) => a.from - b.from)
    .map(({ text }) => text);
}

/** What to do: the worst first, each schedule once, and all that is thin together. */
function nextSteps(concerns: readonly CoverageConcern[], { from }: Asked, language: Language): string[] {
  const { steps, nextSteps: title } = coverageCliWords[language];
  const told = new Set<string>();
  const lines = (['uncovered', 'last_person'] as const).flatMap((level) =>
    concerns
      .filter((concern) => concern.level === level)
      .flatMap(({ schedules, from: begins }) => {
        const which = listText(schedules, language);
        if (told.has(which)) return [];
        told.add(which);
        const lead = leadText(begins - from, language);
        return [level === 'uncovered' ? steps.uncovered(which, lead) : steps.lastPerson(which, lead)];
      }),
  );
  const thin = new Set(concerns.filter(({ level }) => level === 'thin').flatMap(({ schedules }) => schedules));
  const all = thin.size === 0 ? lines : [...lines, steps.thin(listText([...thin], language))];
  return all.length === 0 ? [] : ['', title, ...all.map((line) => `  ${line}`)];
}

/** Who is paged before and after, service by service, and what is left of each schedule. */
export function drillText(facts: OnCallFacts, drill: CallUpDrill): string[] {
  const { catalog } = facts;
  const language = catalog.workspace.locale;
  const words = coverageCliWords[language].drill;
  const people = listText(drill.people.map(nameIn(facts)), language);
  const rows = drill.services.flatMap(({ service, steps, lastResort, outcome }) => [
    ...steps.map(({ before, after }, index) => [
      index === 0 ? service : '',
      words.step(index + 1, pagedText(facts, before, language)),
      words.step(index + 1, pagedText(facts, after, language)),
      index === 0 ? words.outcomes[outcome] : '',
    ]),
    [
      steps.length === 0 ? service : '',
      words.lastResort(pagedText(facts, lastResort.before, language)),
      words.lastResort(pagedText(facts, lastResort.after, language)),
      steps.length === 0 ? words.outcomes[outcome] : '',
    ],
  ]);
  const hollow = drill.schedules.filter(({ isHollow }) => isHollow).map(({ schedule }) => schedule);
  const { before, after } = drill.coverage;
  const { levels } = coverageWords[language];
  return [
    words.title(people, clock(catalog, drill.at, catalog.workspace.timezone)),
    '',
    ...(rows.length === 0 ? [words.noServices] : aligned([[words.service, words.before, words.after, ''], ...rows])),
    '',
    hollow.length === 0 ? words.noneHollow : `${words.hollow}: ${listText(hollow, language)}`,
    words.together(levels[before.level], levels[after.level]),
    ...listed(witnessText(after, nameIn(facts), language)),
  ];
}

function pagedText(facts: OnCallFacts, { people, channels }: Paged, language: Language): string {
  const all = [...people.map(nameIn(facts)), ...channels];
  return all.length === 0 ? coverageCliWords[language].drill.nobody : listText(all, language);
}

function listed(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

function nameIn({ catalog }: OnCallFacts): (person: PersonId) => string {
  return (person) => nameOf(catalog, person);
}
