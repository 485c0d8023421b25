import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createMovableClock, type MovableClock } from '../../src/engine/clock.ts';
import { done, type EffectOutcome } from '../../src/engine/effects.ts';
import { createEngine } from '../../src/engine/executor.ts';
import type { Engine, Outcome } from '../../src/engine/orders.ts';
import type { Clock, Job, Store } from '../../src/engine/ports.ts';
import { runEffect } from '../../src/engine/run-effect.ts';
import { personStream, type Effect } from '../../src/engine/streams.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import type { IncidentId } from '../../src/incident/ids.ts';
import type { Incident } from '../../src/incident/incident.ts';
import { automation, type Actor } from '../../src/oncall/recorded.ts';
import { startLocalSlack, type LocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import type { LocalSlackOptions } from '../../src/sandbox/slack/options.ts';
import { createAddresses } from '../../src/slack/addresses.ts';
import { createSlackClient } from '../../src/slack/client.ts';
import type { SlackEffectContext } from '../../src/slack/effect-context.ts';
import { slackEffects, type SlackKinds } from '../../src/slack/effects.ts';
import { createHomePublisher } from '../../src/slack/home.ts';
import { createIdentityReader } from '../../src/slack/identity.ts';
import { manifestScopes } from '../../src/slack/scopes.ts';
import { openStore } from '../../src/store/open.ts';
import { everyHandler } from '../support/handlers.ts';
import { catalog as company } from './catalog.ts';
import type { Catalog } from '../../src/oncall/catalog.ts';

const start = Date.parse('2026-11-24T09:00:00Z');
export const incident: IncidentId = 'INC-1';
export const noa: Actor = { kind: 'person', person: 'noa' };
const botToken = 'xoxb-local-bot';

export interface SlackWorld {
  readonly slack: LocalSlack;
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: MovableClock;
  readonly context: SlackEffectContext;
  readonly lines: readonly string[];
  /** Files that `readFile` finds. */
  readonly files: Map<string, string>;
  order(command: IncidentCommand, actor?: Actor): Promise<Outcome<'incident'>>;
  current(): Promise<Incident>;
  away(person: string): Promise<void>;
  /** Runs everything of Slack's that is due, and what follows from it, as a worker would; returns how each ended. */
  drain(): Promise<readonly Ran[]>;
  /** Moves the clock, and lets what is due then happen. */
  later(byMs: number): Promise<readonly Ran[]>;
  /** A handler's work whose outcome nobody wrote down: as if the process had died before. */
  runAndForget(kind: SlackKinds): Promise<EffectOutcome>;
  close(): Promise<void>;
}

export interface Ran {
  readonly kind: Effect['kind'];
  readonly outcome: EffectOutcome;
}

export interface WorldOptions extends Pick<Partial<LocalSlackOptions>, 'channels' | 'limits' | 'userGroups'> {
  readonly scopes?: readonly string[];
  readonly plan?: 'free' | 'paid';
  readonly userGroupsManagedBy?: 'everyone' | 'admins';
  readonly catalog?: Catalog;
  /** What stands between the store and everybody who reads it. */
  readonly asSeen?: (store: Store, clock: Clock) => Store;
}

const users = [
  { id: 'U0NOA', name: 'noa', realName: 'Noa Levi' },
  { id: 'U0OMER', name: 'omer', realName: 'Omer Bar' },
  { id: 'U0CARMEL', name: 'carmel', realName: 'Carmel Or' },
];

/** A local Slack over real sockets, a real store and engine, and the handlers between them. The clock stands still. */
export async function slackWorld(options: WorldOptions = {}): Promise<SlackWorld> {
  const clock = createMovableClock(() => start);
  const slack = await startLocalSlack({
    now: () => clock.now(),
    team: {
      id: 'T0ACME',
      name: 'Acme',
      domain: 'acme',
      plan: options.plan ?? 'paid',
      userGroupsManagedBy: options.userGroupsManagedBy ?? 'everyone',
    },
    users,
    channels: options.channels ?? [{ id: 'C0INCIDENTS', name: 'incidents', members: ['U0NOA'] }],
    userGroups: options.userGroups ?? [],
    app: {
      appId: 'A0TORAN',
      botUserId: 'U0TORAN',
      botToken,
      appToken: 'xapp-local',
      signingSecret: 'secret',
      scopes: options.scopes ?? manifestScopes,
      slashCommands: [{ command: '/incident' }],
    },
    limits: options.limits ?? 'slack',
  });
  const opened = await openStore(':memory:', { role: 'server' });
  const store = options.asSeen?.(opened, clock) ?? opened;
  const engine = createEngine({ store, clock, ways: ['slack'], onCommitted: () => undefined });
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const client = createSlackClient({ token: botToken, apiUrl: slack.apiUrl, clock, log });
  const files = new Map<string, string>();
  const context: SlackEffectContext = {
    client,
    identity: createIdentityReader(client),
    addresses: createAddresses(client, clock),
    home: createHomePublisher({ client, store, clock }),
    store,
    engine,
    clock,
    log,
    readFile: (path) => {
      const text = files.get(path);
      return text === undefined ? Promise.reject(new Error(`no file ${path}`)) : Promise.resolve(text);
    },
  };
  await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: 'h1', catalog: options.catalog ?? company },
    actor: automation,
  });
  // What is not Slack's is left out.
  const handlers = { ...everyHandler(() => Promise.resolve(done)), ...slackEffects(context) };

  async function drain(): Promise<readonly Ran[]> {
    const ran: Ran[] = [];
    for (;;) {
      const now = clock.now();
      const jobs = await store.claim(now, now + 30_000, randomUUID(), 50);
      if (jobs.length === 0) return ran;
      for (const job of jobs) {
        const outcome = await handle(job);
        if (job.effect.kind.startsWith('slack.')) ran.push({ kind: job.effect.kind, outcome });
        await conclude(job, outcome);
      }
    }
  }

  function handle(job: Job): Promise<EffectOutcome> {
    return runEffect(job, handlers);
  }

  async function conclude(job: Job, outcome: EffectOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'done':
        return store.settle([job]);
      case 'later':
        return store.postpone(job, outcome.due, false);
      case 'retry':
        return store.postpone(job, Math.max(outcome.notBefore ?? 0, clock.now() + 1_000), true);
      case 'failed':
        return store.bury(job, outcome.error, clock.now());
    }
  }

  return {
    slack,
    store,
    engine,
    clock,
    context,
    lines,
    files,
    order: (command, actor = noa) => engine.execute({ kind: 'incident', stream: incident, command, actor }),
    async current() {
      const found = await store.incident(incident);
      if (found === undefined) throw new Error('no incident was declared');
      return found;
    },
    async away(person) {
      const window = { window: `w-${person}`, effect: 'hard', certain: true, from: clock.now() - 1, to: null } as const;
      await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command: { type: 'mark_unavailable', ...window, source: 'self' },
        actor: { kind: 'person', person },
      });
    },
    drain,
    async later(byMs) {
      clock.advance(byMs);
      slack.tick();
      return drain();
    },
    async runAndForget(kind) {
      const now = clock.now();
      const jobs = await store.claim(now, now + 30_000, randomUUID(), 50);
      const job = jobs.find(({ effect }) => effect.kind === kind);
      if (job === undefined) throw new Error(`no ${kind} is due: ${jobs.map(({ effect }) => effect.kind).join(', ')}`);
      for (const other of jobs) if (other !== job) await store.postpone(other, now, false);
      return handle(job);
    },
    async close() {
      await slack.close();
      await store.close();
    },
  };
}

export function declare(more: Partial<Extract<IncidentCommand, { type: 'declare' }>> = {}): IncidentCommand {
  return {
    type: 'declare',
    title: 'Payments fail',
    severity: 'sev1',
    service: 'checkout',
    kind: 'incident',
    isPrivate: false,
    groupKey: undefined,
    alert: undefined,
    ...more,
  };
}

/** Nobody of the catalog: so that whoever declares is not taken for the one who has it. */
export const outsider: Actor = { kind: 'person', person: 'slack:U0OUTSIDE' };
