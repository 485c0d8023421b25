import { z } from 'zod';
import type { EpochMs } from '../../oncall/time.ts';
import { parseInstant } from '../../oncall/time.ts';
import type { ApiToken, Subscription, User } from './model.ts';
import { invalid, PagerDutyRefusal, type World } from './world.ts';

/** One authenticated REST request. */
export interface RestRequest {
  world: World;
  token: ApiToken;
  params: string[];
  query: URLSearchParams;
  body: unknown;
  from: string | null;
  at: EpochMs;
  /** What only the deliverer of webhooks can do. */
  subscriptions: { enable: (subscription: Subscription) => void; forget: (subscription: Subscription) => void };
}

export interface RestAnswer {
  status: number;
  /** Absent: no body at all. */
  body?: unknown;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `*` stands for one segment, handed over in `params`. */
  path: string;
  answer: (request: RestRequest) => RestAnswer;
}

export function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

/** The parts of a path that fill the `*` of a pattern; undefined when it does not match. */
export function matchPath(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/').map(decodeURIComponent);
  if (wanted.length !== given.length) return undefined;
  const params: string[] = [];
  for (const [place, part] of given.entries()) {
    if (wanted[place] === '*' && part !== '') params.push(part);
    else if (wanted[place] !== part) return undefined;
  }
  return params;
}

export function paramOf(request: RestRequest, place: number): string {
  return request.params[place] ?? '';
}

/** The person who does it: whose key it is, or with an account key whom `From` names. */
export function actorOf(request: RestRequest): User {
  const { token, world, from } = request;
  if (token.kind === 'user') return mayWrite(world.state.users.find((one) => one.id === token.userId));
  if (from === null || from === '') {
    const words = 'You must specify a user\'s email address in the "From" header to perform this action';
    throw new PagerDutyRefusal(400, 2016, words);
  }
  return mayWrite(world.state.users.find((one) => one.email.toLowerCase() === from.toLowerCase()));
}

function mayWrite(user: User | undefined): User {
  if (user === undefined) throw new PagerDutyRefusal(400, 1008, 'Requester User Not Found');
  if (user.role === 'observer' || user.role === 'read_only_user')
    throw new PagerDutyRefusal(403, 2010, 'Access Denied');
  return user;
}

export function needAbility(request: RestRequest, ability: string): void {
  if (!request.world.state.abilities.includes(ability)) {
    throw new PagerDutyRefusal(402, 2014, 'Account Does Not Have The Required Ability', [ability]);
  }
}

/** The body as the schema has it; what is wrong comes back in PagerDuty's error list. */
export function bodyOf<T>(request: RestRequest, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  throw invalid(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

export const referenceBody = z.object({ id: z.string() });

/** An instant in the query; `since` and `until` with a bad date are refused. */
export function instantOf(request: RestRequest, key: string): EpochMs | undefined {
  const text = request.query.get(key);
  if (text === null) return undefined;
  const at = parseInstant(/T/.test(text) ? text : `${text}T00:00:00Z`);
  if (at === undefined) throw invalid(`${key} is not a valid date.`);
  return at;
}

export function neededInstantOf(request: RestRequest, key: string): EpochMs {
  const at = instantOf(request, key);
  if (at === undefined) throw invalid(`${key} is required.`);
  return at;
}

/** Values of `key[]`; undefined when the filter is absent. */
export function filterOf(request: RestRequest, key: string): string[] | undefined {
  const values = request.query.getAll(`${key}[]`);
  return values.length === 0 ? undefined : values;
}

const reach = 10_000;

/** One offset page of a list, with `total` only on request. Refused past offset + limit = 10,000. */
export function pageOf<T>(
  request: RestRequest,
  key: string,
  elements: T[],
  render: (element: T) => unknown,
): RestAnswer {
  const limit = wholeNumber(request, 'limit', 25);
  const offset = wholeNumber(request, 'offset', 0);
  if (limit < 1 || limit > 100) throw invalid('Limit must be between 1 and 100.');
  if (offset + limit > reach) throw invalid('Offset must be less than 10000.');
  const page = elements.slice(offset, offset + limit).map(render);
  const total = request.query.get('total') === 'true' ? elements.length : null;
  return ok({ [key]: page, limit, offset, more: offset + limit < elements.length, total });
}

function wholeNumber(request: RestRequest, key: string, fallback: number): number {
  const text = request.query.get(key);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw invalid(`${key} must be a whole number.`);
  return value;
}
