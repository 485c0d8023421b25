import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Actions } from './actions.ts';
import { faultRule, performAction } from './control-actions.ts';
import type { Faults } from './faults.ts';
import { PagerDutyRefusal, type World } from './world.ts';

const base = '/_sandbox/pagerduty';

export interface ControlParts {
  world: World;
  actions: Actions;
  faults: Faults;
  tick: () => void;
}

export type ControlHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers `/_sandbox/pagerduty/…`, on a port of its own or mounted in a server that also has a page. */
export function createControl(parts: ControlParts): ControlHandler {
  return (request, response) => void answerControl(parts, request, response).catch(() => response.destroy());
}

/** Plain http, so that no browser has to trust a certificate. */
export async function serveControl(control: ControlHandler, wantedPort: number) {
  const server = createServer(control);
  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wantedPort;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * - `GET  …/state`, `…/log`, `…/faults`: what there is;
 * - `POST …/actions/<name>` with the action's arguments as a JSON object: `{"incidentId","userId"}` and so on;
 * - `POST …/faults` with a fault rule, `DELETE …/faults`; `POST …/connections` with `{"accept": false}`;
 * - `POST …/tick`.
 */
async function answerControl(parts: ControlParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, body } = await dispatch(parts, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof PagerDutyRefusal) && !(error instanceof SyntaxError))
      throw error;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: message }));
  }
}

interface ControlAnswer {
  status: number;
  body: unknown;
}

const done: ControlAnswer = { status: 200, body: { ok: true } };
const nothingHere: ControlAnswer = { status: 404, body: { error: 'no such thing' } };

async function dispatch(parts: ControlParts, request: IncomingMessage): Promise<ControlAnswer> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (!path.startsWith(`${base}/`)) return nothingHere;
  const [what = '', name] = path.slice(base.length + 1).split('/');
  if (request.method === 'GET') return shown(parts, what);
  if (request.method === 'DELETE' && what === 'faults') {
    parts.faults.clear();
    return done;
  }
  if (request.method !== 'POST') return nothingHere;
  // A page of another origin cannot send JSON here without asking first, and is never told yes.
  if (request.headers['content-type']?.startsWith('application/json') !== true) {
    return { status: 415, body: { error: 'send application/json' } };
  }
  return change(parts, what, name, await jsonBody(request));
}

function shown(parts: ControlParts, what: string): ControlAnswer {
  const { world, faults } = parts;
  // Tokens and secrets are nothing that a page needs.
  if (what === 'state') {
    const subscriptions = world.state.subscriptions.map((one) => ({ ...one, secrets: [] }));
    return { status: 200, body: { ...world.state, apiTokens: [], subscriptions } };
  }
  if (what === 'log') return { status: 200, body: world.record };
  if (what === 'faults') return { status: 200, body: faults.active() };
  return nothingHere;
}

async function change(
  parts: ControlParts,
  what: string,
  name: string | undefined,
  body: unknown,
): Promise<ControlAnswer> {
  if (what === 'actions') {
    const performed = performAction(parts.actions, name ?? '', body);
    return performed === undefined ? nothingHere : { status: 200, body: performed.done };
  }
  if (what === 'faults') parts.faults.add(faultRule.parse(body));
  else if (what === 'connections') {
    const { accept } = z.object({ accept: z.boolean() }).parse(body);
    await (accept ? parts.faults.acceptConnections() : parts.faults.refuseConnections());
  } else if (what === 'tick') parts.tick();
  else return nothingHere;
  return done;
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > 1024 * 1024) throw new SyntaxError('the body is too large');
  }
  return JSON.parse(text === '' ? '{}' : text);
}
