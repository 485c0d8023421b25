import type { Logger } from 'pino';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import type { DigestContent } from '../figures/digest.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { HomePublisher } from './home.ts';
import type { PersonalSurface } from './personal-surface.ts';

/** What the features of Slack need of the rest. */
export interface SlackFeatureDeps {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Unique ids for availability windows and for whatever arrives without an id of its own. */
  readonly newId: () => string;
  /** The figures of the week that ended last before `at`; the same that the weekly digest posts. */
  readonly digest: (at: EpochMs) => Promise<DigestContent>;
  readonly home: HomePublisher;
  /** The door to what is private; what lies behind it is not for the rest of Slack. */
  readonly personal: PersonalSurface;
  /** Undefined when the message is gone or may not be read. */
  readonly readMessage: (channel: string, ts: string) => Promise<SlackMessageText | undefined>;
}

export interface SlackMessageText {
  readonly text: string;
  /** Slack id; undefined for messages of apps. */
  readonly user: string | undefined;
  /** Names of the reactions on it now; undefined where that is not known. */
  readonly reactions?: readonly string[];
}
