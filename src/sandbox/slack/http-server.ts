import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiServer } from './api-server.ts';
import { readBody } from './http-body.ts';
import type { FaultBoard } from './faults.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketHub } from './socket-hub.ts';
import { parseJson } from './values.ts';
import type { Workspace } from './workspace.ts';

export interface HttpParts {
  workspace: Workspace;
  api: ApiServer;
  responseUrls: ResponseUrls;
  hub: SocketHub | undefined;
  /** Uploads answer to the method name `upload`, response URLs to `response_url`. */
  faults: FaultBoard;
  /** Everything under `/_sandbox/slack/`. */
  control: (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

/** One server on 127.0.0.1 for the API, uploads, files, response URLs, sockets and the sandbox's own interface. */
export async function listen(parts: HttpParts, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    route(parts, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error: 'sandbox_bug', detail: String(error) }));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (parts.hub === undefined) socket.destroy();
    else parts.hub.upgrade(request, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('local Slack listens on no TCP port');
  return address.port;
}

async function route(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/api/')) return parts.api.handle(request, response, path.slice('/api/'.length));
  if (path.startsWith('/_sandbox/slack'))
    return parts.control(request, response, new URL(request.url ?? '/', parts.workspace.url));
  if (path.startsWith('/response/')) return useResponseUrl(parts, request, response, path.slice('/response/'.length));
  if (path.startsWith('/upload/v1/'))
    return spoilable(parts, 'upload', response, () =>
      upload(parts, request, response, path.slice('/upload/v1/'.length)),
    );
  if (path.startsWith('/files-pri/')) return download(parts, request, response, path);
  response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
}

/** Plays the faults planned for what is no Web API method. */
async function spoilable(
  { faults }: HttpParts,
  name: string,
  response: ServerResponse,
  run: () => Promise<void>,
): Promise<void> {
  for (const fault of faults.forCall(name, {})) {
    if (fault.kind === 'delay') await new Promise((resolve) => void setTimeout(resolve, fault.delayMs));
    else if (fault.kind === 'reset') return void response.destroy();
    else {
      const status = fault.kind === 'http_error' ? fault.status : fault.kind === 'rate_limited' ? 429 : 200;
      const headers = fault.kind === 'rate_limited' ? { 'retry-after': String(fault.retryAfterSeconds) } : {};
      return void response.writeHead(status, headers).end('<!DOCTYPE html><html></html>');
    }
  }
  return run();
}

async function useResponseUrl(
  { responseUrls }: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = (await readBody(request)).toString();
  const form = (request.headers['content-type'] ?? '').includes('form')
    ? new URLSearchParams(body).get('payload')
    : undefined;
  const answer = responseUrls.use(id, parseJson(form ?? body));
  response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
}

/** Step 2 of an upload: the bytes, raw or as one part of a form. */
async function upload(
  { workspace }: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const bytes = await contentOf(request);
  const file = workspace.files.get(id);
  if (file === undefined || file.completed)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('file_not_found');
  if (bytes.length !== file.expectedBytes)
    return void response.writeHead(400, { 'content-type': 'text/plain' }).end('wrong length');
  file.content = bytes;
  workspace.changed();
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`);
}

async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  for (const value of form.values())
    return typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  return Buffer.alloc(0);
}

/** Private file URLs want the bot token with files:read. */
function download({ workspace }: HttpParts, request: IncomingMessage, response: ServerResponse, path: string): void {
  const id = /\/files-pri\/[^/]*?-(F\w+)\//.exec(path)?.[1];
  const file = workspace.files.get(id ?? '');
  const { app } = workspace;
  const allowed = request.headers.authorization === `Bearer ${app.botToken}` && app.scopes.has('files:read');
  if (!allowed)
    return void response.writeHead(403, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>Sign in</html>');
  if (file?.content === undefined)
    return void response.writeHead(404, { 'content-type': 'text/plain' }).end('file_not_found');
  response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
}
