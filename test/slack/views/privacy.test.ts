import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../src/incident/timeline.ts';
import { announcement } from '../../../src/slack/views/announcement.ts';
import { channelPost } from '../../../src/slack/views/channel-post.ts';
import { incidentCard } from '../../../src/slack/views/incident-card.ts';
import { pageMessage } from '../../../src/slack/views/page-message.ts';
import { timelineMessage } from '../../../src/slack/views/timeline.ts';
import { topicText } from '../../../src/slack/views/topic.ts';
import { whyMessage } from '../../../src/slack/views/why.ts';
import { whyPages } from '../../../src/slack/why-view.ts';
import { away, sundayMorning } from '../../support/company.ts';
import { by, type Story } from '../../support/story.ts';
import { beni, declaredWithCover, factsIn, faultsOf, textsOf, viewOf } from './world.ts';

/** Alma is away from the start, Beni says "I can't", Carmel becomes unavailable while asked, Dana is silent. */
function lived(): Story {
  const told = declaredWithCover();
  told.does({ type: 'decline', page: told.page().id }, beni);
  told.facts = factsIn('en', [away('alma', sundayMorning - 1), away('carmel', sundayMorning - 1)]);
  told.does({ type: 'reassess' });
  told.passes(15);
  told.does({ type: 'step_timed_out', page: told.page().id, entry: told.page().entry });
  told.does({ type: 'escalate', page: undefined }, by('noa'));
  return told;
}

/** Everything that people who are not members of the schedule can see, after each event. */
function publicWords(told: Story): string {
  const view = viewOf(told);
  const shown = [
    incidentCard(view),
    announcement(view),
    topicText(view),
    ...told.history.map((recorded) => channelPost(recorded, view)),
    timelineMessage(timelineOf(told.history), view),
    ...told
      .incident()
      .pages.flatMap((page) =>
        page.deliveries
          .filter(({ to }) => to.kind !== 'person' || to.person !== 'carmel')
          .map((delivery) => pageMessage(view, page, delivery)),
      ),
    whyFor(told, 'dana'),
  ];
  return JSON.stringify(shown);
}

function whyFor(told: Story, reader: string) {
  return whyMessage(whyPages(told.incident(), told.history, textsOf(told), told.facts, reader), viewOf(told));
}

describe('what is public', () => {
  it('says in the channel whom a page asks now, and not who dropped out of the same step', () => {
    const told = declaredWithCover();
    told.facts = factsIn('en', [away('alma', sundayMorning - 1), away('beni', sundayMorning - 1)]);
    told.does({ type: 'reassess' });
    const moved = told.history.findLast(({ event }) => event.type === 'page_escalated');
    const words = JSON.stringify(moved === undefined ? undefined : channelPost(moved, viewOf(told)));
    expect(words).toContain('now asking Carmel');
    expect(words).not.toContain('Beni');
  });

  it.each(['en', 'he'] as const)('says of roles that are handed over only where they went (%s)', (language) => {
    const told = declaredWithCover(language);
    told.does({ type: 'acknowledge', page: undefined, via: 'slack' }, beni);
    told.does({ type: 'assign_role', role: 'lead', person: 'alma' }, by('alma'));
    told.does({ type: 'assign_role', role: 'scribe', person: 'alma' }, by('alma'));
    const before = told.history.length;
    told.does({ type: 'hand_over_roles', person: 'alma' });
    told.does({ type: 'assign_role', role: 'lead', person: 'alma' }, by('alma'));
    told.facts = factsIn(language, [away('alma', sundayMorning - 1), away('beni', sundayMorning - 1)]);
    told.does({ type: 'hand_over_roles', person: 'alma' });
    const view = viewOf(told, language);
    const posts = told.history
      .slice(before)
      .filter(({ actor }) => actor.kind === 'automation')
      .flatMap((recorded) => channelPost(recorded, view) ?? []);
    expect(posts).toHaveLength(3);
    for (const post of posts) expect(faultsOf(post)).toEqual([]);
    const words = JSON.stringify([posts, timelineMessage(timelineOf(told.history.slice(before)), view)]);
    expect(words).toContain('toran_take_lead');
    expect(JSON.stringify(posts)).not.toMatch(/alma|עלמה|unavailable|ללא זמינות/i);
  });

  it('never names who was passed over, nor that anybody is unavailable', () => {
    const told = lived();
    expect(told.history.map(({ event }) => event.type)).toContain('page_skipped');
    const words = publicWords(told);
    expect(words).toContain('Beni');
    expect(words).not.toMatch(/alma/i);
    expect(words).not.toMatch(/unavailable|ללא זמינות|skipped/i);
  });

  it('says how many were passed over, and lets the person see themselves', () => {
    const told = lived();
    expect(JSON.stringify(whyFor(told, 'dana'))).toMatch(/passed over/);
    expect(JSON.stringify(whyFor(told, 'alma'))).toContain('Passed over as unavailable: Alma');
  });

  it('keeps the names of those passed over out of what views are given', () => {
    const told = lived();
    expect([...textsOf(told).keys()].some((id) => id.endsWith('.skipped'))).toBe(true);
    expect([...viewOf(told).texts.keys()].some((id) => id.endsWith('.skipped'))).toBe(false);
  });
});
