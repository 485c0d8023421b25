import type { Logger } from 'pino';
import { readInThread } from './calendars/calendar-thread.ts';
import { fetchFeed } from './calendars/fetch-feed.ts';
import type { PrivateData } from './config/environment.ts';
import { readPersonalRule as readRule } from './config/personal-rules.ts';
import type { EffectHandlers } from './engine/effects.ts';
import type { Engine } from './engine/orders.ts';
import type { CalendarQuestion } from './engine/calendar-question.ts';
import {
  personalAvailability,
  planPersonalAvailability,
  type CalendarAnswer,
  type PersonalAvailabilityKinds,
} from './engine/personal-availability.ts';
import type { Clock, Store } from './engine/ports.ts';
import type { PrivateStore } from './engine/private-ports.ts';
import { createPrivacy, type Privacy } from './engine/privacy.ts';
import type { SlackConnectionOptions } from './slack/connect.ts';
import { registerPrivateFeatures } from './slack/private-features.ts';
import { createPersonalSurface } from './slack/private-surface.ts';
import { openPrivateStore } from './store/private/open.ts';

interface World {
  readonly store: Store;
  readonly clock: Clock;
}

/** What opens private data, put together apart from what pages. */
export interface PrivateParts {
  /** For the surfaces on which people look after what is theirs. */
  privacy(world: World & { readonly engine: Engine }): Privacy;
  handlers(world: World & { readonly engine: Engine }): Pick<EffectHandlers, PersonalAvailabilityKinds>;
  /** The forms in Slack on which they do. */
  slack(world: World & { readonly engine: Engine }): NonNullable<SlackConnectionOptions['personal']>;
  /** Sees to it that the next work waits in the outbox. A fault of the private store is logged, and holds up nothing else. */
  plan(world: World): Promise<void>;
  close(): Promise<void>;
}

export async function openPrivateParts(settings: PrivateData, log: Logger): Promise<PrivateParts> {
  const privateStore = await openOrGoWithout(settings, log);
  return {
    privacy: (world) => createPrivacy({ ...world, privateStore, readRule }),
    slack(world) {
      const privacy = createPrivacy({ ...world, privateStore, readRule });
      return {
        surface: createPersonalSurface(privacy, world.store, log),
        register: (app, deps) => registerPrivateFeatures(app, deps, privacy),
      };
    },
    handlers: (world) => personalAvailability({ ...world, privateStore, readRule, readCalendar }),
    async plan(world) {
      try {
        await planPersonalAvailability({ ...world, privateStore });
      } catch (err) {
        log.error({ err }, 'the work on personal availability could not be planned; it is tried again within the hour');
      }
    },
    close: async () => privateStore?.close(),
  };
}

/** Fetched from a public address, and read in a thread that can be ended. Neither says a word of the address. */
async function readCalendar(address: string, question: CalendarQuestion): Promise<CalendarAnswer> {
  const fetched = await fetchFeed(address);
  if (fetched.kind === 'failed') return fetched;
  const reading = await readInThread(fetched.bytes, question);
  return reading.kind === 'read' ? reading : { kind: 'failed', because: reading.because };
}

/** Paging needs nothing of it, so that nothing of it keeps Toran from being on duty. */
async function openOrGoWithout(settings: PrivateData, log: Logger): Promise<PrivateStore | undefined> {
  if (settings.kind === 'off') {
    log.info({ because: settings.because }, 'private data is off: no reasons, personal rules or calendars are kept');
    return undefined;
  }
  try {
    return await openPrivateStore(settings.databaseUrl, { secrets: settings.secrets });
  } catch (err) {
    log.error({ err }, 'the private database cannot be used; paging goes on, and private data is off until a restart');
    return undefined;
  }
}
