import { describe, expect, it } from 'vitest';
import { away, onCallFacts, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story } from '../support/story.ts';

const acknowledge = { type: 'acknowledge', page: undefined, via: 'slack' } as const;

function paged() {
  const s = story();
  s.does(declareSev1, by('noa'));
  return s;
}

describe('an acknowledgement', () => {
  it('stops the asking and starts the investigation', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    expect(s.incident().status).toBe('investigating');
    expect(s.incident().milestones.acknowledged).toBe(sundayMorning);
    expect(s.does({ type: 'step_timed_out', page: s.page().id, entry: 1 })).toEqual([]);
  });

  it('may come from someone who was not asked', () => {
    const s = paged();
    s.does(acknowledge, by('dana'));
    expect(s.page().answer).toMatchObject({ kind: 'acknowledged', by: 'dana' });
  });

  it('is one: the second person is told who has it, the same person again changes nothing', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    expect(s.refused(acknowledge, by('dana'))).toEqual({ code: 'already_acknowledged', by: 'alma' });
    expect(s.does(acknowledge, by('alma'))).toEqual([]);
  });

  it('runs out when its holder falls silent, and whoever is on duty then is asked', () => {
    const s = paged();
    s.does(acknowledge, by('dana'));
    s.passes(29);
    expect(s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' })).toEqual([]);
    s.passes(1);
    s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' });
    expect(s.page().reason).toBe('acknowledgement_lost');
    expect(s.asked()).toEqual(['alma']);
  });

  it('is renewed by anything its holder does, and by nothing that others do', () => {
    const s = paged();
    s.does(acknowledge, by('dana'));
    s.passes(20);
    s.does({ type: 'add_note', text: 'still looking' }, by('alma'));
    s.passes(9);
    s.does({ type: 'post_update', text: 'found it' }, by('dana'));
    s.passes(20);
    expect(s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' })).toEqual([]);
  });

  it('is not needed any more once the incident is only monitored', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.does({ type: 'change_status', to: 'monitoring' }, by('alma'));
    s.passes(600);
    expect(s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' })).toEqual([]);
  });

  it('is needed again when the fixing starts again', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.does({ type: 'change_status', to: 'monitoring' }, by('alma'));
    s.does({ type: 'change_status', to: 'fixing' }, by('beni'));
    s.passes(31);
    expect(s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' })).toContain('acknowledgement_lost');
  });

  it('is handed on when its holder becomes unavailable', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['beni']);
  });

  it('of someone who becomes unavailable while the incident is only monitored wakes nobody, until it is worked on again', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.does({ type: 'change_status', to: 'monitoring' }, by('alma'));
    s.facts = onCallFacts([away('alma', s.now)]);
    expect(s.does({ type: 'reassess' })).toEqual([]);
    s.does({ type: 'change_status', to: 'fixing' }, by('dana'));
    expect(s.asked()).toEqual(['beni']);
  });

  it('ends with the incident', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.does({ type: 'resolve' }, by('alma'));
    expect(s.refused(acknowledge, by('beni'))).toEqual({ code: 'incident_is_over', status: 'resolved' });
    s.passes(60);
    expect(s.does({ type: 'check_acknowledgement', page: 'INC-1/p1' })).toEqual([]);
  });

  it('takes up an incident for which nobody was paged', () => {
    const s = story();
    s.does({ ...declareSev1, severity: 'sev4' }, by('noa'));
    s.does(acknowledge, by('alma'));
    expect(s.incident()).toMatchObject({ status: 'investigating', people: ['noa', 'alma'] });
  });
});

describe('"I can\'t"', () => {
  const decline = { type: 'decline', page: 'INC-1/p1' } as const;

  it('moves the page to the cover at once', () => {
    const s = paged();
    s.does(decline, by('alma'));
    expect(s.asked()).toEqual(['beni']);
  });

  it('moves on to the next step when everyone in this one has said so', () => {
    const s = paged();
    for (const who of ['alma', 'beni', 'carmel']) s.does(decline, by(who));
    expect(s.asked()).toEqual(['dana']);
  });

  it('is remembered for the rest of the page', () => {
    const s = paged();
    s.does(decline, by('alma'));
    for (let turn = 0; turn < 2; turn += 1) s.does({ type: 'step_timed_out', page: 'INC-1/p1', entry: s.page().entry });
    expect(s.page().at).toEqual({ round: 1, step: 0 });
    expect(s.asked()).toEqual(['beni']);
  });

  it('said after acknowledging gives the incident to somebody else', () => {
    const s = paged();
    s.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('alma'));
    s.does(decline, by('alma'));
    expect(s.asked()).toEqual(['beni']);
  });

  it('said to one page gives up every page of the incident that this person holds', () => {
    const s = paged();
    s.does({ type: 'page', targets: [{ kind: 'person', person: 'carmel' }] }, by('noa'));
    s.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('alma'));
    s.does(decline, by('alma'));
    expect(s.incident().pages).toHaveLength(3);
    expect(s.asked()).toEqual(['beni']);
  });
});
