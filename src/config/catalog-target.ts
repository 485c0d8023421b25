import type { Target } from '../oncall/catalog.ts';

/** `person:noa`, `schedule:payments`, `team:payments` or `channel:#incidents`, as the schema has checked it. */
export function parseTarget(text: string): Target {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  switch (text.slice(0, colon)) {
    case 'person':
      return { kind: 'person', person: rest };
    case 'schedule':
      return { kind: 'schedule', schedule: rest };
    case 'team':
      return { kind: 'team', team: rest };
    default:
      return { kind: 'channel', channel: rest };
  }
}
