import { z } from 'zod';
import type { EpochMs } from '../oncall/time.ts';
import {
  clockReading,
  finding,
  type ClockReading,
  type Examined,
  type Finding,
  type Patient,
} from './doctor-finding.ts';
import type { ManifestNeeds } from './doctor-manifest.ts';

const answerShape = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
});

interface SlackAnswer {
  readonly body: z.infer<typeof answerShape>;
  /** Undefined when the server does not tell: only slack.com and what imitates it closely do. */
  readonly scopes: readonly string[] | undefined;
  readonly clocks: readonly ClockReading[];
}

type Asked = { readonly answer: SlackAnswer } | { readonly problem: string };

/** The token, what it may do, and the way by which deliveries come in. */
export async function examineSlack(patient: Patient, needs: ManifestNeeds | undefined): Promise<Examined> {
  const { slack } = patient.environment;
  if (slack === undefined) return { findings: [] };
  const { transport } = slack;
  const [identity, socket] = await Promise.all([
    ask(patient, slack.apiUrl, 'auth.test', slack.botToken),
    transport.kind === 'socket'
      ? ask(patient, slack.apiUrl, 'apps.connections.open', transport.appToken)
      : Promise.resolve(undefined),
  ]);
  if ('problem' in identity) return { findings: [finding('slack', 'fail', 'slack_unreachable', identity)] };
  return {
    findings: [...identityFindings(identity.answer, needs), ...socketFindings(socket)],
    clocks: identity.answer.clocks,
  };
}

function identityFindings({ body, scopes }: SlackAnswer, needs: ManifestNeeds | undefined): readonly Finding[] {
  if (!body.ok) return [finding('slack', 'fail', 'slack_token_refused', { error: body.error ?? 'unknown' })];
  const speaks = finding('slack', 'ok', 'slack_fine', { team: body.team ?? '?', user: body.user ?? '?' });
  return scopes === undefined || needs === undefined ? [speaks] : [speaks, ...scopeFindings(scopes, needs)];
}

function scopeFindings(granted: readonly string[], { scopes, optional }: ManifestNeeds): readonly Finding[] {
  const lacking = [...scopes].filter((scope) => !granted.includes(scope));
  const missing = lacking.filter((scope) => !optional.has(scope));
  const declined = lacking.filter((scope) => optional.has(scope));
  const extra = granted.filter((scope) => !scopes.has(scope));
  const findings = [
    ...(missing.length === 0 ? [] : [finding('slack', 'fail', 'scopes_missing', { scopes: missing })]),
    ...(declined.length === 0 ? [] : [finding('slack', 'warn', 'scopes_declined', { scopes: declined })]),
    ...(extra.length === 0 ? [] : [finding('slack', 'warn', 'scopes_extra', { scopes: extra })]),
  ];
  return findings.length > 0 ? findings : [finding('slack', 'ok', 'scopes_fine', { count: granted.length })];
}

function socketFindings(socket: Asked | undefined): readonly Finding[] {
  if (socket === undefined) return [finding('slack', 'ok', 'signing_secret_set', {})];
  if ('problem' in socket) return [finding('slack', 'fail', 'slack_unreachable', socket)];
  const { ok, error } = socket.answer.body;
  return ok
    ? [finding('slack', 'ok', 'app_token_fine', {})]
    : [finding('slack', 'fail', 'app_token_refused', { error: error ?? 'unknown' })];
}

/** Slack's client keeps the headers to itself, and here they are half of the answer. */
async function ask({ now, timeoutMs }: Patient, apiUrl: string, method: string, token: string): Promise<Asked> {
  const sentAt: EpochMs = now();
  try {
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs / 2),
    });
    const parsed = answerShape.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) return { problem: `HTTP ${response.status}` };
    const scopes = response.headers.get('x-oauth-scopes');
    return {
      answer: {
        body: parsed.data,
        scopes: scopes === null ? undefined : scopes.split(',').map((scope) => scope.trim()),
        clocks: clockReading('Slack', response.headers.get('date'), sentAt, now()),
      },
    };
  } catch (error) {
    return { problem: networkProblem(error) };
  }
}

/** fetch hides what happened in the cause; neither has the token in it. */
function networkProblem(error: unknown): string {
  const parsed = fault.extend({ cause: fault.optional() }).safeParse(error);
  if (!parsed.success) return 'unknown fault';
  const { cause, code, name } = parsed.data;
  return cause?.code ?? cause?.message ?? code ?? name;
}

const fault = z.object({ name: z.string(), message: z.string(), code: z.string().optional().catch(undefined) });
