import type { Language } from '../oncall/catalog.ts';
import { listed, type DoctorWords } from './doctor-facts.ts';
import { doctorHebrew } from './doctor-he.ts';

function count(number: number, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${number} ${many}`;
}

const english: DoctorWords = {
  checks: {
    settings: 'settings',
    database: 'database',
    privacy: 'privacy',
    catalog: 'catalog',
    clock: 'clock',
    slack: 'Slack',
    manifest: 'manifest',
    pagerduty: 'PagerDuty',
  },
  levels: { ok: 'ok', warn: 'warn', fail: 'FAIL' },
  summary: (failures, warnings) =>
    failures + warnings === 0
      ? 'All is well.'
      : `${count(failures, 'thing fails', 'things fail')}, ${count(warnings, 'warning', 'warnings')}.`,
  findings: {
    settings_bad: ({ problem }) => ({ text: problem, fix: 'Correct it in the environment; .env.example shows each.' }),
    settings_fine: () => ({ text: 'the settings can be read' }),
    slack_not_set: () => ({
      text: 'Slack is not set up, and without it Toran does not start',
      fix: 'Create the app from manifest.yml and set SLACK_BOT_TOKEN, with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.',
    }),
    phones_silent: () => ({
      text: 'no phone rings: pages go out as Slack messages alone',
      fix: 'Set PAGERDUTY_API_TOKEN, or TORAN_PAGE_WEBHOOK for another gateway.',
    }),
    catalog_file_bad: ({ problem }) => ({
      text: problem,
      fix: 'Correct the file; toran apply --check tells the same.',
    }),
    timed_out: ({ seconds }) => ({
      text: `no result within ${seconds} s`,
      fix: 'Look at the network between this machine and the other side, then ask again.',
    }),
    check_failed: ({ problem }) => ({ text: `could not be checked (${problem})`, fix: 'Ask again; the log has more.' }),
    database_down: ({ problem }) => ({ text: problem, fix: 'Check DATABASE_URL, and that the database is running.' }),
    database_fine: ({ dialect, tookMs }) => ({
      text: `${dialect} is at this version, writes and reads back in ${tookMs} ms`,
    }),
    dead_letters: ({ count: dead, newest }) => ({
      text: `${count(dead, 'thing was', 'things were')} given up and not done; the newest: ${newest}`,
      fix: 'Remove the cause; the log has every one as "effect given up".',
    }),
    set_aside: ({ count: kept }) => ({
      text: `${count(kept, 'delivery', 'deliveries')} from outside could not be used and ${kept === 1 ? 'is' : 'are'} kept`,
      fix: 'The log names each as "set aside", with the reason.',
    }),
    private_off: () => ({
      text: 'private data is off: reasons, own rules and calendars are not kept; TORAN_SECRET turns it on (openssl rand -base64 32)',
    }),
    private_nowhere: () => ({
      text: 'private data is off: on PostgreSQL it needs an address with a role of its own',
      fix: 'Set TORAN_PRIVATE_DATABASE_URL; docs/privacy.md has the four lines.',
    }),
    private_down: ({ problem }) => ({
      text: `${problem}. Paging does not need it; reasons, own rules and calendars do`,
      fix: 'Check TORAN_PRIVATE_DATABASE_URL, and that the role may create a schema in its database.',
    }),
    private_readable: () => ({
      text: 'the role of the pager can read what is private',
      fix: 'Give TORAN_PRIVATE_DATABASE_URL a role of its own, and the role of DATABASE_URL no grant on toran_private.',
    }),
    private_shut: ({ count: rows }) => ({
      text: `${count(rows, 'sealed entry opens', 'sealed entries open')} with no secret of TORAN_SECRET`,
      fix: 'Put the secret that sealed them behind the present one: new,old.',
    }),
    private_outdated: ({ count: rows }) => ({
      text: `${count(rows, 'entry is', 'entries are')} still sealed with an older secret`,
      fix: 'Keep the older secret in TORAN_SECRET: the server seals everything anew each night.',
    }),
    private_fine: ({ dialect }) => ({ text: `private data is on, sealed, and kept apart from the pager (${dialect})` }),
    catalog_missing: () => ({
      text: 'no catalog: Toran knows nobody whom it could page',
      fix: 'Write one and run "toran apply CATALOG", or set TORAN_CATALOG.',
    }),
    catalog_fine: ({ people, schedules, services }) => ({
      text: `${count(people, 'person', 'people')}, ${count(schedules, 'schedule', 'schedules')}, ${count(services, 'service', 'services')}`,
    }),
    people_unreachable: ({ people }) => ({
      text: `no page can reach ${listed(people)}`,
      fix: 'Give them a "slack" or a "pagerduty" id in the catalog.',
    }),
    people_not_rung: ({ people }) => ({
      text: `no phone rings for ${listed(people)}`,
      fix: 'Give them their "pagerduty" id in the catalog.',
    }),
    clock_fine: ({ against, mostSeconds }) => ({
      text: `agrees with ${listed(against)} (${mostSeconds} s apart at most)`,
    }),
    clock_unknown: () => ({ text: 'there was nothing to compare the clock with' }),
    time_data_fine: () => ({ text: 'time zones and the Hebrew calendar of this Node.js are right' }),
    time_data_wrong: ({ what }) => ({
      text: `this Node.js is wrong about ${what.map((each) => (each === 'zones' ? 'time zones' : 'the Hebrew calendar')).join(' and ')}`,
      fix: 'Use an official build of Node.js 24 with full ICU: shifts, Shabbat and festivals are computed by it.',
    }),
    clock_off: ({ against, seconds }) => ({
      text: `this machine's clock is ${seconds} s away from ${against}`,
      fix: 'Synchronise the clock (NTP): pages, escalations and signatures go by it.',
    }),
    slack_unreachable: ({ problem }) => ({
      text: `Slack cannot be reached (${problem})`,
      fix: 'Check SLACK_API_URL, the proxy and the firewall.',
    }),
    slack_token_refused: ({ error }) => ({
      text: `Slack refuses SLACK_BOT_TOKEN (${error})`,
      fix: 'Install the app to the workspace again and copy its bot token.',
    }),
    slack_fine: ({ team, user }) => ({ text: `speaks as ${user} in ${team}` }),
    scopes_missing: ({ scopes }) => ({
      text: `the bot token lacks ${listed(scopes)}`,
      fix: 'Update the app with manifest.yml and install it to the workspace again.',
    }),
    scopes_declined: ({ scopes }) => ({
      text: `optional scopes are not granted: ${listed(scopes)}`,
      fix: 'Without them some things are missing (manifest.yml says which). Install again to grant them.',
    }),
    scopes_extra: ({ scopes }) => ({
      text: `the bot token may do more than Toran needs: ${listed(scopes)}`,
      fix: 'Remove these scopes from the app, and install it again.',
    }),
    scopes_fine: ({ count: scopes }) => ({
      text: `${count(scopes, 'scope', 'scopes')}, exactly those that Toran needs`,
    }),
    app_token_refused: ({ error }) => ({
      text: `Slack refuses SLACK_APP_TOKEN for Socket Mode (${error})`,
      fix: 'Create an app-level token with connections:write under "Basic Information", and switch Socket Mode on.',
    }),
    app_token_fine: () => ({ text: 'Socket Mode opens connections' }),
    signing_secret_set: () => ({ text: 'deliveries come over HTTP; only one that arrives proves the signing secret' }),
    manifest_unreadable: ({ problem }) => ({
      text: `manifest.yml cannot be read (${problem})`,
      fix: "It is delivered beside Toran's program; put it back.",
    }),
    manifest_lacks: ({ names }) => ({
      text: `manifest.yml lacks what Toran uses: ${listed(names)}`,
      fix: 'Take manifest.yml from this version.',
    }),
    manifest_exceeds: ({ names }) => ({
      text: `manifest.yml asks for what Toran does not use: ${listed(names)}`,
      fix: 'Take manifest.yml from this version.',
    }),
    manifest_fine: () => ({ text: 'manifest.yml is what this version uses' }),
    pagerduty_not_set: () => ({ text: 'PagerDuty is not set up' }),
    pagerduty_read_only: () => ({
      text: 'webhooks are read, but nothing is written back and nobody is rung',
      fix: 'Set PAGERDUTY_API_TOKEN.',
    }),
    pagerduty_unreachable: ({ problem }) => ({
      text: `PagerDuty cannot be reached (${problem})`,
      fix: 'Check PAGERDUTY_API_SERVER, the proxy and the firewall.',
    }),
    pagerduty_token_refused: ({ problem }) => ({
      text: `PagerDuty refuses PAGERDUTY_API_TOKEN (${problem})`,
      fix: 'Create a REST API key of the account that is not read-only, and set it.',
    }),
    pagerduty_fine: () => ({ text: 'the token works' }),
    personal_token: ({ name }) => ({
      text: `the token is a personal one of ${name}, whom PagerDuty then never rings for Toran's pages`,
      fix: 'Use a key of the account (Integrations → API Access Keys).',
    }),
    services_unknown: ({ services }) => ({
      text: `PagerDuty does not know these services of the catalog: ${listed(services)}`,
      fix: 'Correct "pagerduty" of each: it is the id at the end of the address of the service.',
    }),
    services_none: () => ({
      text: 'no service of the catalog is one of PagerDuty, so nobody can be rung',
      fix: 'Give at least one service its "pagerduty" id.',
    }),
    users_unknown: ({ people }) => ({
      text: `PagerDuty does not know these people of the catalog: ${listed(people)}`,
      fix: 'Correct "pagerduty" of each: it is the id at the end of the address of their profile.',
    }),
    emails_missing: ({ people }) => ({
      text: `PagerDuty cannot be told who acknowledged when it is ${listed(people)}`,
      fix: 'Give them the "email" in the catalog under which PagerDuty knows them.',
    }),
    emails_differ: ({ people }) => ({
      text: `the catalog and PagerDuty have different e-mail addresses for ${listed(people)}`,
      fix: "Use PagerDuty's: it refuses what is done in the name of any other.",
    }),
    senders_few: () => ({
      text: 'fewer than two people have both "email" and "pagerduty": nobody can be rung in the name of another',
      fix: 'Complete at least two people in the catalog.',
    }),
    subscriptions_hidden: ({ problem }) => ({
      text: `the state of the webhook cannot be seen (${problem})`,
      fix: 'Give the token the rights of a manager, or look at Integrations → Webhooks now and then.',
    }),
    subscription_missing: () => ({
      text: 'no webhook of PagerDuty leads to /hooks/pagerduty',
      fix: 'Create one for the account under Integrations → Webhooks, and put its secret into PAGERDUTY_WEBHOOK_SECRETS.',
    }),
    subscription_disabled: ({ url }) => ({
      text: `PagerDuty has switched its webhook to ${url} off for a day, since deliveries were refused`,
      fix: 'A running Toran switches it on again; if it comes back, compare PAGERDUTY_WEBHOOK_SECRETS.',
    }),
    subscription_inactive: ({ url }) => ({
      text: `the webhook to ${url} is switched off`,
      fix: 'Switch it on under Integrations → Webhooks, or delete it.',
    }),
    subscription_lacks: ({ url, events }) => ({
      text: `the webhook to ${url} does not send ${listed(events)}`,
      fix: 'Add these events to the subscription.',
    }),
    subscription_fine: ({ url }) => ({ text: `the webhook to ${url} is on` }),
    secret_missing: ({ url }) => ({
      text: `PagerDuty sends webhooks to ${url}, and PAGERDUTY_WEBHOOK_SECRETS is empty: every one is refused`,
      fix: 'Set the secret that PagerDuty showed when the webhook was created, or create it anew.',
    }),
    polling_only: () => ({ text: 'no webhook: PagerDuty is asked for what is new' }),
  },
};

export const doctorWords: Record<Language, DoctorWords> = { en: english, he: doctorHebrew };
