import { LogLevel, type Logger as SlackLogger } from '@slack/web-api';
import type { Logger } from 'pino';

/**
 * What Slack's packages have to say, as structured log lines. Their debug output holds whole request bodies and their
 * error objects whole payloads, so only the words of warnings and errors come through, shortened.
 */
export function boltLogger(log: Logger): SlackLogger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said) => log.warn({ said: wordsOf(said) }, 'slack package warned'),
    error: (...said) => log.error({ said: wordsOf(said) }, 'slack package reported an error'),
    setLevel: () => undefined,
    setName: () => undefined,
    getLevel: () => LogLevel.WARN,
  };
}

function wordsOf(said: readonly unknown[]): string {
  return said
    .map((part) => (typeof part === 'string' ? part : part instanceof Error ? part.name : ''))
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 300);
}
