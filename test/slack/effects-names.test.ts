import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelName } from '../../src/slack/channel-name.ts';
import { withoutMentionsOf } from '../../src/slack/mention-guard.ts';
import { canvasMarkdown } from '../../src/slack/postmortem-share.ts';

describe('the name of an incident channel', () => {
  it('carries the number and the service', () => {
    expect(channelName({ number: 42, service: 'checkout' }, 'Payments fail', 1)).toBe('inc-42-checkout');
  });

  it('falls back to the title, and to the number for titles in other scripts', () => {
    expect(channelName({ number: 7, service: undefined }, 'Checkout: 502s in Zürich!', 1)).toBe(
      'inc-7-checkout-502s-in-zurich',
    );
    expect(channelName({ number: 7, service: undefined }, 'התשלומים נופלים', 1)).toBe('inc-7');
    expect(channelName({ number: 7, service: undefined }, '🔥🔥', 1)).toBe('inc-7');
  });

  it('takes a suffix when it is taken', () => {
    expect(channelName({ number: 42, service: 'checkout' }, '', 2)).toBe('inc-42-checkout-2');
  });

  it('is one that Slack takes, whatever the title', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.nat(99_999_999),
        fc.integer({ min: 1, max: 20 }),
        (title, number, attempt) => {
          const name = channelName({ number, service: undefined }, title, attempt);
          expect(name).toMatch(/^inc-\d+(?:-[a-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(80);
        },
      ),
    );
  });
});

describe('a message that rings', () => {
  const nameInstead = (id: string) => (id === 'UAWAY' ? 'Dana <Levi>' : undefined);

  it('names people who cannot answer instead of mentioning them', () => {
    const guarded = withoutMentionsOf(
      {
        text: 'Lead: <@UAWAY>, then <@UHERE>',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: '<@UAWAY|dana> was lead, <@UHERE> is' } },
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'user', user_id: 'UAWAY' },
                  { type: 'user', user_id: 'UHERE' },
                ],
              },
            ],
          },
        ],
      },
      nameInstead,
    );
    expect(guarded.text).toBe('Lead: Dana Levi, then <@UHERE>');
    expect(JSON.stringify(guarded.blocks)).not.toContain('UAWAY');
    expect(JSON.stringify(guarded.blocks)).toContain('"user_id":"UHERE"');
    expect(guarded.blocks[0]).toEqual({
      type: 'section',
      text: { type: 'mrkdwn', text: 'Dana Levi was lead, <@UHERE> is' },
    });
  });
});

describe('the Markdown of a canvas', () => {
  it('has no heading below the third level and no list in a quote', () => {
    expect(canvasMarkdown('# a\n#### b\n###### c\n> - d\n> e\n')).toBe('# a\n### b\n### c\n- d\n> e\n');
  });
});
