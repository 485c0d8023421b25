import { callUpDrill } from '../src/oncall/call-up-drill.ts';
import { planFairness } from '../src/oncall/call-up.ts';
import { coverage, coverageModes } from '../src/oncall/coverage.ts';
import { coverPlan } from '../src/oncall/cover-plan.ts';
import { onDuty } from '../src/oncall/duty.ts';
import { hollowShifts } from '../src/oncall/hollow-shifts.ts';
import { believed } from '../src/oncall/presence.ts';
import type { OnCallFacts } from '../src/oncall/resolver.ts';
import { dayMs, minuteMs } from '../src/oncall/time.ts';
import { withTimelines } from '../src/oncall/timeline.ts';
import { dayKindsOf } from '../src/oncall/workdays.ts';
import type { Bench } from './support/context.ts';
import { type CompanySize, largeCompany } from './support/large-company.ts';
import { ms } from './support/report.ts';
import { median, summary } from './support/statistics.ts';

const sizes: readonly CompanySize[] = [
  { people: 50, schedules: 15, windows: 500 },
  { people: 100, schedules: 30, windows: 1_000 },
  { people: 200, schedules: 60, windows: 2_000 },
  { people: 400, schedules: 120, windows: 4_000 },
];
const rounds = 7;
const questions = 20_000;
const now = Date.UTC(2026, 10, 22, 8, 0);
const span = { from: now, to: now + 90 * dayMs };

export const coverageBench: Bench = {
  name: 'coverage',
  about: 'coverage of 90 days in each mode, a cover plan, a drill and who is on duty, for companies up to 400 people',
  run({ report }) {
    report.section(`Coverage and cover plan over 90 days: processor time, median of ${rounds} rounds (first)`);
    const rows = sizes.map((size) => {
      const facts = largeCompany(size, now);
      const modes = coverageModes.map((mode) => timed(() => coverage(facts, { ...span, mode })));
      const planned = believed(facts, 'tentative');
      const plan = timed(() => planOf(planned));
      const drill = timed(() => callUpDrill(facts, ['p0000', 'p0001', 'p0002'], now));
      const found = [coverage(facts, { ...span, mode: 'tentative' }).length, hollowShifts(planned, span).length];
      return [nameOf(size), ...found.map(String), ...[...modes, plan, drill].map(({ text }) => text)];
    });
    report.table(['people, schedules, windows', 'segments', 'hollow', ...coverageModes, 'plan', 'drill'], rows);
    report.section(`Who is on duty for one schedule at one instant: ${questions.toLocaleString('en')} questions`);
    report.table(
      ['people, schedules, windows', 'p50', 'p90', 'p99', 'max'],
      sizes.map((size) => [nameOf(size), ...onDutyTimes(largeCompany(size, now))]),
    );
    return Promise.resolve();
  },
};

/** What a lead asks for: what is hollow, what everybody has carried, and who could take it. */
function planOf(facts: OnCallFacts) {
  const fairness = planFairness(facts, now, dayKindsOf(facts.catalog), 'bench');
  return coverPlan(facts, hollowShifts(facts, span), fairness);
}

/** Processor time, all threads: these are rules that wait for nothing, and the clock would count what else the machine does. */
function timed(work: () => unknown): { readonly text: string } {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    took.push((user + system) / 1_000);
  }
  return { text: `${ms(median(took))} (${ms(took[0] ?? 0)})` };
}

/** With windows prepared once, as whoever asks many questions of one snapshot does. */
function onDutyTimes(facts: OnCallFacts): readonly string[] {
  const ready = withTimelines(facts);
  const schedules = Object.keys(facts.catalog.schedules);
  const took: number[] = [];
  for (let question = 0; question < questions; question += 1) {
    const begun = performance.now();
    onDuty(ready, schedules[question % schedules.length] ?? '', now + question * 6 * minuteMs, 'sev1');
    took.push(performance.now() - begun);
  }
  const { p50, p90, p99, max } = summary(took);
  return [p50, p90, p99, max].map((value) => (value < 0.1 ? `${(value * 1_000).toFixed(1)} µs` : ms(value)));
}

function nameOf({ people, schedules, windows }: CompanySize): string {
  return [people, schedules, windows].map((count) => count.toLocaleString('en')).join(', ');
}
