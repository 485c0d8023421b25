import type { App } from '@slack/bolt';
import { z } from 'zod';
import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { scheduleStates } from '../engine/schedule-states.ts';
import { personStream } from '../engine/streams.ts';
import { incidentOf, type IncidentId } from '../incident/ids.ts';
import { plannedRefresh } from '../oncall/home.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { actorOf, askedBy } from './asked.ts';
import { isGone } from './channel.ts';
import type { SlackClient, Called } from './client.ts';
import { slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { faultOf } from './fault.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { homeView, isInIncident, nextHomeChange, type HomeSources } from './home-view.ts';
import { slackMethods } from './methods.ts';
import { titlesOf } from './titles.ts';
import { homeSurface } from './views/home.ts';

/** Puts what is true now on somebody's Home. */
export interface HomePublisher {
  /** `seen`: the hash of the Home that Slack shows, where it is known. */
  publish(person: PersonId, slackUser: string, seen?: string): Promise<Called<undefined>>;
}

export interface HomeParts {
  readonly client: SlackClient;
  readonly store: Store;
  readonly clock: Clock;
}

const mostIncidents = 50;

/**
 * One person's Home is published by one at a time here, each time from what is true at its turn, so that an older look
 * never covers a newer one. Another replica's is known by its hash: then it is looked at again.
 */
export function createHomePublisher(parts: HomeParts): HomePublisher {
  const turns = new Map<string, Promise<unknown>>();
  const hashes = new Map<string, string>();

  async function publishNow(person: PersonId, user: string, seen: string | undefined): Promise<Called<undefined>> {
    const known = seen ?? hashes.get(user);
    const first = await show(parts, person, user, known);
    const isOld = !first.ok && isRefused(first.failure, 'hash_conflict');
    // Somebody else has published since: what is true now is shown over it, whatever was there.
    const last = isOld ? await show(parts, person, user, undefined) : first;
    if (!last.ok) return last;
    hashes.set(user, last.answer.view.hash);
    return { ok: true, answer: undefined };
  }

  return {
    publish(person, user, seen) {
      const before = turns.get(user) ?? Promise.resolve();
      const turn = before.then(() => publishNow(person, user, seen));
      const settled = turn.catch(() => undefined);
      turns.set(user, settled);
      void settled.then(() => {
        if (turns.get(user) === settled) turns.delete(user);
      });
      return turn;
    },
  };
}

async function show({ client, store, clock }: HomeParts, person: PersonId, user: string, hash: string | undefined) {
  const now = clock.now();
  const sources = await homeSources(store, person, now);
  const shown = await client.call(slackMethods.publishHome, {
    user_id: user,
    view: homeSurface(homeView(sources)),
    hash,
  });
  const next = nextHomeChange(sources);
  // When a window or a shift begins or ends nothing is committed, and yet the page says something else.
  if (shown.ok && next !== undefined) await store.countSignals([], [], [plannedRefresh(person, next)], now);
  return shown;
}

async function homeSources(store: Store, person: PersonId, now: number): Promise<HomeSources> {
  const facts = await store.onCallFacts();
  const rows = await store.incidents({ open: true, includePrivate: true, limit: mostIncidents });
  const loaded = await store.load(
    'incident',
    rows.map(({ id }) => id),
  );
  const incidents = rows.flatMap(({ id }) => loaded.get(id)?.state ?? []);
  const stream = personStream(person);
  const delegate = (await store.load('person', [stream])).get(stream)?.state?.delegate;
  const schedules = [...(await scheduleStates(store, Object.keys(facts.catalog.schedules))).values()];
  return { facts, person, now, incidents, titles: await titlesOf(store, rows), delegate, schedules };
}

type Kinds = 'slack.refresh_home' | 'slack.refresh_homes';

/** Keeps the Homes of those up to date who have ever opened theirs. */
export function homeEffects({
  store,
  clock,
  home,
}: Pick<SlackEffectContext, 'store' | 'clock' | 'home'>): Pick<EffectHandlers, Kinds> {
  return {
    'slack.refresh_home': async ({ person }): Promise<EffectOutcome> => {
      if (!(await homesOf(store)).includes(person)) return done;
      const user = slackIdOf(await store.onCallFacts(), person);
      if (user === undefined) return done;
      const published = await home.publish(person, user);
      // Whoever has left, or an app whose Home is switched off: nobody looks at it.
      if (published.ok || isGone(published) || isRefused(published.failure, 'not_enabled')) return done;
      return outcomeOf(published, clock.now());
    },
    'slack.refresh_homes': async () => {
      await planRefreshes(store, clock, await homesOf(store));
      return done;
    },
  };
}

type Followed = Pick<EffectHandlers, 'slack.update_card' | 'slack.page' | 'slack.update_page'>;

/** Where an incident's own messages change, so do the Homes of the people in it. */
export function withHomes<Handlers extends Followed>(
  context: Pick<SlackEffectContext, 'store' | 'clock' | 'log'>,
  handlers: Handlers,
): Handlers {
  async function follow(outcome: EffectOutcome, id: IncidentId): Promise<EffectOutcome> {
    if (outcome.kind === 'done') await refreshHomesIn(context, id);
    return outcome;
  }
  return {
    ...handlers,
    'slack.update_card': async (effect, job) =>
      follow(await handlers['slack.update_card'](effect, job), effect.incident),
    'slack.page': async (effect, job) => follow(await handlers['slack.page'](effect, job), incidentOf(effect.delivery)),
    'slack.update_page': async (effect, job) =>
      follow(await handlers['slack.update_page'](effect, job), incidentOf(effect.delivery)),
  } satisfies Followed & Handlers;
}

/** What has been delivered stays delivered, whatever becomes of the Homes. */
async function refreshHomesIn(
  { store, clock, log }: Pick<SlackEffectContext, 'store' | 'clock' | 'log'>,
  id: IncidentId,
): Promise<void> {
  try {
    const homes = await homesOf(store);
    const incident = homes.length === 0 ? undefined : await store.incident(id);
    if (incident === undefined) return;
    await planRefreshes(
      store,
      clock,
      homes.filter((person) => isInIncident(incident, person)),
    );
  } catch (error) {
    log.warn(faultOf(error), 'Homes were not refreshed after a change of an incident');
  }
}

async function planRefreshes(store: Store, clock: Clock, people: readonly PersonId[]): Promise<void> {
  if (people.length === 0) return;
  const now = clock.now();
  await store.countSignals(
    [],
    [],
    people.map((person) => plannedRefresh(person, now)),
    now,
  );
}

async function homesOf(store: Store): Promise<readonly PersonId[]> {
  return (await store.load('workspace', ['workspace'])).get('workspace')?.state?.homes ?? [];
}

const opened = z.object({
  user: z.string(),
  tab: z.string().optional(),
  view: z.object({ hash: z.string() }).optional(),
});

export function registerHome(app: App, deps: SlackFeatureDeps): void {
  app.event('app_home_opened', async ({ event, context }) => {
    const read = opened.safeParse(event);
    if (!read.success || read.data.tab === 'messages') return;
    const { user, view } = read.data;
    const asked = await askedBy(deps, { slackUser: user, channel: undefined, context });
    // Only the catalog's people have anything there that changes by itself.
    if (entry(asked.facts.catalog.people, asked.person) !== undefined)
      await deps.engine.execute({
        kind: 'workspace',
        stream: 'workspace',
        command: { type: 'open_home', person: asked.person },
        actor: actorOf(asked),
      });
    // Not waited for: the event is recorded, and Slack repeats events that are not acknowledged in time.
    void deps.home.publish(asked.person, user, view?.hash).then(
      (published) => {
        if (!published.ok) deps.log.warn({ failure: published.failure.kind }, 'slack did not take a Home');
      },
      (error: unknown) => deps.log.warn(faultOf(error), 'a Home could not be shown'),
    );
  });
}
