import type { Logger } from 'pino';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import type { Language } from '../oncall/catalog.ts';

/** What the features of Slack need of the rest. */
export interface SlackFeatureDeps {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Unique ids for availability windows and for whatever arrives without an id of its own. */
  readonly newId: () => string;
  /** Speaks where the catalog cannot be read. */
  readonly workspaceLanguage: Language;
  /** Undefined when the message is gone or may not be read. */
  readonly readMessage: (channel: string, ts: string) => Promise<SlackMessageText | undefined>;
}

export interface SlackMessageText {
  readonly text: string;
  /** Slack id; undefined for messages of apps. */
  readonly user: string | undefined;
}
