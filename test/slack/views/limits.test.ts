import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextId } from '../../../src/incident/ids.ts';
import { timelineOf } from '../../../src/incident/timeline.ts';
import type { IncidentView } from '../../../src/slack/incident-view.ts';
import { announcement } from '../../../src/slack/views/announcement.ts';
import { channelPost } from '../../../src/slack/views/channel-post.ts';
import { incidentCard } from '../../../src/slack/views/incident-card.ts';
import { listMessage } from '../../../src/slack/views/incident-list.ts';
import { message, mostBlockCharacters, type SlackMessage } from '../../../src/slack/views/message.ts';
import {
  answerModal,
  declareModal,
  pickIncidentModal,
  textModal,
  updateModal,
} from '../../../src/slack/views/modals.ts';
import { awayModal } from '../../../src/slack/views/away-modals.ts';
import { onCallMessage } from '../../../src/slack/views/on-call.ts';
import { pageMessage } from '../../../src/slack/views/page-message.ts';
import { postmortemMessage } from '../../../src/slack/views/postmortem-message.ts';
import { stillOnIt } from '../../../src/slack/views/still-on-it.ts';
import { timelineMessage } from '../../../src/slack/views/timeline.ts';
import { topicText } from '../../../src/slack/views/topic.ts';
import { section } from '../../../src/slack/views/blocks.ts';
import { incidentRow } from '../../../src/engine/incident-row.ts';
import { company, person } from '../../support/company.ts';
import { alma, beni, declared, faultsOf, faultsOfModal, tokensIn, viewOf } from './world.ts';

const nasty = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<@U666>',
  '<@U666|noa>',
  '<#C666|x>',
  '<https://evil.example|click>',
  'https://evil.example/<!channel>',
  '<!subteam^S666>',
  '&lt;!channel&gt;',
  '&',
  '<',
  '>',
  '|',
  '*bold*',
  '```',
  '_~`',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u0007',
  '\u007F',
  '\u202E',
  '\u2066',
  '\u2069',
  '\u200F',
  '\uD800',
  '\uDC00',
  '👩‍👩‍👧‍👦',
  '🇮🇱',
  'e\u0301\u0301\u0301',
  'שלום',
  'תקלה-checkout',
  ':fire:',
  'word ',
  'x'.repeat(200),
  '&'.repeat(200),
  '<'.repeat(300),
  '👩‍👩‍👧‍👦'.repeat(60),
  'a\u0301'.repeat(100),
] as const;

const text = fc.oneof(
  fc.array(fc.constantFrom(...nasty), { maxLength: 40 }).map((parts) => parts.join('').slice(0, 4_000)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    ' ',
    'ש'.repeat(4_000),
    '<'.repeat(4_000),
    '&'.repeat(4_000),
    '\n'.repeat(4_000),
    '😀'.repeat(2_000),
  ),
);

/** Links of ours, times, channels and people of this world; nothing that came out of a text. */
function foreignTokens(shown: SlackMessage): string[] {
  return tokensIn(shown).filter(
    (token) =>
      !/^<!date\^\d+\^[^^|<>]*\|[^|<>]*>$/.test(token) &&
      !/^<@U(?:ALMA|BENI|CARMEL|DANA|NOA|OUTSIDE)>$/.test(token) &&
      !/^<#C0INC\d+>$/.test(token) &&
      // An address in an update is a link to itself and nothing else.
      !/^<https?:\/\/[^\s<>|]+>$/.test(token) &&
      !/^<https:\/\/(?:monitor|wiki|files)\.example\.com\/[^\s<>|]*\|[^<>]*>$/.test(token),
  );
}

function sound(shown: SlackMessage): void {
  expect(faultsOf(shown)).toEqual([]);
  expect(foreignTokens(shown)).toEqual([]);
}

const languages = fc.constantFrom('en' as const, 'he' as const);

/** A view in which every text is what somebody managed to write. */
const strangeView = fc
  .record({ title: text, service: text, name: text, role: text, alert: text, update: text, language: languages })
  .map(({ title, service, name, role, alert, update, language }): IncidentView => {
    const told = declared();
    told.does({ type: 'post_update', text: 'x' }, alma);
    const view = viewOf(told, language);
    const someone = { id: 'alma', name, slack: 'UALMA' };
    return {
      ...view,
      title,
      service,
      runbook: 'https://wiki.example.com/run',
      lead: someone,
      roles: Array.from({ length: 100 }, (_, index) => ({ role: `${role}${index}`, person: someone })),
      alerts: Array.from({ length: 100 }, () => ({
        title: alert,
        url: 'https://monitor.example.com/1',
        source: 'alerts' as const,
        resolved: false,
      })),
      signals: 10_000,
      lastUpdate: { at: view.now, text: update },
      pages: view.pages.map((page) => ({ ...page, asked: Array.from({ length: 50 }, () => someone) })),
      people: { ...company().people, alma: person('alma', { name }) },
      texts: new Map([...view.texts.keys()].map((id: TextId) => [id, update] as const)),
    };
  });

describe('views hold Slack’s limits and let nothing in, whatever was written', () => {
  it('card, announcement and topic', () => {
    fc.assert(
      fc.property(strangeView, (view) => {
        sound(incidentCard(view));
        sound(announcement(view));
        sound(incidentCard({ ...view, isOpen: false, status: 'resolved', endedAt: view.now }));
        const topic = topicText(view);
        expect(topic.length).toBeLessThanOrEqual(250);
        expect(topic.isWellFormed()).toBe(true);
        expect(topic).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 30 },
    );
  });

  it('pages, live and over, and "still on it?"', () => {
    const told = declared();
    const waiting = told.page();
    told.does({ type: 'acknowledge', page: undefined, via: 'slack' }, beni);
    const held = told.page();
    fc.assert(
      fc.property(strangeView, (view) => {
        for (const page of [waiting, held])
          for (const delivery of page.deliveries) sound(pageMessage(view, page, delivery));
        sound(stillOnIt(view, held));
      }),
      { numRuns: 30 },
    );
  });

  it('posts in the channel and the timeline', () => {
    const told = declared();
    told.does({ type: 'post_update', text: 'x' }, alma);
    told.does({ type: 'add_note', text: 'x' }, alma);
    told.does({ type: 'assign_role', role: 'lead', person: 'alma' }, beni);
    told.does({ type: 'link_change', change: 'c1', title: 'x', url: 'https://files.example.com/c' }, alma);
    told.does({ type: 'capture_message', channel: 'C0INC1', ts: '2.2', author: 'alma', text: 'x' }, beni);
    for (let index = 0; index < 100; index++) told.does({ type: 'add_note', text: `note ${index}` }, alma);
    told.does({ type: 'resolve' }, alma);
    const entries = timelineOf(told.history);
    fc.assert(
      fc.property(strangeView, text, (view, written) => {
        const texts = new Map([...viewOf(told).texts.keys()].map((id) => [id, written] as const));
        const shown = { ...view, texts };
        for (const recorded of told.history) {
          const post = channelPost(recorded, shown);
          if (post !== undefined) sound(post);
        }
        sound(timelineMessage(entries, shown));
      }),
      { numRuns: 30 },
    );
  });

  it('lists, duty, post-mortem', () => {
    const told = declared();
    const row = incidentRow(told.incident());
    const open = Array.from({ length: 30 }, (_, index) => ({
      ...row,
      id: `INC-${index + 1}` as const,
      channel: 'C0INC1',
    }));
    fc.assert(
      fc.property(strangeView, text, (view, written) => {
        const titles = new Map(open.map(({ id }) => [id, written] as const));
        const lists = { open, hasMore: true, ended: open.slice(0, 5) };
        sound(listMessage(lists, titles, { language: view.language, services: {} }));
        const someone = { id: 'x', name: written, slack: undefined };
        const span = { from: view.now, to: view.now + 1 };
        const lines = {
          covers: Array.from({ length: 30 }, () => ({ ...span, person: someone, insteadOf: someone })),
          offers: Array.from({ length: 30 }, () => ({ ...span, kind: 'cover' as const, whose: someone })),
        };
        const duty = {
          schedule: written,
          onDuty: Array.from({ length: 30 }, () => ({ person: someone, askedLast: true })),
          unavailable: Array.from({ length: 30 }, () => someone),
          next: { at: view.now, people: Array.from({ length: 30 }, () => someone) },
          ...lines,
          canTake: false,
        };
        const takeable = { ...duty, schedule: 'x'.repeat(64), canTake: true };
        sound(
          onCallMessage(
            Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? duty : takeable)),
            100,
            view.language,
            true,
          ),
        );
        sound(postmortemMessage(view, { canvasUrl: 'https://files.example.com/docs/T/F', path: written }));
      }),
      { numRuns: 30 },
    );
  });

  it('forms', () => {
    const told = declared();
    const row = incidentRow(told.incident());
    const rows = Array.from({ length: 100 }, (_, index) => ({ ...row, id: `INC-${index + 1}` as const }));
    fc.assert(
      fc.property(strangeView, text, (view, written) => {
        const { language } = view;
        const service = { ...company().services['checkout'], id: 'checkout', name: written };
        const services = Object.fromEntries(
          Array.from({ length: 150 }, (_, index) => [`s${index}`, { ...emptyService, ...service, id: `s${index}` }]),
        );
        const titles = new Map(rows.map(({ id }) => [id, written] as const));
        for (const form of [
          declareModal(language, company({ services }), 'sev2', written),
          updateModal(view),
          textModal('note', view),
          textModal('reopen', view),
          awayModal(language, 'alma'),
          pickIncidentModal(language, rows, titles, { word: 'update', rest: written }),
          answerModal(language, incidentCard(view)),
        ])
          expect(faultsOfModal(form)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

const emptyService = {
  id: '',
  name: '',
  team: undefined,
  policy: undefined,
  pagerduty: undefined,
  sloAvailability: undefined,
  revenuePerMinute: undefined,
  runbook: undefined,
};

describe('the budget of a message', () => {
  it('leaves out blocks from the end, but never the buttons', () => {
    const card = incidentCard(viewOf(declared()));
    const buttons = card.blocks.at(-1);
    expect(buttons?.type).toBe('actions');
    const long = Array.from({ length: 60 }, (_, index) => section(`${index} ${'x'.repeat(2_900)}`));
    const cut = message('long', [...long, ...(buttons === undefined ? [] : [buttons])]);
    expect(JSON.stringify(cut.blocks).length).toBeLessThanOrEqual(mostBlockCharacters);
    expect(cut.blocks.at(-1)).toEqual(buttons);
    expect(cut.blocks.length).toBeGreaterThan(2);
    const many = message(
      'many',
      Array.from({ length: 60 }, () => section('x')),
    );
    expect(many.blocks).toHaveLength(50);
  });

  it('escapes the notification, which Slack reads as markup too', () => {
    expect(message('<!channel> & co', []).text).toBe('&lt;!channel&gt; &amp; co');
    expect(message('<'.repeat(4_000), []).text.length).toBeLessThanOrEqual(1_000);
    expect(message('', []).text).toBe('…');
  });
});
