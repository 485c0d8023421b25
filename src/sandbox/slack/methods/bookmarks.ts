import { ApiFailure, channelArgument, openChannel, realChannel, required, text } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Bookmark, Channel, Fields } from '../model.ts';
import { wireBookmark } from '../wire.ts';

const mostBookmarks = 100;

export const bookmarkMethods: MethodTable = {
  'bookmarks.add': { run: add, scopes: ['bookmarks:write'] },
  'bookmarks.list': { run: list, scopes: ['bookmarks:read'] },
  'bookmarks.edit': { run: edit, scopes: ['bookmarks:write'] },
  'bookmarks.remove': { run: remove, scopes: ['bookmarks:write'] },
};

function bookmarked(call: Call): Channel {
  const channel = openChannel(realChannel(channelArgument(call, 'channel_id')));
  if (!channel.members.has(call.workspace.app.botUserId)) throw new ApiFailure('not_in_channel');
  return channel;
}

/** Not idempotent: the same link twice makes two bookmarks. */
function add(call: Call): Fields {
  const { workspace } = call;
  const channel = bookmarked(call);
  const title = required(call, 'title');
  const type = required(call, 'type', 'invalid_bookmark_type');
  if (type !== 'link') throw new ApiFailure('invalid_bookmark_type');
  const link = required(call, 'link', 'invalid_link');
  if (!isLink(link)) throw new ApiFailure('invalid_link');
  if (channel.bookmarks.size >= mostBookmarks) throw new ApiFailure('too_many_bookmarks');
  const at = workspace.now();
  const bookmark: Bookmark = {
    id: workspace.nextId('Bk'),
    title,
    link,
    emoji: text(call, 'emoji') ?? '',
    createdMs: at,
    updatedMs: at,
    createdBy: workspace.app.botUserId,
  };
  channel.bookmarks.set(bookmark.id, bookmark);
  workspace.changed();
  return { bookmark: wireBookmark(channel, bookmark) };
}

function isLink(link: string): boolean {
  return URL.canParse(link) && /^(?:https?|mailto|slack):/.test(link);
}

function list(call: Call): Fields {
  const channel = channelArgument(call, 'channel_id');
  return { bookmarks: [...channel.bookmarks.values()].map((bookmark) => wireBookmark(channel, bookmark)) };
}

function existing(call: Call, channel: Channel): Bookmark {
  const bookmark = channel.bookmarks.get(required(call, 'bookmark_id', 'invalid_bookmark_id'));
  if (bookmark === undefined) throw new ApiFailure('not_found');
  return bookmark;
}

function edit(call: Call): Fields {
  const channel = bookmarked(call);
  const bookmark = existing(call, channel);
  const link = text(call, 'link');
  if (link !== undefined && !isLink(link)) throw new ApiFailure('invalid_link');
  bookmark.title = text(call, 'title') ?? bookmark.title;
  bookmark.link = link ?? bookmark.link;
  bookmark.emoji = text(call, 'emoji') ?? bookmark.emoji;
  bookmark.updatedMs = call.workspace.now();
  call.workspace.changed();
  return { bookmark: wireBookmark(channel, bookmark) };
}

function remove(call: Call): Fields {
  const channel = bookmarked(call);
  channel.bookmarks.delete(existing(call, channel).id);
  call.workspace.changed();
  return {};
}
