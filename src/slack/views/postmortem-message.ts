import { slackPostWords } from '../../messages/slack-posts.ts';
import type { IncidentView } from '../incident-view.ts';
import { context, section } from './blocks.ts';
import { namedIncident } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { inline, line, link } from './text.ts';

/** Where the draft can be read: its canvas by web address when there is one, and the file. */
export interface PostmortemPlace {
  readonly canvasUrl: string | undefined;
  readonly path: string;
}

export function postmortemMessage(view: IncidentView, place: PostmortemPlace): SlackMessage {
  const words = slackPostWords[view.language];
  const { language } = view;
  const lines = [
    line(`*${words.postmortemReady}* ${namedIncident(view)}`, language),
    ...(place.canvasUrl === undefined ? [] : [line(link(place.canvasUrl, words.postmortemOpen), language)]),
    line(words.postmortemStored(inline(place.path, language, 300)), language),
  ];
  return message(line(`${words.postmortemReady} ${view.id}`, language), [
    section(lines.join('\n')),
    context([line(words.postmortemReview, language)]),
  ]);
}
