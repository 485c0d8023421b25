import { randomBytes } from 'node:crypto';
import { minuteMs } from '../../oncall/time.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { ApiFailure } from './api-call.ts';
import { addEphemeral, addMessage, completeBlocks, deleteMessage, editMessage } from './messages.ts';
import type { Channel, Ephemeral, Fields } from './model.ts';
import { normalizeText } from './text.ts';
import { validateMessageBlocks } from './validate-blocks.ts';
import { isFields, textOf } from './values.ts';
import type { Workspace } from './workspace.ts';

/** What a response URL belongs to. */
export interface ResponseContext {
  user: string;
  channelId: string;
  /** The message or ephemeral that was acted on; `replace_original` and `delete_original` mean it. */
  originalTs: string | undefined;
}

export interface ResponseUrls {
  mint(context: ResponseContext): string;
  /** Answers a POST to `/response/<id>`. */
  use(id: string, content: unknown): { status: number; body: string };
}

const mostUses = 5;
const lifetimeMs = 30 * minuteMs;

export function createResponseUrls(workspace: Workspace): ResponseUrls {
  const minted = new Map<string, ResponseContext & { untilMs: EpochMs; uses: number }>();
  return {
    mint(context) {
      const id = randomBytes(12).toString('hex');
      minted.set(id, { ...context, untilMs: workspace.now() + lifetimeMs, uses: 0 });
      return `${workspace.url}/response/${id}`;
    },
    use(id, content) {
      const known = minted.get(id);
      if (known === undefined) return { status: 404, body: 'no_service' };
      if (workspace.now() >= known.untilMs) return { status: 404, body: 'expired_url' };
      if (known.uses >= mostUses) return { status: 404, body: 'used_url' };
      const channel = workspace.channels.get(known.channelId);
      if (!isFields(content) || channel === undefined) return { status: 400, body: 'invalid_payload' };
      try {
        respond(workspace, channel, known, content);
      } catch (error) {
        if (error instanceof ApiFailure) return { status: 400, body: error.code };
        throw error;
      }
      known.uses += 1;
      return { status: 200, body: 'ok' };
    },
  };
}

/** Puts an answer into the channel: that of a slash command's ack, or of a response URL. */
export function respond(workspace: Workspace, channel: Channel, context: ResponseContext, content: Fields): void {
  if (content['delete_original'] === true) return deleteOriginal(workspace, channel, context);
  const text = normalizeText(textOf(content['text']) ?? '');
  const given = content['blocks'];
  const blocks = Array.isArray(given) && given.every(isFields) ? given : undefined;
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new ApiFailure('no_text');
  if (blocks !== undefined) validateMessageBlocks(blocks);
  const draft = { text, blocks: blocks === undefined ? undefined : completeBlocks(workspace, blocks) };
  if (content['replace_original'] === true && replaceOriginal(workspace, channel, context, draft)) return;
  if (content['response_type'] === 'in_channel') {
    addMessage(workspace, channel, {
      ...draft,
      user: workspace.app.botUserId,
      byApp: true,
      threadTs: textOf(content['thread_ts']),
    });
    return;
  }
  addEphemeral(workspace, channel, context.user, { ...draft, threadTs: textOf(content['thread_ts']) });
}

function ephemeralOf(channel: Channel, { originalTs, user }: ResponseContext): Ephemeral | undefined {
  return channel.ephemerals.find((one) => one.ts === originalTs && one.user === user);
}

function replaceOriginal(
  workspace: Workspace,
  channel: Channel,
  context: ResponseContext,
  draft: { text: string; blocks: Fields[] | undefined },
): boolean {
  const ephemeral = ephemeralOf(channel, context);
  if (ephemeral !== undefined) {
    ephemeral.text = draft.text;
    ephemeral.blocks = draft.blocks;
    workspace.changed();
    return true;
  }
  const message = channel.messages.get(context.originalTs ?? '');
  if (message === undefined) return false;
  const { attachments, metadata } = message;
  editMessage(workspace, channel, message, {
    ...draft,
    attachments,
    metadata,
    by: workspace.app.botUserId,
    showEdited: false,
  });
  return true;
}

function deleteOriginal(workspace: Workspace, channel: Channel, context: ResponseContext): void {
  const ephemeral = ephemeralOf(channel, context);
  if (ephemeral !== undefined) {
    channel.ephemerals.splice(channel.ephemerals.indexOf(ephemeral), 1);
    workspace.changed();
    return;
  }
  const message = channel.messages.get(context.originalTs ?? '');
  if (message !== undefined) deleteMessage(workspace, channel, message);
}
