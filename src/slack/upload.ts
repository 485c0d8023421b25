import type { Called, SlackClient } from './client.ts';
import { slackMethods } from './methods.ts';

export interface Upload {
  readonly fileName: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  /** What the picture shows, for those who don't see it. */
  readonly alternative?: string;
  readonly channel: string;
  readonly threadTs?: string;
}

/** Puts a file into a channel, in Slack's three steps. A file that was never completed is in no channel and vanishes. */
export async function uploadFile(client: SlackClient, upload: Upload): Promise<Called<{ readonly file: string }>> {
  const { fileName, title, bytes, alternative, channel, threadTs } = upload;
  const place = await client.call(slackMethods.uploadUrl, {
    filename: fileName,
    length: bytes.length,
    alt_txt: alternative,
  });
  if (!place.ok) return place;
  const { upload_url: url, file_id: id } = place.answer;
  const sent = await client.upload(url, bytes);
  if (!sent.ok) return sent;
  const completed = await client.call(slackMethods.completeUpload, {
    files: [{ id, title }],
    channel_id: channel,
    thread_ts: threadTs,
  });
  return completed.ok ? { ok: true, answer: { file: id } } : completed;
}
