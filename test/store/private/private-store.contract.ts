import { afterEach, beforeEach, expect, it } from 'vitest';
import { SealedShut, type PrivateStore } from '../../../src/engine/private-ports.ts';

export interface PrivateHarness {
  readonly store: PrivateStore;
  /** Another process on the same database, with secrets of its own. */
  another(secrets: readonly string[]): Promise<PrivateStore>;
  /** Everything that lies in the database, as bytes or as rows. */
  dump(): Promise<string>;
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

export const secrets = ['a secret of at least thirty-two characters'] as const;
const newer = ['another secret of more than thirty-two characters', ...secrets];

const address = 'https://hr.example.com/unmistakable-token.ics';
const settings = { effect: 'soft', floatingZone: 'unmistakable-zone', daysAwayOnly: true } as const;
const feed = { id: 'f1', person: 'alma', address, settings, memory: undefined };
const memory = {
  goodAt: 5,
  staleSince: undefined,
  because: 'unmistakable-memory',
  isOwnerTold: false,
  isConfirmed: false,
};

/** What holds on both dialects. */
export function privateStoreContract(open: () => Promise<PrivateHarness>): void {
  let harness: PrivateHarness;
  let store: PrivateStore;
  beforeEach(async () => {
    harness = await open();
    store = harness.store;
  });
  afterEach(() => harness.close());

  it('gives back reasons, the newest of each window, to whoever has the secret', async () => {
    await store.saveReason({ window: 'w1', person: 'alma', kind: 'leave' });
    await store.saveReason({ window: 'w1', person: 'alma', kind: 'service' });
    await store.saveReason({ window: 'w2', person: 'beni', kind: 'unsaid' });
    expect(await store.reasons('alma')).toEqual([{ window: 'w1', person: 'alma', kind: 'service' }]);
    expect(await store.reasons()).toHaveLength(2);
    expect(await store.windowsWithReasons()).toEqual(
      expect.arrayContaining([
        { window: 'w1', person: 'alma' },
        { window: 'w2', person: 'beni' },
      ]),
    );
    await store.eraseReasons(['w1', 'unknown']);
    expect(await store.reasons('alma')).toEqual([]);
    expect(await store.reasons('beni')).toHaveLength(1);
  });

  it('keeps rules and calendars of one person apart from those of another', async () => {
    await store.saveRule({ id: 'r1', person: 'alma', rule: { quiet: ['22:00', '07:00'] } });
    await store.saveRule({ id: 'r1', person: 'beni', rule: { mine: true } });
    expect(await store.rules('alma')).toEqual([{ id: 'r1', person: 'alma', rule: { quiet: ['22:00', '07:00'] } }]);
    expect(await store.rules('beni')).toEqual([]);
    expect(await store.peopleWithRules()).toEqual(['alma']);
    expect(await store.dropRule('beni', 'r1')).toBe(false);
    expect(await store.dropRule('alma', 'r1')).toBe(true);
    expect(await store.rules('alma')).toEqual([]);

    await store.saveFeed(feed);
    await store.saveFeed({ ...feed, person: 'beni', address: 'https://evil.example.com' });
    expect(await store.feed('f1')).toEqual(feed);
    await store.rememberOfFeed('f1', memory);
    await store.rememberOfFeed('unknown', memory);
    expect(await store.feeds('alma')).toEqual([{ ...feed, memory }]);
    expect(await store.feedIds()).toEqual([{ id: 'f1', person: 'alma' }]);
    expect(await store.dropFeed('beni', 'f1')).toBe(false);
    expect(await store.dropFeed('alma', 'f1')).toBe(true);
    expect(await store.feed('f1')).toBeUndefined();
  });

  it('remembers who looked, newest first, for as long as it is told to', async () => {
    await store.recordLook({ of: 'alma', by: 'beni', at: 1_000, what: 'reasons' });
    await store.recordLook({ of: 'alma', by: 'operator', at: 2_000, what: 'everything' });
    await store.recordLook({ of: 'beni', by: 'alma', at: 3_000, what: 'rules' });
    expect(await store.looksAt('alma')).toEqual([
      { of: 'alma', by: 'operator', at: 2_000, what: 'everything' },
      { of: 'alma', by: 'beni', at: 1_000, what: 'reasons' },
    ]);
    await store.forgetLooks(2_000);
    expect((await store.looksAt('alma')).map(({ at }) => at)).toEqual([2_000]);
  });

  it('holds nothing that can be read without the secret', async () => {
    for (const kind of ['service', 'sick', 'observance', 'other'] as const)
      await store.saveReason({ window: `w-${kind.length}-${kind.charCodeAt(0)}`, person: 'alma', kind });
    await store.saveRule({ id: 'r1', person: 'alma', rule: { city: 'unmistakable-city' } });
    await store.saveFeed({ ...feed, memory });
    const dump = await harness.dump();
    expect(dump).not.toMatch(/unmistakable|service|sick|observance/);
    const stranger = await harness.another(['some other secret of thirty-two characters']);
    await expect(stranger.reasons('alma')).rejects.toThrow(SealedShut);
    await expect(stranger.reasons('alma')).rejects.toThrow(/new,old/);
  });

  it('opens with the old secret behind the new one, and without it once all is sealed anew', async () => {
    await store.saveReason({ window: 'w1', person: 'alma', kind: 'family' });
    await store.saveRule({ id: 'r1', person: 'alma', rule: 1 });
    await store.saveFeed({ ...feed, memory });
    const rotating = await harness.another(newer);
    expect(await rotating.reasons('alma')).toHaveLength(1);
    expect(await rotating.seals()).toEqual({ outdated: 4, shut: 0 });
    expect(await rotating.sealAnew()).toEqual({ resealed: 4, shut: 0 });
    expect(await rotating.seals()).toEqual({ outdated: 0, shut: 0 });
    expect(await rotating.sealAnew()).toEqual({ resealed: 0, shut: 0 });
    const rotated = await harness.another(newer.slice(0, 1));
    expect(await rotated.reasons('alma')).toEqual([{ window: 'w1', person: 'alma', kind: 'family' }]);
    expect(await rotated.rules('alma')).toEqual([{ id: 'r1', person: 'alma', rule: 1 }]);
    expect(await rotated.feed('f1')).toEqual({ ...feed, memory });
    expect(await store.sealAnew()).toEqual({ resealed: 0, shut: 4 });
  });

  it('opens no row with what was sealed for another', async () => {
    await store.saveReason({ window: 'w1', person: 'alma', kind: 'family' });
    await store.saveReason({ window: 'w2', person: 'alma', kind: 'leave' });
    await harness.run(
      `update reasons set sealed = (select other.sealed from reasons other where other."window" = 'w1') where "window" = 'w2'`,
    );
    await expect(store.reasons('alma')).rejects.toThrow(SealedShut);
  });

  it('shreds a person: rows and key are gone, and an old copy of the rows opens no more', async () => {
    await store.saveReason({ window: 'w1', person: 'alma', kind: 'family' });
    await store.saveFeed(feed);
    await store.saveRule({ id: 'r1', person: 'alma', rule: 1 });
    await store.saveReason({ window: 'w2', person: 'beni', kind: 'leave' });
    await store.recordLook({ of: 'alma', by: 'beni', at: 1, what: 'rules' });
    await harness.run(`create table kept as select * from reasons`);
    await store.erasePerson('alma');
    expect([await store.reasons('alma'), await store.rules('alma'), await store.feeds('alma')]).toEqual([[], [], []]);
    expect(await store.looksAt('alma')).toEqual([]);
    expect(await store.reasons('beni')).toHaveLength(1);
    await harness.run(`insert into reasons select * from kept where "window" = 'w1'`);
    await expect(store.reasons('alma')).rejects.toThrow(SealedShut);
    // A new key opens nothing of the old one.
    await store.saveReason({ window: 'w3', person: 'alma', kind: 'leave' });
    await expect(store.reasons('alma')).rejects.toThrow(SealedShut);
    await harness.run(`drop table kept`);
  });
}
