import { describe, expect, it } from 'vitest';
import { BadInput } from '../../src/config/bad-input.ts';
import { readEnvironment, waysOf } from '../../src/config/environment.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function refusal(source: Readonly<Record<string, string>>): string {
  try {
    readEnvironment(source);
    return 'accepted';
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

describe('the environment', () => {
  it('has defaults for everything, and takes an empty value for none', () => {
    const empty = { PORT: '', DATABASE_URL: ' ', PAGERDUTY_API_TOKEN: '', TORAN_HOOK_TOKENS: '', SLACK_BOT_TOKEN: '' };
    expect(readEnvironment(empty)).toEqual(readEnvironment({}));
    expect(readEnvironment({})).toMatchObject({
      databaseUrl: 'file:data/toran.db',
      port: 3000,
      slack: undefined,
      pagerduty: { apiToken: undefined, apiServer: 'api.pagerduty.com', eventsServer: 'events.pagerduty.com' },
      logLevel: 'info',
    });
  });

  it('takes port 0 for any free one', () => {
    expect(readEnvironment({ PORT: '0' }).port).toBe(0);
  });

  it('prefers Socket Mode, and adds the slash that the address of Slack ends with', () => {
    const read = readEnvironment({ ...slack, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://localhost:1/api' });
    expect(read.slack).toMatchObject({ apiUrl: 'http://localhost:1/api/', transport: { kind: 'socket' } });
  });

  it('pages by every way that is set up', () => {
    const all = { ...slack, PAGERDUTY_API_TOKEN: 'p', TORAN_PAGE_WEBHOOK: 'https://gateway.example' };
    expect(waysOf(readEnvironment(all))).toEqual(['slack', 'pagerduty', 'webhook']);
    expect(waysOf(readEnvironment(slack))).toEqual(['slack']);
  });

  it('keeps what is private beside the database, with a secret, and on PostgreSQL only at an address of its own', () => {
    const secret = 'x'.repeat(32);
    const read = (source: Readonly<Record<string, string>>) => readEnvironment(source).privateData;
    const postgres = { DATABASE_URL: 'postgres://toran@db/toran', TORAN_SECRET: secret };
    const own = 'postgres://toran_private@db/toran';
    expect(read({})).toEqual({ kind: 'off', because: 'no_secret' });
    expect(read({ TORAN_SECRET: `${secret}, ${secret}y` })).toEqual({
      kind: 'on',
      secrets: [secret, `${secret}y`],
      databaseUrl: 'file:data/toran-private.db',
    });
    expect(read({ TORAN_SECRET: secret, DATABASE_URL: 'file:/srv/a.b/toran' })).toMatchObject({
      databaseUrl: 'file:/srv/a.b/toran-private',
    });
    expect(read({ TORAN_SECRET: secret, DATABASE_URL: ':memory:' })).toMatchObject({ databaseUrl: ':memory:' });
    expect(read(postgres)).toEqual({ kind: 'off', because: 'no_database_of_its_own' });
    expect(read({ ...postgres, TORAN_PRIVATE_DATABASE_URL: own })).toMatchObject({ kind: 'on', databaseUrl: own });
  });

  it.each([
    [{ TORAN_SECRET: 'short' }, 'TORAN_SECRET: must have at least 32 characters'],
    [{ TORAN_SECRET: `${'x'.repeat(32)},old` }, 'TORAN_SECRET: must have at least 32 characters'],
    [{ TORAN_PRIVATE_DATABASE_URL: 'mysql://x' }, 'TORAN_PRIVATE_DATABASE_URL: must be file:'],
    [{ PORT: '-1' }, 'PORT: must be a port from 0'],
    [{ PORT: '70000' }, 'PORT: must be a port from 0'],
    [{ PORT: '3000x' }, 'PORT: must be a port from 0'],
    [{ PORT: '1.5' }, 'PORT: must be a port from 0'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL: must be file:'],
    [{ SLACK_API_URL: 'slack.com' }, 'SLACK_API_URL: must be an http(s) URL'],
    [{ TORAN_PAGE_WEBHOOK: 'ftp://x' }, 'TORAN_PAGE_WEBHOOK: must be an http(s) URL'],
    [{ PAGERDUTY_API_SERVER: 'https://api.pagerduty.com' }, 'PAGERDUTY_API_SERVER: must be a host'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN: is missing'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN: set it for Socket Mode, or SLACK_SIGNING_SECRET'],
    [{ SLACK_BOT_TOKEN: 'xoxp-1' }, 'SLACK_BOT_TOKEN: must be a bot token'],
    [{ TORAN_HOOK_TOKENS: 'grafana:short' }, 'TORAN_HOOK_TOKENS: entry 1'],
    [{ TORAN_HOOK_TOKENS: 'a:0123456789abcdef,b:0123456789 abcdef' }, 'TORAN_HOOK_TOKENS: entry 2'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be fatal, error'],
  ])('says which setting is wrong and how it is meant (%#)', (source, said) => {
    expect(refusal(source)).toContain(said);
  });

  it('never repeats a secret in what it says', () => {
    const secret = '0123456789 abcdef-secret';
    expect(refusal({ TORAN_HOOK_TOKENS: `a:${secret}` })).not.toContain(secret);
    expect(refusal({ SLACK_BOT_TOKEN: secret })).not.toContain(secret);
  });
});
