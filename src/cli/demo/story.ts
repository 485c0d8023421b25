import { readFile } from 'node:fs/promises';
import { durationsOf } from '../../figures/durations.ts';
import { nextDigestAt } from '../../figures/digest-due.ts';
import type { IncidentRecord } from '../../figures/record.ts';
import { minuteMs, type EpochMs } from '../../oncall/time.ts';
import { lint } from '../../postmortem/blameless.ts';
import type { Message } from '../../sandbox/slack/model.ts';
import { people, zone } from './company.ts';
import { twoAreCalledUp } from './called-up.ts';
import { see, seen } from './checks.ts';
import type { Narrator } from './narrator.ts';
import type { World } from './world.ts';

const [alma, beni, carmel, dana] = ['U0ALMA', 'U0BENI', 'U0CARMEL', 'U0DANA'] as const;
const waitMs = 15_000;

export interface StoryEnd {
  readonly incident: {
    readonly id: string;
    readonly status: string;
    readonly severity: string;
    readonly channel: string;
    readonly acknowledgedBy: string | undefined;
  };
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly postmortem: string;
  readonly digest: { readonly channel: string; readonly text: string; readonly picture: boolean };
}

/** One incident from the alert to the digest. Every step is looked at from outside: in Slack and in PagerDuty. */
export async function tellStory(world: World, tell: Narrator): Promise<StoryEnd> {
  const channel = await alertOpensChannel(world, tell);
  await coverIsPaged(world, tell);
  const answered = await coverAcknowledges(world, tell, channel);
  await work(world, tell, channel);
  await whoWasAsked(world, tell, channel);
  const record = await resolveIt(world, tell, channel);
  const postmortem = await postmortemIsDrafted(world, tell, channel);
  const digest = await digestIsPosted(world, tell);
  await twoAreCalledUp(world, tell);
  const durations = durationsOf(record).ms;
  const minutes = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms / 600) / 100);
  return {
    incident: {
      id: record.id,
      status: record.outcome,
      severity: record.severity ?? 'unknown',
      channel: channel.name,
      acknowledgedBy: answered,
    },
    figures: {
      detect_min: minutes(durations.detect),
      acknowledge_min: minutes(durations.acknowledge),
      mitigate_min: minutes(durations.mitigate),
      recover_min: minutes(durations.recover),
    },
    postmortem,
    digest,
  };
}

interface IncidentChannel {
  readonly id: string;
  readonly name: string;
}

async function alertOpensChannel({ slack, pagerDuty }: World, tell: Narrator): Promise<IncidentChannel> {
  tell.heading('An alert in the night');
  tell.say('Monitoring tells PagerDuty: 38 % of payments fail. PagerDuty sends Toran a signed webhook.');
  pagerDuty.actions.trigger({
    serviceId: 'PSVCCHK',
    summary: '38 % of payments fail',
    dedupKey: 'checkout-errors',
    severity: 'critical',
  });
  await pagerDuty.until(() => pagerDuty.log.deliveries.some((one) => one.outcome === 'delivered'), waitMs);
  const channel = await slack.until(
    () => slack.state.channels().find((one) => one.name.startsWith('inc-1-')),
    waitMs,
    'the channel of INC-1',
  );
  await slack.until(() => slack.state.pins(channel.id).length === 1, waitMs, 'the pinned card');
  await slack.until(
    () => slack.state.messages('#incidents').some((one) => one.text.includes('INC-1')),
    waitMs,
    'the announcement',
  );
  tell.say(`Toran opened #${channel.name} and announced it in #incidents:`);
  tell.show('#incidents', slack.renderTranscript('#incidents', { zone }));
  tell.passed('a signed PagerDuty webhook opened a channel');
  await tell.pause();
  return { id: channel.id, name: channel.name };
}

async function coverIsPaged({ slack, pagerDuty }: World, tell: Narrator): Promise<void> {
  tell.heading('Who can really answer?');
  tell.say(
    'Alma is on duty, and cannot be reached since yesterday evening. PagerDuty does not know that. Toran pages her cover:',
  );
  await slack.until(
    () => slack.state.messages(beni).some((one) => one.text.includes('INC-1')),
    waitMs,
    'the page to Beni',
  );
  await pagerDuty.until(() => pagerDuty.log.rung.some((one) => one.userId === 'PBENI01'), waitMs);
  see(slack.state.messages(alma).length === 0, 'that Alma is left in peace');
  tell.show('Beni', slack.renderTranscript(beni, { zone }));
  tell.say("Beni's phone rings, too.");
  tell.passed('the person on duty cannot be reached and is not asked');
  tell.passed('the cover is paged in Slack and by PagerDuty');
  await tell.pause();
}

async function coverAcknowledges(
  { slack, pagerDuty, advance, caughtUp }: World,
  tell: Narrator,
  channel: IncidentChannel,
): Promise<string | undefined> {
  advance(2 * minuteMs);
  tell.say('Two minutes later Beni presses Acknowledge.');
  const page = seen(
    slack.state.messages(beni).find((one) => one.text.includes('INC-1')),
    'the page in the DM with Beni',
  );
  const pressed = await slack.actions.click({ user: beni, channel: page.channelId, ts: page.ts, label: 'Acknowledge' });
  see(pressed.ok, 'that the button answers');
  await pagerDuty.until(
    () => pagerDuty.state.incidents.some((one) => one.serviceId === 'PSVCCHK' && one.status === 'acknowledged'),
    waitMs,
  );
  await slack.until(() => slack.state.channel(channel.id)?.members.has(beni), waitMs, 'Beni in the channel');
  await caughtUp();
  await slack.until(
    () => !hasButtons(slack.state.message(page.channelId, page.ts)),
    waitMs,
    'the answered page without its buttons',
  );
  tell.show('Beni', slack.renderTranscript(beni, { zone }));
  tell.passed('the cover acknowledged with one button, and PagerDuty shows it');
  await tell.pause();
  return people.find((one) => one.slack === beni)?.id;
}

async function work({ slack, advance, caughtUp }: World, tell: Narrator, channel: IncidentChannel): Promise<void> {
  tell.heading('The work, and the record that writes itself');
  const command = async (user: string, text: string) => {
    const outcome = await slack.actions.command({ user, channel: channel.id, command: '/incident', text });
    see(outcome.ok, `an answer to /incident ${text}`);
    await caughtUp();
    tell.say(`${nameOf(user)}: /incident ${text}`);
    if (outcome.ok && outcome.replied !== undefined)
      tell.show(`reply ${text}`, [outcome.replied.text.split('\n')[0] ?? '']);
    await tell.pause();
  };
  await command(beni, 'lead');
  await command(beni, 'sev 1');
  advance(4 * minuteMs);
  for (const user of [carmel, dana]) slack.actions.join({ user, channel: channel.id });
  const found = slack.actions.post({
    user: carmel,
    channel: channel.id,
    text: 'the connection pool of payments-db is full since the 02:31 deploy',
  });
  slack.actions.react({ user: dana, channel: channel.id, ts: found.ts, name: 'pushpin' });
  tell.say('Carmel writes what she found, Dana puts a 📌 on it: it is in the timeline.');
  await command(beni, 'update Payments fail for about a third of customers. We are rolling back the 02:31 deploy.');
  await command(beni, 'status fixing');
  advance(9 * minuteMs);
  await command(beni, 'status monitoring');
  await command(carmel, 'note pool is at 40 % again');
  advance(6 * minuteMs);
  await slack.until(
    () => slack.state.messages(channel.id).some((one) => one.text.includes('rolling back')),
    waitMs,
    'the update in the channel',
  );
  tell.say(`#${channel.name} by now:`);
  tell.show(channel.name, slack.renderTranscript(channel.id, { zone }));
  tell.passed('lead, severity, update, status, note and a pinned message are in the record');
}

async function whoWasAsked({ slack }: World, tell: Narrator, channel: IncidentChannel): Promise<void> {
  const before = slack.renderTranscript(channel.id, { seenBy: dana, zone }).length;
  const why = await slack.actions.command({ user: dana, channel: channel.id, command: '/incident', text: 'why' });
  see(why.ok && why.replied?.visible === 'ephemeral', 'an answer to /incident why that only Dana sees');
  const answer = slack.renderTranscript(channel.id, { seenBy: dana, zone }).slice(before);
  see(answer.join('\n').includes('Beni'), 'Beni in the answer to /incident why');
  tell.say('Dana asks /incident why (only she sees the answer):');
  tell.show('why', answer);
  tell.passed('why these people were asked can be looked up, without reasons');
  await tell.pause();
}

async function resolveIt(
  { slack, pagerDuty, toran }: World,
  tell: Narrator,
  channel: IncidentChannel,
): Promise<IncidentRecord> {
  tell.heading('Over');
  const resolved = await slack.actions.command({
    user: beni,
    channel: channel.id,
    command: '/incident',
    text: 'resolve',
  });
  see(resolved.ok, 'an answer to /incident resolve');
  tell.say('Beni: /incident resolve');
  await pagerDuty.until(() => pagerDuty.state.incidents.every((one) => one.status === 'resolved'), waitMs);
  const record = seen(
    (await toran.store.records()).find((one) => one.id === 'INC-1'),
    'INC-1 among the records',
  );
  see(record.outcome === 'resolved', 'that INC-1 is resolved');
  const { detect, acknowledge, mitigate, recover } = durationsOf(record).ms;
  for (const [name, ms] of Object.entries({ acknowledge, mitigate, recover }))
    see(ms !== undefined && ms > 0, `a time to ${name}`);
  tell.say(
    `Times: acknowledged after ${minutesOf(acknowledge)}, mitigated after ${minutesOf(mitigate)}, recovered after ${minutesOf(recover)}${detect === undefined ? '' : `, detected after ${minutesOf(detect)}`}.`,
  );
  tell.passed('resolved here and in PagerDuty, and its times are computed');
  await tell.pause();
  return record;
}

async function postmortemIsDrafted(
  { slack, toran, caughtUp }: World,
  tell: Narrator,
  channel: IncidentChannel,
): Promise<string> {
  const shared = await slack.until(
    () => slack.state.canvases()[0] ?? slack.state.files().find((one) => one.name.includes('INC-1')),
    waitMs,
    'the post-mortem in Slack',
  );
  const path = seen((await toran.store.incident('INC-1'))?.postmortem?.path, 'the path of the post-mortem');
  await caughtUp();
  const markdown = await readFile(path, 'utf8');
  for (const { name, handle } of people) {
    const [first = name] = name.split(' ');
    see(!new RegExp(`\\b(${first}|${handle})\\b`, 'i').test(markdown), `a post-mortem that does not name ${first}`);
  }
  const blaming = lint(
    markdown,
    people.map((one) => one.name),
  ).filter((finding) => finding.tier === 'flag');
  see(blaming.length === 0, 'a draft without blaming wording');
  tell.say(
    `A post-mortem was drafted (${markdown.split('\n').length} lines, roles in place of names) and lies in the channel as ${'content' in shared ? 'a file' : 'a canvas'}:`,
  );
  tell.show('post-mortem', [...markdown.split('\n').slice(0, 19), '…']);
  tell.say(`#${channel.name} at the end:`);
  tell.show(channel.name, slack.renderTranscript(channel.id, { zone }));
  tell.passed('a blameless post-mortem was drafted from a template');
  await tell.pause();
  return path;
}

async function digestIsPosted({ slack, clock, advance, caughtUp }: World, tell: Narrator): Promise<StoryEnd['digest']> {
  tell.heading('Sunday, 09:00');
  const before = slack.state.messages('#incidents').length;
  const due: EpochMs = nextDigestAt(clock.now(), zone);
  advance(due - clock.now());
  const message = await slack.until(
    () =>
      slack.state
        .messages('#incidents')
        .slice(before)
        .find((one) => one.byApp && one.blocks !== undefined),
    waitMs,
    'the digest in #incidents',
  );
  const picture = await slack.until(
    () => slack.state.files().find((one) => one.name.endsWith('.png')),
    waitMs,
    'the picture of the digest',
  );
  await caughtUp();
  const lines = slack.renderTranscript('#incidents', { zone });
  const digest = lines.slice(lines.findIndex((line) => line.includes(message.text)));
  see(digest.join('\n').includes('INC-1'), 'INC-1 in the digest');
  tell.say('The weekly digest is there, with its picture:');
  tell.show('digest', digest);
  tell.passed('the weekly digest shows it');
  return { channel: '#incidents', text: message.text, picture: picture.name.endsWith('.png') };
}

function hasButtons(message: Message | undefined): boolean {
  return (message?.blocks ?? []).some((block) => block['type'] === 'actions');
}

function nameOf(slackId: string): string {
  return people.find((one) => one.slack === slackId)?.name.split(' ')[0] ?? slackId;
}

function minutesOf(ms: number | undefined): string {
  return ms === undefined ? 'an unknown time' : `${(ms / minuteMs).toFixed(1)} min`;
}
