import { dayMs, hourMs, type EpochMs } from '../../oncall/time.ts';
import type { AccountSeed } from '../../sandbox/pagerduty/seed.ts';
import type { AppSeed, ChannelSeed, UserSeed } from '../../sandbox/slack/options.ts';
import { callbackIds } from '../../slack/ids.ts';
import { manifestEvents, manifestScopes } from '../../slack/scopes.ts';
import { emailOf, people, zone } from './company.ts';

export const webhookSecret = 'sandbox-webhook-secret';

export const slackUsers: readonly UserSeed[] = people.map((person) => ({
  id: person.slack,
  name: person.handle,
  realName: person.name,
  email: emailOf(person),
  tz: zone,
  isAdmin: person.id === 'noa',
}));

export const channelSeeds: readonly ChannelSeed[] = [
  { id: 'C0GENERAL', name: 'general', members: people.map((person) => person.slack) },
  { id: 'C0INCIDENTS', name: 'incidents', members: [...people.map((person) => person.slack), 'U0TORAN'] },
];

/** The app as manifest.yml declares it. */
export const appSeed: AppSeed = {
  appId: 'A0TORAN',
  name: 'Toran',
  botUserId: 'U0TORAN',
  botToken: 'xoxb-sandbox-bot',
  appToken: 'xapp-sandbox-app',
  signingSecret: 'sandbox-signing-secret',
  scopes: manifestScopes,
  events: manifestEvents,
  slashCommands: [{ command: '/incident' }],
  shortcuts: [
    { callbackId: callbackIds.declareShortcut, type: 'global', name: 'Declare an incident' },
    { callbackId: callbackIds.addToTimelineShortcut, type: 'message', name: 'Add to timeline' },
  ],
};

/** PagerDuty knows the rotation, and does not know who is away: it rings Alma. */
export function pagerDutyAccount(start: EpochMs): AccountSeed {
  return {
    apiTokens: ['sandbox-key'],
    users: people.map((person) => ({ id: person.pagerduty, name: person.name, email: emailOf(person) })),
    schedules: [
      {
        id: 'PSCHED1',
        name: 'Payments',
        timeZone: zone,
        rotations: [{ start: start - 30 * dayMs, turnMs: 365 * dayMs, userIds: ['PALMA01'] }],
      },
    ],
    escalationPolicies: [
      {
        id: 'PPOLICY',
        name: 'Payments',
        rules: [{ delayMinutes: 30, targets: [{ type: 'schedule', id: 'PSCHED1' }] }],
      },
    ],
    services: [
      { id: 'PSVCCHK', name: 'Checkout', escalationPolicyId: 'PPOLICY' },
      { id: 'PSVCSRC', name: 'Search', escalationPolicyId: 'PPOLICY' },
    ],
  };
}

/** A night in the week of a Wednesday: the story begins at 02:47 in Jerusalem. */
export function storyStart(midnight: EpochMs): EpochMs {
  return midnight + 2 * hourMs + 47 * 60_000;
}
