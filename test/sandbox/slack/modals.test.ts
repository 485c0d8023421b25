import type { HomeView, InputBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { connect } from './app.ts';
import { clientOf, errorOf, startWorkspace } from './world.ts';

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const title: InputBlock = {
  type: 'input',
  block_id: 'title',
  label: text('Title'),
  element: { type: 'plain_text_input', action_id: 'title', min_length: 3 },
};
const severity: InputBlock = {
  type: 'input',
  block_id: 'severity',
  label: text('Severity'),
  element: {
    type: 'static_select',
    action_id: 'severity',
    initial_option: { text: text('SEV2'), value: 'sev2' },
    options: [
      { text: text('SEV1'), value: 'sev1' },
      { text: text('SEV2'), value: 'sev2' },
    ],
  },
};
const people: InputBlock = {
  type: 'input',
  block_id: 'people',
  optional: true,
  label: text('People'),
  element: { type: 'multi_users_select', action_id: 'people' },
};
const modal: ModalView = {
  type: 'modal',
  callback_id: 'declare',
  title: text('Declare'),
  submit: text('Go'),
  private_metadata: 'm',
  blocks: [title, severity, people],
};

interface Seen {
  type: string;
  trigger_id: string;
  view: { id: string; hash: string; state: { values: Record<string, Record<string, unknown>> } };
  [key: string]: unknown;
}

/** An app that opens `modal` on every command and answers submissions with what `answers` holds next. */
async function withModal(answers: unknown[] = []): Promise<{ slack: LocalSlack; seen: Seen[] }> {
  const slack = await startWorkspace();
  const client = clientOf(slack);
  const seen: Seen[] = [];
  await connect(slack, async ({ ack, body, type }) => {
    if (type === 'events_api') return ack();
    const payload = { view: { id: '', hash: '', state: { values: {} } }, type, trigger_id: '', ...body };
    seen.push(payload);
    if (type !== 'slash_commands') return ack(answers.shift());
    await client.views.open({ trigger_id: payload.trigger_id, view: modal });
    return ack();
  });
  await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
  seen.length = 0;
  return { slack, seen };
}

describe('a modal', () => {
  it('sends typed, chosen and initial values on submit, then closes', async () => {
    const { slack, seen } = await withModal();
    const outcome = await slack.actions.submit({ user: 'U1', values: { title: 'API down', people: ['U2'] } });
    expect(outcome).toEqual({ ok: true, views: [] });
    expect(seen[0]).toMatchObject({
      type: 'view_submission',
      response_urls: [],
      view: {
        callback_id: 'declare',
        private_metadata: 'm',
        state: {
          values: {
            title: { title: { type: 'plain_text_input', value: 'API down' } },
            severity: { severity: { type: 'static_select', selected_option: { value: 'sev2' } } },
            people: { people: { type: 'multi_users_select', selected_users: ['U2'] } },
          },
        },
      },
    });
  });

  it('does not reach the app while required inputs are empty or too short', async () => {
    const { slack, seen } = await withModal();
    expect(await slack.actions.submit({ user: 'U1' })).toMatchObject({
      ok: false,
      reason: 'errors',
      errors: { title: 'Please complete this required field.' },
    });
    expect(await slack.actions.submit({ user: 'U1', values: { title: 'ab' } })).toMatchObject({
      ok: false,
      errors: { title: 'Please enter at least 3 characters.' },
    });
    await expect(slack.actions.submit({ user: 'U1', values: { titel: 'x' } })).rejects.toThrow('no input titel');
    expect(seen).toEqual([]);
  });

  it('shows errors beside inputs and stays open; errors for other blocks are no answer', async () => {
    const { slack } = await withModal([
      { response_action: 'errors', errors: { title: 'taken' } },
      { response_action: 'errors', errors: { elsewhere: 'x' } },
      { response_action: 'explode' },
    ]);
    const values = { title: 'API down' };
    expect(await slack.actions.submit({ user: 'U1', values })).toMatchObject({
      ok: false,
      reason: 'errors',
      errors: { title: 'taken' },
    });
    expect(slack.renderView(slack.state.modals('U1')[0]?.id ?? '')).toContain('  ! taken');
    expect(await slack.actions.submit({ user: 'U1', values })).toMatchObject({
      ok: false,
      sawError: 'invalid_response_action',
    });
    expect(await slack.actions.submit({ user: 'U1', values })).toMatchObject({
      ok: false,
      sawError: 'invalid_response_action',
    });
    expect(slack.state.modals('U1')).toHaveLength(1);
  });

  it('is updated, pushed upon up to three, and cleared by the answer', async () => {
    const next = { ...modal, callback_id: 'next' };
    const { slack } = await withModal([
      { response_action: 'update', view: next },
      { response_action: 'push', view: next },
      { response_action: 'push', view: next },
      { response_action: 'push', view: next },
      { response_action: 'clear' },
    ]);
    const submit = async () => {
      const outcome = await slack.actions.submit({ user: 'U1', values: { title: 'API down' } });
      return [outcome.ok, outcome.views.length];
    };
    expect(await submit()).toEqual([true, 1]);
    expect(slack.state.modals('U1')[0]?.content['callback_id']).toBe('next');
    expect([await submit(), await submit(), await submit(), await submit()]).toEqual([
      [true, 2],
      [true, 3],
      [false, 3],
      [true, 0],
    ]);
  });

  it('tells the app that it was closed only when asked to', async () => {
    const { slack, seen } = await withModal();
    const client = clientOf(slack);
    await slack.actions.close({ user: 'U1' });
    expect(seen).toEqual([]);
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    const [view] = slack.state.modals('U1');
    await client.views.update({ view_id: view?.id ?? '', view: { ...modal, notify_on_close: true } });
    await slack.actions.close({ user: 'U1', all: true });
    expect(seen.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: true });
    expect(slack.state.modals('U1')).toEqual([]);
  });
});

describe('views.update and views.publish', () => {
  it('refuse an old hash, an unknown view and another type', async () => {
    const { slack } = await withModal();
    const client = clientOf(slack);
    const [view] = slack.state.modals('U1');
    const view_id = view?.id ?? '';
    const hash = view?.hash ?? '';
    const updated = await client.views.update({ view_id, hash, view: modal });
    expect(updated.view?.hash).not.toBe(hash);
    expect(await errorOf(client.views.update({ view_id, hash, view: modal }))).toBe('hash_conflict');
    expect(await errorOf(client.views.update({ view_id: 'V404', view: modal }))).toBe('not_found');
    expect(await errorOf(client.views.update({ view_id, view: { type: 'home', blocks: [] } }))).toBe(
      'invalid_arguments',
    );
  });

  it('publish one Home per person, the newest', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const home = (words: string): HomeView => ({ type: 'home', blocks: [{ type: 'section', text: text(words) }] });
    const first = await client.views.publish({ user_id: 'U1', view: home('one') });
    const second = await client.views.publish({ user_id: 'U1', view: home('two') });
    expect(second.view?.id).toBe(first.view?.id);
    expect(slack.renderView(slack.state.home('U1')?.id ?? '')).toEqual(['== Home ==', 'two']);
    expect(await errorOf(client.views.publish({ user_id: 'U1', hash: first.view?.hash ?? '', view: home('x') }))).toBe(
      'hash_conflict',
    );
    expect(await errorOf(client.views.publish({ user_id: 'U404', view: home('x') }))).toBe('user_not_found');
    expect(await errorOf(client.apiCall('views.publish', { user_id: 'U1', view: modal }))).toBe('invalid_arguments');
  });

  it('keep external ids unique', async () => {
    const { slack } = await withModal();
    const client = clientOf(slack);
    const [view] = slack.state.modals('U1');
    await client.views.update({ view_id: view?.id ?? '', view: { ...modal, external_id: 'one' } });
    expect(await errorOf(client.views.update({ external_id: 'one', view: { ...modal, external_id: 'one' } }))).toBe(
      'ok',
    );
    expect(
      await errorOf(client.views.publish({ user_id: 'U2', view: { type: 'home', blocks: [], external_id: 'one' } })),
    ).toBe('duplicate_external_id');
  });

  it('push upon the modal the trigger came from, three at most', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const errors: string[] = [];
    const more: ModalView = {
      ...modal,
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'more', text: text('More') }] }],
    };
    await connect(slack, async ({ ack, body, type }) => {
      const trigger_id = String(body['trigger_id']);
      if (type === 'slash_commands') await client.views.open({ trigger_id, view: more });
      else errors.push(await errorOf(client.views.push({ trigger_id, view: more })));
      return ack();
    });
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    for (let n = 0; n < 3; n += 1) await slack.actions.click({ user: 'U1', label: 'More' });
    expect(errors).toEqual(['ok', 'ok', 'push_limit_reached']);
    const [root, second, third] = slack.state.modals('U1');
    expect([second?.previousId, third?.previousId, third?.rootId]).toEqual([root?.id, second?.id, root?.id]);
  });
});
