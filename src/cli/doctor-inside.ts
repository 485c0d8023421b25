import { parseCatalog } from '../config/catalog.ts';
import { BadInput } from '../config/bad-input.ts';
import type { Environment } from '../config/environment.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { checkTimeZoneData } from '../oncall/time-zone-data.ts';
import { secondMs } from '../oncall/time.ts';
import { finding, type ClockReading, type Examined, type Finding, type Patient } from './doctor-finding.ts';
import { readTextFile } from './options.ts';

/** What can be told from the settings alone. */
export async function examineSettings(environment: Environment): Promise<Examined> {
  const findings: Finding[] = [];
  const { slack, pagerduty, pageWebhook, catalogFile } = environment;
  if (slack === undefined) findings.push(finding('settings', 'fail', 'slack_not_set', {}));
  if (pagerduty.apiToken === undefined && pageWebhook === undefined)
    findings.push(finding('settings', 'warn', 'phones_silent', {}));
  if (catalogFile !== undefined) {
    try {
      parseCatalog(await readTextFile('TORAN_CATALOG', catalogFile), catalogFile);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      findings.push(finding('settings', 'fail', 'catalog_file_bad', { problem: error.message }));
    }
  }
  return { findings: findings.length > 0 ? findings : [finding('settings', 'ok', 'settings_fine', {})] };
}

/** Whether the database keeps what is written, and what it holds that somebody has to look at. */
export async function examineDatabase({ environment, store, now }: Patient): Promise<Examined> {
  if (store === undefined) return { findings: [] };
  const isPostgres = environment.databaseUrl.startsWith('postgres');
  const before = now();
  const theirs = await store.ping();
  const after = now();
  const findings = [
    finding('database', 'ok', 'database_fine', {
      dialect: isPostgres ? 'PostgreSQL' : 'SQLite',
      tookMs: Math.round(after - before),
    }),
  ];
  const dead = await store.deadLetters();
  const newest = dead.toSorted((one, other) => other.at - one.at)[0];
  if (newest !== undefined)
    findings.push(
      finding('database', 'warn', 'dead_letters', { count: dead.length, newest: `${newest.kind}: ${newest.error}` }),
    );
  const setAside = await store.setAsideCount();
  if (setAside > 0) findings.push(finding('database', 'warn', 'set_aside', { count: setAside }));
  const clocks = isPostgres ? [{ against: 'PostgreSQL', offMs: (before + after) / 2 - theirs }] : [];
  return { findings, clocks };
}

export async function examineCatalog({ environment, catalog }: Patient): Promise<Examined> {
  if (catalog === undefined) return { findings: [] };
  const people = Object.values(catalog.people);
  if (people.length === 0) return { findings: [finding('catalog', 'fail', 'catalog_missing', {})] };
  const gateway = environment.pageWebhook !== undefined;
  const rings = environment.pagerduty.apiToken !== undefined;
  const unreachable = people.filter(
    (person) => person.slack === undefined && !gateway && (person.pagerduty === undefined || !rings),
  );
  const silent = people.filter(
    (person) => rings && !gateway && person.pagerduty === undefined && person.slack !== undefined,
  );
  return {
    findings: [
      finding('catalog', 'ok', 'catalog_fine', sizes(catalog)),
      ...(unreachable.length === 0
        ? []
        : [finding('catalog', 'fail', 'people_unreachable', { people: unreachable.map((person) => person.id) })]),
      ...(silent.length === 0
        ? []
        : [finding('catalog', 'warn', 'people_not_rung', { people: silent.map((person) => person.id) })]),
    ],
  };
}

function sizes({ people, schedules, services }: Catalog) {
  const size = (entries: object) => Object.keys(entries).length;
  return { people: size(people), schedules: size(schedules), services: size(services) };
}

/** Whether this Node.js knows the clocks and calendars by which shifts and festivals are computed. */
export async function examineTimeData(): Promise<Examined> {
  const what = checkTimeZoneData();
  if (what.length > 0) return { findings: [finding('clock', 'fail', 'time_data_wrong', { what })] };
  return { findings: [finding('clock', 'ok', 'time_data_fine', {})] };
}

/** An answer's date has whole seconds, and the way takes time too. */
const unremarkableMs = 5 * secondMs;
/** Slack refuses signatures that are five minutes old; pages are late long before. */
const unusableMs = 60 * secondMs;
/** As readiness has it: replicas that are further apart take each other's leases for over. */
const databaseMs = 2 * secondMs;

export function examineClocks(clocks: readonly ClockReading[]): Examined {
  const off = clocks.flatMap(({ against, offMs }) => {
    const away = Math.abs(offMs);
    const isDatabase = against === 'PostgreSQL';
    if (away <= (isDatabase ? databaseMs : unremarkableMs)) return [];
    const level = isDatabase || away > unusableMs ? 'fail' : 'warn';
    return [finding('clock', level, 'clock_off', { against, seconds: Math.round(away / secondMs) })];
  });
  if (off.length > 0) return { findings: off };
  if (clocks.length === 0) return { findings: [finding('clock', 'ok', 'clock_unknown', {})] };
  const mostSeconds = Math.round(Math.max(...clocks.map(({ offMs }) => Math.abs(offMs))) / secondMs);
  return {
    findings: [finding('clock', 'ok', 'clock_fine', { against: clocks.map(({ against }) => against), mostSeconds })],
  };
}
