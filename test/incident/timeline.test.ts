import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../src/incident/timeline.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story } from '../support/story.ts';

const alma = by('alma');
const beni = by('beni');

function declaredByMonitor(facts = onCallFacts()) {
  const told = story({ facts });
  told.does(declareSev1, { kind: 'outside', system: 'alerts' });
  return told;
}

describe('the timeline', () => {
  it('tells what happened in the order in which it happened, not in which it was written down', () => {
    const told = declaredByMonitor();
    told.passes(10);
    told.does({ type: 'acknowledge', page: undefined, via: 'slack' }, alma);
    const late = { ...told.history.at(-1), happenedAt: sundayMorning + 60_000 };
    told.does({ type: 'add_note', text: 'restarted' }, alma);
    const note = told.history.at(-1);
    if (note === undefined) throw new Error('no note');
    const history = [...told.history.slice(0, -1), { ...note, happenedAt: late.happenedAt }];
    const kinds = timelineOf(history).map(({ kind }) => kind);
    expect(kinds.indexOf('note_added')).toBeLessThan(kinds.indexOf('page_acknowledged'));
    expect(kinds[0]).toBe('declared');
  });

  it('keeps the order of events of one instant, and the text’s id', () => {
    const told = declaredByMonitor();
    const entries = timelineOf(told.history);
    expect(entries.map(({ kind }) => kind)).toEqual(['declared', 'page_requested', 'page_sent']);
    expect(entries[0]).toMatchObject({
      sequence: 1,
      textId: 'INC-1/t1.title',
      data: { severity: 'sev1', service: 'checkout' },
    });
    expect(entries[2]?.data).toEqual({ page: 'INC-1/p1', round: '0', step: '0', via: 'slack', person: 'alma' });
  });

  it('never tells who was passed over, who could not, or that somebody was unavailable', () => {
    const told = declaredByMonitor(onCallFacts([away('alma', sundayMorning - 1)]));
    told.does({ type: 'decline', page: told.page().id }, beni);
    told.facts = onCallFacts([away('alma', sundayMorning - 1), away('carmel', sundayMorning - 1)]);
    told.does({ type: 'reassess' });
    const happened = told.history.map(({ event }) => event.type);
    expect(happened).toEqual(expect.arrayContaining(['page_skipped', 'page_declined', 'page_failed']));
    const entries = timelineOf(told.history);
    const declined = entries.find(({ kind }) => kind === 'page_declined');
    expect(declined).toMatchObject({ actor: automation, data: { page: 'INC-1/p1' } });
    const text = JSON.stringify(entries);
    expect(text).not.toContain('alma');
    expect(text).not.toContain('unavailable');
    expect(text).not.toContain('skipped');
    expect(text).not.toContain('"because"');
  });

  it('says when it was silence or a person that moved a page', () => {
    const told = declaredByMonitor();
    told.passes(5);
    told.does({ type: 'step_timed_out', page: told.page().id, entry: 1 });
    told.does({ type: 'escalate', page: undefined }, beni);
    const moves = timelineOf(told.history).filter(({ kind }) => kind === 'page_escalated');
    expect(moves.map(({ data, actor }) => [data['because'], actor])).toEqual([
      ['no_answer', automation],
      ['escalated_by_hand', beni],
    ]);
  });

  it('shows a pinned message once, with its latest text and its author, for as long as it is pinned', () => {
    const told = declaredByMonitor();
    const message = { channel: 'C1', ts: '1.1' } as const;
    const pinned = () => timelineOf(told.history).filter(({ kind }) => kind === 'message_captured');
    told.does({ type: 'capture_message', ...message, author: 'carmel', text: 'pool = 1' }, beni);
    const first = pinned();
    expect(first).toMatchObject([{ actor: { kind: 'person', person: 'carmel' } }]);
    told.does({ type: 'edit_message', ...message, text: 'pool = 10' }, by('carmel'));
    expect(pinned()).toHaveLength(1);
    expect(pinned()[0]?.textId).not.toBe(first[0]?.textId);
    expect(told.texts.get(pinned()[0]?.textId ?? '')).toBe('pool = 10');
    told.does({ type: 'remove_message', ...message }, beni);
    expect(pinned()).toEqual([]);
    told.does({ type: 'capture_message', ...message, author: undefined, text: 'again' }, beni);
    expect(pinned()).toMatchObject([{ actor: automation }]);
  });

  it('leaves the bookkeeping out', () => {
    const told = declaredByMonitor();
    told.does({ type: 'record_card', channel: 'C1', ts: '1.1' });
    told.does({ type: 'record_announcement', channel: 'C2', ts: '1.1' });
    told.does({ type: 'count_alerts', total: 10 });
    told.does({ type: 'remind', reminder: 'no_lead' });
    told.does({ type: 'delivery_succeeded', delivery: 'INC-1/p1/d1', channel: 'D1', ts: '1.1', reference: undefined });
    expect(timelineOf(told.history)).toHaveLength(3);
  });
});
