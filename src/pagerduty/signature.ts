import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a PagerDuty delivery is authentic: one of the `v1=` signatures in `x-pagerduty-signature` is the HMAC-SHA256, in hex,
 * of the raw body under one of the secrets. There are several signatures while PagerDuty rotates a secret, and several
 * secrets while we do (and one for each subscription). The key is the text of the secret itself, though it looks like base64.
 *
 * Every pair is compared, in constant time. There is no timestamp in the scheme: replays are caught by `x-webhook-id`.
 */
export function verifySignature(rawBody: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  const signatures = (header ?? '').split(',').slice(0, mostSignatures).flatMap(signatureBytes);
  let authentic = false;
  for (const secret of secrets) {
    // HMAC takes an empty key without complaint, and everybody knows it.
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(rawBody).digest();
    for (const signature of signatures) authentic = timingSafeEqual(signature, expected) || authentic;
  }
  return authentic;
}

/** Far more than a rotation ever has; bounds the work that a stranger can ask for. */
const mostSignatures = 16;

function signatureBytes(part: string): Uint8Array[] {
  const hex = /^v1=([0-9a-f]{64})$/i.exec(part.trim())?.[1];
  return hex === undefined ? [] : [Buffer.from(hex, 'hex')];
}
