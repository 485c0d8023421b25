import { readFileSync, readdirSync } from 'node:fs';
import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { problemsOfBlocks } from '../../../src/sandbox/slack/validate-blocks.ts';
import { problemsOfView } from '../../../src/sandbox/slack/validate-view.ts';
import { bounds, cells, input, section, text } from './block-bounds.ts';
import { clientOf, errorOf, startWorkspace } from './world.ts';

describe('blocks of a message', () => {
  it.each(bounds)('%s: the bound passes, what is beyond it does not', (_, fits, breaks) => {
    expect(problemsOfBlocks([fits], 'message')).toEqual([]);
    expect(problemsOfBlocks([breaks], 'message')).not.toEqual([]);
  });

  it('are at most 50, with one table, unique block ids and 12,000 characters of markdown together', () => {
    const dividers = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }));
    expect(problemsOfBlocks(dividers(50), 'message')).toEqual([]);
    expect(problemsOfBlocks(dividers(51), 'message')).not.toEqual([]);
    expect(
      problemsOfBlocks(
        [
          { type: 'table', rows: cells(1, 1) },
          { type: 'table', rows: cells(1, 1) },
        ],
        'message',
      ),
    ).not.toEqual([]);
    expect(
      problemsOfBlocks(
        [
          { type: 'divider', block_id: 'a' },
          { type: 'divider', block_id: 'a' },
        ],
        'message',
      ),
    ).not.toEqual([]);
    expect(
      problemsOfBlocks(
        [
          { type: 'markdown', text: 'x'.repeat(7_000) },
          { type: 'markdown', text: 'x'.repeat(7_000) },
        ],
        'message',
      ),
    ).not.toEqual([]);
  });

  it('are refused with invalid_blocks and a pointer to the place', async () => {
    const slack = await startWorkspace();
    const call = clientOf(slack).apiCall('chat.postMessage', {
      channel: 'C1',
      text: 'x',
      blocks: [section(1), section(3_001)],
    });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error instanceof WebAPIPlatformError && error.data).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'] },
    });
    expect(slack.state.messages('C1')).toEqual([]);
  });

  it('hold about 13,200 characters together, however well each fits', async () => {
    const slack = await startWorkspace();
    const post = (count: number) =>
      clientOf(slack).apiCall('chat.postMessage', {
        channel: 'C1',
        text: 'x',
        blocks: Array.from({ length: count }, () => section(3_000)),
      });
    expect(await errorOf(post(4))).toBe('ok');
    expect(await errorOf(post(5))).toBe('msg_blocks_too_long');
  });

  it('are refused as a format when they are no list of objects', async () => {
    const slack = await startWorkspace();
    const post = (blocks: unknown) => clientOf(slack).apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks });
    expect(await errorOf(post('not json'))).toBe('invalid_blocks_format');
    expect(await errorOf(post({ type: 'divider' }))).toBe('invalid_blocks_format');
  });
});

const modal = (more: object) => ({ type: 'modal', title: text(24), blocks: [], ...more });

describe('views', () => {
  it.each([
    ['title', modal({}), modal({ title: text(25) })],
    ['submit', modal({ submit: text(24) }), modal({ submit: text(25) })],
    ['close', modal({ close: text(24) }), modal({ close: text(25) })],
    [
      'private_metadata',
      modal({ private_metadata: 'x'.repeat(3_000) }),
      modal({ private_metadata: 'x'.repeat(3_001) }),
    ],
    ['callback_id', modal({ callback_id: 'x'.repeat(255) }), modal({ callback_id: 'x'.repeat(256) })],
    [
      'submit beside inputs',
      modal({ submit: text(4), blocks: [input({ type: 'plain_text_input' })] }),
      modal({ blocks: [input({ type: 'plain_text_input' })] }),
    ],
    [
      'blocks',
      modal({ blocks: Array.from({ length: 100 }, () => ({ type: 'divider' })) }),
      modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
    ],
    [
      'alert only in modals',
      modal({ blocks: [{ type: 'alert', text: text(3) }] }),
      { type: 'home', blocks: [{ type: 'alert', text: text(3) }] },
    ],
    ['no table in modals', modal({}), modal({ blocks: [{ type: 'table', rows: cells(1, 1) }] })],
    ['home without title', { type: 'home', blocks: [] }, { type: 'home', title: text(3), blocks: [] }],
  ])('%s: the bound passes, what is beyond it does not', (_, fits, breaks) => {
    expect(problemsOfView(fits)).toEqual([]);
    expect(problemsOfView(breaks)).not.toEqual([]);
  });

  it('takes the views of other apps as they are', () => {
    const folder = new URL('../../fixtures/slack/views/', import.meta.url);
    for (const name of readdirSync(folder)) {
      const view: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      expect([name, problemsOfView(view)]).toEqual([name, []]);
    }
  });
});

describe('blocks.validate', () => {
  it('names each fault with pointer, code and constraint, and fails only on its own arguments', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const answer = await client.apiCall('blocks.validate', { blocks: [section(3_001)] });
    expect(answer).toMatchObject({
      ok: true,
      valid: false,
      errors: [
        {
          pointer: '/blocks/0/text/text',
          code: 'too_long',
          constraint: { type: 'max_length', expected: 3_000, got: 3_001 },
        },
      ],
    });
    expect(await client.apiCall('blocks.validate', { view: modal({}) })).toMatchObject({ valid: true, errors: [] });
    expect(await client.apiCall('blocks.validate', { message: { blocks: [section(0)] } })).toMatchObject({
      valid: false,
    });
    expect(await errorOf(client.apiCall('blocks.validate', {}))).toBe('invalid_arguments');
  });
});
