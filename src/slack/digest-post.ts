import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import type { DigestContent } from '../figures/digest.ts';
import type { Language } from '../oncall/catalog.ts';
import { automation } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import { missingChannel } from './announcement.ts';
import { isGone } from './channel.ts';
import type { SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { asAnotherTry, findInHistory, mayHaveRun, postOnce, type PostedMessage } from './posting.ts';
import { uploadFile } from './upload.ts';
import { digestMessage } from './views/digest-message.ts';

/** The digest's picture and what it shows, in words. */
export interface DigestPicture {
  readonly png: Uint8Array;
  readonly alternative: string;
}

export interface DigestOptions {
  readonly context: SlackEffectContext;
  /** The figures of the week that ended last before `at`. */
  readonly content: (at: EpochMs) => Promise<DigestContent>;
  /** Undefined when it could not be drawn: the digest goes out without, its numbers are in the text. */
  readonly picture: (at: EpochMs, language: Language) => Promise<DigestPicture | undefined>;
}

/**
 * Posts the weekly digest where incidents are announced. One that is late, because nothing ran when it was due, reports
 * the week that it was due for; a week that has had its digest gets no second one.
 */
export function digestEffects({ context, content, picture }: DigestOptions): Pick<EffectHandlers, 'digest.post'> {
  return {
    'digest.post': async ({ due }, job) => {
      const { addresses, clock, engine, store } = context;
      const { workspace } = (await store.onCallFacts()).catalog;
      if (workspace.announce === undefined) return done;
      const digest = await content(due);
      const week = digest.week.fromMs;
      const state = (await store.load('workspace', ['workspace'])).get('workspace')?.state;
      if (state?.digestedWeek !== undefined && state.digestedWeek >= week) return done;
      const channel = await addresses.channel(workspace.announce);
      if (!channel.ok) return outcomeOf(channel, clock.now());
      if (channel.answer === undefined) return { kind: 'failed', error: missingChannel(workspace.announce) };
      const message = digestMessage(digest, workspace.locale);
      const posted = await postOnce(context, { to: channel.answer, isDirect: false, message }, job);
      if (!posted.ok) {
        if (isRefused(posted.failure, 'channel_not_found', 'is_archived')) addresses.forget(workspace.announce);
        return outcomeOf(posted, clock.now());
      }
      const chart = await picture(due, workspace.locale);
      if (chart !== undefined) {
        const shown = await showPicture(context, posted.answer, `toran-${digest.label}.png`, chart, job);
        if (shown !== undefined) return asAnotherTry(shown);
      }
      const command = { type: 'record_digest', week, ...posted.answer } as const;
      await engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: automation });
      return done;
    },
  };
}

/** Undefined when the picture is there, or cannot be had here; an outcome when it is worth another try. */
async function showPicture(
  { client, clock, log }: SlackEffectContext,
  { channel, ts }: PostedMessage,
  fileName: string,
  { png, alternative }: DigestPicture,
  job: Job,
): Promise<EffectOutcome | undefined> {
  if (mayHaveRun(job)) {
    const sinceMs = Math.floor(Number(ts) * 1_000);
    const earlier = await findInHistory(client, channel, sinceMs, ({ files = [] }) =>
      files.some((file) => file.name === fileName),
    );
    if (!earlier.ok && earlier.failure.kind !== 'refused') return outcomeOf(earlier, clock.now());
    if (earlier.ok && earlier.answer !== undefined) return undefined;
  }
  const uploaded = await uploadFile(client, { fileName, title: fileName, bytes: png, alternative, channel });
  if (uploaded.ok || isGone(uploaded)) return undefined;
  if (uploaded.failure.kind !== 'refused') return outcomeOf(uploaded, clock.now());
  log.warn({ code: uploaded.failure.code }, 'digest picture was not uploaded; its numbers are in the text');
  return undefined;
}
