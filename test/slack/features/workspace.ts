import { App } from '@slack/bolt';
import pino from 'pino';
import { createMovableClock } from '../../../src/engine/clock.ts';
import type { EffectHandlers } from '../../../src/engine/effects.ts';
import { createEngine } from '../../../src/engine/executor.ts';
import type { Engine } from '../../../src/engine/orders.ts';
import type { Clock, Store } from '../../../src/engine/ports.ts';
import type { DigestContent } from '../../../src/figures/digest.ts';
import { digestContent } from '../../../src/figures/digest.ts';
import { isRecord } from './json.ts';
import type { IncidentId } from '../../../src/incident/ids.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import type { Catalog } from '../../../src/oncall/catalog.ts';
import { automation } from '../../../src/oncall/recorded.ts';
import { minuteMs, type EpochMs } from '../../../src/oncall/time.ts';
import { readDelivery } from '../../../src/slack/delivery.ts';
import type { SlackConnectionOptions } from '../../../src/slack/connect.ts';
import type { SlackFeatureDeps, SlackMessageText } from '../../../src/slack/feature.ts';
import { nothingPersonal } from '../../../src/slack/personal-surface.ts';
import { registerListeners } from '../../../src/slack/listeners.ts';
import { createReceiver, type Answer } from '../../../src/slack/receiver.ts';
import { openStore } from '../../../src/store/open.ts';
import { company, sundayMorning } from '../../support/company.ts';

/** What Toran asked of Slack: API methods by name, and answers to response URLs. */
export interface SlackCall {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Click {
  readonly actionId: string;
  readonly value: string;
  /** Set for a choice of a select. */
  readonly isChoice?: boolean;
  readonly channel?: string;
}

/** What stands behind the private forms, where a test wants it. */
export type OpenPersonal = (parts: {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
}) => NonNullable<SlackConnectionOptions['personal']> & { readonly handlers?: Partial<EffectHandlers> };

/** Real Bolt, real receiver, real engine, real store: only Slack's side of the wire is played. */
export async function workspace(catalog: Catalog = company(), openPersonal?: OpenPersonal) {
  const clock = createMovableClock(() => sundayMorning);
  const store = await openStore(':memory:', { role: 'server' });
  const engine = createEngine({ store, clock, ways: ['slack'], onCommitted: () => undefined });
  const calls: SlackCall[] = [];
  const messages = new Map<string, SlackMessageText>();
  const log = pino({ level: 'silent' });
  let serial = 0;

  const receiver = createReceiver({ deadlineMs: 20_000, log, notSaved: () => Promise.resolve('not saved') });
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken: 'xoxb-test', botUserId: 'UTORAN', botId: 'BTORAN', teamId: 'T1' }),
    clientOptions: { slackApiUrl: 'https://slack.test/api/', retryConfig: { retries: 0 }, fetch: slackSide(calls) },
    convoStore: false,
    attachFunctionToken: false,
  });
  app.error(async (error) => Promise.reject(error));
  const personal = openPersonal?.({ store, engine, clock });
  const deps: SlackFeatureDeps = {
    engine,
    store,
    clock,
    log,
    newId: () => `local-id-${++serial}`,
    digest: async (at): Promise<DigestContent> =>
      digestContent(await store.records(), at, catalog.workspace.timezone, {
        pages: [],
        workWeek: catalog.workspace.workWeek,
        postmortemsMissing: [],
        recordedSinceMs: undefined,
      }),
    personal: personal?.surface ?? nothingPersonal,
    // Homes are looked at over a local Slack: see home.test.ts.
    home: { publish: () => Promise.resolve({ ok: true, answer: undefined }) },
    readMessage: (channel, ts) => Promise.resolve(messages.get(`${channel} ${ts}`)),
  };
  registerListeners(app, deps);
  personal?.register(app, deps);
  await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: 'test', catalog },
    actor: automation,
  });

  function receive(body: Record<string, unknown>): Promise<Answer> {
    return receiver.receive(readDelivery(body, `fallback${++serial}`));
  }

  async function incident(id: IncidentId = 'INC-1'): Promise<Incident> {
    const found = await store.incident(id);
    if (found === undefined) throw new Error(`${id} does not exist`);
    return found;
  }

  return {
    store,
    engine,
    clock,
    calls,
    messages,
    receive,
    incident,
    /** `/incident …`: what the person who typed it reads. */
    async types(user: string, text: string, options: { channel?: string; trigger?: string } = {}): Promise<Said> {
      const answer = await receive({
        command: '/incident',
        text,
        trigger_id: options.trigger ?? `trigger${++serial}`,
        team_id: 'T1',
        channel_id: options.channel ?? 'C0LOBBY',
        user_id: user,
        response_url: 'https://hooks.slack.test/command',
      });
      return saidBy(answer);
    },
    /** Presses a button or chooses; returns what was said only to them, undefined for silence. */
    async clicks(user: string, click: Click, trigger = `trigger${++serial}`): Promise<Said | undefined> {
      const before = calls.length;
      const answer = await receive({
        type: 'block_actions',
        team: { id: 'T1' },
        user: { id: user, team_id: 'T1' },
        trigger_id: trigger,
        channel: { id: click.channel ?? 'C0LOBBY', name: 'lobby' },
        response_url: 'https://hooks.slack.test/click',
        actions: [
          {
            type: click.isChoice === true ? 'static_select' : 'button',
            action_id: click.actionId,
            block_id: 'block',
            ...(click.isChoice === true ? { selected_option: { value: click.value } } : { value: click.value }),
          },
        ],
      });
      if (answer.kind === 'repeat') throw new Error('the click was not acknowledged');
      const response = calls.slice(before).find(({ method }) => method === 'response_url');
      return response === undefined ? undefined : saidIn(response.body);
    },
    submits(
      user: string,
      callbackId: string,
      values: Readonly<Record<string, string>>,
      metadata = '',
    ): Promise<Answer> {
      return receive(submission(user, callbackId, values, metadata, `trigger${++serial}`));
    },
    happens(event: Readonly<Record<string, unknown>>, eventId = `Ev${++serial}`): Promise<Answer> {
      return receive({
        type: 'event_callback',
        team_id: 'T1',
        event_id: eventId,
        authorizations: [{ team_id: 'T1', enterprise_id: null, user_id: 'UTORAN', is_bot: true }],
        event,
      });
    },
    /** Declared by a monitor, with its channel open: Alma is being asked. */
    async hasIncident(title = 'Card payments fail', id: IncidentId = 'INC-1', channel = 'C0INC1'): Promise<IncidentId> {
      const system = { kind: 'outside', system: 'alerts' } as const;
      const alert = { key: `alerts:${id}`, source: 'alerts' as const, title, url: undefined, pagerduty: undefined };
      await store.nextIncidentNumber();
      for (const command of [
        {
          type: 'declare' as const,
          title,
          severity: 'sev1' as const,
          service: 'checkout',
          kind: 'incident' as const,
          isPrivate: false,
          groupKey: `key:${id}`,
          alert,
        },
        { type: 'record_channel' as const, channel, name: `${id.toLowerCase()}-checkout` },
      ]) {
        const outcome = await engine.execute({ kind: 'incident', stream: id, command, actor: system });
        if (outcome.kind !== 'accepted') throw new Error(`${id}: ${outcome.kind}`);
      }
      return id;
    },
    passes(minutes: number): void {
      clock.advance(minutes * minuteMs);
    },
    now: (): EpochMs => clock.now(),
    close: () => store.close(),
  };
}

export type Workspace = Awaited<ReturnType<typeof workspace>>;

export interface Said {
  readonly text: string;
  /** All words of the blocks, line by line. */
  readonly words: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export function saidBy(answer: Answer): Said {
  if (answer.kind === 'repeat') throw new Error('it was not acknowledged');
  return saidIn(isRecord(answer.payload) ? answer.payload : {});
}

function saidIn(body: Readonly<Record<string, unknown>>): Said {
  const text = typeof body['text'] === 'string' ? body['text'] : '';
  return { text, words: wordsIn(body['blocks'] ?? body['view']).join('\n'), body };
}

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isRecord(value)) return [];
  const isText = value['type'] === 'mrkdwn' || value['type'] === 'plain_text';
  return isText && typeof value['text'] === 'string' ? [value['text']] : Object.values(value).flatMap(wordsIn);
}

function submission(
  user: string,
  callbackId: string,
  values: Readonly<Record<string, string>>,
  metadata: string,
  trigger: string,
): Record<string, unknown> {
  const choices =
    'severity service status incident effect counts certainty ease action asked kind city leave_absence leave_asked'.split(
      ' ',
    );
  const boxes = ['keeps', 'remove', 'confirm'];
  const state = Object.entries(values).map(([id, value]) => [
    id,
    {
      [id]:
        id === 'person'
          ? { type: 'multi_users_select', selected_users: value.split(',') }
          : boxes.includes(id)
            ? {
                type: 'checkboxes',
                selected_options: value.split(',').flatMap((each) => (each === '' ? [] : [{ value: each }])),
              }
            : choices.includes(id)
              ? { type: 'static_select', selected_option: { value } }
              : id === 'leave_first'
                ? { type: 'datepicker', selected_date: value }
                : { type: 'plain_text_input', value },
    },
  ]);
  return {
    type: 'view_submission',
    team: { id: 'T1' },
    user: { id: user, team_id: 'T1' },
    trigger_id: trigger,
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: callbackId,
      private_metadata: metadata,
      blocks: [],
      state: { values: Object.fromEntries(state) },
    },
  };
}

function slackSide(calls: SlackCall[]): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = bodyOf(init?.body);
    const method = url.hostname === 'hooks.slack.test' ? 'response_url' : (url.pathname.split('/').at(-1) ?? '');
    calls.push({ method, body });
    return Response.json({ ok: true });
  };
}

function bodyOf(body: unknown): Record<string, unknown> {
  if (body instanceof URLSearchParams) return parsed(Object.fromEntries(body));
  if (typeof body !== 'string') return {};
  if (!body.startsWith('{')) return parsed(Object.fromEntries(new URLSearchParams(body)));
  const json: unknown = JSON.parse(body);
  return isRecord(json) ? json : {};
}

/** The Web API's form fields hold JSON for everything that is no text. */
function parsed(fields: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, /^[[{]/.test(value) ? readJson(value) : value]),
  );
}

function readJson(text: string): unknown {
  return JSON.parse(text);
}
