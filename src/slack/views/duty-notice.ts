import type { KnownBlock } from '@slack/types';
import type { IncidentId } from '../../incident/ids.ts';
import { slackDutyWords } from '../../messages/slack-duty.ts';
import type { Language, ScheduleId, Severity } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';
import type { PersonView } from '../incident-view.ts';
import { context, fields, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { spanText } from './offer-message.ts';
import { namesOf, nameOf } from './people.ts';
import { plainText } from './plain-text.ts';
import { channelLink } from './incident-words.ts';
import { inline, leftToRight, line, localTime } from './text.ts';

/** An open incident that whoever is on duty should know of. `title` is plain and may be empty. */
export interface OpenIncident {
  readonly id: IncidentId;
  readonly severity: Severity;
  readonly title: string;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
}

const mostIncidents = 5;
const mostShifts = 6;

interface Notice {
  readonly language: Language;
  readonly schedule: ScheduleId;
}

/** To whoever has come on duty: until when, after whom, and what is open. Who went off and why is not said. */
export function onDutyNotice(
  view: Notice & {
    /** null: no end is in sight. */
    readonly until: EpochMs | null;
    readonly before: readonly PersonView[];
    readonly incidents: readonly OpenIncident[];
    readonly moreIncidents: number;
  },
): SlackMessage {
  const { language, until, before } = view;
  const words = slackDutyWords[language];
  const people = before.length === 0 ? words.nobody : namesOf(before, language);
  return titled(words.onDuty(inline(view.schedule, language, 80)), language, [
    fields([
      [words.until, until === null ? words.openEnd : localTime(until)],
      [words.before, people],
    ]),
    section(incidentLines(view)),
  ]);
}

function incidentLines({
  language,
  incidents,
  moreIncidents,
}: Notice & { readonly incidents: readonly OpenIncident[]; readonly moreIncidents: number }): string {
  const words = slackDutyWords[language];
  if (incidents.length === 0) return line(`*${words.openIncidents}:* ${words.noOpenIncidents}`, language);
  const shown = incidents.slice(0, mostIncidents);
  const hidden = incidents.length - shown.length + moreIncidents;
  return [
    `*${words.openIncidents}*`,
    ...shown.map(({ id, severity, title, channel }) =>
      [
        leftToRight(`${id} ${severity.toUpperCase()}`, language),
        inline(title, language, 100),
        channelLink(channel) ?? '',
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ),
    ...(hidden > 0 ? [words.moreIncidents(hidden)] : []),
  ]
    .map((each) => line(each, language))
    .join('\n');
}

/** To whoever is off duty now, and can be told. */
export function offDutyNotice(view: Notice & { readonly after: readonly PersonView[] }): SlackMessage {
  const { language, after } = view;
  const words = slackDutyWords[language];
  const people = after.length === 0 ? words.nobody : namesOf(after, language);
  return titled(words.offDuty(inline(view.schedule, language, 80)), language, [fields([[words.after, people]])]);
}

/** A day ahead. */
export function comingDutyNotice(view: Notice & { readonly from: EpochMs; readonly to: EpochMs }): SlackMessage {
  const { language } = view;
  const words = slackDutyWords[language];
  return titled(words.tomorrow(inline(view.schedule, language, 80)), language, [
    fields([[words.when, spanText(view, language)]]),
    context([line(words.cannot, language)]),
  ]);
}

/** Something that others did has put the reader on duty soon. */
export function changedDutyNotice(
  view: Notice & { readonly shifts: readonly { readonly from: EpochMs; readonly to: EpochMs }[] },
): SlackMessage {
  const { language, shifts } = view;
  const words = slackDutyWords[language];
  const hidden = shifts.length - mostShifts;
  const shown = shifts.slice(0, mostShifts).map((shift) => spanText(shift, language));
  return titled(words.changed(inline(view.schedule, language, 80)), language, [
    section(
      [
        line(`${words.changedShifts}:`, language),
        ...shown,
        ...(hidden > 0 ? [line(words.moreShifts(hidden), language)] : []),
      ].join('\n'),
    ),
    context([line(words.cannot, language)]),
  ]);
}

/** Somebody else has the reader's duty by an override; or that was taken back, whichever side the reader was on. */
export function relievedNotice(
  view: Notice & {
    readonly by: PersonView | undefined;
    readonly from: EpochMs;
    readonly to: EpochMs;
    readonly change: 'relieved' | 'no_longer_yours' | 'yours_again';
  },
): SlackMessage {
  const { language, by } = view;
  const words = slackDutyWords[language];
  const schedule = inline(view.schedule, language, 80);
  const relieved = by === undefined ? words.relievedByNobody(schedule) : words.relieved(nameOf(by, language), schedule);
  const titles = { relieved, no_longer_yours: words.noLongerYours(schedule), yours_again: words.yoursAgain(schedule) };
  return titled(titles[view.change], language, [fields([[words.when, spanText(view, language)]])]);
}

function titled(title: string, language: Language, blocks: readonly KnownBlock[]): SlackMessage {
  const text = line(title, language);
  return message(plainText(text), [section(text), ...blocks]);
}
