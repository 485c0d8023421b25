import type { Language } from '../oncall/catalog.ts';
import type { CliIo } from './command.ts';

/** The language of the terminal; a terminal that says nothing gets English. */
export function terminalLanguage(env: CliIo['env']): Language {
  const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^(?:he|iw)(?:[_.@]|$)/.test(locale) ? 'he' : 'en';
}
