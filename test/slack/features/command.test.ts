import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { company, person } from '../../support/company.ts';
import { workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

describe('declaring by /incident', () => {
  it('declares at once and is durable before it is acknowledged', async () => {
    const said = await slack.types('UDANA', 'declare sev1 checkout: cards are refused');
    expect(said.words).toContain('INC-1 is declared as SEV1 critical');
    expect(said.body).toMatchObject({ response_type: 'ephemeral' });
    const incident = await slack.incident();
    expect(incident).toMatchObject({ severity: 'sev1', service: 'checkout', groupKey: 'service:checkout' });
    expect(incident.declaredBy).toEqual({ kind: 'person', person: 'dana' });
    expect((await slack.store.texts('INC-1')).get(incident.title)).toBe('cards are refused');
  });

  it('declares once when Slack sends the same command twice', async () => {
    await slack.types('UDANA', 'declare cards are refused', { trigger: 'same' });
    const again = await slack.types('UDANA', 'declare cards are refused', { trigger: 'same' });
    expect(again.words).toContain('INC-1 is declared');
    expect(await slack.store.incidents({ limit: 10 })).toHaveLength(1);
  });

  it('stands beside an open incident of the same service', async () => {
    await slack.types('UDANA', 'declare checkout: first');
    const second = await slack.types('UDANA', 'declare checkout: second');
    expect(second.words).toContain('INC-1 is open for the same service');
    expect((await slack.incident('INC-1')).groupKey).toBe('service:checkout');
    const open = await slack.store.incidents({ open: true, limit: 10 });
    expect(open.map(({ service }) => service)).toEqual(['checkout', 'checkout']);
  });

  it('opens a form without text, and changes nothing by that', async () => {
    const said = await slack.types('UDANA', 'declare');
    expect(said.words).toBe('');
    const opened = slack.calls.find(({ method }) => method === 'views.open');
    expect(opened?.body).toMatchObject({ view: { callback_id: 'toran_declare' } });
    expect(await slack.store.incidents({ limit: 10 })).toEqual([]);
  });

  it('takes people whom the catalog does not know', async () => {
    await slack.types('U777', 'declare cards are refused');
    expect((await slack.incident()).declaredBy).toEqual({ kind: 'person', person: 'slack:U777' });
  });

  it('says in words why a title was refused', async () => {
    const said = await slack.types('UDANA', `declare ${'x'.repeat(301)}`);
    expect(said.words).toContain('300 characters at most');
  });
});

describe('the way of an incident by /incident alone', () => {
  it('acknowledges, updates, changes, notes, resolves', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    expect((await slack.types('UALMA', 'ack', here)).words).toContain('You have INC-1');
    expect((await slack.types('UALMA', 'update rolling back', here)).words).toContain('is posted');
    expect((await slack.types('UALMA', 'sev 2', here)).words).toContain('INC-1 is SEV2 high now');
    expect((await slack.types('UALMA', 'status monitoring', here)).words).toContain('Monitoring');
    expect((await slack.types('UALMA', 'lead', here)).words).toContain('Alma leads INC-1');
    expect((await slack.types('UALMA', 'lead <@UBENI|beni>', here)).words).toContain('Beni leads INC-1');
    slack.passes(20);
    expect((await slack.types('UALMA', 'note 10 minutes ago restarted the pool', here)).words).toContain('Noted');
    expect((await slack.types('UALMA', 'resolve pool size was 10', here)).words).toContain('INC-1 is resolved');
    const incident = await slack.incident();
    expect(incident).toMatchObject({ status: 'resolved', severity: 'sev2', roles: { lead: 'beni' } });
    const history = await slack.store.events('INC-1');
    const note = history.find(({ event }) => event.type === 'note_added');
    expect(note?.happenedAt).toBe(slack.now() - 10 * 60_000);
    const texts = await slack.store.texts('INC-1');
    expect([...texts.values()]).toContain('restarted the pool');
    expect(history.filter(({ event }) => event.type === 'update_posted')).toHaveLength(2);
  });

  it('keeps what was typed as people read it, not as Slack escapes it', async () => {
    await slack.hasIncident();
    const typed = 'load &lt; 5 &amp; <@UBENI|beni> looks at <https://x.example/a|x.example/a> in <#C0INC1|inc-1>';
    await slack.types('UALMA', `update ${typed}`, { channel: 'C0INC1' });
    const texts = await slack.store.texts('INC-1');
    expect([...texts.values()]).toContain('load < 5 & @Beni looks at https://x.example/a in #inc-1');
  });

  it('says what is true now to whoever comes late', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    await slack.types('UALMA', 'ack', here);
    const late = await slack.types('UBENI', 'ack', here);
    expect(late.words).toContain('Alma has it already');
    await slack.types('UALMA', 'resolve', here);
    const after = await slack.types('UBENI', 'update too late but kept', here);
    expect(after.words).toContain('is posted');
    const page = await slack.types('UBENI', 'page <@UDANA|dana>', here);
    expect(page.words).toContain('is over (Resolved)');
    expect(page.words).toContain('INC-1 is resolved');
    const reopened = await slack.types('UBENI', 'reopen it is back', here);
    expect(reopened.words).toContain('open again');
  });

  it('pages by name, and does not tell why somebody cannot be paged', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    expect((await slack.types('UNOA', 'page dana', here)).words).toContain('Paging for INC-1: Dana');
    await slack.types('UDANA', 'away');
    const refused = await slack.types('UNOA', 'page dana', here);
    expect(refused.words).toContain('Dana is unavailable');
    expect(refused.words).toContain('Name somebody else');
  });

  it('escalates and cancels', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    expect((await slack.types('UALMA', 'escalate', here)).words).toContain('the next step is being asked');
    expect((await slack.types('UALMA', 'cancel because', here)).words).toContain('is no reason');
    expect((await slack.types('UALMA', 'cancel duplicate', here)).words).toContain('INC-1 is cancelled');
    expect(await slack.incident()).toMatchObject({ status: 'cancelled', cancelReason: 'duplicate' });
  });

  it('says in words what it did not understand', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    expect((await slack.types('UALMA', 'sev 9', here)).words).toContain('“9” is no severity');
    expect((await slack.types('UALMA', 'status odd', here)).words).toContain('“odd” is no status');
    expect((await slack.types('UALMA', 'lead @nobody', here)).words).toContain('@nobody');
    expect((await slack.types('UALMA', 'page nobody', here)).words).toContain('nobody');
    expect((await slack.types('UALMA', 'sev <!channel>', here)).words).toContain('&lt;!channel&gt;');
  });
});

describe('which incident', () => {
  it('is the only open one anywhere, the named one everywhere, the channel’s in its channel', async () => {
    await slack.hasIncident('First');
    expect((await slack.types('UALMA', 'update anywhere')).words).toContain('INC-1');
    await slack.hasIncident('Second', 'INC-2', 'C0INC2');
    expect((await slack.types('UALMA', 'update here', { channel: 'C0INC2' })).words).toContain('INC-2');
    expect((await slack.types('UALMA', 'update INC-1 there', { channel: 'C0INC2' })).words).toContain('INC-1');
    expect((await slack.types('UALMA', 'update #2 by number')).words).toContain('INC-2');
    expect((await slack.types('UALMA', 'update INC-9 nothing')).words).toContain('There is no incident INC-9');
    expect((await slack.types('UALMA', 'sev 2', { channel: 'C0INC2' })).words).toContain('INC-2 is SEV2');
    expect((await slack.types('UALMA', 'sev 2 3')).words).toContain('INC-2 is SEV3');
  });

  it('asks when there are several, and goes on with the command that waited', async () => {
    await slack.hasIncident('First');
    await slack.hasIncident('Second', 'INC-2', 'C0INC2');
    await slack.types('UALMA', 'update rolling back');
    const form = slack.calls.find(({ method }) => method === 'views.open')?.body['view'];
    expect(form).toMatchObject({
      callback_id: 'toran_pick_incident',
      private_metadata: '{"word":"update","rest":"rolling back"}',
    });
    const answer = await slack.submits(
      'UALMA',
      'toran_pick_incident',
      { incident: 'INC-2' },
      '{"word":"update","rest":"rolling back"}',
    );
    expect(JSON.stringify(answer)).toContain('The update for INC-2 is posted');
    expect((await slack.incident('INC-2')).lastUpdate).toBeDefined();
    expect((await slack.incident('INC-1')).lastUpdate).toBeUndefined();
  });

  it('believes nothing that a form remembers', async () => {
    await slack.hasIncident();
    for (const metadata of ['', '{', '{"word":"rm","rest":""}', '[]', '{"word":"resolve"}']) {
      const answer = await slack.submits('UALMA', 'toran_pick_incident', { incident: 'INC-1' }, metadata);
      expect(JSON.stringify(answer)).toContain('There is no such incident');
    }
    expect((await slack.incident()).status).toBe('triage');
  });

  it('says so when none is open', async () => {
    expect((await slack.types('UALMA', 'update x')).words).toContain('No incident is open');
  });

  it('knows no private incident for people who are not in it', async () => {
    await slack.engine.execute({
      kind: 'incident',
      stream: 'INC-1',
      command: {
        type: 'declare',
        title: 'Breach',
        severity: 'sev4',
        service: undefined,
        kind: 'incident',
        isPrivate: true,
        groupKey: undefined,
        alert: undefined,
      },
      actor: { kind: 'person', person: 'noa' },
    });
    expect((await slack.types('UALMA', 'update INC-1 x')).words).toContain('There is no incident INC-1');
    expect((await slack.types('UALMA', 'list')).words).not.toContain('INC-1');
    expect((await slack.types('UNOA', 'update INC-1 x')).words).toContain('is posted');
    const clicked = await slack.clicks('UALMA', { actionId: 'toran_resolve', value: 'INC-1' });
    expect(clicked?.words).toContain('There is no such incident');
    expect((await slack.incident()).status).not.toBe('resolved');
  });
});

describe('words that are none', () => {
  it('open a menu with what comes near', async () => {
    const said = await slack.types('UALMA', 'escallatte now');
    expect(said.words).toContain('“escallatte” is no word');
    expect(said.words).toContain('`/incident escalate`');
    expect(said.words).toContain('Declare an incident');
  });

  it('and no word at all opens the menu', async () => {
    expect((await slack.types('UALMA', '')).words).toContain('What would you like to do?');
  });

  it('answer in the reader’s language', async () => {
    const people = { ...company().people, dana: person('dana', { language: 'he' }) };
    const hebrew = await workspace(company({ people }));
    expect((await hebrew.types('UDANA', 'help')).words).toContain('בזמן תקלה');
    expect((await hebrew.types('UALMA', 'עזרה')).words).toContain('During an incident');
    await hebrew.hasIncident();
    expect((await hebrew.types('UDANA', 'אישור קבלה')).words).toContain('בטיפולך');
    await hebrew.close();
  });
});

describe('looking', () => {
  it('shows the timeline, newest last, with local times and UTC', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    slack.passes(5);
    await slack.types('UALMA', 'ack', here);
    await slack.types('UALMA', 'note pool is full', here);
    const said = await slack.types('UDANA', 'timeline', here);
    expect(said.words).toMatch(/<!date\^\d+\^\{time\}\|2026-11-22 08:05 UTC> \(08:05 UTC\) Note by Alma: pool is full/);
    expect(said.words.indexOf('Declared by Monitoring')).toBeLessThan(said.words.indexOf('pool is full'));
  });

  it('shows who was asked, and names those passed over to members of the schedule only', async () => {
    await slack.types('UALMA', 'away');
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    const member = await slack.types('UCARMEL', 'why', here);
    expect(member.words).toContain('Passed over as unavailable: Alma');
    const outsider = await slack.types('UDANA', 'why', here);
    expect(outsider.words).toContain('1 person passed over');
    expect(outsider.words).not.toContain('Alma');
    expect(outsider.words).toContain('Beni');
  });

  it('lists open incidents and what ended lately', async () => {
    await slack.hasIncident('First');
    await slack.hasIncident('Second', 'INC-2', 'C0INC2');
    await slack.types('UALMA', 'resolve', { channel: 'C0INC1' });
    const said = await slack.types('UDANA', 'list');
    expect(said.words).toMatch(/Open incidents[\s\S]*INC-2\* Second[\s\S]*Ended lately[\s\S]*INC-1\* First/);
    expect(said.words).toContain('<#C0INC2>');
  });

  it('shows figures, the digest so far and where the post-mortem is', async () => {
    await slack.hasIncident();
    const here = { channel: 'C0INC1' };
    slack.passes(24);
    expect((await slack.types('UALMA', 'postmortem', here)).words).toContain('drafted when the incident is resolved');
    await slack.types('UALMA', 'resolve', here);
    slack.passes(1);
    expect((await slack.types('UALMA', 'metrics')).words).toContain('1 incident');
    expect((await slack.types('UALMA', 'metrics 4 weeks')).words).toContain('The last 4 weeks');
    expect((await slack.types('UALMA', 'metrics checkout 4w')).words).toContain('The last 4 weeks, Checkout');
    // Loads of one's own team, and of nobody else's.
    expect((await slack.types('UALMA', 'metrics')).words).toMatch(/On-call load in payments.*Alma: \d\.\d/s);
    expect((await slack.types('UNOA', 'metrics')).words).not.toContain('On-call load');
    expect((await slack.types('UALMA', 'metrics nothing')).words).toContain('There are: checkout');
    expect((await slack.types('UALMA', 'digest')).words).toContain('1 incident was resolved');
    expect((await slack.types('UALMA', 'postmortem', here)).words).toContain('There is no post-mortem yet');
    await slack.engine.execute({
      kind: 'incident',
      stream: 'INC-1',
      command: { type: 'record_postmortem', path: 'postmortems/INC-1.md', canvas: 'F0CANVAS' },
      actor: { kind: 'automation' },
    });
    expect((await slack.types('UALMA', 'postmortem', here)).words).toContain('postmortems/INC-1.md');
    await settleAll();
    expect((await slack.types('UALMA', 'postmortem again', here)).words).toContain('A new draft is being written');
    expect(await settleAll()).toEqual(['postmortem.draft']);
  });
});

/** Takes everything due out of the outbox, and says what it was. */
async function settleAll(): Promise<string[]> {
  const kinds: string[] = [];
  for (;;) {
    const jobs = await slack.store.claim(slack.now(), slack.now() + 60_000, 'test', 100);
    if (jobs.length === 0) return kinds;
    kinds.push(...jobs.map(({ effect }) => effect.kind));
    await slack.store.settle(jobs);
  }
}
