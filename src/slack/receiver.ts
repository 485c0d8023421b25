import type { App, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import { firstInputBlock, senderOf, type Delivery } from './delivery.ts';
import { inboundKey } from './inbound.ts';

/**
 * What to tell Slack. `acknowledge`: it is committed, or there is nothing to commit; a payload answers the person at
 * once. `repeat`: it is not committed, so Slack must not believe that it arrived.
 */
export type Answer = { readonly kind: 'acknowledge'; readonly payload: unknown } | { readonly kind: 'repeat' };

export interface ReceiverOptions {
  /** How long a commit may take: less than the 3 s that Slack waits. */
  readonly deadlineMs: number;
  readonly log: Logger;
  /** What a person reads when their command could not be saved, in their language. Must not need the database. */
  readonly notSaved: (slackUser: string | undefined) => Promise<string>;
}

export interface CommittingReceiver extends Receiver {
  /** Runs the listeners and says what to answer once they are through. Never rejects. */
  receive(delivery: Delivery): Promise<Answer>;
  inFlight(): number;
  /** Resolves when nothing is being handled any more, at the latest after `withinMs`. */
  drain(withinMs: number): Promise<void>;
}

/**
 * Bolt's own receivers acknowledge first and process afterwards, which loses what a crash interrupts. This one turns it
 * around: the `ack` that listeners call is only taken down; the real one goes out when all of them are through, which
 * they are when the engine has committed.
 */
export function createReceiver(options: ReceiverOptions): CommittingReceiver {
  const { deadlineMs, log } = options;
  const running = new Set<Promise<unknown>>();
  let app: App | undefined;

  async function process(delivery: Delivery): Promise<Answer> {
    if (app === undefined) throw new Error('the receiver has no app yet; create the Bolt app with it first');
    const taken: { acknowledged: boolean; payload: unknown } = {
      acknowledged: delivery.kind === 'event',
      payload: undefined,
    };
    await app.processEvent({
      body: delivery.body,
      ...(delivery.retryNumber === undefined ? {} : { retryNum: delivery.retryNumber }),
      ...(delivery.retryReason === undefined ? {} : { retryReason: delivery.retryReason }),
      customProperties: { [inboundKey]: delivery.id },
      ack: (payload?: unknown) => {
        taken.acknowledged = true;
        if (payload !== undefined) taken.payload = payload;
        return Promise.resolve();
      },
    });
    if (taken.acknowledged) return { kind: 'acknowledge', payload: taken.payload };
    // There is nothing to commit, and nothing that a repetition could change.
    log.warn({ kind: delivery.kind }, 'nothing in this version answers what slack sent');
    return { kind: 'acknowledge', payload: undefined };
  }

  return {
    init(bolt) {
      app = bolt;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async receive(delivery) {
      const work = process(delivery);
      const settled = work.then(
        () => undefined,
        (error: unknown) => log.error({ kind: delivery.kind, ...placeOf(error) }, 'slack delivery was not handled'),
      );
      running.add(settled);
      void settled.finally(() => running.delete(settled));
      const answer = await withDeadline(work, deadlineMs);
      return answer ?? notSavedAnswer(delivery, options);
    },
    inFlight: () => running.size,
    async drain(withinMs) {
      if (running.size > 0) await withDeadline(Promise.allSettled(running), withinMs);
    },
  };
}

/** The rest of Slack's three seconds belongs to the way there and back. */
const wordsWithinMs = 300;

/** Undefined when it failed or did not end in time. */
async function withDeadline<Result>(work: Promise<Result>, withinMs: number): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Events come again when they are not acknowledged. What a person did does not: where Slack shows words in the answer,
 * they are told; a click is left unanswered, so that Slack marks the button, and told by its response URL.
 */
async function notSavedAnswer(delivery: Delivery, { notSaved, log }: ReceiverOptions): Promise<Answer> {
  if (delivery.kind === 'event' || delivery.kind === 'other') return { kind: 'repeat' };
  const { user, responseUrl } = senderOf(delivery.body);
  const text = await withDeadline(notSaved(user), wordsWithinMs);
  if (text === undefined) return { kind: 'repeat' };
  if (delivery.kind === 'command') {
    return { kind: 'acknowledge', payload: { response_type: 'ephemeral', text } };
  }
  if (delivery.kind === 'submission') {
    const input = firstInputBlock(delivery.body);
    if (input === undefined) return { kind: 'repeat' };
    return { kind: 'acknowledge', payload: { response_action: 'errors', errors: { [input]: text } } };
  }
  if (responseUrl !== undefined) void tellByUrl(responseUrl, text, log);
  return { kind: 'repeat' };
}

async function tellByUrl(url: string, text: string, log: Logger): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
  } catch (error) {
    log.warn({ error: errorName(error) }, 'a person could not be told that their click was not saved');
  }
}

const framesLogged = 8;

/** What failed and where, without its message: that may hold what somebody wrote. Bolt wraps what listeners throw. */
function placeOf(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  const thrown = error instanceof Error && 'original' in error ? error.original : error;
  if (!(thrown instanceof Error)) return { error: errorName(error), at: [] };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: thrown.name, at: frames.slice(0, framesLogged).map((frame) => frame.trim()) };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
