import type { KnownBlock } from '@slack/types';
import type { DigestContent } from '../../figures/digest.ts';
import { digestText } from '../../messages/digest.ts';
import type { Language } from '../../oncall/catalog.ts';
import { header, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { clip, escapeMarkup, escapeWithin, oneLine } from './text.ts';

/** A picture that was uploaded to Slack before. */
export interface DigestPicture {
  readonly fileId: string;
  readonly altText: string;
}

/** Lines carry their own marks of direction already; here they are only escaped and cut. */
export function digestMessage(content: DigestContent, language: Language, picture?: DigestPicture): SlackMessage {
  const { headline, sections } = digestText(content, language);
  const image: KnownBlock[] =
    picture === undefined
      ? []
      : [
          {
            type: 'image',
            slack_file: { id: picture.fileId },
            alt_text: clip(oneLine(picture.altText), 2_000) || headline,
          },
        ];
  return message(headline, [
    header(headline),
    ...image,
    ...sections.map(({ title, lines }) =>
      section([`*${escapeMarkup(title)}*`, ...lines.map((each) => escapeWithin(each, 400))].join('\n')),
    ),
  ]);
}
