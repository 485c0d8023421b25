import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../src/oncall/time.ts';
import { away, company, onCallFacts, paymentsPolicy, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story } from '../support/story.ts';

const timeout = (s: ReturnType<typeof story>) =>
  s.does({ type: 'step_timed_out', page: s.page().id, entry: s.page().entry });

describe('a page', () => {
  it('asks whoever is on duty at once', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    expect(s.asked()).toEqual(['alma']);
    expect(s.effects.find((planned) => planned.effect.kind === 'slack.page')?.due).toBe(s.now);
  });

  it('goes out by every way that is configured and known for the person', () => {
    const s = story({ ways: ['slack', 'pagerduty'] });
    s.does(declareSev1, by('noa'));
    expect(s.page().deliveries.map((delivery) => delivery.via)).toEqual(['slack', 'pagerduty']);
  });

  it('asks the cover of someone who cannot answer, and says only how many were passed over', () => {
    const s = story({ facts: onCallFacts([away('alma', sundayMorning - minuteMs)]) });
    s.does(declareSev1, by('noa'));
    expect(s.asked()).toEqual(['beni']);
    const skipped = s.history.find((recorded) => recorded.event.type === 'page_skipped')?.event;
    expect(skipped).toMatchObject({ type: 'page_skipped', count: 1 });
    expect(JSON.stringify(s.history)).not.toContain('unavailable');
    expect([...s.texts.values()]).toContain('alma');
  });

  it('skips a step in which nobody can answer at once', () => {
    const gone = ['alma', 'beni', 'carmel'].map((who) => away(who, sundayMorning - minuteMs));
    const s = story({ facts: onCallFacts(gone) });
    s.does(declareSev1, by('noa'));
    expect(s.asked()).toEqual(['dana']);
    expect(s.page().at).toEqual({ round: 0, step: 1 });
  });

  it('ends at the last resort, never in silence, when nobody at all can answer', () => {
    const everyone = ['alma', 'beni', 'carmel', 'dana', 'noa'].map((who) => away(who, sundayMorning - minuteMs));
    const s = story({ facts: onCallFacts(everyone) });
    s.does(declareSev1, by('beni'));
    expect(s.asked()).toEqual(['#incidents']);
    expect(s.history.map((recorded) => recorded.event.type)).toContain('page_exhausted');
  });

  it('moves to the next step when nobody answers in time, through all rounds, to the last resort', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    const steps = [s.page().at];
    for (let turn = 0; turn < 4; turn += 1) {
      s.passes(15);
      timeout(s);
      steps.push(s.page().at);
    }
    expect(steps).toEqual([
      { round: 0, step: 0 },
      { round: 0, step: 1 },
      { round: 1, step: 0 },
      { round: 1, step: 1 },
      { round: 1, step: 'last_resort' },
    ]);
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });

  it('keeps alarming at the last resort on a slow schedule', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    for (let turn = 0; turn < 6; turn += 1) {
      s.passes(15);
      timeout(s);
    }
    expect(s.history.filter((recorded) => recorded.event.type === 'page_exhausted')).toHaveLength(3);
    const timer = s.effects.findLast((planned) => planned.effect.kind === 'timer.step');
    expect(timer?.due).toBe(s.now + 15 * minuteMs);
  });

  it('ignores a timer of a step that was left', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    const { id, entry } = s.page();
    timeout(s);
    expect(s.does({ type: 'step_timed_out', page: id, entry })).toEqual([]);
  });

  it('resolves people when the step begins, not when the alert came in', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([away('dana', s.now)]);
    s.passes(5);
    timeout(s);
    expect(s.page().at).toEqual({ round: 1, step: 0 });
  });

  it('does not start for a severity that wakes nobody', () => {
    const s = story();
    s.does({ ...declareSev1, severity: 'sev3' }, by('noa'));
    expect(s.incident().pages).toEqual([]);
  });

  it('starts when the severity is raised to one that pages', () => {
    const s = story();
    s.does({ ...declareSev1, severity: 'sev3' }, by('noa'));
    s.does({ type: 'change_severity', to: 'sev1' }, by('noa'));
    expect(s.page().reason).toBe('severity');
    expect(s.asked()).toEqual(['alma']);
  });

  it('does not ring a declarer who is the one on duty: declaring is answering', () => {
    const s = story();
    s.does(declareSev1, by('alma'));
    expect(s.page().answer).toMatchObject({ kind: 'acknowledged', by: 'alma' });
    expect(s.page().deliveries).toEqual([]);
    expect(s.incident().status).toBe('investigating');
  });

  it('goes to the last resort when the catalog has no policy', () => {
    const catalog = company({
      policies: {},
      services: {},
      workspace: { ...company().workspace, defaultPolicy: undefined },
    });
    const s = story({ facts: onCallFacts([], catalog) });
    s.does({ ...declareSev1, service: undefined }, by('beni'));
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });

  it('asks a named person by hand, and refuses to ring one who cannot answer', () => {
    const s = story({ facts: onCallFacts([away('carmel', sundayMorning)]) });
    s.does({ ...declareSev1, severity: 'sev4' }, by('noa'));
    s.does({ type: 'page', targets: [{ kind: 'person', person: 'dana' }] }, by('noa'));
    expect(s.asked()).toEqual(['dana']);
    expect(s.refused({ type: 'page', targets: [{ kind: 'person', person: 'carmel' }] }, by('noa'))).toEqual({
      code: 'person_unavailable',
      person: 'carmel',
    });
  });

  it('keeps the steps of the moment it started, however the policy changes', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([], company({ policies: { payments: { ...paymentsPolicy, steps: [] } } }));
    timeout(s);
    expect(s.asked()).toEqual(['dana']);
  });
});

describe('a page on its way', () => {
  it('moves to the cover when the asked person becomes unavailable, with the full time of the step', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.passes(3);
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['beni']);
    expect(s.page().at).toEqual({ round: 0, step: 0 });
    const timer = s.effects.findLast((planned) => planned.effect.kind === 'timer.step');
    expect(timer?.due).toBe(s.now + 5 * minuteMs);
  });

  it('stays with the cover when the first person comes back', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    s.facts = onCallFacts();
    expect(s.does({ type: 'reassess' })).toEqual([]);
    expect(s.asked()).toEqual(['beni']);
  });

  it('follows a chain of people who drop out one after the other', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    s.facts = onCallFacts([away('alma', s.now), away('beni', s.now)]);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['carmel']);
  });

  it('goes on at once when the person found unavailable at sending has nobody in their place', () => {
    const gone = ['beni', 'carmel'].map((who) => away(who, sundayMorning - minuteMs));
    const s = story({ facts: onCallFacts(gone) });
    s.does(declareSev1, by('noa'));
    s.facts = onCallFacts([...gone, away('alma', s.now)]);
    s.does({ type: 'delivery_failed', delivery: 'INC-1/p1/d1', because: 'unavailable' });
    expect(s.asked()).toEqual(['dana']);
  });

  it('does not move on while another way still reaches the person', () => {
    const s = story({ ways: ['slack', 'pagerduty'] });
    s.does(declareSev1, by('noa'));
    s.does({ type: 'delivery_failed', delivery: 'INC-1/p1/d1', because: 'refused' });
    expect(s.asked()).toEqual(['alma']);
    s.does({ type: 'delivery_failed', delivery: 'INC-1/p1/d2', because: 'refused' });
    expect(s.asked()).not.toContain('alma');
  });

  it('records a delivery once, however often it is reported', () => {
    const s = story();
    s.does(declareSev1, by('noa'));
    const delivered = {
      type: 'delivery_succeeded',
      delivery: 'INC-1/p1/d1',
      channel: 'D1',
      ts: '1.2',
      reference: undefined,
    } as const;
    expect(s.does(delivered)).toEqual(['page_delivered']);
    expect(s.does(delivered)).toEqual([]);
  });
});

describe('the last resort', () => {
  function atLastResort(more: Parameters<typeof story>[0] = {}) {
    const s = story(more);
    s.does(declareSev1, by('beni'));
    for (let turn = 0; turn < 4; turn += 1) timeout(s);
    expect(s.page().at.step).toBe('last_resort');
    return s;
  }
  const failed = (s: ReturnType<typeof story>, to: string) => {
    const delivery = s.page().deliveries.findLast((one) => JSON.stringify(one.to).includes(to));
    return s.does({ type: 'delivery_failed', delivery: delivery?.id ?? 'INC-1/p1/d0', because: 'refused' });
  };

  it('is not asked again without pause when its person cannot be reached: the channel has heard it', () => {
    const s = atLastResort();
    expect(failed(s, 'noa')).toEqual(['page_failed']);
    expect(s.asked()).toEqual(['#incidents']);
    s.passes(15);
    timeout(s);
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });

  it('waits for its next round when nothing of it can be reached', () => {
    const s = atLastResort();
    failed(s, 'noa');
    expect(failed(s, '#incidents')).toEqual(['page_failed']);
    s.passes(15);
    timeout(s);
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });

  it('has one message for each after an outage, however many rounds nothing could be sent', () => {
    const s = atLastResort();
    for (let round = 0; round < 5; round += 1) {
      s.passes(15);
      timeout(s);
    }
    const waiting = s.page().deliveries.filter(({ outcome }) => outcome.kind === 'queued');
    expect(waiting.filter(({ to }) => to.kind === 'channel')).toHaveLength(1);
    expect(waiting.filter(({ to }) => to.kind === 'person' && to.person === 'noa')).toHaveLength(1);
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });

  it('turns to another channel that the workspace knows when its own is gone', () => {
    const catalog = company({ workspace: { ...company().workspace, announce: '#general' } });
    const s = atLastResort({ facts: onCallFacts([], catalog) });
    failed(s, 'noa');
    failed(s, '#incidents');
    expect(s.asked()).toEqual(['#general']);
    expect(failed(s, '#general')).toEqual(['page_failed']);
  });
});
