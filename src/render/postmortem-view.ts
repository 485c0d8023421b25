import { durationNames } from '../figures/durations.ts';
import type { Milestones } from '../figures/record.ts';
import { durationText, figureWords, isolated, leftToRight } from '../messages/figures.ts';
import { timelineWords } from '../messages/postmortem-timeline.ts';
import { postmortemWords } from '../messages/postmortem.ts';
import type { Language, Severity } from '../oncall/catalog.ts';
import { severities } from '../oncall/catalog.ts';
import { type EpochMs, toIso } from '../oncall/time.ts';
import type { Phrase, RoleRef } from '../postmortem/cast.ts';
import { type PostmortemModel, startOfModel } from '../postmortem/draft.ts';
import type { TimelineLine } from '../postmortem/timeline.ts';

/**
 * What a template of a post-mortem knows, in words of the incident's language: plain data, since it goes to another thread.
 * The names are public: docs/templates.md describes them, and a template that uses others is refused. Times are UTC. Empty
 * text means that something is not known.
 */
export type PostmortemView = ReturnType<typeof postmortemView>;

/** More would be too long for a document that people read together, and for a Slack canvas. */
const longestTimeline = 400;

export function postmortemView(model: PostmortemModel) {
  const { language, milestones } = model;
  const words = postmortemWords[language];
  const say = (phrase: Phrase): string => sentence(phrase, language);
  const lasted = model.durations.ms.recover;
  const duration = lasted === undefined ? '' : durationText(lasted, language);
  const startIsDetected = model.durations.flags.includes('start_is_detected');
  return {
    incident: {
      id: model.incident,
      title: inLine(say(model.title), language),
      severity: severityText(model.severity, language),
      severity_level: severities.indexOf(model.severity) + 1,
      highest_severity: severityText(model.highestSeverity, language),
      highest_level: severities.indexOf(model.highestSeverity) + 1,
      service: inLine(model.service ?? '', language),
      is_drill: model.kind === 'drill',
      language,
    },
    summary: words.summary({
      service: model.service === undefined ? undefined : inLine(model.service, language),
      severity: severityText(model.highestSeverity, language),
      isDrill: model.kind === 'drill',
      duration: lasted === undefined ? undefined : duration,
      startIsDetected,
    }),
    impact: {
      start: timeText(milestones.impactStart ?? milestones.detected),
      end: timeText(milestones.mitigated ?? milestones.resolved),
      duration,
      start_is_detection: startIsDetected,
    },
    milestones: milestoneRows(model),
    durations: durationNames.map((name) => {
      const ms = model.durations.ms[name];
      return {
        name: figureWords[language].durations[name],
        value: ms === undefined ? words.unknown : durationText(ms, language),
      };
    }),
    remarks: [
      ...model.durations.flags.map((flag) => words.flags[flag]),
      ...model.outOfOrder.map(({ earlier, later }) =>
        words.outOfOrder(words.milestones[earlier], words.milestones[later]),
      ),
    ],
    detection: { text: detectionText(model), signals: model.detection.signals },
    staffing: {
      text: `${words.people(model.staffing.people)} ${words.pages(model.staffing.pages)}`,
      people: model.staffing.people,
      roles: model.staffing.roles.map(({ role }) => words.role(role)),
      pages: { ...model.staffing.pages },
    },
    changes: model.changes.map(({ atMs, text, url }) => ({
      time: timeText(atMs),
      text: inLine(say(text), language),
      url: url ?? '',
    })),
    timeline: timelineRows(model),
    updates: model.updates.map(({ atMs, text }) => ({ time: timeText(atMs), text: inLine(say(text), language) })),
    action_items: model.actionItems.map(({ text, owner, due }) => ({
      text: inLine(say(text), language),
      owner: owner === undefined ? '' : words.person(owner),
      due: due ?? '',
    })),
    factors: model.factors.map((factor) => ({ ...words.factors[factor] })),
  };
}

/** `2026-11-24 14:02:11 UTC`; empty when it is not known. */
function timeText(atMs: EpochMs | undefined): string {
  if (atMs === undefined) return '';
  const iso = toIso(atMs);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function severityText(severity: Severity, language: Language): string {
  return figureWords[language].severities[severity];
}

const milestoneOrder = [
  'impactStart',
  'detected',
  'declared',
  'paged',
  'acked',
  'mitigated',
  'resolved',
] as const satisfies readonly (keyof Milestones)[];

function milestoneRows({ milestones, language }: PostmortemModel) {
  const words = postmortemWords[language];
  return milestoneOrder.map((milestone) => {
    const at = milestones[milestone];
    const stoodFor = milestone === 'mitigated' && milestones.resolved !== undefined;
    const missing = stoodFor ? words.sameAsResolved : words.unknown;
    return {
      name: words.milestones[milestone],
      time: at === undefined ? missing : leftToRight(timeText(at), language),
      is_known: at !== undefined,
    };
  });
}

function detectionText({ detection, language }: PostmortemModel): string {
  const words = postmortemWords[language].detection;
  const text = detection.by === 'alert' ? words.alert(detection.system) : words[detection.by];
  return detection.signals === 0 ? text : `${text} ${postmortemWords[language].signals(detection.signals)}`;
}

function timelineRows(model: PostmortemModel) {
  const { language, timeline } = model;
  const words = timelineWords[language];
  const start = startOfModel(model);
  let day = '';
  const rows = timeline.slice(0, longestTimeline).map((line) => {
    const iso = toIso(line.atMs);
    const date = iso.slice(0, 10);
    const isNewDay = date !== day;
    day = date;
    return {
      date,
      is_new_day: isNewDay,
      time: iso.slice(11, 19),
      since_start: start === undefined ? '' : sinceText(line.atMs - start, language),
      what: whatText(line, language),
      who: actorText(line, language),
      url: line.url ?? '',
    };
  });
  const left = timeline.length - rows.length;
  if (left === 0) return rows;
  return [
    ...rows,
    { date: day, is_new_day: false, time: '…', since_start: '', what: words.more(left), who: '', url: '' },
  ];
}

function sinceText(ms: number, language: Language): string {
  const words = timelineWords[language];
  return ms < 0 ? words.before(durationText(-ms, language)) : words.since(durationText(ms, language));
}

function whatText(line: TimelineLine, language: Language): string {
  const words = postmortemWords[language];
  const needsText = line.kind === 'note_added' || line.kind === 'update_posted' || line.kind === 'message_captured';
  const text =
    line.text === undefined ? (needsText ? words.erased : '') : inLine(sentence(line.text, language), language);
  return timelineWords[language].events[line.kind]({
    text,
    from: valueText(line.from, language),
    to: valueText(line.to, language),
    role: line.role === undefined ? '' : inLine(words.role(line.role), language),
    person: line.person === undefined || isRole(line.person, line.role) ? undefined : words.person(line.person),
  });
}

/** Whoever took the lead is called the lead already. */
function isRole(ref: RoleRef, role: string | undefined): boolean {
  return ref.kind === 'role' && ref.role === role;
}

/** A severity or a status in words; anything else as it is. */
function valueText(value: string | undefined, language: Language): string {
  if (value === undefined) return '';
  const severity = severities.find((known) => known === value);
  return severity === undefined ? (timelineWords[language].statuses[value] ?? value) : severityText(severity, language);
}

function actorText({ kind, actor }: TimelineLine, language: Language): string {
  const words = postmortemWords[language];
  switch (actor?.kind) {
    case undefined:
      return '';
    case 'role':
      return words.person(actor.ref);
    case 'automation':
      // That pages are sent by themselves goes without saying; that an incident resolved by itself doesn't.
      return kind.startsWith('page_') || kind === 'change_linked' ? '' : words.automation;
    case 'outside':
      return words.system(actor.system);
  }
}

/** A phrase as text. A role that begins a sentence begins with a capital where the script has capitals. */
function sentence(phrase: Phrase, language: Language): string {
  let text = '';
  for (const part of phrase) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const role = postmortemWords[language].person(part);
    const begins = /(?:^|[.!?]\s+)$/u.test(text);
    text += begins ? role.charAt(0).toUpperCase() + role.slice(1) : role;
  }
  return text.trim();
}

/** Text of another direction must not turn what stands around it; nothing stays nothing. */
function inLine(text: string, language: Language): string {
  return text === '' ? '' : isolated(text, language);
}
