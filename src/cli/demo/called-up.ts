import { slackDutyWords } from '../../messages/slack-duty.ts';
import { onDuty } from '../../oncall/duty.ts';
import { hourMs, minuteMs } from '../../oncall/time.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { see, seen } from './checks.ts';
import { lookAtCoverage, reasonsIn, type CoverageLook } from './coverage-look.ts';
import { zone } from './company.ts';
import type { Narrator } from './narrator.ts';
import type { World } from './world.ts';

const [beni, carmel, dana, noa] = ['U0BENI', 'U0CARMEL', 'U0DANA', 'U0NOA'] as const;
const waitMs = 15_000;
/** From the digest on Sunday, 09:00, to Monday, 06:30. */
const untilMondayMs = 21.5 * hourMs;

/** The morning on which two more of the five are called up, in the middle of an incident that one of them holds. */
export async function twoAreCalledUp(world: World, tell: Narrator): Promise<void> {
  const { slack, pagerDuty, advance, caughtUp } = world;
  tell.heading('Monday, 06:30');
  advance(untilMondayMs);
  await caughtUp();
  pagerDuty.actions.trigger({ serviceId: 'PSVCSRC', summary: 'Search answers nothing', severity: 'critical' });
  const page = await slack.until(() => pageOf(world, beni), waitMs, 'the page to Beni, whose week it is');
  await slack.actions.click({ user: beni, channel: page.channelId, ts: page.ts, label: 'Acknowledge' });
  const channel = await slack.until(
    () => slack.state.channels().find((one) => one.name.startsWith('inc-2-')),
    waitMs,
    'the channel of INC-2',
  );
  for (const text of ['sev 1', 'lead']) {
    await slack.actions.command({ user: beni, channel: channel.id, command: '/incident', text });
    await caughtUp();
  }
  tell.say('Search is down, a sev1. It is Beni’s week: he has it, and leads. Coverage, as Noa sees it:');
  const coverageBefore = await lookAtCoverage(world, tell, { user: noa, name: 'Noa' });
  tell.say('Then Beni and Carmel are gone from one minute to the next. Noa has heard it, and says so in one line:');
  const before = slack.state.messages(channel.id).length;
  const away = { user: noa, channel: '#incidents', command: '/incident', text: 'away @beni @carmel' };
  const noaSaw = slack.renderTranscript('#incidents', { seenBy: noa, zone }).length;
  const askedAt = performance.now();
  const marked = await slack.actions.command(away);
  see(marked.ok && marked.replied?.visible === 'ephemeral', 'an answer that only Noa sees');
  await slack.until(() => pageOf(world, dana), waitMs, 'the page to Dana');
  tell.say(`Noa: /incident ${away.text} — ${Math.round(performance.now() - askedAt)} ms later Dana is paged.`);
  await caughtUp();
  tell.show('call-up', slack.renderTranscript('#incidents', { seenBy: noa, zone }).slice(noaSaw));
  const said = slack.state.messages(channel.id).slice(before);
  const take = seen(
    said.find((message) => isAbout(message, 'toran_take_lead')),
    'the lead that is open',
  );
  see(!/beni|carmel/i.test(JSON.stringify(said)), 'a channel that does not say who dropped out');
  tell.say('At once the page moves to the backup, and the lead is open. Nobody is told who dropped out, or why:');
  tell.show(channel.name, slack.renderTranscript(channel.id, { zone }));
  tell.passed('two are called up during an incident: page and lead move at once, and nobody learns why');
  await tell.pause();
  await danaTakesOver(world, tell, { id: channel.id, lead: take.ts });
  await coverageHasChanged(world, tell, coverageBefore);
}

async function coverageHasChanged(world: World, tell: Narrator, before: CoverageLook): Promise<void> {
  const after = await lookAtCoverage(world, tell, { user: noa, name: 'Noa' });
  see(after.lines.join('\n') !== before.lines.join('\n'), 'that coverage has changed');
  see(!after.heatMap.equals(before.heatMap), 'that the heat map has changed');
  see(reasonsIn(world).length === 0, 'that nowhere in Slack it says why');
  tell.say('Everything that was ever said here was read again: nowhere does it say why.');
  tell.passed('coverage and its heat map show what has changed, and no word says why');
}

async function danaTakesOver(
  world: World,
  tell: Narrator,
  channel: { readonly id: string; readonly lead: string },
): Promise<void> {
  const { slack, toran, advance, caughtUp } = world;
  const page = seen(pageOf(world, dana), 'the page to Dana');
  await slack.actions.click({ user: dana, channel: page.channelId, ts: page.ts, label: 'Acknowledge' });
  await slack.actions.click({ user: dana, channel: channel.id, ts: channel.lead, label: 'Take lead' });
  await caughtUp();
  const incident = await toran.store.incident('INC-2');
  see(incident?.roles['lead'] === 'dana', 'that Dana leads');
  const offer = await slack.until(
    () =>
      slack.state.messages(dana).find((message) => isAbout(message, 'toran_accept_offer') && isAbout(message, 'Beni')),
    waitMs,
    'the offer of Beni’s shift to Dana',
  );
  tell.say('Dana has it, and leads. What is left of the week looks for somebody, too; whoever could take it is asked:');
  tell.show('Dana', slack.renderTranscript(dana, { zone }).slice(-8));
  await slack.actions.click({ user: dana, channel: offer.channelId, ts: offer.ts, label: slackDutyWords.en.accept });
  await caughtUp();
  const [duty] = onDuty(await toran.store.onCallFacts(), 'payments', world.clock.now(), 'sev1');
  see(duty?.person === 'dana' && duty.why === 'override', 'Dana on duty for payments');
  tell.say('Dana presses “I’ll take it”: the rest of the week is hers, and stays hers when Beni is back.');
  tell.passed('their shifts are offered to whoever could take them, and one button takes one');
  advance(10 * minuteMs);
  await slack.actions.command({ user: dana, channel: channel.id, command: '/incident', text: 'resolve' });
  await caughtUp();
  see(slack.state.messages('U0ALMA').length === 0, 'that Alma is still left in peace');
  see(
    slack.state.messages(carmel).every((message) => !message.text.includes('INC-2')),
    'that Carmel was not paged',
  );
  await tell.pause();
}

function pageOf({ slack }: World, user: string): Message | undefined {
  return slack.state.messages(user).find((message) => message.text.includes('INC-2'));
}

/** Says it, or has a button for it. */
function isAbout({ blocks }: Message, what: string): boolean {
  return JSON.stringify(blocks ?? []).includes(what);
}
