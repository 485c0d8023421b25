import type { Answered } from '../delivery.ts';
import type { PersonOutcome, SeenError } from '../person-actions.ts';
import { modalsOf } from '../views.ts';
import type { Workspace } from '../workspace.ts';

/** What the client shows when the app did not answer well. */
export function seenError(answered: Extract<Answered, { ok: false }>): SeenError {
  switch (answered.reason) {
    case 'http_timeout':
      return 'operation_timeout';
    case 'connection_failed':
      return answered.nobodyThere === true ? 'dispatch_failed' : 'app_unreachable';
    case 'http_error':
      return (answered.status ?? 500) < 500 ? 'http_client_error' : 'http_service_error';
    case 'too_many_redirects':
      return 'app_unreachable';
  }
}

export function succeeded(workspace: Workspace, user: string): PersonOutcome {
  return { ok: true, views: modalsOf(workspace, user) };
}

export function appFailed(workspace: Workspace, user: string, error: SeenError): PersonOutcome {
  return { ok: false, reason: 'app', sawError: error, views: modalsOf(workspace, user) };
}

export function outcomeOf(workspace: Workspace, user: string, answered: Answered): PersonOutcome {
  return answered.ok ? succeeded(workspace, user) : appFailed(workspace, user, seenError(answered));
}
