import { readdir, readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { callbackIds } from '../../src/slack/ids.ts';
import { manifestEvents, manifestScopes, methodScopes } from '../../src/slack/scopes.ts';

const manifestShape = z.object({
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean() }),
    shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
    slash_commands: z.array(z.object({ command: z.string(), should_escape: z.boolean() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean() }),
  }),
});

const text = await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8');
const manifest = manifestShape.parse(parse(text));
const schema = z
  .record(z.string(), z.unknown())
  .parse(
    JSON.parse(
      await readFile(new URL('../fixtures/slack-manifest/manifest.schema.2.0.0.json', import.meta.url), 'utf8'),
    ),
  );
const sources = await slackSources();

async function slackSources(): Promise<string> {
  const directory = new URL('../../src/slack/', import.meta.url);
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return (await Promise.all(files.map((file) => readFile(new URL(file, directory), 'utf8')))).join('\n');
}

/** The quoted names with which listeners of a kind are registered. */
function registered(kind: 'event' | 'command'): readonly string[] {
  return [...sources.matchAll(new RegExp(`\\bapp\\.${kind}\\(\\s*'([^']+)'`, 'g'))].map(([, name = '']) => name);
}

/** Shortcuts are registered by `{ callback_id: callbackIds.name, type: … }`. */
function registeredShortcuts(): readonly string[] {
  const ids: Readonly<Record<string, string>> = callbackIds;
  const found = sources.matchAll(/callback_id: callbackIds\.(\w+), type: '(shortcut|message_action)'/g);
  return [...found].map(([, key = '', type]) => `${type === 'shortcut' ? 'global' : 'message'} ${ids[key]}`);
}

/** A listener for `message` hears it in every kind of conversation that the app subscribed to. */
function heard(event: string): string {
  return event.startsWith('message.') ? 'message' : event;
}

describe('manifest.yml', () => {
  it('is valid by the schema that Slack publishes', () => {
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('asks for exactly the scopes that the code needs', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(manifestScopes);
  });

  it('lets only scopes be declined that it also asks for, and never those of pages and commands', () => {
    const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
    expect(optional.filter((scope) => !bot.includes(scope))).toEqual([]);
    expect(optional).not.toContain('chat:write');
    expect(optional).not.toContain('commands');
  });

  it('subscribes to exactly the events that the code names', () => {
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(manifestEvents);
  });

  it('subscribes to exactly the events that a listener waits for', () => {
    const subscribed = new Set(manifest.settings.event_subscriptions.bot_events.map(heard));
    expect([...subscribed].toSorted()).toEqual([...new Set(registered('event'))].toSorted());
  });

  it('declares exactly the shortcuts and commands that a listener answers', () => {
    const { shortcuts, slash_commands: commands } = manifest.features;
    expect(shortcuts.map(({ type, callback_id: id }) => `${type} ${id}`).toSorted()).toEqual(
      registeredShortcuts().toSorted(),
    );
    expect(commands.map(({ command }) => command).toSorted()).toEqual(registered('command').toSorted());
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  it('has mentions come as ids, and opens the tab without which no page arrives', () => {
    expect(manifest.features.slash_commands.every((command) => command.should_escape)).toBe(true);
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  });

  it('names no method in the table of scopes that is never called', () => {
    const called = new Set([...sources.matchAll(/>\(\)\(\s*'([\w.]+)'/g)].map(([, name]) => name));
    expect(Object.keys(methodScopes).filter((name) => !called.has(name))).toEqual([]);
  });
});
