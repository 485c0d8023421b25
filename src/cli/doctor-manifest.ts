import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { manifestEvents, manifestScopes } from '../slack/scopes.ts';
import { finding, type Examined } from './doctor-finding.ts';

const manifestShape = z.object({
  features: z.object({ slash_commands: z.array(z.object({ command: z.string() })).default([]) }),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()).default([]) }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
    interactivity: z.object({ is_enabled: z.boolean() }).optional(),
  }),
});

/** What a bot token has to have, by the code; `optional` is what whoever installs the app may decline. */
export interface ManifestNeeds {
  readonly scopes: ReadonlySet<string>;
  readonly optional: ReadonlySet<string>;
}

export interface ManifestExamined {
  readonly examined: Examined;
  readonly needs: ManifestNeeds | undefined;
}

/** Compares manifest.yml with what this version calls and listens to, both ways. */
export async function examineManifest(path: string | undefined = manifestPath()): Promise<ManifestExamined> {
  if (path === undefined) return unreadable('not found');
  let manifest: z.infer<typeof manifestShape>;
  try {
    manifest = manifestShape.parse(parse(await readFile(path, 'utf8')));
  } catch (error) {
    return unreadable(error instanceof Error ? error.name : 'unknown fault');
  }
  const events = manifest.settings.event_subscriptions?.bot_events ?? [];
  const { bot, bot_optional: declinable } = manifest.oauth_config.scopes;
  const lacks = [
    ...manifestScopes.filter((scope) => !bot.includes(scope)),
    ...manifestEvents.filter((event) => !events.includes(event)),
    ...(manifest.features.slash_commands.some(({ command }) => command === '/incident') ? [] : ['/incident']),
    ...(manifest.settings.interactivity?.is_enabled === true ? [] : ['interactivity']),
  ];
  const exceeds = [
    ...bot.filter((scope) => !manifestScopes.includes(scope)),
    ...events.filter((event) => !manifestEvents.includes(event)),
  ];
  const findings = [
    ...(lacks.length === 0 ? [] : [finding('manifest', 'fail', 'manifest_lacks', { names: lacks })]),
    ...(exceeds.length === 0 ? [] : [finding('manifest', 'warn', 'manifest_exceeds', { names: exceeds })]),
  ];
  return {
    examined: { findings: findings.length > 0 ? findings : [finding('manifest', 'ok', 'manifest_fine', {})] },
    needs: { scopes: new Set(manifestScopes), optional: new Set(declinable) },
  };
}

function unreadable(problem: string): ManifestExamined {
  return {
    examined: { findings: [finding('manifest', 'warn', 'manifest_unreadable', { problem })] },
    needs: undefined,
  };
}

/** Beside the sources as well as beside a bundle in dist/. */
function manifestPath(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'manifest.yml');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
