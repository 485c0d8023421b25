import type { SlackClient, Called } from './client.ts';
import { slackMethods } from './methods.ts';

/** Who Toran is in its workspace. */
export interface Identity {
  /** The workspace's web address with a slash at its end: `https://acme.slack.com/`. */
  readonly url: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
}

export interface IdentityReader {
  /** Asks Slack once and keeps the answer; a failure is asked again next time. */
  read(): Promise<Called<Identity>>;
  known(): Identity | undefined;
}

export function createIdentityReader(client: SlackClient): IdentityReader {
  let known: Identity | undefined;
  let asking: Promise<Called<Identity>> | undefined;

  async function ask(): Promise<Called<Identity>> {
    const called = await client.call(slackMethods.identity, {}, { isPage: true });
    asking = undefined;
    if (!called.ok) return called;
    const { url, team_id: teamId, user_id: botUserId, bot_id: botId } = called.answer;
    known = { url, teamId, botUserId, botId };
    return { ok: true, answer: known };
  }

  return {
    read: () => (known === undefined ? (asking ??= ask()) : Promise.resolve({ ok: true, answer: known })),
    known: () => known,
  };
}
