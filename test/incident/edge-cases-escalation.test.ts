import { describe, expect, it } from 'vitest';
import type { Policy, Target } from '../../src/oncall/catalog.ts';
import { hourMs, minuteMs } from '../../src/oncall/time.ts';
import { layer, schedule as dutyOf } from '../oncall/world.ts';
import { away, company, onCallFacts, paymentsPolicy, sundayMorning } from '../support/company.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

const acknowledge = { type: 'acknowledge', page: undefined, via: 'slack' } as const;
const everyone = ['alma', 'beni', 'carmel', 'dana', 'noa'] as const;

function timeout(s: Story): string[] {
  return s.does({ type: 'step_timed_out', page: s.page().id, entry: s.page().entry });
}

function paged(more: Parameters<typeof story>[0] = {}): Story {
  const s = story(more);
  s.does(declareSev1, by('carmel'));
  return s;
}

/** The people to whom a page was sent so far, one entry for each delivery. */
function sentTo(s: Story): string[] {
  return s
    .incident()
    .pages.flatMap((page) => page.deliveries.map(({ to }) => (to.kind === 'person' ? to.person : to.channel)));
}

function withSteps(...steps: readonly (readonly Target[])[]) {
  const policy: Policy = { ...paymentsPolicy, steps: steps.map((notify) => ({ notify, waitMs: 5 * minuteMs })) };
  return company({ policies: { payments: policy } });
}

const person = (who: string): Target => ({ kind: 'person', person: who });
const schedule = (of: string): Target => ({ kind: 'schedule', schedule: of });

describe('an absence', () => {
  it('edge case 2: that is told an hour late moves the page at once, and the record keeps both', () => {
    const s = paged();
    s.passes(60);
    s.facts = onCallFacts([away('alma', s.now - hourMs)]);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['beni']);
    expect(sentTo(s)).toEqual(['alma', 'beni']);
    expect(s.page().deliveries[0]?.outcome).toEqual({ kind: 'failed', because: 'unavailable' });
  });

  it('edge case 3: that ends while the cover is asked leaves the page with the cover', () => {
    const s = paged({ facts: onCallFacts([away('alma', sundayMorning - 1, sundayMorning + minuteMs)]) });
    expect(s.asked()).toEqual(['beni']);
    s.passes(2);
    expect(s.does({ type: 'reassess' })).toEqual([]);
    expect(s.asked()).toEqual(['beni']);
    // Also when the windows of both change again and again.
    s.facts = onCallFacts([away('alma', s.now)]);
    s.does({ type: 'reassess' });
    s.facts = onCallFacts();
    s.does({ type: 'reassess' });
    expect(sentTo(s)).toEqual(['beni']);
  });

  it('edge case 6: of everybody in a step is no reason to wait, and of everybody there is ends at the last resort', () => {
    const inStep = ['alma', 'beni', 'carmel'].map((who) => away(who, sundayMorning - 1));
    expect(paged({ facts: onCallFacts(inStep) }).asked()).toEqual(['dana']);
    const s = paged({ facts: onCallFacts(everyone.map((who) => away(who, sundayMorning - 1))) });
    expect(s.asked()).toEqual(['#incidents']);
    expect(s.now).toBe(sundayMorning);
  });

  it('edge case 20: is no word of the record: neither a reason nor how hard it is', () => {
    const s = paged({ facts: onCallFacts([away('alma', sundayMorning - 1)]) });
    s.facts = onCallFacts([away('alma', sundayMorning - 1), away('beni', s.now)]);
    s.does({ type: 'reassess' });
    expect(JSON.stringify(s.history)).not.toMatch(/away:|hard|soft|certain|reason_of|service duty/);
  });
});

describe('a policy', () => {
  it('edge case 31: that names a person twice asks them once in a step, and no level counts as asked without them', () => {
    const catalog = withSteps([person('alma'), schedule('payments')], [person('alma')], [person('dana')]);
    const s = paged({ facts: onCallFacts([], catalog) });
    expect(sentTo(s)).toEqual(['alma']);
    s.passes(5);
    timeout(s);
    expect(sentTo(s)).toEqual(['alma', 'alma']);
    const gone = paged({
      facts: onCallFacts(
        [away('alma', sundayMorning - 1)],
        withSteps([person('alma')], [person('alma')], [person('dana')]),
      ),
    });
    expect(gone.asked()).toEqual(['dana']);
  });

  it('edge case 33: whose steps are all empty goes to its last resort at once, however often it repeats', () => {
    const catalog = company({
      policies: {
        payments: {
          ...paymentsPolicy,
          repeat: 9,
          steps: withSteps([schedule('nobody')], [schedule('none')]).policies['payments']?.steps ?? [],
        },
      },
    });
    const s = paged({ facts: onCallFacts([], catalog) });
    expect(s.asked()).toEqual(['noa', '#incidents']);
    expect(s.history.length).toBeLessThan(40);
    const timers = s.effects.filter(({ effect }) => effect.kind === 'timer.step');
    expect(timers).toHaveLength(1);
  });

  it('edge case 34: that is exhausted asks again every quarter of an hour until somebody answers', () => {
    const s = paged();
    for (let turn = 0; turn < 30; turn += 1) {
      s.passes(15);
      timeout(s);
      expect(s.asked().length).toBeGreaterThan(0);
      expect(s.effects.findLast(({ effect }) => effect.kind === 'timer.step')?.due).toBeGreaterThan(s.now);
    }
    expect(s.page().at.step).toBe('last_resort');
    s.does(acknowledge, by('dana'));
    expect(timeout(s)).toEqual([]);
  });

  it('edge case 38: is asked as it was when the page began, with the people of now', () => {
    const s = paged();
    const policy = { ...paymentsPolicy, steps: [{ notify: [person('noa')], waitMs: minuteMs }] };
    const backup = dutyOf('backup', [layer(['beni'])]);
    s.facts = onCallFacts([], company({ policies: { payments: policy }, schedules: { backup } }));
    s.passes(5);
    timeout(s);
    // The step still names the backup schedule; whoever is on it by now is asked.
    expect(s.page().at).toEqual({ round: 0, step: 1 });
    expect(s.asked()).toEqual(['beni']);
  });

  it('edge case 42: finds whoever has come back when everybody had been absent', () => {
    const windows = everyone.map((who) => away(who, sundayMorning - 1, sundayMorning + 10 * minuteMs));
    const s = paged({ facts: onCallFacts(windows) });
    expect(s.asked()).toEqual(['#incidents']);
    s.passes(15);
    timeout(s);
    expect(s.asked()).toEqual(['noa', '#incidents']);
  });
});

describe('an acknowledgement', () => {
  it('edge case 35: ends when its holder becomes absent, also by a rule that begins later, and is asked after in time', () => {
    const s = paged();
    s.does(acknowledge, by('alma'));
    s.facts = onCallFacts([away('alma', s.now + 10 * minuteMs)]);
    s.passes(10);
    s.does({ type: 'reassess' });
    expect(s.asked()).toEqual(['beni']);
    const timer = s.effects.find(({ effect }) => effect.kind === 'timer.acknowledgement');
    expect(timer?.due).toBeLessThan(sundayMorning + paymentsPolicy.ackTimeoutMs);
  });

  it('edge case 36: in the same instant as the timer has one winner, whichever comes first', () => {
    const first = paged();
    first.passes(5);
    const { id, entry } = first.page();
    first.does(acknowledge, by('alma'));
    expect(first.does({ type: 'step_timed_out', page: id, entry })).toEqual([]);
    expect(first.page().answer).toMatchObject({ kind: 'acknowledged', by: 'alma' });

    const second = paged();
    second.passes(5);
    timeout(second);
    expect(second.asked()).toEqual(['dana']);
    second.does(acknowledge, by('alma'));
    expect(second.page().answer).toMatchObject({ kind: 'acknowledged', by: 'alma' });
    // Whoever was asked in the same moment learns that somebody has it.
    const told = second.effects.flatMap(({ effect }) => (effect.kind === 'slack.update_page' ? [effect.delivery] : []));
    expect(told).toEqual(expect.arrayContaining(second.page().deliveries.map((delivery) => delivery.id)));
  });

  it('edge case 37: counts after the page has moved on and from somebody who was not asked, and a second one is told of the first', () => {
    const s = paged();
    s.passes(5);
    timeout(s);
    s.does(acknowledge, by('alma'));
    expect(s.page().answer).toMatchObject({ by: 'alma' });
    expect(s.does(acknowledge, by('alma'))).toEqual([]);
    expect(s.refused(acknowledge, by('dana'))).toEqual({ code: 'already_acknowledged', by: 'alma' });
    const other = paged();
    other.does(acknowledge, by('noa'));
    expect(other.page().answer).toMatchObject({ by: 'noa' });
  });
});

describe('by hand', () => {
  it('edge case 39: an absent person is not paged, whoever asks: who asked is told, and can ask their schedule', () => {
    const s = story({ facts: onCallFacts([away('alma', sundayMorning)]) });
    s.does({ ...declareSev1, severity: 'sev4' }, by('noa'));
    expect(s.refused({ type: 'page', targets: [person('alma')] }, by('noa'))).toEqual({
      code: 'person_unavailable',
      person: 'alma',
    });
    s.does({ type: 'page', targets: [schedule('payments')] }, by('noa'));
    expect(s.asked()).toEqual(['beni']);
  });

  it('edge case 41: a severity that wakes nobody pages at once when it is raised', () => {
    const s = story();
    s.does({ ...declareSev1, severity: 'sev4' }, by('noa'));
    expect(s.incident().pages).toEqual([]);
    s.passes(300);
    s.does({ type: 'change_severity', to: 'sev1' }, by('noa'));
    expect(s.asked()).toEqual(['alma']);
    expect(s.effects.findLast(({ effect }) => effect.kind === 'slack.page')?.due).toBe(s.now);
  });
});
