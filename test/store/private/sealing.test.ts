import { describe, expect, it } from 'vitest';
import { SealedShut } from '../../../src/engine/private-ports.ts';
import { absenceKinds } from '../../../src/oncall/absence-kind.ts';
import { createSealer } from '../../../src/store/private/sealing.ts';

const sealer = createSealer(['the secret of the moment']);
const alma = { person: 'alma', salt: sealer.newSalt() };

describe('what is sealed', () => {
  it('opens at its own place with the key of its own person, and nowhere else', () => {
    const sealed = sealer.seal({ kind: 'leave', note: 'שלום' }, alma, 'reason:w1');
    expect(sealer.open(sealed, alma, 'reason:w1')).toEqual({ kind: 'leave', note: 'שלום' });
    const others = [
      () => sealer.open(sealed, alma, 'reason:w2'),
      () => sealer.open(sealed, { ...alma, person: 'beni' }, 'reason:w1'),
      () => sealer.open(sealed, { ...alma, salt: sealer.newSalt() }, 'reason:w1'),
      () => sealer.open(`${sealed.slice(0, -4)}AAAA`, alma, 'reason:w1'),
      () => sealer.open(sealed.slice(0, 20), alma, 'reason:w1'),
      () => sealer.open('', alma, 'reason:w1'),
      () => createSealer(['another secret']).open(sealed, alma, 'reason:w1'),
    ];
    for (const open of others) expect(open).toThrow(SealedShut);
  });

  it('has a length that does not tell one kind of absence from another, and never looks the same twice', () => {
    const lengths = absenceKinds.map((kind) => sealer.seal(kind, alma, 'reason:w1').length);
    expect(new Set(lengths).size).toBe(1);
    expect(sealer.seal('leave', alma, 'reason:w1')).not.toBe(sealer.seal('leave', alma, 'reason:w1'));
  });
});
