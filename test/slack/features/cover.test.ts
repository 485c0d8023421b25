import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/oncall/time.ts';
import { onDuty } from '../../../src/oncall/duty.ts';
import { scheduleStream } from '../../../src/engine/streams.ts';
import { company, person, sundayMorning } from '../../support/company.ts';
import { localWorkspace, waitMs, type LocalWorkspace } from './local-workspace.ts';

let slack: LocalWorkspace;
beforeEach(async () => {
  slack = await localWorkspace();
});
afterEach(async () => {
  const { failures } = slack;
  await slack.close();
  expect(failures).toEqual([]);
});

const weekEnd = sundayMorning + 7 * dayMs - hourMs;

async function types(person: string, text: string): Promise<string> {
  const outcome = await slack.types(person, text);
  expect(outcome.ok).toBe(true);
  return slack.told(person);
}

async function who(atMs: number, schedule = 'payments'): Promise<string> {
  const rows = onDuty(await slack.store.onCallFacts(), schedule, atMs, 'sev1');
  return rows.map(({ person }) => person ?? 'nobody').join();
}

async function state(schedule = 'payments') {
  const stream = scheduleStream(schedule);
  return (await slack.store.load('schedule', [stream])).get(stream)?.state;
}

/** Presses a button of a direct message. */
async function presses(person: string, words: string, label: string): Promise<void> {
  const { channel, ts } = await slack.direct(person, words);
  const outcome = await slack.slack.actions.click({ user: slack.user(person), channel, ts, label });
  expect(outcome.ok).toBe(true);
}

/** What only this person was shown in the lobby last, once it says so. */
function shown(person: string, words: string): Promise<string> {
  return slack.slack.until(() => (slack.told(person).includes(words) ? slack.told(person) : undefined), waitMs, words);
}

async function away(person: string, from = slack.clock.now() - 1): Promise<void> {
  await slack.engine.execute({
    kind: 'person',
    stream: `person:${person}`,
    command: {
      type: 'mark_unavailable',
      window: `w-${person}`,
      effect: 'hard',
      certain: true,
      from,
      to: null,
      source: 'self',
    },
    actor: { kind: 'person', person },
  });
}

describe('asking for cover', () => {
  it('asks everybody who could, all at once, and gives it to the first who accepts', async () => {
    const said = await types('alma', 'cover me until tuesday 12:00');
    expect(said).toContain('Looking for somebody to take over');
    expect(said).toMatch(/Asked: (?:Beni, Carmel|Carmel, Beni)/);
    const asked = await slack.direct('beni', 'Alma asks for cover');
    expect(asked.lines).not.toMatch(/unavailable|reason/i);
    await slack.direct('carmel', 'Alma asks for cover');
    expect(await who(sundayMorning + hourMs)).toBe('alma');

    await presses('carmel', 'Alma asks for cover', 'I’ll take it');
    await slack.direct('alma', 'Carmel takes your shift');
    await slack.direct('beni', 'Carmel takes it. Thank you all the same.');
    await slack.direct('carmel', 'It is yours. Thank you.');
    expect(await who(sundayMorning + hourMs)).toBe('carmel');
    expect(await who(sundayMorning + 3 * dayMs)).toBe('alma');
  });

  it('never asks somebody who is unavailable when it is sent', async () => {
    await away('beni');
    const said = await types('alma', 'cover me');
    expect(said).toContain('Asked: Carmel');
    await slack.direct('carmel', 'Alma asks for cover');
    expect(slack.directCount('beni')).toBe(0);
  });

  it('is told when nobody can, and that it stays theirs', async () => {
    await types('alma', 'cover me');
    await presses('beni', 'Alma asks for cover', 'I can’t');
    await slack.direct('beni', 'You said that you can’t.');
    await presses('carmel', 'Alma asks for cover', 'I can’t');
    expect((await slack.direct('alma', 'Nobody can take your shift')).lines).toContain('It stays yours');
    expect(await who(sundayMorning + hourMs)).toBe('alma');
  });

  it('is taken back, and the buttons go', async () => {
    await types('alma', 'cover me');
    await slack.direct('beni', 'Alma asks for cover');
    expect(await types('alma', 'cover me')).toContain('looking for cover already');
    expect(await types('alma', 'cover cancel')).toContain('Withdrawn');
    expect((await slack.direct('beni', 'It was withdrawn.')).lines).not.toContain('accept_offer');
    expect(await types('alma', 'cover cancel')).toContain('nothing to cancel');
  });

  it('asks one in particular, for leads also in the name of others', async () => {
    expect(await types('beni', 'cover @alma with @carmel')).toContain('Only Alma, the lead of their team');
    expect(await types('alma', 'cover @beni with @carmel')).toContain('Carmel is asked to cover Beni');
    expect(slack.told('alma')).not.toContain('stays yours');
    // It is Alma who asks, not Beni.
    await slack.direct('carmel', 'Could you take a shift of Beni');
    await away('beni');
    expect(await types('alma', 'cover me with @beni')).toContain('Beni is unavailable for at least a part');
    // Dana is of no team of Alma's, so that Alma does not learn of her absence by asking.
    await away('dana');
    expect(await types('alma', 'cover me with @dana')).toContain('Asked: Dana');
  });

  it('is a form when nothing is said, and reads a part of the shift there', async () => {
    await slack.types('alma', 'cover');
    const wrong = await slack.slack.actions.submit({ user: slack.user('alma'), values: { part: 'for reserve duty' } });
    expect(wrong).toMatchObject({ ok: false, reason: 'errors' });
    const done = await slack.slack.actions.submit({ user: slack.user('alma'), values: { part: 'until 18:00' } });
    expect(done.ok).toBe(true);
    await slack.direct('beni', 'Alma asks for cover');
    expect((await state())?.offers).toMatchObject([{ from: sundayMorning, to: sundayMorning + 8 * hourMs }]);
  });

  it('keeps nothing but times, and says what it does not understand', async () => {
    const said = await types('alma', 'cover me because of reserve duty');
    expect(said).toContain('nothing has changed');
    expect((await state())?.offers ?? []).toEqual([]);
    expect(await types('dana', 'cover me on payments')).toContain('You have no duty then');
    expect(await types('alma', 'cover @nobody')).toContain('nobody');
  });
});

describe('asking somebody whom Slack does not reach', () => {
  it('is refused at once, and such people are never among those who are asked', async () => {
    const base = company();
    const people = { ...base.people, beni: person('beni', { slack: undefined }) };
    const other = await localWorkspace(company({ people }));
    const said = async (text: string) => {
      await other.types('alma', text);
      return other.told('alma');
    };
    expect(await said('cover me with beni')).toContain('Beni has no Slack account');
    expect(await said('cover me')).toContain('Asked: Carmel');
    await other.close();
  });
});

describe('covering somebody', () => {
  it('takes their shift over at once, tells them, and can be undone for a quarter of an hour', async () => {
    expect(await types('beni', 'cover @alma from tuesday 12:00 to wednesday 12:00')).toContain('You cover Alma');
    expect((await slack.direct('alma', 'Beni takes over from you for payments')).lines).toContain('When');
    const tuesday = sundayMorning + 2 * dayMs + 3 * hourMs;
    expect(await who(tuesday)).toBe('beni');
    expect(await who(tuesday + 2 * dayMs)).toBe('alma');
    const [message] = slack.slack.state.ephemerals('C0LOBBY', slack.user('beni')).slice(-1);
    const ts = message?.ts ?? '';
    const click = { user: slack.user('beni'), channel: 'C0LOBBY', ts, label: 'Undo (15 minutes)' };
    await slack.slack.actions.click(click);
    await shown('beni', 'Undone');
    expect(await who(tuesday)).toBe('alma');
  });

  it('is for the team, and not for whoever is away', async () => {
    expect(await types('dana', 'cover @alma')).toContain('share no team or schedule with Alma');
    await away('beni');
    expect(await types('beni', 'cover @alma')).toContain('You are marked as unavailable');
    expect(await who(sundayMorning + hourMs)).toBe('alma');
  });
});

describe('whoever only stands in', () => {
  it('is not told that they have no duty, and hears how to be relieved', async () => {
    await away('alma');
    expect(await who(sundayMorning + hourMs)).toBe('beni');
    expect(await types('beni', 'cover me until tomorrow')).toContain('You only stand in there');
    expect(await types('beni', 'cover me this shift')).toContain('Whoever writes `/incident take` has it');
    expect(await types('carmel', 'cover @beni this shift')).toContain('Beni only stands in there');
  });
});

describe('taking a shift', () => {
  it('works in the middle of it, until its end, and tells both', async () => {
    expect(await types('carmel', 'take payments')).toContain('You are on duty for payments from now until');
    expect(await who(sundayMorning + hourMs)).toBe('carmel');
    expect(await who(weekEnd - 1)).toBe('carmel');
    expect(await who(weekEnd + 1)).toBe('beni');
    expect((await slack.direct('carmel', 'You are on duty for payments')).lines).toContain('Alma');
    expect((await slack.direct('alma', 'You are off duty for payments')).lines).toContain('Carmel');
    expect(await types('carmel', 'take')).toContain('nobody else of your teams is on duty');
    expect(await types('carmel', 'take payments')).toContain('already');
  });

  it('takes the one shift that can be meant, and a button does the same', async () => {
    expect(await types('beni', 'לקחת')).toContain('You are on duty for payments');
    expect(await who(sundayMorning + hourMs)).toBe('beni');
    await types('carmel', 'oncall payments');
    const [message] = slack.slack.state.ephemerals('C0LOBBY', slack.user('carmel')).slice(-1);
    const click = { user: slack.user('carmel'), channel: 'C0LOBBY', ts: message?.ts ?? '', label: 'Take over now' };
    await slack.slack.actions.click(click);
    await shown('carmel', 'You are on duty for payments from now until');
    expect(await who(sundayMorning + hourMs)).toBe('carmel');
  });

  it('takes over from whoever only stands in, so that the shift is theirs to its end', async () => {
    await away('alma');
    expect(await who(sundayMorning + hourMs)).toBe('beni');
    await types('carmel', 'take payments');
    expect(await who(sundayMorning + hourMs)).toBe('carmel');
    expect(await types('dana', 'take payments')).toContain('take no turns in payments');
  });
});

describe('swapping', () => {
  it('asks the other and exchanges both shifts when they accept', async () => {
    await slack.types('alma', 'swap @beni');
    const [view] = slack.slack.state.modals(slack.user('alma'));
    const options = JSON.stringify(view?.content).match(/"value":"((?:[^"\\]|\\.)*)"/g) ?? [];
    const theirs = options
      .map((each) => String(JSON.parse(each.slice('"value":'.length))))
      .find((value) => value.includes('beni'));
    const done = await slack.slack.actions.submit({ user: slack.user('alma'), values: { theirs: theirs ?? '' } });
    expect(done.ok).toBe(true);
    expect(await who(weekEnd + hourMs)).toBe('beni');
    await presses('beni', 'Alma would like to swap shifts', 'I’ll take it');
    await slack.direct('alma', 'Beni takes your shift');
    expect(await who(sundayMorning + hourMs)).toBe('beni');
    expect(await who(weekEnd + hourMs)).toBe('alma');
  });
});

describe('who is on duty', () => {
  it('shows covers to everybody and open requests to members, with buttons for what one can do', async () => {
    await types('beni', 'cover @alma from tuesday 12:00 to wednesday 12:00');
    await types('alma', 'cover me from thursday 12:00 to friday 12:00');
    const member = await types('carmel', 'oncall payments');
    expect(member).toContain('Beni covers Alma');
    expect(member).toContain('Alma looks for cover');
    expect(member).toContain('Take over now');
    expect(member).toContain('Ask for cover');
    const outsider = await types('noa', 'oncall payments');
    expect(outsider).toContain('Beni covers Alma');
    expect(outsider).not.toContain('looks for cover');
    expect(outsider).not.toContain('Take over now');
  });
});
