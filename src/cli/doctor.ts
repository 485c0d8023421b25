import type { Agent } from 'node:https';
import { BadInput } from '../config/bad-input.ts';
import { readEnvironment, type Environment } from '../config/environment.ts';
import type { Store } from '../engine/ports.ts';
import { doctorChecks, type DoctorWords } from '../messages/doctor-facts.ts';
import { doctorWords } from '../messages/doctor.ts';
import type { Catalog, Language } from '../oncall/catalog.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';
import { openStore } from '../store/open.ts';
import type { CliCommand, CliIo } from './command.ts';
import { bounded, finding, type Examined, type Finding, type Patient } from './doctor-finding.ts';
import { examineCatalog, examineClocks, examineDatabase, examineSettings, examineTimeData } from './doctor-inside.ts';
import { examineManifest } from './doctor-manifest.ts';
import { examinePagerDuty } from './doctor-pagerduty.ts';
import { examinePrivacy } from './doctor-privacy.ts';
import { examineSlack } from './doctor-slack.ts';
import { parseOptions } from './options.ts';

const help = `Usage: toran doctor [--json]

Checks everything that Toran stands on: settings, database, catalog, clock, Slack's token and scopes, the app manifest,
PagerDuty and its webhook. Each line says what is so, and what to do where something is wrong. Changes nothing but to bring
an empty or older database to this version. Exits with 1 when something fails; warnings do not fail.

  --json   print JSON alone: {"ok","checks":[{"check","level","code","text","fix"}]}`;

export const doctorCommand: CliCommand = {
  name: 'doctor',
  summary: 'check settings, database, Slack and PagerDuty, with a fix for each fault',
  help,
  async run(args, io) {
    const { values } = parseOptions('doctor', args, { json: { type: 'boolean', default: false } }, false);
    const { findings, language } = await examine(io.env, { now: () => io.now() });
    const words = doctorWords[language];
    if (values.json) io.out(reportJson(findings, words));
    else printReport(findings, words, io);
    return findings.some(({ level }) => level === 'fail') ? 1 : 0;
  },
};

export interface ExamineOptions {
  readonly now: () => EpochMs;
  /** Patience with each check. */
  readonly timeoutMs?: number;
  /** Trusts the sandbox's certificate; left out, the usual authorities. */
  readonly pagerDutyAgent?: Agent;
}

/** Everything that is found, in the order in which it is told; speaks the language of the workspace where it is known. */
export async function examine(
  env: CliIo['env'],
  options: ExamineOptions,
): Promise<{ readonly findings: readonly Finding[]; readonly language: Language }> {
  let environment: Environment;
  try {
    environment = readEnvironment(env);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { findings: [finding('settings', 'fail', 'settings_bad', { problem: error.message })], language: 'en' };
  }
  const { now, timeoutMs = 10 * secondMs, pagerDutyAgent } = options;
  const opening = await openWithin(environment.databaseUrl, timeoutMs);
  const { store, catalog } = 'store' in opening ? opening : {};
  try {
    const patient: Patient = { environment, store, catalog, now, timeoutMs, pagerDutyAgent };
    const examined = [...(await examineAll(patient)), 'problem' in opening ? opening.problem : { findings: [] }];
    const clocks = examineClocks(examined.flatMap((one) => one.clocks ?? []));
    const findings = [...examined, clocks].flatMap((one) => one.findings);
    return { findings: inOrder(findings), language: catalog?.workspace.locale ?? 'en' };
  } finally {
    await store?.close();
  }
}

async function examineAll(patient: Patient): Promise<readonly Examined[]> {
  const { timeoutMs } = patient;
  const { needs, examined: manifest } = await examineManifest();
  const others = await Promise.all([
    bounded('settings', timeoutMs, () => examineSettings(patient.environment)),
    bounded('database', timeoutMs, () => examineDatabase(patient)),
    bounded('privacy', timeoutMs, () => examinePrivacy(patient.environment)),
    bounded('catalog', timeoutMs, () => examineCatalog(patient)),
    bounded('clock', timeoutMs, () => examineTimeData()),
    bounded('slack', timeoutMs, () => examineSlack(patient, needs)),
    bounded('pagerduty', timeoutMs, () => examinePagerDuty(patient)),
  ]);
  return [...others, manifest];
}

type Opening = { readonly store: Store; readonly catalog: Catalog } | { readonly problem: Examined };

/** A database that does not answer in time is closed again when it does at last. */
async function openWithin(url: string, timeoutMs: number): Promise<Opening> {
  const opened: Promise<Opening> = openWithCatalog(url).catch((error: unknown) => ({
    problem: {
      findings: [
        finding('database', 'fail', 'database_down', { problem: error instanceof Error ? error.message : 'unknown' }),
      ],
    },
  }));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Opening>((resolve) => {
    const seconds = Math.round(timeoutMs / secondMs);
    const problem = { findings: [finding('database', 'fail', 'timed_out', { seconds })] };
    timer = setTimeout(() => {
      resolve({ problem });
      void opened.then(async (opening) => 'store' in opening && opening.store.close());
    }, timeoutMs);
  });
  try {
    return await Promise.race([opened, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openWithCatalog(url: string): Promise<Opening> {
  const store = await openStore(url, { role: 'tool' });
  try {
    return { store, catalog: (await store.onCallFacts()).catalog };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return doctorChecks.flatMap((check) => findings.filter((one) => one.check === check));
}

function reportJson(findings: readonly Finding[], words: DoctorWords): string {
  const checks = findings.map(({ check, level, code, say }) => ({ check, level, code, ...say(words.findings) }));
  return JSON.stringify({ ok: findings.every(({ level }) => level !== 'fail'), checks });
}

function printReport(findings: readonly Finding[], words: DoctorWords, io: CliIo): void {
  const levelWidth = Math.max(...Object.values(words.levels).map((word) => word.length));
  const checkWidth = Math.max(...Object.values(words.checks).map((word) => word.length));
  for (const { check, level, say } of findings) {
    const { text, fix } = say(words.findings);
    const head = `${words.levels[level].padEnd(levelWidth)}  ${words.checks[check].padEnd(checkWidth)}  `;
    io.out(head + text);
    if (level !== 'ok' && fix !== undefined) io.out(' '.repeat(head.length) + fix);
  }
  const count = (wanted: string) => findings.filter(({ level }) => level === wanted).length;
  io.out('');
  io.out(words.summary(count('fail'), count('warn')));
}
