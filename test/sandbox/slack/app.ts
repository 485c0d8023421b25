import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { SocketModeClient } from '@slack/socket-mode';
import { onTestFinished } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { portOf } from '../../../src/sandbox/slack/http-server.ts';
import { appSeed, silent } from './world.ts';

/** What `slack_event` of the real SocketModeClient hands over. */
export interface Envelope {
  ack: (answer?: unknown) => Promise<void>;
  body: Record<string, unknown>;
  type: string;
  envelope_id: string;
  retry_num: number | undefined;
  retry_reason: string | undefined;
  accepts_response_payload: boolean;
}

/** A real Socket Mode connection; acknowledges everything unless `onEnvelope` takes over. It reconnects after `clientPingTimeout` ms. */
export async function connect(
  slack: LocalSlack,
  onEnvelope: (envelope: Envelope) => unknown = (one) => one.ack(),
  clientPingTimeout = 5_000,
): Promise<SocketModeClient> {
  const client = new SocketModeClient({
    appToken: appSeed.appToken,
    logger: silent,
    clientPingTimeout,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  client.on('slack_event', onEnvelope);
  client.on('error', () => undefined);
  await client.start();
  onTestFinished(() => client.disconnect());
  return client;
}

export interface Delivered {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Never answers. */
  silent?: boolean;
}

/** An app behind a request URL: records what came, answers what `answer` says. */
export async function httpApp(
  answer: (delivered: Delivered, count: number) => Answer = () => ({}),
): Promise<{ url: string; delivered: Delivered[] }> {
  const delivered: Delivered[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(parts).toString() };
      delivered.push(one);
      const { status = 200, body, headers, silent: says } = answer(one, delivered.length);
      if (says === true) return;
      const json = typeof body === 'object';
      response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain', ...headers });
      response.end(json ? JSON.stringify(body) : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${portOf(server)}/slack/events`, delivered };
}
