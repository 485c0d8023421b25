import { describe, expect, it } from 'vitest';
import type { Refused, Unit } from '../../src/store/database.ts';
import { groupCommit } from '../../src/store/group-commit.ts';

/** Units are told apart by their number of writes. */
function unit(size: number): Unit {
  return { writes: Array.from({ length: size }, () => write), wakes: false };
}
const write: Unit['writes'][number] = {
  statement: { name: 'none', query: { sql: '', params: [] }, run: () => Promise.resolve() },
  values: {},
};
const refused: Refused = { table: 'events', error: new Error('there already') };

function recording(write: (units: readonly Unit[]) => readonly (Refused | undefined)[]) {
  const transactions: number[][] = [];
  const group = groupCommit((units) => {
    transactions.push(units.map(({ writes }) => writes.length));
    return write(units);
  });
  return { transactions, group };
}

describe('group commit', () => {
  it('writes what arrives in one turn in one transaction, in order, and gives each its own verdict', async () => {
    const { transactions, group } = recording((units) =>
      units.map(({ writes }) => (writes.length === 2 ? refused : undefined)),
    );
    const answers = await Promise.all([group.write([unit(1), unit(2)]), group.write([]), group.write([unit(3)])]);
    expect(answers).toEqual([[undefined, refused], [], [undefined]]);
    expect(transactions).toEqual([[1, 2, 3]]);
  });

  it('lets nobody fail for another’s fault', async () => {
    const { transactions, group } = recording((units) => {
      if (units.some(({ writes }) => writes.length === 2)) throw new Error('no such column');
      return units.map(() => undefined);
    });
    const answers = await Promise.allSettled([group.write([unit(1)]), group.write([unit(2)]), group.write([unit(3)])]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(transactions).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('does not hold the event loop for everything at once, and never cuts what one caller wants together', async () => {
    const { transactions, group } = recording((units) => units.map(() => undefined));
    const many = Array.from({ length: 150 }, () => unit(1));
    await Promise.all([group.write([unit(1)]), group.write(many), group.write([unit(1)])]);
    expect(transactions.map((units) => units.length)).toEqual([1, 150, 1]);
  });

  it('writes what waits before the database is closed', async () => {
    const { transactions, group } = recording((units) => units.map(() => undefined));
    const answer = group.write([unit(1)]);
    group.flush();
    expect(transactions).toEqual([[1]]);
    expect(await answer).toEqual([undefined]);
  });
});
