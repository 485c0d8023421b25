import { basename } from 'node:path';
import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import type { Incident } from '../incident/incident.ts';
import { isGone } from './channel.ts';
import type { Called } from './client.ts';
import { awayNames, look, tell, type SlackEffectContext } from './effect-context.ts';
import { isRefused, isTokenFailure, outcomeOf } from './errors.ts';
import { canvasWithoutMentionsOf, withoutMentionsOf } from './mention-guard.ts';
import { slackMethods } from './methods.ts';
import { asAnotherTry, mayHaveRun, postOnce, type PostedMessage } from './posting.ts';
import { uploadFile } from './upload.ts';
import { postmortemMessage } from './views/postmortem-message.ts';

const repliesRead = 100;

/**
 * Puts the draft of a post-mortem where people can write in it: the channel's canvas, or, where there is none to be had, a
 * file under a message.
 */
export function postmortemEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.share_postmortem'> {
  return {
    'slack.share_postmortem': async ({ incident: id }, job) => {
      const incident = await context.store.incident(id);
      if (incident?.channel === undefined || incident.postmortem === undefined) return done;
      if (incident.postmortem.canvas !== undefined) return done;
      return share(context, incident, incident.channel.id, incident.postmortem.path, job);
    },
  };
}

async function share(
  context: SlackEffectContext,
  incident: Incident,
  channel: string,
  path: string,
  job: Job,
): Promise<EffectOutcome> {
  const { clock, log } = context;
  const markdown = await context.readFile(path);
  const canvas = await writeCanvas(context, incident, channel, markdown, job);
  if (!canvas.ok) {
    const { failure } = canvas;
    // Free plans, old servers and a canvas of somebody else's all end here: the file does as well.
    if (failure.kind !== 'refused' || isTokenFailure(failure)) return outcomeOf(canvas, clock.now());
    log.info({ incident: incident.id, code: failure.code }, 'no canvas for the post-mortem; sharing it as a file');
  }
  const canvasId = canvas.ok ? canvas.answer : undefined;
  const posted = await postMessage(context, incident, channel, { path, canvasId }, job);
  if (!posted.ok) return isGone(posted) ? done : asAnotherTry(outcomeOf(posted, clock.now()));
  if (canvasId === undefined) return asAnotherTry(await attachFile(context, posted.answer, path, markdown, job));
  await tell(context, incident.id, { type: 'record_postmortem', path, canvas: canvasId });
  return done;
}

async function postMessage(
  context: SlackEffectContext,
  incident: Incident,
  channel: string,
  { path, canvasId }: { readonly path: string; readonly canvasId: string | undefined },
  job: Job,
): Promise<Called<PostedMessage>> {
  const facts = await context.store.onCallFacts();
  const place = { path, canvasUrl: canvasId === undefined ? undefined : await canvasUrl(context, canvasId) };
  const shown = postmortemMessage(await look(context, incident, facts), place);
  const message = withoutMentionsOf(shown, awayNames(facts, incident, context.clock.now()));
  return postOnce(context, { to: channel, isDirect: false, message }, job);
}

async function canvasUrl({ identity }: SlackEffectContext, canvas: string): Promise<string | undefined> {
  const own = await identity.read();
  return own.ok ? `${own.answer.url}docs/${own.answer.teamId}/${canvas}` : undefined;
}

/**
 * A channel has one canvas. When there is one already it is written over only if it is ours, from a try whose answer was
 * lost: what people wrote there stays.
 */
async function writeCanvas(
  { client, clock, store }: SlackEffectContext,
  incident: Incident,
  channel: string,
  markdown: string,
  job: Job,
): Promise<Called<string>> {
  const away = awayNames(await store.onCallFacts(), incident, clock.now());
  const text = canvasWithoutMentionsOf(canvasMarkdown(markdown), away);
  const document = { type: 'markdown', markdown: text } as const;
  const title = canvasTitle(incident);
  const created = await client.call(slackMethods.createChannelCanvas, {
    channel_id: channel,
    title,
    document_content: document,
  });
  if (created.ok) return { ok: true, answer: created.answer.canvas_id };
  const isTaken = isRefused(created.failure, 'channel_canvas_already_exists', 'free_team_canvas_tab_already_exists');
  if (!isTaken || !mayHaveRun(job)) return created;
  const info = await client.call(slackMethods.channelInfo, { channel });
  if (!info.ok) return info;
  const canvas = info.answer.channel.properties?.canvas?.file_id;
  if (canvas === undefined) return created;
  const ours = await client.call(slackMethods.lookUpCanvasSections, {
    canvas_id: canvas,
    criteria: { contains_text: incident.id },
  });
  if (!ours.ok) return ours;
  if (ours.answer.sections.length === 0) return created;
  const edited = await client.call(slackMethods.editCanvas, {
    canvas_id: canvas,
    changes: [{ operation: 'replace', document_content: document }],
  });
  return edited.ok ? { ok: true, answer: canvas } : edited;
}

function canvasTitle(incident: Incident): string {
  return `${incident.id} post-mortem`;
}

/** A canvas knows headings down to the third level and no list inside a quote; a file shows the rest. */
export function canvasMarkdown(markdown: string): string {
  return markdown.replace(/^#{4,6}(?=\s)/gm, '###').replace(/^>[ \t]*(?=[-*+] |\d+[.)] )/gm, '');
}

/** The draft as a file in the message's thread, once. */
async function attachFile(
  { client, clock, log }: SlackEffectContext,
  { channel, ts }: PostedMessage,
  path: string,
  markdown: string,
  job: Job,
): Promise<EffectOutcome> {
  const fileName = basename(path);
  if (mayHaveRun(job)) {
    const replies = await client.call(slackMethods.replies, {
      channel,
      ts,
      include_all_metadata: false,
      limit: repliesRead,
    });
    if (!replies.ok && replies.failure.kind !== 'refused') return outcomeOf(replies, clock.now());
    const isThere =
      replies.ok && replies.answer.messages.some(({ files = [] }) => files.some((file) => file.name === fileName));
    if (isThere) return done;
  }
  const bytes = new TextEncoder().encode(markdown);
  const uploaded = await uploadFile(client, { fileName, title: fileName, bytes, channel, threadTs: ts });
  if (uploaded.ok || isGone(uploaded)) return done;
  if (uploaded.failure.kind === 'refused')
    log.warn({ code: uploaded.failure.code }, 'post-mortem file was not uploaded');
  return outcomeOf(uploaded, clock.now());
}
