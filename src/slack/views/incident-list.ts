import type { IncidentRow } from '../../engine/ports.ts';
import type { IncidentId } from '../../incident/ids.ts';
import { slackAnswerWords } from '../../messages/slack-answers.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import type { Catalog, Language } from '../../oncall/catalog.ts';
import { entry } from '../../oncall/lookup.ts';
import { context, section } from './blocks.ts';
import { channelLink, severityMark } from './incident-words.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { inline, leftToRight, line, localTime } from './text.ts';

export interface IncidentLists {
  readonly open: readonly IncidentRow[];
  readonly hasMore: boolean;
  readonly ended: readonly IncidentRow[];
}

interface Reader {
  readonly language: Language;
  readonly services: Catalog['services'];
}

export function listMessage(
  { open, hasMore, ended }: IncidentLists,
  titles: ReadonlyMap<IncidentId, string>,
  reader: Reader,
): SlackMessage {
  const words = slackAnswerWords[reader.language];
  const head = open.length === 0 ? words.noOpenIncident : `*${words.openIncidents}*`;
  return spokenMessage([
    section(line(head, reader.language)),
    ...open.map((row) => section(rowText(row, titles, reader))),
    ...(hasMore ? [context(['…'])] : []),
    ...(ended.length === 0 ? [] : [section(line(`*${words.recentIncidents}*`, reader.language))]),
    ...ended.map((row) => section(rowText(row, titles, reader))),
  ]);
}

/** Two lines, so that ids and names of either script never share one with a title. */
function rowText(row: IncidentRow, titles: ReadonlyMap<IncidentId, string>, { language, services }: Reader): string {
  const words = slackIncidentWords[language];
  const title = inline(titles.get(row.id) ?? words.erased, language);
  const service = row.service === undefined ? undefined : (entry(services, row.service)?.name ?? row.service);
  const channel = row.channel === undefined ? undefined : channelLink({ id: row.channel });
  const facts = [
    words.severities[row.severity],
    words.statuses[row.status],
    ...(service === undefined ? [] : [inline(service, language, 80)]),
    ...(channel === undefined ? [] : [channel]),
    localTime(row.endedAt ?? row.openedAt),
  ];
  const mark = severityMark(row);
  return [`${mark} ${leftToRight(`*${row.id}*`, language)} ${title}`, facts.join(' · ')]
    .map((each) => line(each, language))
    .join('\n');
}
