import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { actionSchemas } from './control-actions.ts';
import type { ActionName } from './control-actions.ts';
import { readBody } from './http-body.ts';
import type { LocalSlack } from './local-slack.ts';
import type { Channel } from './model.ts';
import { NotPossible } from './person-actions.ts';
import { parseJson } from './values.ts';

/**
 * The sandbox's own interface, JSON, for a page or a prompt:
 *
 * - `GET /_sandbox/slack/` lists these paths.
 * - `GET …/state` everything at a glance; `…/channels`, `…/channels/<id or name>` (members, messages, pins, bookmarks),
 *   `…/dms`, `…/users`, `…/views/<user>` (modals, Home), `…/canvases`, `…/files`, `…/files/<id>` (bytes), `…/calls`,
 *   `…/deliveries`, `…/faults`; `…/transcript/<place>?as=<user>` lines of text.
 * - `GET …/changes` server-sent events: the version after every change.
 * - `POST …/actions/<name>` acts as a person; the names and bodies are those of PersonActions.
 * - `POST …/faults` injects a fault; `DELETE …/faults` and `…/faults/<id>` clear. `POST …/sockets` with
 *   `{"disconnect":"refresh_requested"}` or `{"cut":true}`. `POST …/tick` runs what the clock made due.
 *
 * 400 says what is wrong with the body, 409 what a person cannot do.
 */
export function createControlApi(slack: LocalSlack, onChange: (listener: () => void) => () => void) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const [section = '', name, ...rest] = url.pathname
      .replace(/^\/_sandbox\/slack\/?/, '')
      .split('/')
      .map(decodeURIComponent);
    if (section === 'changes') return changes(slack, request, response, onChange);
    if (section === 'files' && name !== undefined) return fileContent(slack, response, name);
    try {
      const body = request.method === 'POST' ? parseJson((await readBody(request)).toString() || '{}') : undefined;
      const answer =
        request.method === 'GET'
          ? read(slack, section, [name ?? '', ...rest].join('/'), url)
          : await write(slack, `${request.method} ${section}`, name, body);
      if (answer === undefined) return send(response, 404, { ok: false, error: `nothing at ${url.pathname}` });
      send(response, 200, answer);
    } catch (error) {
      if (error instanceof z.ZodError) return send(response, 400, { ok: false, error: z.prettifyError(error) });
      if (error instanceof NotPossible) return send(response, 409, { ok: false, error: error.message });
      throw error;
    }
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body, plain));
}

/** Maps as objects, sets as arrays, file contents as their size. */
function plain(key: string, value: unknown): unknown {
  if (key === 'content' && typeof value === 'object' && value !== null && 'data' in value) return undefined;
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}

function summary(channel: Channel): object {
  const { id, kind, name, creator, archived, topic, purpose, canvasFileId } = channel;
  return {
    id,
    kind,
    name,
    creator,
    archived,
    topic,
    purpose,
    canvasFileId,
    members: [...channel.members],
    messages: channel.messages.size,
  };
}

function detail(slack: LocalSlack, given: string): object | undefined {
  const channel = slack.state.channel(given) ?? slack.state.channelByName(given) ?? slack.state.dm(given);
  if (channel === undefined) return undefined;
  return {
    ...summary(channel),
    messages: [...channel.messages.values()],
    pins: [...channel.pins.values()],
    bookmarks: [...channel.bookmarks.values()],
    ephemerals: channel.ephemerals,
  };
}

function read(slack: LocalSlack, section: string, name: string, url: URL): unknown {
  const { state } = slack;
  const seenBy = url.searchParams.get('as') ?? undefined;
  switch (section) {
    case '':
      return {
        sections: [
          'state',
          'channels',
          'dms',
          'users',
          'views',
          'canvases',
          'files',
          'calls',
          'deliveries',
          'faults',
          'transcript',
          'changes',
        ],
        actions: Object.keys(actionSchemas),
      };
    case 'state':
      return {
        version: state.version,
        connections: state.connections(),
        channels: state.channels().map(summary),
        users: state.users(),
        userGroups: state.userGroups(),
        apiCalls: slack.log.length,
      };
    case 'channels':
      return name === ''
        ? state
            .channels()
            .filter((one) => one.kind !== 'im')
            .map(summary)
        : detail(slack, name);
    case 'dms':
      return name === ''
        ? state
            .channels()
            .filter((one) => one.kind === 'im')
            .map(summary)
        : detail(slack, name);
    case 'users':
      return state.users();
    case 'views':
      return { modals: state.modals(name), home: state.home(name) ?? null };
    case 'canvases':
      return state.canvases();
    case 'files':
      return state.files().map(({ content, ...file }) => ({ ...file, bytes: content?.length ?? 0 }));
    case 'calls':
      return slack.log.filter((call) => call.number > Number(url.searchParams.get('after') ?? 0));
    case 'deliveries':
      return slack.deliveries.filter((delivery) => delivery.number > Number(url.searchParams.get('after') ?? 0));
    case 'faults':
      return slack.faults.list();
    case 'transcript':
      return { lines: slack.renderTranscript(name, seenBy === undefined ? {} : { seenBy }) };
    default:
      return undefined;
  }
}

const faultSchema = z.object({
  kind: z.enum([
    'rate_limited',
    'http_error',
    'reset',
    'delay',
    'html',
    'error',
    'duplicate_delivery',
    'delay_delivery',
    'lost_ack',
    'no_hello',
  ]),
  method: z.string().optional(),
  times: z.int().min(1).optional(),
  after: z.int().min(0).optional(),
  retryAfterSeconds: z.int().min(1).default(30),
  status: z.int().min(400).max(599).default(503),
  applied: z.boolean().default(false),
  delayMs: z.int().min(0).default(1_000),
  error: z.string().default('internal_error'),
});
const socketSchema = z.object({
  disconnect: z.enum(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets']).optional(),
  cut: z.boolean().optional(),
});

async function write(slack: LocalSlack, route: string, name: string | undefined, body: unknown): Promise<unknown> {
  switch (route) {
    case 'POST actions':
      return act(slack, name ?? '', body);
    case 'POST faults':
      return { ok: true, id: slack.faults.inject(faultSchema.parse(body)) };
    case 'DELETE faults':
      slack.faults.clear(name === '' ? undefined : name);
      return { ok: true };
    case 'POST sockets': {
      const asked = socketSchema.parse(body);
      if (asked.disconnect !== undefined) slack.disconnectSockets(asked.disconnect);
      if (asked.cut === true) slack.cutSockets();
      return { ok: true };
    }
    case 'POST tick':
      slack.tick();
      return { ok: true };
    default:
      return undefined;
  }
}

async function act(slack: LocalSlack, name: string, body: unknown): Promise<unknown> {
  if (!isActionName(name)) return undefined;
  const outcome: unknown = await actionSchemas[name](slack.actions, body);
  return outcome === undefined ? { ok: true } : outcome;
}

function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actionSchemas, name);
}

function fileContent(slack: LocalSlack, response: ServerResponse, id: string): void {
  const file = slack.state.files().find((one) => one.id === id);
  if (file?.content === undefined) return send(response, 404, { ok: false, error: `no file ${id}` });
  response.writeHead(200, { 'content-type': file.mimetype, 'x-content-type-options': 'nosniff' }).end(file.content);
}

function changes(
  slack: LocalSlack,
  request: IncomingMessage,
  response: ServerResponse,
  onChange: (listener: () => void) => () => void,
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const tell = (): void => void response.write(`data: ${slack.state.version}\n\n`);
  tell();
  request.on('close', onChange(tell));
}
