import pino, { type Logger } from 'pino';
import type { Environment } from './config/environment.ts';
import type { LastKnownEvents } from './engine/last-known.ts';
import type { WorkerEvents } from './engine/worker-events.ts';

/**
 * The log of a process: JSON lines on stdout. What is logged is ids, kinds, codes and times; no message content, no token,
 * no reason of an absence. Errors are cut to name, message and stack, since some carry the request that failed.
 */
export function createLog(level: Environment['logLevel'], destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
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

/** Writes what the worker does into the log, and hands it on. Pages are worth a line each; the rest is for debugging. */
export function loggedWorkerEvents(log: Logger, next: WorkerEvents): WorkerEvents {
  return {
    ran(job, outcome, tookMs) {
      next.ran(job, outcome, tookMs);
      const fields = {
        effect: job.id,
        kind: job.effect.kind,
        lane: job.lane,
        attempt: job.attempt,
        outcome: outcome.kind,
        tookMs,
      };
      if (outcome.kind === 'retry')
        log.warn({ ...fields, error: outcome.error }, 'effect failed and will be tried again');
      else if (job.effect.kind.endsWith('.page')) log.info(fields, 'page handled');
      else log.debug(fields, 'effect run');
    },
    buried(job, error) {
      next.buried(job, error);
      log.error(
        { effect: job.id, kind: job.effect.kind, lane: job.lane, attempt: job.attempt, error },
        'effect given up: a dead letter that somebody has to look at',
      );
    },
    storeFailed(error) {
      next.storeFailed(error);
      log.error({ err: error }, 'the database could not be read or written; trying again');
    },
  };
}

/** Says aloud that pages go by what was known before, and when they do no longer. Not who is away. */
export function loggedLastKnown(log: Logger): LastKnownEvents {
  return {
    lost(err, asOf) {
      log.error(
        { err, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) },
        'who can answer cannot be read; pages go by what was last known, and say so',
      );
    },
    back: () => log.info('who can answer can be read again'),
  };
}
