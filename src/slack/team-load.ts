import { fairnessWords } from '../messages/fairness.ts';
import { fairness } from '../oncall/fairness.ts';
import type { Span } from '../oncall/layer-windows.ts';
import { entry } from '../oncall/lookup.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import type { Asked } from './asked.ts';
import { isolate, leftToRight, line, oneLine } from './views/text.ts';

/** How evenly duty lies on the asker's own teams: loads alone, and only for those who share the team. */
export function teamLoadLines({ facts, person, language }: Asked, span: Span): readonly string[] {
  const { teams, people } = facts.catalog;
  const words = fairnessWords[language];
  const own = Object.values(teams).filter(({ members, lead }) => lead === person || members.includes(person));
  return own.flatMap(({ id, members }) => {
    const told = fairness(facts, members, span, dayKindsOf(facts.catalog));
    if (told.people.every(({ load }) => load === 0)) return [];
    return [
      line(words.team(isolate(oneLine(id), language)), language),
      ...told.people.map((share) => {
        const load = leftToRight(share.load.toFixed(1), language);
        const name = entry(people, share.person)?.name ?? share.person;
        return line(words.share(isolate(oneLine(name), language), load), language);
      }),
    ];
  });
}
