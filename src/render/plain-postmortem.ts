import { postmortemWords } from '../messages/postmortem.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';
import type { PostmortemView } from './postmortem-view.ts';

/**
 * The draft without any template: what is left when the user's and the built-in one both fail, or the renderer does. Less
 * handsome, and complete.
 */
export function plainPostmortem(view: PostmortemView): string {
  const words = postmortemWords[view.incident.language];
  const { plain } = words;
  const text = escapeMarkdown;
  return [
    `# ${text(view.incident.id)}: ${text(view.incident.title)}`,
    text(plain.draft),
    ...section(plain.summary, [text(view.summary)]),
    ...section(plain.milestones, [
      ...view.milestones.map(({ name, time }) => `- ${text(name)}: ${text(time)}`),
      ...view.remarks.map((remark) => `- ${text(remark)}`),
    ]),
    ...section(
      plain.durations,
      view.durations.map(({ name, value }) => `- ${text(name)}: ${text(value)}`),
    ),
    ...section(plain.detection, [text(view.detection.text)]),
    ...section(plain.staffing, [text(view.staffing.text)]),
    ...section(
      plain.timeline,
      view.timeline.map(({ date, time, what, who, url }) => {
        const evidence = url === '' ? '' : ` (${markdownLink(words.evidence, url)})`;
        return `- ${date} ${time} ${text(what)}${who === '' ? '' : ` · ${text(who)}`}${evidence}`;
      }),
    ),
    ...section(
      plain.factors,
      view.factors.map(({ name, question }) => `- ${text(name)}: ${text(question)}`),
    ),
    ...section(
      plain.actions,
      view.action_items.map(
        (item) =>
          `- ${[item.text, item.owner, item.due]
            .filter((part) => part !== '')
            .map(text)
            .join(' · ')}`,
      ),
    ),
    '',
  ].join('\n\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${escapeMarkdown(title)}`, lines.join('\n')];
}
