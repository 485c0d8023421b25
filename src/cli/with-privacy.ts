import { BadInput } from '../config/bad-input.ts';
import { readEnvironment, type PrivateData } from '../config/environment.ts';
import { readPersonalRule } from '../config/personal-rules.ts';
import type { Store } from '../engine/ports.ts';
import type { PrivateStore } from '../engine/private-ports.ts';
import { createPrivacy, type Privacy } from '../engine/privacy.ts';
import { openPrivateStore } from '../store/private/open.ts';
import type { CliIo } from './command.ts';
import { withStore } from './with-store.ts';

export interface PrivacyDesk {
  readonly privacy: Privacy;
  readonly store: Store;
  readonly settings: PrivateData;
}

/** Opens the database and, where it is on, what is private, beside a server that may be running; and closes both again. */
export async function withPrivacy<Result>(io: CliIo, work: (desk: PrivacyDesk) => Promise<Result>): Promise<Result> {
  const { privateData: settings } = readEnvironment(io.env);
  const privateStore = await openIfOn(settings);
  try {
    return await withStore(io, (store, engine) =>
      work({
        privacy: createPrivacy({ store, engine, clock: { now: io.now }, privateStore, readRule: readPersonalRule }),
        store,
        settings,
      }),
    );
  } finally {
    await privateStore?.close();
  }
}

async function openIfOn(settings: PrivateData): Promise<PrivateStore | undefined> {
  if (settings.kind === 'off') return undefined;
  return openPrivateStore(settings.databaseUrl, { secrets: settings.secrets }).catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`TORAN_PRIVATE_DATABASE_URL: ${problem}`, { cause });
  });
}
