import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personStream } from '../../../src/engine/streams.ts';
import { company, person, sundayMorning } from '../../support/company.ts';
import { dayMs, hourMs } from '../../../src/oncall/time.ts';
import { localWorkspace, type LocalWorkspace } from './local-workspace.ts';

let slack: LocalWorkspace;
beforeEach(async () => {
  slack = await localWorkspace();
});
afterEach(async () => {
  const { failures } = slack;
  await slack.close();
  expect(failures).toEqual([]);
});

function declare(id: 'INC-1' | 'INC-2', more: { readonly isPrivate?: boolean } = {}) {
  return slack.engine.execute({
    kind: 'incident',
    stream: id,
    command: {
      type: 'declare',
      title: `Cards fail in ${id}`,
      severity: 'sev1',
      service: 'checkout',
      kind: 'incident',
      isPrivate: more.isPrivate ?? false,
      groupKey: undefined,
      alert: {
        key: `alerts:${id}`,
        source: 'alerts',
        title: `Cards fail in ${id}`,
        url: undefined,
        pagerduty: undefined,
      },
    },
    actor: { kind: 'outside', system: 'alerts' },
  });
}

describe('the Home of a person', () => {
  it('shows their shifts and that they can be paged, in their language', async () => {
    slack.opensHome('alma');
    const home = await slack.home('alma', (lines) => lines.includes('My next shifts'));
    expect(home).toContain('You can be paged.');
    expect(home).toContain('payments*: on duty now');
    await slack.close();
    const people = { ...company().people, alma: person('alma', { name: 'עלמה', language: 'he' }) };
    slack = await localWorkspace(company({ people }));
    slack.opensHome('alma');
    const hebrew = await slack.home('alma', (lines) => lines.includes('המשמרות הבאות שלי'));
    expect(hebrew).toContain('אפשר להזעיק אותך');
  });

  it('follows a page from the moment it goes out to its end, and answers it', async () => {
    slack.opensHome('alma');
    await slack.home('alma', (lines) => lines.includes('No open incidents'));
    await declare('INC-1');
    await slack.home('alma', (lines) => lines.includes('Waiting for you') && lines.includes('Cards fail in INC-1'));
    await slack.slack.actions.click({ user: 'UALMA', view: 'home', actionId: 'toran_acknowledge' });
    // A Home has no conversation: the answer comes as a form.
    const said = slack.slack.state.modals('UALMA').map((view) => slack.slack.renderView(view.id).join('\n'));
    expect(said.join()).toContain('INC-1');
    await slack.home('alma', (lines) => lines.includes('yours since'));
  });

  it('takes "I can’t be reached" and "I’m back" in one click each', async () => {
    slack.opensHome('alma');
    await slack.home('alma', (lines) => lines.includes('I can’t be reached from now on'));
    await slack.slack.actions.click({ user: 'UALMA', view: 'home', actionId: 'toran_away_now' });
    const away = await slack.home('alma', (lines) => lines.includes('You are unavailable'));
    expect(away).toContain('unavailable');
    expect(away).not.toContain('I can’t be reached from now on');
    await slack.slack.actions.click({ user: 'UALMA', view: 'home', actionId: 'toran_back' });
    await slack.home('alma', (lines) => lines.includes('You can be paged.') && !lines.includes('without an end'));
    expect(slack.slack.state.modals('UALMA')).toEqual([]);
  });

  it('shows by itself that a planned absence has begun', async () => {
    await slack.engine.execute({
      kind: 'person',
      stream: personStream('alma'),
      command: {
        type: 'mark_unavailable',
        window: 'w1',
        effect: 'hard',
        certain: false,
        from: sundayMorning + hourMs,
        to: sundayMorning + dayMs,
        source: 'self',
      },
      actor: { kind: 'person', person: 'alma' },
    });
    slack.opensHome('alma');
    const before = await slack.home('alma', (lines) => lines.includes('You can be paged, until'));
    expect(before).toContain('not certain yet');
    slack.passes(61);
    await slack.home('alma', (lines) => lines.includes('You are unavailable until'));
  });

  it('shows nobody a private incident that they are not in, nor anybody else’s absence', async () => {
    await declare('INC-1', { isPrivate: true });
    await slack.types('beni', 'away');
    slack.opensHome('dana');
    const outsider = await slack.home('dana', (lines) => lines.includes('My next shifts'));
    expect(outsider).not.toContain('INC-1');
    expect(outsider).not.toMatch(/beni/i);
    slack.opensHome('alma');
    expect(await slack.home('alma', (lines) => lines.includes('INC-1'))).not.toMatch(/beni/i);
  });

  it('is published only for those who have opened it', async () => {
    await declare('INC-1');
    await slack.types('alma', 'away');
    slack.opensHome('beni');
    await slack.home('beni', (lines) => lines.includes('INC-1'));
    expect(slack.slack.state.home('UALMA')).toBeUndefined();
  });

  it('looks again when another replica has published since', async () => {
    slack.opensHome('alma');
    await slack.home('alma', (lines) => lines.includes('You can be paged'));
    const view = JSON.stringify({ type: 'home', blocks: [] });
    const body = new URLSearchParams({ user_id: 'UALMA', view });
    const headers = { authorization: 'Bearer xoxb-local' };
    expect((await fetch(`${slack.slack.apiUrl}views.publish`, { method: 'POST', headers, body })).ok).toBe(true);
    await slack.types('alma', 'away');
    await slack.home('alma', (lines) => lines.includes('You are unavailable'));
    const published = slack.slack.log.filter(({ method }) => method === 'views.publish');
    expect(published).toHaveLength(4);
  });

  it('asks for what others would have them take over, and takes the answer', async () => {
    slack.opensHome('carmel');
    await slack.home('carmel', (lines) => lines.includes('My next shifts'));
    await slack.types('alma', 'cover me with @carmel');
    await slack.home('carmel', (lines) => lines.includes('Asked of me'));
    await slack.slack.actions.click({ user: 'UCARMEL', view: 'home', actionId: 'toran_accept_offer' });
    const home = await slack.home('carmel', (lines) => lines.includes('payments*: on duty now'));
    expect(home).not.toContain('Asked of me');
  });

  it('shows coverage in full, and its picture in the person’s own messages', async () => {
    slack.opensHome('beni');
    await slack.home('beni', (lines) => lines.includes('Coverage of my schedules'));
    await slack.slack.actions.click({ user: 'UBENI', view: 'home', actionId: 'toran_show_coverage' });
    expect(slack.slack.state.modals('UBENI')).toHaveLength(1);
    await slack.types('beni', 'coverage 30 days');
    const shown = slack.slack.state.ephemerals('C0LOBBY', 'UBENI').at(-1);
    await slack.slack.actions.click({
      user: 'UBENI',
      channel: 'C0LOBBY',
      ts: shown?.ts,
      actionId: 'toran_coverage_picture',
    });
    slack.passes(0);
    const file = await slack.slack.until(
      () => slack.slack.state.files().find((one) => one.completed),
      8_000,
      'the map',
    );
    expect(file).toMatchObject({ altText: 'payments', channels: [slack.slack.state.dm('UBENI')?.id] });
  });
});
