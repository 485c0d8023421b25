import { describe, expect, it } from 'vitest';
import { manifestScopes } from '../../src/slack/scopes.ts';
import { company, person } from '../support/company.ts';
import { account } from '../pagerduty/support.ts';
import { apiToken, database, surroundings, told, toldOf } from './doctor-support.ts';

describe('Slack', () => {
  it('tells scopes that are missing, declined or more than needed', async () => {
    const scopes = manifestScopes.filter((scope) => scope !== 'pins:write' && scope !== 'groups:history');
    const { codes, text } = await toldOf({ scopes: [...scopes, 'users:read.email'] });
    expect(codes).toEqual(expect.arrayContaining(['fail scopes_missing', 'warn scopes_declined', 'warn scopes_extra']));
    expect(text).toContain('lacks pins:write\n');
    expect(text).toContain('not granted: groups:history\n');
    expect(text).toContain('than Toran needs: users:read.email\n');
  });

  it('tells a token that is refused', async () => {
    const { codes, text } = await toldOf({ env: { SLACK_BOT_TOKEN: 'xoxb-of-another-app' } });
    expect(codes).toContain('fail slack_token_refused');
    expect(text).toContain('invalid_auth');
    expect(text).not.toContain('xoxb-of-another-app');
  });

  it('tells an app token with which Socket Mode opens no connection', async () => {
    const { codes, text } = await toldOf({ env: { SLACK_APP_TOKEN: 'xapp-of-another-app' } });
    expect(codes).toEqual(expect.arrayContaining(['ok slack_fine', 'fail app_token_refused']));
    expect(text).not.toContain('xapp-of-another-app');
  });

  it('that answers with the page of a proxy counts as not reached', async () => {
    const { slack, settings, options } = await surroundings();
    slack.faults.inject({ kind: 'http_error', status: 502, applied: false });
    const { codes, text } = await told(settings, options);
    expect(codes).toContain('fail slack_unreachable');
    expect(text).toContain('502');
  });

  it('cannot prove a signing secret, and says so', async () => {
    const { settings, options } = await surroundings({ env: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'signs' } });
    const { codes, text } = await told(settings, options);
    expect(codes).toContain('ok signing_secret_set');
    expect(text).not.toContain('signs\n');
  });
});

describe('PagerDuty', () => {
  it('that is not set up is no fault; set up by half it is', async () => {
    const DATABASE_URL = await database();
    expect((await told({ DATABASE_URL }, { now: Date.now })).codes).toContain('ok pagerduty_not_set');
    const half = { DATABASE_URL, PAGERDUTY_WEBHOOK_SECRETS: 'secret' };
    expect((await told(half, { now: Date.now })).codes).toContain('warn pagerduty_read_only');
  });

  it('tells a token that is refused', async () => {
    const { codes } = await toldOf({ pagerDuty: { apiTokens: ['another'] } });
    expect(codes.filter((code) => code.includes('pagerduty'))).toEqual(['fail pagerduty_token_refused']);
  });

  it('tells a personal token, whose owner is never rung', async () => {
    const { codes, text } = await toldOf({
      pagerDuty: { apiTokens: [{ token: apiToken, kind: 'user', userId: 'PDANA' }] },
    });
    expect(codes).toContain('warn personal_token');
    expect(text).toContain('Dana');
  });

  it('tells services and people whom it does not know, and addresses that do not fit', async () => {
    const catalog = company();
    const people = {
      ...catalog.people,
      alma: person('alma', { pagerduty: 'PNOBODY' }),
      beni: person('beni', { email: 'beni@elsewhere.example' }),
      carmel: person('carmel', { email: 'CARMEL@example.com' }),
      dana: person('dana', { email: undefined }),
    };
    const seed = account();
    const services = seed.services.filter(({ id }) => id !== 'PSVC1');
    const { codes, text } = await toldOf({ catalog: { ...catalog, people }, pagerDuty: { services } });
    expect(codes.filter((code) => !code.startsWith('ok'))).toEqual([
      'fail services_unknown',
      'fail users_unknown',
      'warn emails_missing',
      'warn emails_differ',
    ]);
    expect(text).toContain('services of the catalog: checkout\n');
    expect(text).toContain('people of the catalog: alma\n');
    expect(text).toContain('when it is dana\n');
    expect(text).toContain('addresses for beni\n');
  });

  it('tells that nobody can be rung in the name of another', async () => {
    const catalog = company();
    const people = { noa: person('noa') };
    expect((await toldOf({ catalog: { ...catalog, people } })).codes).toContain('fail senders_few');
  });

  it('tells a webhook that is switched off, in both ways', async () => {
    const { pagerDuty, settings, options } = await surroundings();
    const [subscription] = pagerDuty.state.subscriptions;
    if (subscription === undefined) throw new Error('there is a subscription');
    subscription.disabledUntil = Date.now() + 1_000_000;
    expect((await told(settings, options)).codes).toContain('fail subscription_disabled');
    subscription.active = false;
    expect((await told(settings, options)).codes).toContain('warn subscription_inactive');
  });

  it('tells events that a webhook does not send, and a webhook that leads elsewhere', async () => {
    const { pagerDuty, settings, options } = await surroundings();
    const [subscription] = pagerDuty.state.subscriptions;
    if (subscription === undefined) throw new Error('there is a subscription');
    subscription.events = subscription.events.filter((event) => event !== 'incident.acknowledged');
    const lacking = await told(settings, options);
    expect(lacking.codes).toContain('warn subscription_lacks');
    expect(lacking.text).toContain('does not send incident.acknowledged\n');
    subscription.url = 'https://example.com/elsewhere';
    expect((await told(settings, options)).codes).toContain('warn subscription_missing');
  });

  it('tells a secret that is missing while webhooks come, and polling where none come', async () => {
    const { pagerDuty, settings, options } = await surroundings({ env: { PAGERDUTY_WEBHOOK_SECRETS: '' } });
    expect((await told(settings, options)).codes).toContain('fail secret_missing');
    pagerDuty.state.subscriptions.pop();
    expect((await told(settings, options)).codes).toContain('ok polling_only');
  });

  it('changes nothing there', async () => {
    const { pagerDuty, settings, options } = await surroundings();
    await told(settings, options);
    expect(new Set(pagerDuty.log.calls.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
  });
});
