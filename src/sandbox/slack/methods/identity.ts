import { ApiFailure, required, text } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields } from '../model.ts';
import { present } from '../values.ts';
import { botProfile } from '../wire.ts';

/** Who the app is. `apps.connections.open` belongs to the socket hub. */
export const identityMethods: MethodTable = {
  'api.test': { run: apiTest, token: 'none' },
  'auth.test': { run: authTest, token: 'any' },
  'team.info': { run: teamInfo, scopes: ['team:read'] },
  'bots.info': { run: botsInfo, scopes: ['users:read'] },
};

function apiTest(call: Call): Fields {
  const error = text(call, 'error');
  if (error !== undefined) throw new ApiFailure(error, { args: call.args });
  return { args: call.args };
}

function authTest({ workspace }: Call): Fields {
  const { app, team, url } = workspace;
  return {
    url: `${url}/`,
    team: team.name,
    team_id: team.id,
    user: app.name.toLowerCase(),
    user_id: app.botUserId,
    bot_id: app.botId,
    app_id: app.appId,
    is_enterprise_install: false,
  };
}

function teamInfo({ workspace: { team } }: Call): Fields {
  return {
    team: { id: team.id, name: team.name, domain: team.domain, email_domain: '', icon: { image_default: true } },
  };
}

function botsInfo(call: Call): Fields {
  if (required(call, 'bot', 'bot_not_found') !== call.workspace.app.botId) throw new ApiFailure('bot_not_found');
  return { bot: present({ ...botProfile(call.workspace), team_id: undefined }) };
}
