import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createBell } from '../../../src/engine/bell.ts';
import { createMovableClock } from '../../../src/engine/clock.ts';
import { dutyHandlers } from '../../../src/engine/duty.ts';
import { done } from '../../../src/engine/effects.ts';
import { createEngine } from '../../../src/engine/executor.ts';
import { createWorker } from '../../../src/engine/worker.ts';
import type { Catalog } from '../../../src/oncall/catalog.ts';
import { automation } from '../../../src/oncall/recorded.ts';
import { minuteMs } from '../../../src/oncall/time.ts';
import { startLocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import type { LocalSlackOptions } from '../../../src/sandbox/slack/options.ts';
import type { PersonOutcome } from '../../../src/sandbox/slack/person-actions.ts';
import { connectSlack } from '../../../src/slack/connect.ts';
import { manifestEvents, manifestScopes } from '../../../src/slack/scopes.ts';
import { openStore } from '../../../src/store/open.ts';
import { company, sundayMorning } from '../../support/company.ts';
import { everyHandler } from '../../support/handlers.ts';
import type { OpenPersonal } from './workspace.ts';
import { nothingToFigure } from './nothing-to-figure.ts';

export const waitMs = 8_000;

/**
 * Toran's own listeners and effects on a local Slack, by sockets, with a worker at work: people act, and see what came of
 * it. Only PagerDuty, gateways and timers are left out. The clock stands still until it is moved.
 */
export async function localWorkspace(
  catalog: Catalog = company(),
  options: Pick<LocalSlackOptions, 'userGroups'> = {},
  openPersonal?: OpenPersonal,
) {
  const clock = createMovableClock(() => sundayMorning);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const slack = await startLocalSlack({
    now: () => clock.now(),
    limits: 'off',
    ...options,
    team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
    users: Object.values(catalog.people).map(({ id, name, slack: user }) => ({
      id: user ?? id,
      name: id,
      realName: name,
    })),
    channels: [{ id: 'C0LOBBY', name: 'incidents', members: Object.values(catalog.people).map(userOf) }],
    app: {
      appId: 'A0TORAN',
      botUserId: 'U0TORAN',
      botToken: 'xoxb-local',
      appToken: 'xapp-local',
      signingSecret: 'secret',
      scopes: manifestScopes,
      events: manifestEvents,
      slashCommands: [{ command: '/incident' }],
    },
  });
  const store = await openStore(':memory:', { role: 'server' });
  const bell = createBell();
  const engine = createEngine({ store, clock, ways: ['slack'], onCommitted: bell.ring });
  const personal = openPersonal?.({ store, engine, clock });
  const toran = connectSlack({
    settings: { botToken: 'xoxb-local', apiUrl: slack.apiUrl, transport: { kind: 'socket', appToken: 'xapp-local' } },
    engine,
    store,
    clock,
    log,
    newId: randomUUID,
    readFile: () => Promise.reject(new Error('no files here')),
    digest: () => Promise.resolve(nothingToFigure(clock.now())),
    digestPicture: () => Promise.resolve(undefined),
    drawCoverage: (facts) =>
      Promise.resolve({
        png: Buffer.from('89504e47', 'hex'),
        alternative: Object.keys(facts.catalog.schedules).join(', '),
      }),
    socket: { connections: 1 },
    ...(personal === undefined ? {} : { personal }),
  });
  const failures: string[] = [];
  const worker = createWorker({
    store,
    clock,
    handlers: {
      ...everyHandler(() => Promise.resolve(done)),
      ...toran.effects,
      ...dutyHandlers({ engine, store }),
      ...personal?.handlers,
    },
    events: {
      ran: (job, outcome) => {
        if (outcome.kind === 'failed' || outcome.kind === 'retry')
          failures.push(`${job.effect.kind}: ${outcome.error}`);
      },
      buried: () => undefined,
      storeFailed: (error) => failures.push(String(error)),
    },
    random: () => 0.5,
    newToken: randomUUID,
    concurrency: 20,
    leaseMs: minuteMs,
  });
  bell.onRing(worker.wake);
  await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: 'test', catalog },
    actor: automation,
  });
  worker.start();
  await toran.start();

  return {
    slack,
    store,
    engine,
    clock,
    lines,
    /** Effects that did not come off, and what was said of them. */
    failures,
    /** `/incident …` by the person with this catalog id. */
    types: (person: string, text: string): Promise<PersonOutcome> =>
      slack.actions.command({ user: userIn(catalog, person), channel: 'C0LOBBY', command: '/incident', text }),
    /** Everything that the newest message which only this person sees says. */
    told(person: string): string {
      return JSON.stringify(slack.state.ephemerals('C0LOBBY', userIn(catalog, person)).at(-1) ?? {});
    },
    /** The Home of this person as lines, once one of them fits. */
    async home(person: string, fits: (lines: string) => boolean): Promise<string> {
      const user = userIn(catalog, person);
      return slack.until(
        () => {
          const view = slack.state.home(user);
          const shown = view === undefined ? '' : slack.renderView(view.id).join('\n');
          return fits(shown) ? shown : undefined;
        },
        waitMs,
        `the Home of ${person}`,
      );
    },
    /** The newest direct message to this person that says `words`, as lines, once there is one. */
    direct(
      person: string,
      words: string,
    ): Promise<{ readonly ts: string; readonly channel: string; readonly lines: string }> {
      const user = userIn(catalog, person);
      return slack.until(
        () => {
          const messages = slack.state.messages(user).filter((message) => JSON.stringify(message).includes(words));
          const found = messages.at(-1);
          if (found === undefined) return undefined;
          return { ts: found.ts, channel: found.channelId, lines: JSON.stringify(found.blocks ?? found.text) };
        },
        waitMs,
        `"${words}" to ${person}`,
      );
    },
    directCount: (person: string): number => slack.state.messages(userIn(catalog, person)).length,
    opensHome(person: string): void {
      slack.actions.openHome({ user: userIn(catalog, person) });
    },
    user: (person: string) => userIn(catalog, person),
    passes(minutes: number): void {
      clock.advance(minutes * minuteMs);
      slack.tick();
      worker.wake();
    },
    async close() {
      await worker.stop(waitMs);
      await toran.stop(0);
      await slack.close();
      await store.close();
    },
  };
}

export type LocalWorkspace = Awaited<ReturnType<typeof localWorkspace>>;

function userIn(catalog: Catalog, person: string): string {
  const found = catalog.people[person];
  if (found === undefined) throw new Error(`${person} is not in the catalog`);
  return userOf(found);
}

function userOf({ id, slack }: { readonly id: string; readonly slack: string | undefined }): string {
  return slack ?? id;
}
