import { slackCallUpWords } from '../../messages/slack-call-up.ts';
import type { CallUpDrill, Paged, ServiceDrill } from '../../oncall/call-up-drill.ts';
import type { Catalog, Language, ScheduleId } from '../../oncall/catalog.ts';
import { entry } from '../../oncall/lookup.ts';
import { namesIn } from './call-up.ts';
import { context, section } from './blocks.ts';
import { channelLink } from './incident-words.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { inline, line } from './text.ts';

export interface DrillView {
  readonly drill: CallUpDrill;
  readonly catalog: Catalog;
  /** How many are left is shown of these alone. */
  readonly seen: readonly ScheduleId[];
  readonly language: Language;
}

const mostServices = 20;
const mostSchedules = 20;

/** Who would be paged, service by service. Nothing is done. */
export function drillMessage(view: DrillView): SlackMessage {
  const { drill, catalog, seen, language } = view;
  const words = slackCallUpWords[language].drill;
  const services = drill.services.slice(0, mostServices).map((service) => serviceText(service, view));
  const schedules = drill.schedules
    .filter(({ schedule }) => seen.includes(schedule))
    .flatMap(({ schedule, depth, isHollow }) => {
      const name = inline(schedule, language, 60);
      if (isHollow) return [`🟥 ${words.hollow(name)}`];
      if (depth.before === null || depth.after === null || depth.before === depth.after) return [];
      return [words.depth(name, depth.before, depth.after)];
    })
    .slice(0, mostSchedules);
  const titled = (title: string, rows: readonly string[]) =>
    rows.length === 0 ? [] : [section([`*${title}*`, ...rows].map((each) => line(each, language)).join('\n'))];
  return spokenMessage([
    section(line(`*${words.title(namesIn(drill.people, catalog.people, language))}*`, language)),
    context([line(words.nothingDone, language)]),
    ...titled(words.services, services),
    ...titled(words.schedules, schedules),
  ]);
}

function serviceText({ service, steps, lastResort, outcome }: ServiceDrill, view: DrillView): string {
  const { catalog, language } = view;
  const words = slackCallUpWords[language].drill;
  const name = inline(entry(catalog.services, service)?.name ?? service, language, 80);
  if (outcome === 'last_resort') return `🟥 ${words.lastResort(name, pagedText(lastResort.after, view))}`;
  const first = steps.find((step) => step.after.people.length > 0);
  const before = steps.find((step) => step.before.people.length > 0);
  const after = pagedText(first?.after ?? nobody, view);
  if (outcome === 'same') return `🟩 ${words.same(name, after)}`;
  return `🟨 ${words.changed(name, pagedText(before?.before ?? nobody, view), after)}`;
}

const nobody: Paged = { people: [], channels: [] };

function pagedText({ people, channels }: Paged, { catalog, language }: DrillView): string {
  const shown = [
    ...(people.length === 0 ? [] : [namesIn(people, catalog.people, language)]),
    ...channels.map((channel) => channelLink({ id: channel }) ?? inline(channel, language, 80)),
  ];
  return shown.length === 0 ? slackCallUpWords[language].drill.nobody : shown.join(', ');
}
