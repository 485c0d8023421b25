import { describe, expect, it } from 'vitest';
import { incidentRow } from '../../../src/engine/incident-row.ts';
import { timelineOf } from '../../../src/incident/timeline.ts';
import type { Language } from '../../../src/oncall/catalog.ts';
import { announcement } from '../../../src/slack/views/announcement.ts';
import { awayModal } from '../../../src/slack/views/away-modals.ts';
import { mateAwayMessage } from '../../../src/slack/views/availability.ts';
import { channelPost } from '../../../src/slack/views/channel-post.ts';
import { helpMessage, menuMessage } from '../../../src/slack/views/help.ts';
import { incidentCard } from '../../../src/slack/views/incident-card.ts';
import { listMessage } from '../../../src/slack/views/incident-list.ts';
import type { SlackMessage } from '../../../src/slack/views/message.ts';
import {
  answerModal,
  declareModal,
  pickIncidentModal,
  textModal,
  updateModal,
} from '../../../src/slack/views/modals.ts';
import { onCallMessage } from '../../../src/slack/views/on-call.ts';
import { pageMessage } from '../../../src/slack/views/page-message.ts';
import { postmortemMessage } from '../../../src/slack/views/postmortem-message.ts';
import { stillOnIt } from '../../../src/slack/views/still-on-it.ts';
import { timelineMessage } from '../../../src/slack/views/timeline.ts';
import { topicText } from '../../../src/slack/views/topic.ts';
import { whyMessage } from '../../../src/slack/views/why.ts';
import { whyPages } from '../../../src/slack/why-view.ts';
import { away } from '../../support/company.ts';
import { by, type Story } from '../../support/story.ts';
import {
  alma,
  beni,
  declared,
  declaredWithCover,
  directionMark,
  factsIn,
  faultsOf,
  faultsOfModal,
  markupIn,
  textsOf,
  viewOf,
} from './world.ts';

const languages = ['en', 'he'] as const;

/** What people see, kept as files: a change of a view is seen in review, word by word. */
async function keeps(name: string, language: Language, message: SlackMessage): Promise<void> {
  expect(faultsOf(message)).toEqual([]);
  // Slack may not take an asterisk beside such a mark for bold.
  const bold = markupIn(message).flatMap((text) => text.match(/\*[^*\n]+\*/g) ?? []);
  expect(bold.filter((text) => directionMark.test(text))).toEqual([]);
  await kept(name, language, message);
}

async function kept(name: string, language: Language, value: unknown): Promise<void> {
  // Marks of direction are invisible, so that a diff would not show them: they are written as escapes.
  const json = JSON.stringify(value, null, 2).replace(
    /[\u200F\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16)}`,
  );
  await expect(`${json}\n`).toMatchFileSnapshot(`../snapshots/${name}.${language}.json`);
}

function worked(language: Language): Story {
  const told = declared(language);
  told.passes(3);
  told.does({ type: 'acknowledge', page: undefined, via: 'slack' }, alma);
  told.does({ type: 'assign_role', role: 'lead', person: 'alma' }, alma);
  told.does({ type: 'assign_role', role: 'communications', person: 'beni' }, alma);
  told.passes(4);
  const update =
    language === 'he'
      ? 'חוזרים לגרסה 1.2.3, עדכון נוסף ב-12:30'
      : 'Rolling back to 1.2.3, see https://wiki.example.com/run?a=1&b=2.';
  told.does({ type: 'post_update', text: update }, alma);
  return told;
}

describe.each(languages)('messages about an incident (%s)', (language) => {
  it('card', async () => {
    await keeps('card-asking', language, incidentCard(viewOf(declaredWithCover(language), language)));
    const told = worked(language);
    await keeps('card-worked-on', language, incidentCard(viewOf(told, language)));
    told.does({ type: 'resolve' }, alma);
    await keeps('card-resolved', language, incidentCard(viewOf(told, language)));
    const cancelled = declared(language);
    cancelled.does({ type: 'cancel', reason: 'false_alarm' }, alma);
    await keeps('card-cancelled', language, incidentCard(viewOf(cancelled, language)));
  });

  it('announcement and topic', async () => {
    const told = worked(language);
    await keeps('announcement-open', language, announcement(viewOf(told, language)));
    await kept('topic', language, topicText(viewOf(told, language)));
    told.does({ type: 'resolve' }, alma);
    await keeps('announcement-resolved', language, announcement(viewOf(told, language)));
  });

  it('page', async () => {
    const told = declaredWithCover(language);
    const show = (state: Story, index = 0) => {
      const page = state.page();
      const delivery = page.deliveries[index];
      if (delivery === undefined) throw new Error('nobody was paged');
      return pageMessage(viewOf(state, language), page, delivery);
    };
    await keeps('page-as-cover', language, show(told));
    const plain = declared(language);
    await keeps('page-live', language, show(plain));
    plain.passes(5);
    plain.does({ type: 'step_timed_out', page: plain.page().id, entry: 1 });
    await keeps('page-moved-on', language, show(plain));
    plain.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('dana'));
    await keeps('page-acknowledged-by-other', language, show(plain));
    await keeps('page-acknowledged-by-you', language, show(plain, 1));
    await keeps('still-on-it', language, stillOnIt(viewOf(plain, language), plain.page()));
    plain.does({ type: 'resolve' }, by('dana'));
    await keeps('page-resolved', language, show(plain));
    const declined = declared(language);
    declined.does({ type: 'decline', page: declined.page().id }, alma);
    await keeps('page-declined', language, show(declined));
    const called = declared(language);
    called.facts = factsIn(language, [away('alma', called.now - 1)]);
    called.does({ type: 'reassess' });
    await keeps('page-withdrawn', language, show(called));
  });

  it('page of a channel at the end of a policy', async () => {
    const told = declared(language);
    for (let entry = 1; entry <= 4; entry++) {
      told.passes(10);
      told.does({ type: 'step_timed_out', page: told.page().id, entry });
    }
    const page = told.page();
    const channel = page.deliveries.find(({ to }) => to.kind === 'channel');
    if (channel === undefined) throw new Error('the last resort has no channel');
    await keeps('page-last-resort', language, pageMessage(viewOf(told, language), page, channel));
    await keeps('why-last-resort', language, whyFor(told, language, 'noa'));
  });

  it('posts in the channel', async () => {
    const told = worked(language);
    told.passes(5);
    told.does({ type: 'change_severity', to: 'sev2' }, alma);
    told.does({ type: 'change_status', to: 'monitoring' }, alma);
    told.does({ type: 'release_role', role: 'communications' }, beni);
    told.does({ type: 'link_change', change: 'c1', title: 'checkout 1.2.4', url: 'https://ci.example.com/9' }, beni);
    told.passes(30);
    for (const reminder of ['no_lead', 'no_update', 'alerts_all_resolved', 'still_on_it'] as const)
      told.does({ type: 'remind', reminder });
    told.does({ type: 'resolve' }, alma);
    told.does({ type: 'reopen', reason: language === 'he' ? 'חזר שוב' : 'It is back' }, alma);
    told.does({ type: 'decline', page: told.page().id }, alma);
    told.does({ type: 'escalate', page: undefined }, beni);
    told.passes(10);
    told.does({ type: 'step_timed_out', page: told.page().id, entry: told.page().entry });
    told.does({ type: 'cancel', reason: 'duplicate' }, alma);
    const view = viewOf(told, language);
    const posts = told.history.flatMap((recorded) => {
      const post = channelPost(recorded, view);
      return post === undefined ? [] : [{ event: recorded.event.type, post }];
    });
    for (const { post } of posts) expect(faultsOf(post)).toEqual([]);
    await kept('posts', language, posts);
  });

  it('timeline, post-mortem and list', async () => {
    const told = worked(language);
    told.does({ type: 'add_note', text: language === 'he' ? 'הופעל מחדש' : 'Restarted the pool' }, beni);
    told.does({ type: 'capture_message', channel: 'C0INC1', ts: '2.2', author: 'carmel', text: 'pool = 10' }, beni);
    told.passes(10);
    told.does({ type: 'resolve' }, alma);
    const view = viewOf(told, language);
    await keeps('timeline', language, timelineMessage(timelineOf(told.history), view));
    const canvasUrl = 'https://acme.slack.com/docs/T1/F1';
    await keeps('postmortem-canvas', language, postmortemMessage(view, { canvasUrl, path: 'postmortems/INC-1.md' }));
    await keeps(
      'postmortem-file',
      language,
      postmortemMessage(view, { canvasUrl: undefined, path: 'postmortems/INC-1.md' }),
    );
    const row = incidentRow(told.incident());
    const lists = {
      open: [{ ...incidentRow(declared(language).incident()), id: 'INC-2' as const }],
      hasMore: false,
      ended: [row],
    };
    const titles = new Map([['INC-1', view.title] as const]);
    await keeps('list', language, listMessage(lists, titles, { language, services: told.facts.catalog.services }));
  });

  it('who was asked, for a member of the schedule and for others', async () => {
    const told = declaredWithCover(language);
    await keeps('why-member', language, whyFor(told, language, 'carmel'));
    await keeps('why-outsider', language, whyFor(told, language, 'dana'));
  });

  it('who is on duty, help and menu', async () => {
    const view = viewOf(declared(language), language);
    const named = (id: string) => ({ id, name: view.people[id]?.name, slack: undefined });
    const duty = {
      schedule: 'payments',
      onDuty: [{ person: named('beni'), askedLast: false }],
      unavailable: [named('alma')],
      next: { at: view.now, people: [named('carmel')] },
    };
    const nothing = { covers: [], offers: [], canTake: false };
    const empty = { schedule: 'backup', onDuty: [], unavailable: [], next: undefined, ...nothing };
    await keeps('oncall', language, onCallMessage([{ ...duty, ...nothing }, empty], 0, language));
    const [someone] = duty.onDuty;
    if (someone === undefined) throw new Error('somebody is on duty');
    const { person: whose } = someone;
    const span = { from: 1_795_000_000_000, to: 1_795_100_000_000 };
    const covered = {
      ...duty,
      covers: [
        { ...span, person: whose, insteadOf: whose },
        { ...span, person: whose, insteadOf: undefined },
      ],
      offers: [{ ...span, kind: 'cover', whose } as const, { ...span, kind: 'swap', whose } as const],
      canTake: true,
    };
    await keeps('oncall-covers', language, onCallMessage([covered, empty], 0, language, true));
    await keeps('help', language, helpMessage(language));
    await keeps('menu', language, menuMessage(language, ['…']));
    await keeps('mate-away', language, mateAwayMessage('…', { person: 'dana', window: 'w@omer' }, language));
  });

  it('forms', async () => {
    const told = declared(language);
    const view = viewOf(told, language);
    const row = incidentRow(told.incident());
    const titles = new Map([['INC-1', view.title] as const]);
    const waiting = { word: 'update', rest: 'rolling back' } as const;
    const forms = {
      declare: declareModal(language, told.facts.catalog, 'sev2'),
      update: updateModal(view),
      note: textModal('note', view),
      reopen: textModal('reopen', view),
      away: awayModal(language, 'alma'),
      pick: pickIncidentModal(language, [row], titles, waiting),
      answer: answerModal(language, incidentCard(view)),
    };
    for (const [name, form] of Object.entries(forms)) {
      expect(faultsOfModal(form)).toEqual([]);
      await kept(`modal-${name}`, language, form);
    }
  });
});

function whyFor(told: Story, language: Language, reader: string): SlackMessage {
  const pages = whyPages(told.incident(), told.history, textsOf(told), told.facts, reader);
  return whyMessage(pages, viewOf(told, language));
}
