import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readPersonalRule } from '../../../src/config/personal-rules.ts';
import { createPrivacy } from '../../../src/engine/privacy.ts';
import { registerPrivateFeatures } from '../../../src/slack/private-features.ts';
import { createPersonalSurface } from '../../../src/slack/private-surface.ts';
import { openPrivateStore } from '../../../src/store/private/open.ts';
import { localWorkspace, waitMs } from './local-workspace.ts';

const secretLine = /parental|tiberias|teveria|private-abc123|calendar\.example/i;

it('what is told in private forms is in no message, Home, log line, fact or call to Slack but the person’s own forms', async () => {
  const privateStore = await openPrivateStore(':memory:', { secrets: ['a secret that is long enough for everything'] });
  const slack = await localWorkspace(undefined, undefined, (parts) => {
    const privacy = createPrivacy({ ...parts, privateStore, readRule: readPersonalRule });
    return {
      surface: createPersonalSurface(privacy, parts.store, pino({ level: 'silent' })),
      register: (app, deps) => registerPrivateFeatures(app, deps, privacy),
    };
  });
  const { actions, state } = slack.slack;
  const opensForm = async (form: string) => {
    await actions.click({ user: 'UALMA', view: 'home', actionId: `toran_personal_${form}` });
  };
  slack.opensHome('alma');
  slack.opensHome('beni');
  await slack.home('alma', (lines) => lines.includes('My rules'));
  await slack.types('alma', 'away form');
  await actions.submit({ user: 'UALMA', values: { until: 'sunday', kind: 'parental' } });
  await opensForm('rules');
  await actions.submit({ user: 'UALMA', values: { city: 'tiberias', keeps: ['shabbat'], effect: 'hard' } });
  await opensForm('calendars');
  const address = 'https://calendar.example.com/private-abc123/basic.ics';
  await actions.submit({ user: 'UALMA', values: { address, effect: 'hard' } });
  await actions.close({ user: 'UALMA', all: true });
  // What goes wrong is logged, and says nothing of what it was about.
  slack.slack.faults.inject({ kind: 'error', error: 'internal_error', applied: false, method: 'views.open', times: 1 });
  await opensForm('data');

  expect(await privateStore.reasons('alma')).toMatchObject([{ kind: 'parental' }]);
  expect(await privateStore.rules('alma')).toHaveLength(1);
  expect(await privateStore.feeds('alma')).toHaveLength(1);
  await slack.types('beni', 'oncall');
  await slack.types('beni', 'coverage');
  await slack.types('beni', 'away <@UALMA> <@UCARMEL>');
  await slack.home('alma', (lines) => lines.includes('You are unavailable'));
  slack.passes(24 * 60);
  await slack.slack.until(() => state.messages('UCARMEL')[0], waitMs, 'the notice to Carmel');

  const calls = slack.slack.log.filter(({ method }) => method !== 'views.open');
  const facts = await slack.store.onCallFacts();
  const seen = {
    calls: JSON.stringify(calls),
    // What Slack sends to the app holds what was typed; what the app answers must not.
    answers: JSON.stringify(state.ephemerals('C0LOBBY')),
    messages: JSON.stringify(state.channels().flatMap(({ id }) => state.messages(id))),
    homes: JSON.stringify([state.home('UALMA')?.content, state.home('UBENI')?.content]),
    logs: slack.lines.join('\n'),
    windows: JSON.stringify(facts.windows),
    workspace: JSON.stringify([...(await slack.store.load('workspace', ['workspace'])).values()]),
    people: JSON.stringify([...(await slack.store.load('person', ['person:alma', 'person:beni'])).values()]),
  };
  expect(seen.calls.length).toBeGreaterThan(1_000);
  expect(seen.logs.length).toBeGreaterThan(0);
  for (const [place, text] of Object.entries(seen)) expect(secretLine.test(text), place).toBe(false);
  expect(JSON.stringify(state.home('UBENI')?.content)).not.toMatch(/alma/i);
  await slack.close();
  await privateStore.close();
});
