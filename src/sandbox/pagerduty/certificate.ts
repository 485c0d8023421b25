import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
  caPem: string;
  /** For `NODE_EXTRA_CA_CERTS`, which takes a file only. */
  caFile: string;
  remove: () => void;
}

const dayMs = 86_400_000;

/**
 * A certificate authority made for this run and forgotten with it, and its certificate for this machine. Valid from a day ago,
 * since sandbox time may stand still while the machine's does not, and elliptic, since making an RSA key takes seconds.
 */
export async function createCertificate(now: number): Promise<Certificate> {
  const validity = { notBeforeDate: new Date(now - dayMs), notAfterDate: new Date(now + 30 * dayMs) };
  const settings = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', ...validity } as const;
  const authority = await generate([{ name: 'commonName', value: 'Toran sandbox CA' }], {
    ...settings,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...settings,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'toran-sandbox-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { key: server.private, cert: server.cert, caPem: authority.cert, caFile, remove };
}
