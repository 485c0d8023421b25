import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saidBy, workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

describe('a page’s buttons', () => {
  it('acknowledge, and tell whoever presses an old button what is true now', async () => {
    await slack.hasIncident();
    const press = { actionId: 'toran_acknowledge', value: 'INC-1/p1' };
    expect((await slack.clicks('UALMA', press))?.words).toContain('You have INC-1');
    const late = await slack.clicks('UBENI', press);
    expect(late?.words).toContain('Alma has it already');
    expect(late?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    await slack.clicks('UALMA', { actionId: 'toran_resolve', value: 'INC-1' });
    expect((await slack.clicks('UBENI', press))?.words).toContain('INC-1 is resolved');
  });

  it('"I can’t" moves the page on and is not held against anybody', async () => {
    await slack.hasIncident();
    const said = await slack.clicks('UALMA', { actionId: 'toran_decline', value: 'INC-1/p1' });
    expect(said?.words).toContain('INC-1 moves on');
    const page = (await slack.incident()).pages[0];
    expect(page?.declined).toEqual(['alma']);
    expect(page?.deliveries.at(-1)?.to).toMatchObject({ person: 'beni' });
  });

  it('escalate asks the next step', async () => {
    await slack.hasIncident();
    expect((await slack.clicks('UALMA', { actionId: 'toran_escalate', value: 'INC-1/p1' }))?.words).toContain(
      'next step',
    );
    expect((await slack.incident()).pages[0]?.at).toEqual({ round: 0, step: 1 });
  });

  it('are known for one press when Slack sends it twice', async () => {
    await slack.hasIncident();
    const press = { actionId: 'toran_escalate', value: 'INC-1/p1' };
    await slack.clicks('UALMA', press, 'same');
    expect((await slack.clicks('UALMA', press, 'same'))?.words).toContain('done already');
    expect((await slack.incident()).pages[0]?.at).toEqual({ round: 0, step: 1 });
  });

  it.each([
    '',
    'INC-1',
    'INC-1/p',
    'INC-999/p1',
    'INC-1/p1/d1',
    '../../etc',
    '<!channel>',
    'INC-1/p1 or 1=1',
    'x'.repeat(1_999),
  ])('do nothing for the value "%s"', async (value) => {
    await slack.hasIncident();
    const said = await slack.clicks('UALMA', { actionId: 'toran_acknowledge', value });
    expect(said?.words).toContain('There is no such incident');
    expect((await slack.incident()).status).toBe('triage');
  });

  it('"still on it" renews the acknowledgement, "hand over" gives it on', async () => {
    await slack.hasIncident();
    await slack.clicks('UALMA', { actionId: 'toran_acknowledge', value: 'INC-1/p1' });
    const leaseEnd = async () => {
      const answer = (await slack.incident()).pages[0]?.answer;
      return answer?.kind === 'acknowledged' ? answer.until : undefined;
    };
    const before = await leaseEnd();
    slack.passes(20);
    const still = await slack.clicks('UALMA', { actionId: 'toran_still_on_it', value: 'INC-1/p1' });
    expect(still?.words).toContain('stays with you');
    expect(still?.body).toMatchObject({ replace_original: true });
    expect(await leaseEnd()).toBe((before ?? 0) + 20 * 60_000);
    const over = await slack.clicks('UALMA', { actionId: 'toran_hand_over', value: 'INC-1/p1' });
    expect(over?.words).toContain('is handed over');
    const next = (await slack.incident()).pages.at(-1);
    expect(next).toMatchObject({ reason: 'acknowledgement_lost', answer: { kind: 'waiting' } });
    expect(next?.deliveries.map(({ to }) => to)).toMatchObject([{ person: 'beni' }]);
  });

  it('"still on it" by somebody else does not take the incident away', async () => {
    await slack.hasIncident();
    await slack.clicks('UALMA', { actionId: 'toran_acknowledge', value: 'INC-1/p1' });
    const said = await slack.clicks('UBENI', { actionId: 'toran_still_on_it', value: 'INC-1/p1' });
    expect(said?.words).toContain('Alma has it already');
  });
});

describe('the card’s and the announcement’s buttons', () => {
  it('join and follow', async () => {
    await slack.hasIncident();
    const said = await slack.clicks('UDANA', { actionId: 'toran_join', value: 'INC-1' });
    expect(said?.words).toContain('<#C0INC1>');
    await slack.clicks('UNOA', { actionId: 'toran_follow', value: 'INC-1' });
    expect((await slack.incident()).people).toEqual(['dana', 'noa']);
  });

  it('severity, status and lead', async () => {
    await slack.hasIncident();
    await slack.clicks('UDANA', { actionId: 'toran_severity', value: 'INC-1 sev3', isChoice: true });
    await slack.clicks('UDANA', { actionId: 'toran_status', value: 'INC-1 fixing', isChoice: true });
    await slack.clicks('UDANA', { actionId: 'toran_take_lead', value: 'INC-1' });
    expect(await slack.incident()).toMatchObject({ severity: 'sev3', status: 'fixing', roles: { lead: 'dana' } });
    for (const value of ['INC-1 sev9', 'INC-1', 'sev1', 'INC-1 constructor'])
      expect((await slack.clicks('UDANA', { actionId: 'toran_severity', value, isChoice: true }))?.words).toContain(
        'There is no such incident',
      );
  });

  it('update opens a form; what is submitted is posted, with the status if one is chosen', async () => {
    await slack.hasIncident();
    await slack.clicks('UDANA', { actionId: 'toran_update', value: 'INC-1' });
    expect(slack.calls.at(-1)).toMatchObject({ method: 'views.open', body: { view: { private_metadata: 'INC-1' } } });
    const empty = await slack.submits('UDANA', 'toran_update', { text: '  ' }, 'INC-1');
    expect(empty).toMatchObject({
      payload: { response_action: 'errors', errors: { text: expect.stringContaining('no text') } },
    });
    const posted = await slack.submits('UDANA', 'toran_update', { text: 'rolling back', status: 'fixing' }, 'INC-1');
    expect(posted).toEqual({ kind: 'acknowledge', payload: undefined });
    const incident = await slack.incident();
    expect(incident.status).toBe('fixing');
    expect(incident.lastUpdate).toBeDefined();
  });

  it('reopen asks why', async () => {
    await slack.hasIncident();
    const open = await slack.clicks('UDANA', { actionId: 'toran_reopen', value: 'INC-1' });
    expect(open?.words).toContain('still open');
    await slack.clicks('UDANA', { actionId: 'toran_resolve', value: 'INC-1' });
    expect(await slack.clicks('UDANA', { actionId: 'toran_reopen', value: 'INC-1' })).toBeUndefined();
    expect(slack.calls.at(-1)).toMatchObject({ method: 'views.open' });
    const answer = await slack.submits('UDANA', 'toran_reopen', { text: 'it is back' }, 'INC-1');
    expect(saidBy(answer).words).toContain('open again');
    expect((await slack.incident()).status).toBe('investigating');
  });
});

describe('forms', () => {
  it('declare, and say what is wrong beside the input', async () => {
    const refused = await slack.submits('UDANA', 'toran_declare', { title: ' ', severity: 'sev1' });
    expect(refused).toMatchObject({ payload: { response_action: 'errors', errors: { title: expect.any(String) } } });
    const answer = await slack.submits('UDANA', 'toran_declare', {
      title: 'cards',
      severity: 'sev1',
      service: 'checkout',
    });
    expect(saidBy(answer).words).toContain('declared as SEV1 critical');
    const [row] = await slack.store.incidents({ limit: 1 });
    expect(row).toMatchObject({ severity: 'sev1', service: 'checkout' });
  });

  it('take no severity or service that was not offered', async () => {
    await slack.submits('UDANA', 'toran_declare', { title: 'cards', severity: 'sev0', service: 'constructor' });
    const [row] = await slack.store.incidents({ limit: 1 });
    expect(row).toMatchObject({ severity: 'sev2', service: undefined });
  });

  it('note something down', async () => {
    await slack.hasIncident();
    const answer = await slack.submits('UDANA', 'toran_note', { text: '5 minutes ago restarted' }, 'INC-1');
    expect(saidBy(answer).words).toContain('Noted in the timeline of INC-1');
    expect(saidBy(await slack.submits('UDANA', 'toran_note', { text: 'x' }, 'nonsense')).words).toContain(
      'no such incident',
    );
  });

  it('open from the menu and from the global shortcut', async () => {
    await slack.clicks('UDANA', { actionId: 'toran_menu_declare', value: 'declare' });
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'views.open',
      body: { view: { callback_id: 'toran_declare' } },
    });
    await slack.clicks('UDANA', { actionId: 'toran_menu_away', value: 'away' });
    expect(slack.calls.at(-1)).toMatchObject({ method: 'views.open', body: { view: { callback_id: 'toran_away' } } });
    expect((await slack.clicks('UDANA', { actionId: 'toran_menu_list', value: 'list' }))?.words).toContain(
      'No incident',
    );
    expect((await slack.clicks('UDANA', { actionId: 'toran_menu_list', value: 'rm -rf' }))?.words).toContain(
      'What would',
    );
    await slack.receive({
      type: 'shortcut',
      callback_id: 'toran_declare_shortcut',
      team: { id: 'T1' },
      user: { id: 'UDANA', team_id: 'T1' },
      trigger_id: 'shortcut1',
      action_ts: '1.1',
    });
    expect(slack.calls.at(-1)).toMatchObject({ method: 'views.open', body: { trigger_id: 'shortcut1' } });
  });
});

describe('a click without a way to answer', () => {
  it('does what it says all the same', async () => {
    await slack.hasIncident();
    const answer = await slack.receive({
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'UALMA', team_id: 'T1' },
      trigger_id: 'trigger-without-url',
      actions: [{ type: 'button', action_id: 'toran_acknowledge', block_id: 'b', value: 'INC-1/p1' }],
    });
    expect(answer.kind).toBe('acknowledge');
    expect((await slack.incident()).pages[0]?.answer).toMatchObject({ kind: 'acknowledged', by: 'alma' });
  });
});

describe('what cannot be saved', () => {
  it('is not acknowledged: words for a command, a repetition for an event', async () => {
    const broken = await workspace();
    await broken.close();
    expect((await broken.types('UDANA', 'declare cards')).text).toBe('not saved');
    const event = { type: 'member_joined_channel', user: 'UDANA', channel: 'C0INC1', channel_type: 'C', team: 'T1' };
    expect(await broken.happens(event)).toEqual({ kind: 'repeat' });
  });
});
