import type { SlackMessage } from './views/message.ts';

/** The name to show in place of a mention of this Slack id; undefined when the mention may ring. */
export type NameInstead = (slackId: string) => string | undefined;

/**
 * The same message without mentions that would ring people who cannot answer now: their name stands there as plain text.
 */
export function withoutMentionsOf(message: SlackMessage, nameInstead: NameInstead): SlackMessage {
  return {
    text: textWithoutMentionsOf(message.text, nameInstead),
    blocks: message.blocks.map((block) => guarded(block, nameInstead)),
  };
}

function guarded<Part>(part: Part, nameInstead: NameInstead): Part {
  return JSON.parse(JSON.stringify(part), (_key, value: unknown) =>
    typeof value === 'string' ? textWithoutMentionsOf(value, nameInstead) : plainElement(value, nameInstead),
  );
}

/** `<@U123>` and `<@U123|dana>` in mrkdwn, and in topics. */
export function textWithoutMentionsOf(text: string, nameInstead: NameInstead): string {
  return text.replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (mention, id: string) => {
    const name = nameInstead(id);
    return name === undefined ? mention : name.replace(/[&<>]/g, '');
  });
}

/** A mention as an element of rich text. */
function plainElement(value: unknown, nameInstead: NameInstead): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'user') return value;
  const name = 'user_id' in value && typeof value.user_id === 'string' ? nameInstead(value.user_id) : undefined;
  return name === undefined ? value : { type: 'text', text: name };
}

/** The same for a canvas, where `![](@U123)` mentions somebody. */
export function canvasWithoutMentionsOf(markdown: string, nameInstead: NameInstead): string {
  const mentioned = /!\[[^\]\n]*\]\(@([A-Z0-9]+)\)/g;
  return textWithoutMentionsOf(markdown, nameInstead).replace(
    mentioned,
    (mention, id: string) => nameInstead(id) ?? mention,
  );
}
