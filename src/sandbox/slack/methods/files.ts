import { ApiFailure, channelIfKnown, idList, objectList, openChannel, required, text } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import { addMessage, completeBlocks } from '../messages.ts';
import type { Draft } from '../messages.ts';
import type { Channel, Fields, StoredFile } from '../model.ts';
import { normalizeText } from '../text.ts';
import { textOf } from '../values.ts';
import { validateMessageBlocks } from '../validate-blocks.ts';
import { wireFile } from '../wire.ts';

export const fileMethods: MethodTable = {
  'files.getUploadURLExternal': { run: getUploadUrl, scopes: ['files:write'] },
  'files.completeUploadExternal': { run: complete, scopes: ['files:write'] },
  'files.info': { run: info, scopes: ['files:read'] },
};

const mimetypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
};

/** Step 1: a new file each time, with the URL its bytes go to. */
function getUploadUrl(call: Call): Fields {
  const { workspace } = call;
  const name = required(call, 'filename');
  const length = Number(required(call, 'length'));
  if (!Number.isInteger(length) || length <= 0) throw new ApiFailure('invalid_arguments');
  const file: StoredFile = {
    id: workspace.nextId('F'),
    name,
    title: name,
    mimetype: mimetypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/plain',
    user: workspace.app.botUserId,
    createdMs: workspace.now(),
    expectedBytes: length,
    content: undefined,
    altText: text(call, 'alt_text') ?? text(call, 'alt_txt'),
    channels: [],
    completed: false,
  };
  workspace.files.set(file.id, file);
  workspace.changed();
  return { upload_url: `${workspace.url}/upload/v1/${file.id}`, file_id: file.id };
}

/** Step 3: makes the uploaded files real and shares them, in one message, with a channel if one is named. */
function complete(call: Call): Fields {
  const { workspace } = call;
  const named = objectList(call, 'files', 'invalid_arguments') ?? [];
  if (named.length === 0) throw new ApiFailure('invalid_arguments');
  const files = named.map((given) => uploaded(call, given));
  const channels = destinations(call);
  const comment = commentOf(call, channels);
  for (const file of files) file.completed = true;
  for (const channel of channels) share(call, channel, files, comment);
  workspace.changed();
  return { files: files.map((file) => wireFile(workspace, file)) };
}

function uploaded(call: Call, given: Fields): StoredFile {
  const file = call.workspace.files.get(textOf(given['id']) ?? '');
  if (file === undefined) throw new ApiFailure('file_not_found');
  if (file.content === undefined) throw new ApiFailure('file_not_found');
  file.title = textOf(given['title']) ?? file.title;
  return file;
}

function destinations(call: Call): Channel[] {
  const given = [...idList(call, 'channel_id'), ...idList(call, 'channels')];
  return given.map((id) => {
    const channel = channelIfKnown({ ...call, args: { channel: id } });
    if (channel === undefined || !channel.members.has(call.workspace.app.botUserId))
      throw new ApiFailure('channel_not_found');
    return openChannel(channel);
  });
}

/** The message around the files; refused before anything is shared. */
function commentOf(call: Call, channels: readonly Channel[]): Pick<Draft, 'text' | 'blocks' | 'threadTs'> {
  const blocks = objectList(call, 'blocks', 'invalid_blocks_format');
  if (blocks !== undefined) validateMessageBlocks(blocks);
  const threadTs = text(call, 'thread_ts');
  if (threadTs !== undefined && channels.some((channel) => !channel.messages.has(threadTs)))
    throw new ApiFailure('invalid_thread_ts');
  return {
    text: normalizeText(text(call, 'initial_comment') ?? ''),
    blocks: blocks === undefined ? undefined : completeBlocks(call.workspace, blocks),
    threadTs,
  };
}

function share(
  { workspace }: Call,
  channel: Channel,
  files: readonly StoredFile[],
  comment: ReturnType<typeof commentOf>,
): void {
  for (const file of files) file.channels.push(channel.id);
  addMessage(workspace, channel, {
    ...comment,
    user: workspace.app.botUserId,
    byApp: true,
    files: files.map((file) => file.id),
    extra: { upload: true },
  });
  for (const file of files) {
    const shared = {
      type: 'file_shared',
      file_id: file.id,
      user_id: file.user,
      file: { id: file.id },
      channel_id: channel.id,
    };
    workspace.emit('file_shared', { ...shared, event_ts: workspace.nextTs() }, channel);
  }
}

function info(call: Call): Fields {
  const file = call.workspace.files.get(required(call, 'file', 'file_not_found'));
  if (file === undefined || !file.completed) throw new ApiFailure('file_not_found');
  return { file: wireFile(call.workspace, file), comments: [], response_metadata: { next_cursor: '' } };
}
