import { minuteMs, secondMs, type EpochMs } from '../../oncall/time.ts';
import type { ApiToken } from './model.ts';
import { accountRoutes } from './rest-account.ts';
import { incidentPartRoutes } from './rest-incident-parts.ts';
import { incidentRoutes } from './rest-incidents.ts';
import { onCallRoutes } from './rest-on-call.ts';
import { shiftScheduleRoutes } from './rest-shift-schedules.ts';
import { webhookSubscriptionRoutes } from './rest-webhook-subscriptions.ts';
import { matchPath, type RestAnswer, type RestRequest } from './route.ts';
import { notFound, PagerDutyRefusal, type World } from './world.ts';

const routes = [
  ...incidentRoutes,
  ...incidentPartRoutes,
  ...onCallRoutes,
  ...shiftScheduleRoutes,
  ...accountRoutes,
  ...webhookSubscriptionRoutes,
];

export interface HttpCall {
  method: string;
  path: string;
  query: URLSearchParams;
  header: (name: string) => string | null;
  /** Undefined without a body, null for one that is no JSON. */
  body: unknown;
}

export interface RestApi {
  answer(call: HttpCall): RestAnswer & { headers: Record<string, string> };
}

const vendorType = 'application/vnd.pagerduty+json;version=2';

export function createRestApi(world: World, perMinute: number, subscriptions: RestRequest['subscriptions']): RestApi {
  const windows = new Map<string, { start: EpochMs; calls: number }>();

  /** Counted a minute at a time and token; the headers go on every answer, as PagerDuty sends them. */
  function count(token: string) {
    const at = world.now();
    const current = windows.get(token);
    const window = current !== undefined && at < current.start + minuteMs ? current : { start: at, calls: 0 };
    window.calls += 1;
    windows.set(token, window);
    const headers = {
      'ratelimit-limit': String(perMinute),
      'ratelimit-remaining': String(Math.max(0, perMinute - window.calls)),
      'ratelimit-reset': String(Math.max(0, Math.ceil((window.start + minuteMs - at) / secondMs))),
    };
    return { headers, exceeded: window.calls > perMinute };
  }

  function answer(call: HttpCall) {
    const token = authenticated(world, call.header('authorization'));
    if (token === undefined) return { ...refused(new PagerDutyRefusal(401, 2006, 'Unauthorized')), headers: {} };
    const { headers, exceeded } = count(token.token);
    if (exceeded) return { ...refused(new PagerDutyRefusal(429, 2020, 'Rate Limit Exceeded')), headers };
    return { ...dispatch(call, token), headers };
  }

  function dispatch(call: HttpCall, token: ApiToken): RestAnswer {
    try {
      checkHeaders(call);
      for (const route of routes) {
        const params = route.method === call.method ? matchPath(route.path, call.path) : undefined;
        if (params === undefined) continue;
        const { query, body } = call;
        const from = call.header('from');
        return route.answer({ world, token, params, query, body, from, at: world.now(), subscriptions });
      }
      throw notFound();
    } catch (error) {
      if (error instanceof PagerDutyRefusal) return refused(error);
      throw error;
    }
  }

  return { answer };
}

function authenticated(world: World, header: string | null): ApiToken | undefined {
  const given = /^(?:Token token=|Bearer )(.+)$/.exec(header ?? '')?.[1];
  return world.state.apiTokens.find((one) => one.token === given);
}

function checkHeaders(call: HttpCall): void {
  if (!(call.header('accept') ?? '').replaceAll(' ', '').includes(vendorType)) {
    throw new PagerDutyRefusal(406, 2001, 'Not Acceptable', [`Accept must be ${vendorType}`]);
  }
  if (call.body === undefined) return;
  const type = call.header('content-type') ?? '';
  if (!type.startsWith('application/json'))
    throw new PagerDutyRefusal(400, 2001, 'Content-Type must be application/json');
  if (call.body === null) throw new PagerDutyRefusal(400, 2001, 'The body is not JSON');
}

export function refused({ status, code, message, errors }: PagerDutyRefusal): RestAnswer {
  return { status, body: { error: { message, code, ...(errors.length > 0 ? { errors } : {}) } } };
}
