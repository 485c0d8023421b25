import type { Logger } from 'pino';
import type { PrivateData } from './config/environment.ts';
import type { EffectHandlers } from './engine/effects.ts';
import type { Engine } from './engine/orders.ts';
import {
  personalAvailability,
  planPersonalAvailability,
  type PersonalAvailabilityKinds,
} from './engine/personal-availability.ts';
import type { Clock, Store } from './engine/ports.ts';
import type { PrivateStore } from './engine/private-ports.ts';
import { createPrivacy, type Privacy } from './engine/privacy.ts';
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
  /** Sees to it that the next work waits in the outbox. A fault of the private store is logged, and holds up nothing else. */
  plan(world: World): Promise<void>;
  close(): Promise<void>;
}

export async function openPrivateParts(settings: PrivateData, log: Logger): Promise<PrivateParts> {
  const privateStore = await openOrGoWithout(settings, log);
  const sources = undefined;
  return {
    privacy: (world) => createPrivacy({ ...world, privateStore }),
    handlers: (world) => personalAvailability({ ...world, privateStore, sources }),
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
