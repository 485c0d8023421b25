import { createServer, type IncomingMessage } from 'node:http';
import { startLocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import { preciseNow } from './statistics.ts';
import type { FarCall } from './far-side.ts';
import { company } from './company.ts';

/**
 * The other ends of the wires: a Slack that agrees with everything at once, so that what is measured is Toran and no
 * limit of Slack's, and the sandbox's PagerDuty. Both note when a call had arrived as a whole.
 */
const calls: FarCall[] = [];
let count = 0;

const slack = createServer((request, response) => {
  void readBody(request).then((body) => {
    const at = preciseNow();
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const form = new URLSearchParams(body);
    calls.push({
      to: 'slack',
      call: method,
      place: form.get('channel') ?? '',
      message: form.get('ts') ?? '',
      text: `${form.get('text') ?? ''} ${form.get('blocks') ?? ''}`,
      at,
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: true, ...answerTo(method, form) }));
  });
});

function answerTo(method: string, form: URLSearchParams): object {
  count += 1;
  switch (method) {
    case 'auth.test':
      return { url: 'https://bench.slack.com/', team_id: 'T0BENCH', user_id: 'U0TORAN', bot_id: 'B0TORAN' };
    case 'chat.postMessage':
      return { channel: direct(form.get('channel') ?? ''), ts: `${Math.floor(Date.now() / 1_000)}.${stamp()}` };
    case 'conversations.create':
      return { channel: { id: `C${stamp()}`, name: form.get('name') ?? '' } };
    case 'conversations.open':
      return { channel: { id: direct(form.get('users') ?? '') } };
    case 'conversations.list':
      return { channels: [{ id: 'C0INCIDENTS', name: 'incidents' }], response_metadata: { next_cursor: '' } };
    case 'conversations.info':
      return { channel: { id: form.get('channel') ?? '' } };
    case 'conversations.history':
    case 'conversations.replies':
      return { messages: [], response_metadata: { next_cursor: '' } };
    case 'bookmarks.list':
      return { bookmarks: [] };
    case 'conversations.canvases.create':
      return { canvas_id: `F${stamp()}` };
    default:
      return {};
  }
}

function direct(place: string): string {
  return place.startsWith('U') ? `D${place.slice(1)}` : place;
}

function stamp(): string {
  return String(count).padStart(8, '0');
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const pagerDuty = await startLocalPagerDuty({
  now: preciseNow,
  account: company.pagerDutyAccount,
  timing: { tickEveryMs: 0, restPerMinute: Number.MAX_SAFE_INTEGER },
});
let handedOver = 0;

function pagerDutyCalls(): FarCall[] {
  const fresh = pagerDuty.log.calls.slice(handedOver);
  handedOver = pagerDuty.log.calls.length;
  return fresh.map(({ at, method, path, body }) => ({
    to: 'pagerduty',
    call: `${method} ${path}`,
    place: '',
    message: '',
    text: JSON.stringify(body),
    at,
  }));
}

slack.listen(0, '127.0.0.1', () => {
  const address = slack.address();
  if (typeof address !== 'object' || address === null) return;
  process.send?.({
    slackUrl: `http://127.0.0.1:${address.port}/api/`,
    pagerDutyServer: pagerDuty.server,
    caFile: pagerDuty.caFile,
  });
});

process.on('message', (message) => {
  if (message === 'calls') process.send?.([...calls.splice(0), ...pagerDutyCalls()]);
});
process.once('disconnect', () => {
  slack.close();
  slack.closeAllConnections();
  void pagerDuty.close().then(() => process.exit());
});
