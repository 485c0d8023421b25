import type { IncidentId, TextId } from '../incident/ids.ts';
import { isOpen, type Incident } from '../incident/incident.ts';
import { asLastKnown } from '../oncall/last-known.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { toIso, type EpochMs } from '../oncall/time.ts';
import type { Batch, Clock, Store } from './ports.ts';

export interface LastKnownEvents {
  /** Who can answer cannot be read; `asOf` is when it was last known, undefined when it never was. */
  lost(error: unknown, asOf: EpochMs | undefined): void;
  back(): void;
}

export interface LastKnown {
  /** The store, with what it last said in place of what it cannot say now. */
  readonly store: Store;
  /** Undefined while everything can be read; otherwise what pages go by, for readiness. */
  problem(): string | undefined;
}

/** Open incidents that are kept in memory; more at once is a storm in which the oldest have been asked about long since. */
const mostKept = 1_000;

/**
 * Lets a page that a worker has in hand go out when the database cannot be read: who can answer as it was last known, and
 * the incident as this process last committed it. What is sent is found again by its key once it can be written down, so
 * that nobody is asked twice. Whatever else needs the database fails as before, and is tried again.
 */
export function rememberLast(store: Store, clock: Clock, events: LastKnownEvents): LastKnown {
  const incidents = new Map<IncidentId, { readonly incident: Incident; readonly title: string | undefined }>();
  let known: { readonly facts: OnCallFacts; readonly at: EpochMs } | undefined;
  let lostSince: EpochMs | undefined;

  async function onCallFacts(): Promise<OnCallFacts> {
    try {
      const facts = await store.onCallFacts();
      known = { facts, at: clock.now() };
      if (lostSince !== undefined) events.back();
      lostSince = undefined;
      return facts;
    } catch (error) {
      if (lostSince === undefined) events.lost(error, known?.at);
      lostSince ??= clock.now();
      if (known === undefined) throw error;
      return asLastKnown(known.facts, known.at, clock.now());
    }
  }

  function keep({ state, texts }: Batch): void {
    // Of all folds only an incident's has somebody who declared it.
    if (!('declaredBy' in state)) return;
    const before = incidents.get(state.id);
    incidents.delete(state.id);
    if (!isOpen(state)) return;
    const title = texts.find(({ id }) => id === state.title)?.body ?? before?.title;
    incidents.set(state.id, { incident: state, title });
    const [oldest] = incidents.keys();
    if (incidents.size > mostKept && oldest !== undefined) incidents.delete(oldest);
  }

  return {
    store: {
      ...store,
      onCallFacts,
      async commit(batches, now) {
        const results = await store.commit(batches, now);
        const committed = batches.filter((_, index) => results[index] === 'committed');
        for (const batch of committed) keep(batch);
        // An absence that was just written down must be in what is remembered.
        if (committed.some(({ kind }) => kind !== 'incident')) await onCallFacts().catch(() => undefined);
        return results;
      },
      incident: (id) => orElse(store.incident(id), () => incidents.get(id)?.incident),
      texts: (id) => orElse(store.texts(id), () => textsOf(incidents.get(id))),
    },
    problem() {
      if (lostSince !== undefined && known !== undefined)
        return `who can answer cannot be read; pages go by what was known at ${toIso(known.at)}`;
      if (lostSince !== undefined) return 'who can answer cannot be read, and was not known before';
      const unreadable = known?.facts.unreadable ?? [];
      return unreadable.length === 0
        ? undefined
        : `the availability of ${unreadable.join(', ')} cannot be read; they are not paged until it can`;
    },
  };
}

function textsOf(kept: { readonly incident: Incident; readonly title: string | undefined } | undefined) {
  if (kept === undefined) return undefined;
  return new Map<TextId, string>(kept.title === undefined ? [] : [[kept.incident.title, kept.title]]);
}

/** What the store says; where it cannot be read, what is remembered, or else the store's own error. */
async function orElse<Value>(read: Promise<Value>, remembered: () => Value | undefined): Promise<Value> {
  try {
    return await read;
  } catch (error) {
    const value = remembered();
    if (value === undefined) throw error;
    return value;
  }
}
