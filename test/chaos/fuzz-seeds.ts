import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One good delivery, and how it is written on the wire. */
export interface Seed {
  readonly path: '/slack/events' | '/hooks/pagerduty' | '/hooks/alerts';
  readonly contentType: string;
  readonly good: unknown;
  encode(value: unknown): Uint8Array;
}

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const form = 'application/x-www-form-urlencoded';

type Some<Value> = readonly [Value, ...Value[]];

/** What monitors, PagerDuty, people and Slack really send: a list of each, so that none is tried seldom. */
export async function readSeeds(): Promise<Some<Some<Seed>>> {
  return [alerts(), some(await pagerDuty()), some(commands()), some(await slack())];
}

function some<Value>([first, ...rest]: readonly Value[]): Some<Value> {
  if (first === undefined) throw new Error('a folder of deliveries is empty; look at test/fixtures');
  return [first, ...rest];
}

function asJson(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value) ?? 'undefined');
}

function asForm(value: unknown): Uint8Array {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [['', String(value)]];
  const fields = entries.map(([key, inner]): [string, string] => [
    key,
    typeof inner === 'string' ? inner : JSON.stringify(inner),
  ]);
  return Buffer.from(new URLSearchParams(fields).toString());
}

function asPayload(value: unknown): Uint8Array {
  return Buffer.from(new URLSearchParams({ payload: JSON.stringify(value) ?? '' }).toString());
}

function alerts(): Some<Seed> {
  const own = {
    dedup_key: 'disk',
    status: 'firing',
    service: 'checkout',
    title: 'disk is full',
    severity: 'sev1',
    url: 'https://monitor.example/1',
    at: '2026-11-24T10:00:00Z',
  };
  const alertmanager = {
    version: '4',
    status: 'firing',
    groupKey: '{}:{alertname="Disk"}',
    alerts: [
      {
        status: 'firing',
        fingerprint: 'f1',
        labels: { alertname: 'Disk', service: 'search', severity: 'critical' },
        annotations: { summary: 'disk is full' },
        startsAt: '2026-11-24T10:00:00Z',
        generatorURL: 'https://monitor.example/2',
      },
    ],
  };
  const seed = (good: unknown): Seed => ({
    path: '/hooks/alerts',
    contentType: 'application/json',
    good,
    encode: asJson,
  });
  return [seed(own), seed([own, { ...own, dedup_key: 'cpu', status: 'resolved' }]), seed(alertmanager)];
}

async function pagerDuty(): Promise<readonly Seed[]> {
  const goods = await readAll(join(fixtures, 'pagerduty', 'webhooks'));
  return goods.map((good) => ({ path: '/hooks/pagerduty', contentType: 'application/json', good, encode: asJson }));
}

const typed = [
  'declare sev2 checkout is slow',
  'away',
  'back',
  'page',
  'ack INC-1',
  'resolve',
  'note x',
  'oncall',
  'why',
  'sev 1',
];

function commands(): readonly Seed[] {
  return typed.map((text, index) => ({
    path: '/slack/events',
    contentType: form,
    good: {
      command: '/incident',
      text,
      user_id: 'U0BENI',
      channel_id: 'C0INCIDENTS',
      team_id: 'T0NAHAL',
      trigger_id: `1.${index}`,
      response_url: 'https://hooks.slack.com/commands/1/2',
      api_app_id: 'A0TORAN',
    },
    encode: asForm,
  }));
}

async function slack(): Promise<readonly Seed[]> {
  const goods = await readAll(join(fixtures, 'slack', 'realistic'));
  return goods.map((good) => {
    const isEvent = typeof good === 'object' && good !== null && 'event' in good;
    return isEvent
      ? { path: '/slack/events', contentType: 'application/json', good, encode: asJson }
      : { path: '/slack/events', contentType: form, good, encode: asPayload };
  });
}

async function readAll(folder: string): Promise<readonly unknown[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.map(async (name): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
}
