import pino, { type Logger } from 'pino';
import type { Environment } from './config/environment.ts';

/**
 * The log of a process: JSON lines on stdout. What is logged is ids, kinds, codes and times; no message content, no token,
 * no reason of an absence. Errors are cut to name, message and stack, since some carry the request that failed.
 */
export function createLog(level: Environment['logLevel'], destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) =>
        error instanceof Error
          ? { name: error.name, message: error.message, stack: error.stack }
          : { message: String(error) },
    },
    redact: { paths: ['token', '*.token', 'headers.authorization', '*.headers.authorization'], remove: true },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
