import { describe, expect, it } from 'vitest';
import {
  plannedMaterialisation,
  plannedRetention,
  plannedStaleNotice,
  plannedSync,
} from '../../src/oncall/person-effects.ts';
import { readEffect } from '../../src/store/codec/effects.ts';

describe('what is stored of the work on availability', () => {
  it('comes back as the effect that it was', () => {
    const planned = [
      plannedMaterialisation('alma', 1),
      plannedSync('f1', 1),
      plannedRetention(1),
      plannedStaleNotice('alma', 1),
    ];
    for (const { effect } of planned) expect(readEffect('id', JSON.parse(JSON.stringify(effect)))).toEqual(effect);
  });
});
