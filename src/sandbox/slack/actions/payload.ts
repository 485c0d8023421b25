import type { Channel, Fields, User, View } from '../model.ts';
import { NotPossible } from '../person-actions.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { DeliveryDesk } from '../delivery.ts';
import type { Triggers } from '../triggers.ts';
import { wireView } from '../wire.ts';
import { modalsOf } from '../views.ts';
import type { Workspace } from '../workspace.ts';

/** What acting needs beside the workspace. */
export interface ActionParts {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  desk: DeliveryDesk;
}

export function person(workspace: Workspace, id: string): User {
  const user = workspace.users.get(id);
  if (user === undefined) throw new NotPossible(`no person has the id ${id}`);
  if (user.deleted) throw new NotPossible(`${user.name} is deactivated and cannot act`);
  return user;
}

/** A channel by id, `#name`, or the app's bot user for the person's DM with it. */
export function place(workspace: Workspace, given: string): Channel {
  const id = given.startsWith('#') ? workspace.channelByName.get(given.slice(1)) : (workspace.dms.get(given) ?? given);
  const channel = workspace.channels.get(id ?? '');
  if (channel === undefined) throw new NotPossible(`there is no channel ${given}`);
  return channel;
}

/** The part of a payload that is the same for every interaction. */
export function envelopeOf({ workspace }: ActionParts, user: User): Fields {
  const { team, app } = workspace;
  return {
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: app.appId,
    token: 'sandbox-verification-token',
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelShown(channel: Channel): Fields {
  return {
    id: channel.id,
    name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
  };
}

export function viewShown({ workspace }: ActionParts, view: View): Fields {
  return wireView(workspace, view);
}

/** A modal by id, `home`, or the topmost one. */
export function seenView({ workspace }: ActionParts, user: User, wanted: string | undefined): View {
  const id = wanted === 'home' ? workspace.homes.get(user.id) : (wanted ?? modalsOf(workspace, user.id).at(-1)?.id);
  const view = workspace.views.get(id ?? '');
  if (view === undefined || view.user !== user.id)
    throw new NotPossible(`${user.name} does not see ${wanted ?? 'a modal'}`);
  return view;
}
