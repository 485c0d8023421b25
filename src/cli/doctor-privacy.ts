import type { Environment } from '../config/environment.ts';
import type { PrivateStore } from '../engine/private-ports.ts';
import { openPrivateStore } from '../store/private/open.ts';
import { canLookIntoPrivate } from '../store/private/separation.ts';
import { finding, type Examined, type Finding } from './doctor-finding.ts';

/** Whether private data is on, its seals open, and the pager cannot look into it. */
export async function examinePrivacy({ privateData, databaseUrl }: Environment): Promise<Examined> {
  if (privateData.kind === 'off') {
    const isMeant = privateData.because === 'no_secret';
    return {
      findings: [
        isMeant ? finding('privacy', 'ok', 'private_off', {}) : finding('privacy', 'warn', 'private_nowhere', {}),
      ],
    };
  }
  const findings: Finding[] = [];
  let store: PrivateStore | undefined;
  try {
    store = await openPrivateStore(privateData.databaseUrl, { secrets: privateData.secrets });
    const { outdated, shut } = await store.seals();
    if (shut > 0) findings.push(finding('privacy', 'warn', 'private_shut', { count: shut }));
    if (outdated > 0) findings.push(finding('privacy', 'warn', 'private_outdated', { count: outdated }));
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown fault';
    return { findings: [finding('privacy', 'fail', 'private_down', { problem })] };
  } finally {
    await store?.close();
  }
  // Two addresses of one PostgreSQL: what counts is what the pager's role may do, however they are written.
  if (isPostgres(databaseUrl) && isPostgres(privateData.databaseUrl) && (await canLookIntoPrivate(databaseUrl)))
    findings.push(finding('privacy', 'fail', 'private_readable', {}));
  const dialect = isPostgres(privateData.databaseUrl) ? 'PostgreSQL' : 'SQLite';
  return { findings: findings.length > 0 ? findings : [finding('privacy', 'ok', 'private_fine', { dialect })] };
}

function isPostgres(address: string): boolean {
  return address.startsWith('postgres');
}
