import { afterEach, describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import type { Actor } from '../../src/oncall/recorded.ts';
import { catalog as company } from './catalog.ts';
import { declare, outsider, slackWorld, type SlackWorld } from './effects-world.ts';

/** Omer is the one who is on duty here, and the one who goes away. */
const notify = [{ kind: 'person', person: 'omer' }] as const;
const { payments } = company.policies;
if (payments === undefined) throw new Error('the catalog has no policy');
const catalog = { ...company, policies: { payments: { ...payments, steps: [{ notify, waitMs: 300_000 }] } } };
const omer: Actor = { kind: 'person', person: 'omer' };

let world: SlackWorld;
afterEach(() => world.close());

/** Everything that Toran has asked of Slack since a call, and that reaches Omer: to him, with him, or mentioning him. */
function ringing(since: number): string[] {
  return world.slack.log
    .slice(since)
    .filter(({ args: { channel, users, ...said } }) => {
      const isAddressed = [channel, users].some((ids) => JSON.stringify(ids)?.includes('U0OMER'));
      return isAddressed || /<@U0OMER|\(@U0OMER|"user_id\W+U0OMER/.test(JSON.stringify(said));
    })
    .map(({ method }) => method);
}

type Planned = (world: SlackWorld) => Promise<void>;

async function orders(...commands: readonly (readonly [IncidentCommand, Actor])[]): Promise<void> {
  for (const [command, actor] of commands) await world.order(command, actor);
}

const acknowledge: IncidentCommand = { type: 'acknowledge', page: undefined, via: 'slack' };

/** Each plans something towards Omer that is not sent yet. */
const ways: readonly (readonly [string, Planned])[] = [
  ['a page by direct message', () => orders([declare(), outsider])],
  [
    'a page by hand',
    () =>
      orders(
        [declare({ severity: 'sev4' }), outsider],
        [{ type: 'page', targets: [{ kind: 'person', person: 'omer' }] }, outsider],
      ),
  ],
  [
    '"still on it?"',
    async ({ drain }) => {
      await orders([declare(), outsider]);
      await drain();
      await orders([acknowledge, omer]);
      await drain();
      await orders([{ type: 'remind', reminder: 'still_on_it' }, outsider]);
    },
  ],
  [
    'an invitation of somebody who joined before there was a channel',
    () => orders([declare({ severity: 'sev4' }), outsider], [{ type: 'join' }, omer]),
  ],
  [
    'an invitation for a role, and the mention with it',
    async ({ drain }) => {
      await orders([declare({ severity: 'sev4' }), outsider]);
      await drain();
      await orders([{ type: 'assign_role', role: 'lead', person: 'omer' }, outsider]);
    },
  ],
  [
    'card and announcement of an incident that somebody leads, and that is named after them',
    () =>
      orders(
        [declare({ severity: 'sev4', title: 'Ask <@U0OMER> about payments' }), outsider],
        [{ type: 'assign_role', role: 'lead', person: 'omer' }, omer],
      ),
  ],
  [
    'an update, a note and a message that mention somebody',
    async ({ drain }) => {
      await orders([declare({ severity: 'sev4' }), outsider]);
      await drain();
      await orders(
        [{ type: 'post_update', text: 'Waiting for <@U0OMER> and <@U0OMER|omer>' }, outsider],
        [{ type: 'add_note', text: '<@U0OMER> knows' }, outsider],
        [{ type: 'capture_message', channel: 'C1', ts: '1.1', author: 'omer', text: '<@U0OMER> said so' }, outsider],
        [{ type: 'change_status', to: 'fixing' }, outsider],
      );
    },
  ],
  [
    'reminders of an incident that somebody leads',
    async ({ drain }) => {
      await orders(
        [declare({ severity: 'sev4' }), outsider],
        [{ type: 'assign_role', role: 'lead', person: 'omer' }, omer],
      );
      await drain();
      await orders(
        [{ type: 'remind', reminder: 'no_update' }, outsider],
        [{ type: 'remind', reminder: 'no_lead' }, outsider],
        [{ type: 'remind', reminder: 'alerts_all_resolved' }, outsider],
      );
    },
  ],
  [
    'what is said when an incident is over, and the post-mortem',
    async ({ drain, files }) => {
      files.set('/pm.md', '# INC-1\n\n<@U0OMER> and ![](@U0OMER) were here\n');
      await orders(
        [declare({ severity: 'sev4' }), outsider],
        [{ type: 'assign_role', role: 'lead', person: 'omer' }, omer],
      );
      await drain();
      await orders(
        [{ type: 'resolve' }, outsider],
        [{ type: 'record_postmortem', path: '/pm.md', canvas: undefined }, outsider],
      );
    },
  ],
];

describe('an absence that begins between planning and sending', () => {
  it.each(ways)('holds back %s', async (_what, plan) => {
    world = await slackWorld({ catalog });
    await plan(world);
    const since = world.slack.log.length;
    await world.away('omer');
    await world.drain();
    await world.later(5_000);
    await world.later(60_000);
    expect(ringing(since)).toEqual([]);
  });

  it.each(ways.slice(0, 5))('and only that: otherwise there is %s', async (_what, plan) => {
    world = await slackWorld({ catalog });
    await plan(world);
    const since = world.slack.log.length;
    await world.drain();
    await world.later(5_000);
    expect(ringing(since)).not.toEqual([]);
  });

  it('refuses a role for somebody else, without a word about why', async () => {
    world = await slackWorld({ catalog });
    await orders([declare({ severity: 'sev4' }), outsider]);
    await world.away('omer');
    expect(await world.order({ type: 'assign_role', role: 'lead', person: 'omer' }, outsider)).toEqual({
      kind: 'refused',
      refusal: { code: 'person_unavailable', person: 'omer' },
    });
  });
});
