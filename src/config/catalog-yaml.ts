import { Document, isPair, isScalar, Scalar, visit } from 'yaml';
import type {
  Catalog,
  Layer,
  Override,
  Person,
  Policy,
  PolicyStep,
  Schedule,
  Service,
  Target,
  Team,
  Workspace,
} from '../oncall/catalog.ts';
import {
  dayMs,
  type EpochMs,
  hourMs,
  minuteMs,
  parseInstant,
  secondMs,
  type TimeZone,
  toIso,
  toIsoInZone,
} from '../oncall/time.ts';

/**
 * A catalog as the file that gives it: `parseCatalog` makes the same of it. What the schema fills in is left out; what is
 * past is not part of a file. `comment` stands at its head.
 */
export function catalogYaml(catalog: Catalog, comment: string): string {
  const { workspace } = catalog;
  const document = new Document(
    withoutEmpty({
      workspace: workspaceText(workspace),
      people: mapped(catalog.people, personText),
      teams: filled(mapped(catalog.teams, teamText)),
      schedules: filled(mapped(catalog.schedules, (schedule) => scheduleText(schedule, workspace.timezone))),
      policies: filled(mapped(catalog.policies, (policy) => policyText(policy, workspace.lastResort))),
      services: filled(mapped(catalog.services, serviceText)),
    }),
    // One list may stand in several places of a catalog; a reader wants to see it in each.
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
  layOut(document);
  return document.toString({ lineWidth: 120, flowCollectionPadding: true });
}

function workspaceText(workspace: Workspace) {
  const { workWeek, locale, admins, lastResort, companyDays } = workspace;
  return withoutEmpty({
    timezone: workspace.timezone,
    work_week: workWeek.join() === 'sun,mon,tue,wed,thu' ? undefined : workWeek,
    locale: locale === 'en' ? undefined : locale,
    admins: some(admins),
    announce: workspace.announce,
    default_policy: workspace.defaultPolicy,
    last_resort: some(lastResort.map(targetText)),
    coverage_target: workspace.coverageTarget,
    company_days: companyDays?.map(({ date, name, off }) =>
      withoutEmpty({ date, name, off: off === 'day' ? undefined : off }),
    ),
    burden: workspace.burden,
  });
}

function personText(person: Person) {
  const { name, slack, pagerduty, email, timezone, language, workWeek } = person;
  return withoutEmpty({ name, slack, pagerduty, email, timezone, language, work_week: workWeek });
}

function teamText({ members, lead }: Team) {
  return withoutEmpty({ members, lead });
}

function scheduleText(schedule: Schedule, workspaceZone: TimeZone) {
  const { timezone, layers, overrides, needed, userGroup, pagerduty } = schedule;
  return withoutEmpty({
    timezone: timezone === workspaceZone ? undefined : timezone,
    layers: layers.map(layerText),
    overrides: some(overrides.map((override) => overrideText(override, timezone))),
    needed,
    user_group: userGroup,
    pagerduty:
      pagerduty === undefined
        ? undefined
        : withoutEmpty({
            schedule: pagerduty.schedule,
            publish_absences: pagerduty.publishAbsences ? true : undefined,
          }),
  });
}

function layerText({ start, every, participants, windows }: Layer) {
  const opened = windows.map(({ days, from, to }) => ({ days, from, to }));
  return withoutEmpty({ start, every: { [every.unit]: every.count }, participants, windows: some(opened) });
}

function overrideText(override: Override, zone: TimeZone) {
  const span = { from: timeText(override.from, zone), to: timeText(override.to, zone) };
  switch (override.kind) {
    case 'replace':
      return { ...span, person: override.person, instead_of: override.insteadOf };
    case 'remove':
      return { ...span, person: null, instead_of: override.insteadOf };
    case 'add':
      return { ...span, person: override.person, add: true };
    case 'only':
      return { ...span, person: override.person };
  }
}

/** With its offset, so that it says the same also in the hour that a clock shows twice. */
function timeText(atMs: EpochMs, zone: TimeZone): string {
  const local = toIsoInZone(atMs, zone).replace(/(T\d\d:\d\d):00(?=[Z+-])/, '$1');
  // Zones once had seconds in their offsets, which no text of this form can say.
  return parseInstant(local) === atMs ? local : toIso(atMs);
}

function policyText(policy: Policy, workspaceLastResort: readonly Target[]) {
  const pages = policy.pages.join() === 'sev1,sev2' ? undefined : policy.pages;
  const lastResort = policy.lastResort.map(targetText);
  return withoutEmpty({
    pages,
    ack_timeout: policy.ackTimeoutMs === 30 * minuteMs ? undefined : durationText(policy.ackTimeoutMs),
    repeat: policy.repeat === 2 ? undefined : policy.repeat,
    steps: policy.steps.map(stepText),
    last_resort: lastResort.join() === workspaceLastResort.map(targetText).join() ? undefined : lastResort,
  });
}

function stepText({ notify, waitMs }: PolicyStep) {
  return withoutEmpty({
    notify: notify.map(targetText),
    wait: waitMs === 5 * minuteMs ? undefined : durationText(waitMs),
  });
}

function serviceText(service: Service) {
  const { id, name, team, policy, pagerduty, sloAvailability, revenuePerMinute, runbook } = service;
  return withoutEmpty({
    name: name === id ? undefined : name,
    team,
    policy,
    pagerduty,
    slo: sloAvailability === undefined ? undefined : { availability: sloAvailability },
    revenue_per_minute: revenuePerMinute,
    runbook,
  });
}

function targetText(target: Target): string {
  switch (target.kind) {
    case 'person':
      return `person:${target.person}`;
    case 'schedule':
      return `schedule:${target.schedule}`;
    case 'team':
      return `team:${target.team}`;
    case 'channel':
      return `channel:${target.channel}`;
  }
}

/** `1h30m`: whole seconds, which is all that a file can say. */
function durationText(durationMs: number): string {
  const [days, hours] = [Math.floor(durationMs / dayMs), Math.floor((durationMs % dayMs) / hourMs)];
  const [minutes, seconds] = [
    Math.floor((durationMs % hourMs) / minuteMs),
    Math.floor((durationMs % minuteMs) / secondMs),
  ];
  const parts: readonly (readonly [number, string])[] = [
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
  ];
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
}

/** Tables that fit on a line, under these keys or as entries of these lists. */
const onOneLine = new Set(['every', 'slo', 'pagerduty', 'burden', 'overrides', 'steps', 'windows', 'company_days']);

/** Short things on one line; times and channels in quotes, since not every reader of YAML takes those for text. */
function layOut(document: Document): void {
  visit(document, {
    Seq(_, node) {
      node.flow = node.items.every(isScalar);
    },
    Map(_, node, path) {
      const [section, key] = [keyOf(path[2]), keyOf(path.findLast(isPair))];
      const isEntry = path.length === 5 && section !== 'workspace';
      // The id of an entry may be any of these words.
      if (isEntry) node.flow = section === 'people' || section === 'teams';
      else node.flow = key !== undefined && onOneLine.has(key);
    },
    Scalar(_, node) {
      if (typeof node.value === 'string' && /^\d.*[:-]|#/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

function keyOf(pair: unknown): string | undefined {
  if (!isPair(pair) || !isScalar(pair.key)) return undefined;
  return typeof pair.key.value === 'string' ? pair.key.value : undefined;
}

function mapped<Value>(record: Readonly<Record<string, Value>>, text: (value: Value) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, text(value)]));
}

function filled<Section extends Readonly<Record<string, unknown>>>(section: Section): Section | undefined {
  return Object.keys(section).length === 0 ? undefined : section;
}

function some<Item>(list: readonly Item[]): readonly Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

function withoutEmpty(table: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).filter(([, value]) => value !== undefined));
}
