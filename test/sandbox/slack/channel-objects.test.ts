import { describe, expect, it } from 'vitest';
import { clientOf, errorOf, movableClock, postMessage, startWorkspace } from './world.ts';

describe('pins', () => {
  it('pin once, list newest first, unpin once', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const one = await postMessage(client, { channel: 'C1', text: 'one' });
    const two = await postMessage(client, { channel: 'C1', text: 'two' });
    for (const { ts = '' } of [one, two]) await client.pins.add({ channel: 'C1', timestamp: ts });
    expect(await errorOf(client.pins.add({ channel: 'C1', timestamp: one.ts ?? '' }))).toBe('already_pinned');
    expect(await errorOf(client.pins.add({ channel: 'C1', timestamp: '1.000001' }))).toBe('message_not_found');
    const listed = await client.pins.list({ channel: 'C1' });
    expect(listed.items).toMatchObject([
      { created_by: 'U0BOT', message: { text: 'two' } },
      { message: { text: 'one' } },
    ]);
    expect(await errorOf(client.pins.remove({ channel: 'C1', timestamp: one.ts ?? '' }))).toBe('ok');
    expect(await errorOf(client.pins.remove({ channel: 'C1', timestamp: one.ts ?? '' }))).toBe('no_pin');
  });

  it('end at 100 per channel', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const errors: string[] = [];
    for (let n = 0; n < 101; n += 1) {
      const { ts } = slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
      errors.push(await errorOf(client.pins.add({ channel: 'C1', timestamp: ts })));
    }
    expect(errors.slice(99)).toEqual(['ok', 'too_many_pins']);
  });
});

describe('bookmarks', () => {
  const link = { channel_id: 'C1', title: 'Runbook', type: 'link', link: 'https://runbook.example' } as const;

  it('are not idempotent: the same link twice makes two', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    await client.bookmarks.add(link);
    await client.bookmarks.add(link);
    const { bookmarks } = await client.bookmarks.list({ channel_id: 'C1' });
    expect(bookmarks?.map(({ title }) => title)).toEqual(['Runbook', 'Runbook']);
  });

  it('are links, at most 100, edited and removed by id', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    expect(await errorOf(client.apiCall('bookmarks.add', { ...link, type: 'folder' }))).toBe('invalid_bookmark_type');
    expect(await errorOf(client.bookmarks.add({ ...link, link: 'no link' }))).toBe('invalid_link');
    const { bookmark } = await client.bookmarks.add(link);
    const id = bookmark?.id ?? '';
    expect((await client.bookmarks.edit({ channel_id: 'C1', bookmark_id: id, title: 'New' })).bookmark?.title).toBe(
      'New',
    );
    expect(await errorOf(client.bookmarks.remove({ channel_id: 'C1', bookmark_id: id }))).toBe('ok');
    expect(await errorOf(client.bookmarks.remove({ channel_id: 'C1', bookmark_id: id }))).toBe('not_found');
    await Promise.all(Array.from({ length: 100 }, () => client.bookmarks.add(link)));
    expect(await errorOf(client.bookmarks.add(link))).toBe('too_many_bookmarks');
  });
});

describe('reactions', () => {
  it('are added once, removed once and counted', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { ts = '' } = await postMessage(client, { channel: 'C1', text: 'x' });
    const eyes = { channel: 'C1', timestamp: ts, name: 'eyes' };
    expect(await errorOf(client.reactions.add(eyes))).toBe('ok');
    expect(await errorOf(client.reactions.add(eyes))).toBe('already_reacted');
    slack.actions.react({ user: 'U1', channel: 'C1', ts, name: 'eyes' });
    expect((await client.reactions.get({ channel: 'C1', timestamp: ts })).message?.reactions).toEqual([
      { name: 'eyes', count: 2, users: ['U0BOT', 'U1'] },
    ]);
    expect(await errorOf(client.reactions.remove(eyes))).toBe('ok');
    expect(await errorOf(client.reactions.remove(eyes))).toBe('no_reaction');
  });
});

describe('people', () => {
  it('are found by id, by e-mail, in pages, with locale on request', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    expect((await client.users.info({ user: 'U1' })).user).toMatchObject({
      tz: 'Asia/Jerusalem',
      real_name: 'Dana Levi',
    });
    expect((await client.users.info({ user: 'U1', include_locale: true })).user?.locale).toBe('en-US');
    expect(await errorOf(client.users.info({ user: 'U404' }))).toBe('user_not_found');
    expect((await client.users.lookupByEmail({ email: 'DANA@nahal.example' })).user?.id).toBe('U1');
    expect(await errorOf(client.users.lookupByEmail({ email: 'no@nahal.example' }))).toBe('users_not_found');
    const page = await client.users.list({ limit: 2 });
    const rest = await client.users.list({ limit: 9, cursor: page.response_metadata?.next_cursor ?? '' });
    expect([...(page.members ?? []), ...(rest.members ?? [])].map(({ id }) => id)).toEqual(['U0BOT', 'U1', 'U2', 'U3']);
    expect((await client.users.conversations({ user: 'U2' })).channels?.map(({ id }) => id)).toEqual(['C1']);
  });
});

describe('files', () => {
  it('arrive in three steps and are shared in one message', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    await client.filesUploadV2({
      channel_id: 'C1',
      file: png,
      filename: 'chart.png',
      title: 'Chart',
      initial_comment: 'look',
    });
    const [file] = slack.state.files();
    expect(file).toMatchObject({
      name: 'chart.png',
      title: 'Chart',
      mimetype: 'image/png',
      channels: ['C1'],
      completed: true,
    });
    expect(file?.content?.equals(png)).toBe(true);
    expect(slack.state.messages('C1')).toMatchObject([{ text: 'look', files: [file?.id] }]);
    expect((await client.files.info({ file: file?.id ?? '' })).file).toMatchObject({
      size: png.length,
      mimetype: 'image/png',
    });
  });

  it('do not exist before their bytes came, nor with a wrong length', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { file_id = '', upload_url = '' } = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    expect(await errorOf(client.files.completeUploadExternal({ files: [{ id: file_id }] }))).toBe('file_not_found');
    expect((await fetch(upload_url, { method: 'POST', body: 'four' })).status).toBe(400);
    expect((await fetch(upload_url, { method: 'POST', body: 'abc' })).status).toBe(200);
    expect(await errorOf(client.files.completeUploadExternal({ files: [{ id: file_id }], channel_id: 'C2' }))).toBe(
      'channel_not_found',
    );
    expect(await errorOf(client.files.completeUploadExternal({ files: [{ id: file_id }] }))).toBe('ok');
  });
});

describe('canvases', () => {
  const markdown = (text: string) => ({ type: 'markdown', markdown: text }) as const;

  it('are one per channel; the second try names the existing one through conversations.info', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const made = await client.conversations.canvases.create({ channel_id: 'C1', document_content: markdown('# A') });
    expect(await errorOf(client.conversations.canvases.create({ channel_id: 'C1' }))).toBe(
      'channel_canvas_already_exists',
    );
    const info = await client.conversations.info({ channel: 'C1' });
    expect(info.channel).toMatchObject({ properties: { canvas: { file_id: made.canvas_id } } });
  });

  it('are edited by one operation per call', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now });
    const client = clientOf(slack);
    const { canvas_id = '' } = await client.canvases.create({ title: 'PM', document_content: markdown('# A\n\nold') });
    const replace = { operation: 'replace', document_content: markdown('# B') } as const;
    const append = { operation: 'insert_at_end', document_content: markdown('end') } as const;
    expect(await errorOf(client.canvases.edit({ canvas_id, changes: [replace, append] }))).toBe('invalid_arguments');
    await client.canvases.edit({ canvas_id, changes: [replace] });
    await client.canvases.edit({ canvas_id, changes: [append] });
    expect(slack.state.canvases()[0]?.markdown).toBe('# B\n\nend');
    const { sections } = await client.canvases.sections.lookup({
      canvas_id,
      criteria: { section_types: ['h1'], contains_text: 'B' },
    });
    await client.canvases.edit({
      canvas_id,
      changes: [{ operation: 'insert_after', section_id: sections?.[0]?.id ?? '', document_content: markdown('mid') }],
    });
    expect(slack.state.canvases()[0]?.markdown).toBe('# B\n\nmid\n\nend');
    expect(await errorOf(client.canvases.edit({ canvas_id: 'F404', changes: [replace] }))).toBe('canvas_not_found');
    expect(await errorOf(client.canvases.access.set({ canvas_id, access_level: 'read', channel_ids: ['C1'] }))).toBe(
      'ok',
    );
  });

  it('refuse lists in quotes, deep headings and tables above 300 cells', async () => {
    const slack = await startWorkspace();
    const create = (text: string) => errorOf(clientOf(slack).canvases.create({ document_content: markdown(text) }));
    expect(await create('> - a list')).toBe('canvas_creation_failed');
    expect(await create('#### too deep')).toBe('canvas_creation_failed');
    const table = (rows: number) =>
      ['| a | b | c |', '|---|---|---|', ...Array.from({ length: rows }, () => '| 1 | 2 | 3 |')].join('\n');
    expect(await create(table(99))).toBe('ok');
    expect(await create(table(100))).toBe('canvas_creation_failed');
  });

  it('stand alone only on paid plans', async () => {
    const slack = await startWorkspace({ team: { id: 'T1', name: 'Free', domain: 'free', plan: 'free' } });
    expect(await errorOf(clientOf(slack).canvases.create({}))).toBe('free_teams_cannot_create_standalone_canvases');
    expect(await errorOf(clientOf(slack).canvases.create({ channel_id: 'C1' }))).toBe('ok');
  });
});
