import { readFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../src/pagerduty/signature.ts';
import signed from '../fixtures/pagerduty/signed.json' with { type: 'json' };

const fixtures = new URL('../fixtures/pagerduty/webhooks/', import.meta.url);
const { current, next } = signed.secrets;
const cases = signed.vectors.map(({ file, signatures }) => ({
  file,
  body: readFileSync(new URL(file, fixtures)),
  signatures,
}));

describe('a signature', () => {
  it.each(cases)('by openssl over the raw bytes is accepted: $file', ({ body, signatures }) => {
    expect(verifySignature(body, `v1=${signatures.current}`, [current])).toBe(true);
  });

  it.each(cases)('under another secret, or over other bytes, is refused: $file', ({ body, signatures }) => {
    expect(verifySignature(body, `v1=${signatures.current}`, [next])).toBe(false);
    expect(verifySignature(Buffer.concat([body, Buffer.from('\n')]), `v1=${signatures.current}`, [current])).toBe(
      false,
    );
  });

  it.each(cases)(
    'counts when any of several fits, while either side rotates its secret: $file',
    ({ body, signatures }) => {
      const both = `v1=${signatures.next},v1=${signatures.current}`;
      expect(verifySignature(body, both, [current])).toBe(true);
      expect(verifySignature(body, both, [next])).toBe(true);
      expect(verifySignature(body, `v1=${signatures.next}`, [current, next])).toBe(true);
      expect(verifySignature(body, ` v1=${'0'.repeat(64)} , v1=${signatures.current} `, [current])).toBe(true);
    },
  );

  it('of an unknown version is ignored', () => {
    const [first] = cases;
    expect(verifySignature(first?.body ?? Buffer.of(), `v2=${first?.signatures.current ?? ''}`, [current])).toBe(false);
  });

  it('is never found where there is no secret', () => {
    const body = Buffer.from('{}');
    const empty = createHmac('sha256', '').update(body).digest('hex');
    expect(verifySignature(body, `v1=${empty}`, [''])).toBe(false);
    expect(verifySignature(body, `v1=${empty}`, [])).toBe(false);
  });

  it('that is missing or malformed is refused, whatever it looks like', () => {
    const body = Buffer.from('{}');
    const malformed = [undefined, '', ',', 'v1=', 'v1', `v1=${'g'.repeat(64)}`, `v1=${'0'.repeat(63)}`, '0'.repeat(64)];
    for (const header of malformed) expect(verifySignature(body, header, [current])).toBe(false);
    fc.assert(fc.property(fc.string(), (header) => !verifySignature(body, header, [current])));
  });

  it('is accepted for any body and any secret', () => {
    const property = fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (body, secret) => {
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      return verifySignature(body, `v1=${signature}`, ['another', secret]);
    });
    fc.assert(property);
  });
});
