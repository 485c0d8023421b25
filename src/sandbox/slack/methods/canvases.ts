import {
  ApiFailure,
  channelIfKnown,
  idList,
  objectList,
  openChannel,
  realChannel,
  required,
  structuredObject,
  text,
} from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import { applyChange, problemOfMarkdown, sectionsContaining } from '../canvas-markdown.ts';
import type { Canvas, Channel, Fields } from '../model.ts';
import { textOf } from '../values.ts';

export const canvasMethods: MethodTable = {
  'canvases.create': { run: create, scopes: ['canvases:write'] },
  'canvases.edit': { run: edit, scopes: ['canvases:write'] },
  'canvases.sections.lookup': { run: lookup, scopes: ['canvases:read'] },
  'canvases.access.set': { run: setAccess, scopes: ['canvases:write'] },
  'conversations.canvases.create': { run: createForChannel, scopes: ['canvases:write'] },
};

function markdownOf(content: Fields | undefined, error: string): string {
  if (content === undefined) return '';
  if (content['type'] !== 'markdown') throw new ApiFailure('invalid_arguments');
  const markdown = textOf(content['markdown']) ?? '';
  const wrong = problemOfMarkdown(markdown);
  if (wrong !== undefined) throw new ApiFailure(error, { detail: wrong });
  return markdown;
}

function make(call: Call, channel: Channel | undefined): Canvas {
  const { workspace } = call;
  const markdown = markdownOf(
    structuredObject(call, 'document_content', 'invalid_arguments'),
    'canvas_creation_failed',
  );
  const at = workspace.now();
  const canvas: Canvas = {
    id: workspace.nextId('F'),
    title: text(call, 'title') ?? '',
    markdown,
    channelId: channel?.id,
    createdBy: workspace.app.botUserId,
    createdMs: at,
    updatedMs: at,
    access: [],
  };
  workspace.canvases.set(canvas.id, canvas);
  workspace.changed();
  return canvas;
}

/** Standalone, or a channel's tab when `channel_id` is given. */
function create(call: Call): Fields {
  const named = text(call, 'channel_id');
  const channel = named === undefined ? undefined : channelIfKnown(call, 'channel_id');
  if (named !== undefined && channel === undefined) throw new ApiFailure('channel_not_found');
  if (channel === undefined && call.workspace.team.plan === 'free')
    throw new ApiFailure('free_teams_cannot_create_standalone_canvases');
  return { canvas_id: make(call, channel).id };
}

/** The one canvas of a channel; the id of an existing one is in conversations.info. */
function createForChannel(call: Call): Fields {
  const channel = channelIfKnown(call, 'channel_id');
  if (channel === undefined) throw new ApiFailure('channel_not_found');
  openChannel(realChannel(channel));
  if (!channel.members.has(call.workspace.app.botUserId)) throw new ApiFailure('not_in_channel');
  if (channel.canvasFileId !== undefined) throw new ApiFailure('channel_canvas_already_exists');
  const canvas = make(call, channel);
  channel.canvasFileId = canvas.id;
  return { canvas_id: canvas.id };
}

function existing(call: Call): Canvas {
  const canvas = call.workspace.canvases.get(required(call, 'canvas_id', 'canvas_not_found'));
  if (canvas === undefined) throw new ApiFailure('canvas_not_found');
  return canvas;
}

/** One operation per call. */
function edit(call: Call): Fields {
  const canvas = existing(call);
  const changes = objectList(call, 'changes', 'invalid_arguments') ?? [];
  const [change] = changes;
  if (change === undefined || changes.length !== 1) throw new ApiFailure('invalid_arguments');
  const content = change['document_content'];
  const markdown =
    change['operation'] === 'delete'
      ? ''
      : markdownOf(
          structuredObject({ ...call, args: { content } }, 'content', 'invalid_arguments'),
          'canvas_editing_failed',
        );
  if (change['operation'] === 'rename') {
    canvas.title =
      textOf(structuredObject({ ...call, args: change }, 'title_content', 'invalid_arguments')?.['markdown']) ??
      canvas.title;
  } else {
    const changed = applyChange(
      canvas.markdown,
      textOf(change['operation']) ?? '',
      textOf(change['section_id']),
      markdown,
    );
    if (changed === undefined)
      throw new ApiFailure('canvas_editing_failed', { detail: 'unknown operation or section' });
    canvas.markdown = changed;
  }
  canvas.updatedMs = call.workspace.now();
  call.workspace.changed();
  return {};
}

function lookup(call: Call): Fields {
  const canvas = existing(call);
  const criteria = structuredObject(call, 'criteria', 'invalid_arguments');
  if (criteria === undefined) throw new ApiFailure('invalid_arguments');
  return { sections: sectionsContaining(canvas.markdown, criteria).map((id) => ({ id })) };
}

function setAccess(call: Call): Fields {
  const canvas = existing(call);
  const level = required(call, 'access_level');
  const users = idList(call, 'user_ids');
  const channels = idList(call, 'channel_ids');
  if ((users.length === 0) === (channels.length === 0)) throw new ApiFailure('invalid_arguments');
  if (level !== 'read' && level !== 'write' && level !== 'owner') throw new ApiFailure('invalid_arguments');
  if (level === 'owner' && channels.length > 0) throw new ApiFailure('invalid_arguments');
  canvas.access.push({ level, users, channels });
  call.workspace.changed();
  return {};
}
