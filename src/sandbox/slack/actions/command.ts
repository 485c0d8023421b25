import { NotPossible } from '../person-actions.ts';
import type { CommandInput, PersonOutcome } from '../person-actions.ts';
import type { Channel, Fields, User } from '../model.ts';
import { ApiFailure } from '../api-call.ts';
import { respond } from '../response-urls.ts';
import { typedText, unescapeText } from '../text.ts';
import { isFields, parseJson, textOf } from '../values.ts';
import { appFailed, outcomeOf, succeeded } from './outcome.ts';
import { channelShown, envelopeOf, person, place } from './payload.ts';
import type { ActionParts } from './payload.ts';

export async function command(parts: ActionParts, input: CommandInput): Promise<PersonOutcome> {
  const { workspace, desk } = parts;
  const user = person(workspace, input.user);
  const channel = place(workspace, input.channel);
  const known = workspace.app.commands.get(input.command);
  if (known === undefined || !workspace.app.installed)
    throw new NotPossible(`${input.command} is not a command of this workspace`);
  if (!workspace.app.scopes.has('commands'))
    throw new NotPossible(`the app has no commands scope, so ${input.command} does not exist`);
  const typed = (input.text ?? '').trim();
  const text = known.shouldEscape ? typedText(workspace, typed, 'command') : typed;
  const responseUrl = parts.responseUrls.mint({ user: user.id, channelId: channel.id, originalTs: undefined });
  const answered = await desk.interaction('slash_commands', {
    token: 'sandbox-verification-token',
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelShown(channel)['name'],
    user_id: user.id,
    user_name: user.name,
    command: input.command,
    text,
    api_app_id: workspace.app.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: parts.triggers.mint({ user: user.id, channelId: channel.id, viewId: undefined }),
  });
  if (!answered.ok) return outcomeOf(workspace, user.id, answered);
  return showAnswer(parts, channel, user, answered.body);
}

/** The body of the answer: nothing, plain text, or a message. */
function showAnswer({ workspace }: ActionParts, channel: Channel, user: User, body: unknown): PersonOutcome {
  const answer = readAnswer(body);
  if (answer === undefined) return succeeded(workspace, user.id);
  try {
    respond(workspace, channel, { user: user.id, channelId: channel.id, originalTs: undefined }, answer);
  } catch (error) {
    if (error instanceof ApiFailure) return appFailed(workspace, user.id, 'invalid_command_response');
    throw error;
  }
  const visible = answer['response_type'] === 'in_channel' ? 'in_channel' : 'ephemeral';
  const shown = visible === 'ephemeral' ? channel.ephemerals.at(-1) : channel.messages.get(channel.order.at(-1) ?? '');
  return { ...succeeded(workspace, user.id), ok: true, replied: { text: unescapeText(shown?.text ?? ''), visible } };
}

function readAnswer(body: unknown): Fields | undefined {
  if (typeof body === 'string') {
    const parsed = parseJson(body);
    if (isFields(parsed)) return parsed;
    return body.trim() === '' ? undefined : { text: body };
  }
  return isFields(body) && (textOf(body['text']) !== undefined || Array.isArray(body['blocks'])) ? body : undefined;
}

export async function globalShortcut(
  parts: ActionParts,
  input: { user: string; callbackId: string },
): Promise<PersonOutcome> {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  offered(parts, input.callbackId, 'global');
  const answered = await parts.desk.interaction('interactive', {
    type: 'shortcut',
    ...envelopeOf(parts, user),
    action_ts: workspace.nextTs(),
    callback_id: input.callbackId,
    trigger_id: parts.triggers.mint({ user: user.id, channelId: undefined, viewId: undefined }),
  });
  return outcomeOf(workspace, user.id, answered);
}

/** Shortcuts exist when the app declares them, and with the commands scope. */
export function offered({ workspace }: ActionParts, callbackId: string, type: 'message' | 'global'): void {
  const { app } = workspace;
  const known =
    app.shortcuts.length === 0 || app.shortcuts.some((one) => one.callbackId === callbackId && one.type === type);
  if (!known || !app.scopes.has('commands')) throw new NotPossible(`the app offers no ${type} shortcut ${callbackId}`);
}
