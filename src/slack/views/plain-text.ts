/**
 * What a line of markup says without its marks, for a notification: links become their words, escapes their characters.
 * The result is plain text and is escaped again as a whole.
 */
export function plainText(markup: string): string {
  return markup
    .replace(/<[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<[^<>]*>/g, '…')
    .replace(/[*`]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
