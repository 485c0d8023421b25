import { createInterface } from 'node:readline/promises';
import type { CliIo } from '../command.ts';
import { durationMs } from '../../config/times.ts';
import { people } from './company.ts';
import type { World } from './world.ts';

const help = `  as NAME                     act as alma, beni, carmel, dana or noa
  in #CHANNEL | NAME          look at a channel, or at the direct messages between Toran and that person
  /incident …                 type the command
  say TEXT                    post a message
  click LABEL [N]             press a button of the N-th last message here (the last one that has it)
  pin [N]                     put a 📌 on the N-th last message
  alert SERVICE TEXT          a monitor reports trouble to PagerDuty (checkout, search)
  recover SERVICE             the monitor says that it is over
  wait 5m                     put the clock forward
  channels                    what channels there are
  quit`;

interface Seat {
  who: (typeof people)[number];
  place: string;
}

/** A prompt at which one can be anybody. Everything it does goes through the same interface that a page would use. */
export async function runPrompt(world: World, io: CliIo): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: io.isTerminal });
  const first = people[0];
  if (first === undefined) return;
  const seat: Seat = { who: first, place: '#incidents' };
  io.out(
    `\nThe sandbox keeps running. Slack: ${world.slack.url}/_sandbox/slack/  PagerDuty: ${world.pagerDuty.controlUrl}/`,
  );
  io.out(help);
  const ask = () => io.isTerminal && process.stderr.write(`${seat.who.id} in ${seat.place}> `);
  io.signal.addEventListener('abort', () => lines.close(), { once: true });
  ask();
  for await (const line of lines) {
    if (line.trim() === 'quit') break;
    try {
      for (const answer of await act(line.trim(), seat, world)) io.out(answer);
    } catch (error) {
      io.out(error instanceof Error ? error.message : String(error));
    }
    ask();
  }
  lines.close();
}

async function act(line: string, seat: Seat, world: World): Promise<readonly string[]> {
  const [verb = '', ...words] = line.split(/\s+/);
  const rest = words.join(' ');
  const { slack } = world;
  switch (verb) {
    case '':
      return [];
    case 'help':
      return [help];
    case 'as': {
      const who = people.find((one) => one.id === rest.toLowerCase());
      if (who === undefined) return [`nobody here is called "${rest}"`];
      seat.who = who;
      return [`you are ${who.name}`];
    }
    case 'in':
      seat.place = placeOf(rest);
      return slack.renderTranscript(seat.place, { seenBy: seat.who.slack });
    case 'channels':
      return slack.state
        .channels()
        .filter((one) => one.kind !== 'im')
        .map((one) => `#${one.name}${one.topic.value === '' ? '' : ` — ${one.topic.value}`}`);
    case '/incident':
      return command(rest, seat, world);
    case 'say':
      slack.actions.post({ user: seat.who.slack, channel: channelId(seat, world), text: rest });
      return [];
    case 'pin': {
      const message = slack.state.messages(seat.place).at(-(Number(rest) || 1));
      if (message === undefined) return ['there is no message here'];
      slack.actions.react({ user: seat.who.slack, channel: message.channelId, ts: message.ts, name: 'pushpin' });
      return [];
    }
    case 'click':
      return click(rest, seat, world);
    case 'alert':
      return alert(words, world);
    case 'recover':
      world.pagerDuty.actions.recover({ serviceId: serviceOf(rest), dedupKey: `prompt-${rest}` });
      return [];
    case 'wait': {
      const waitMs = durationMs(rest);
      if (waitMs === undefined) return ['say how long: wait 5m, wait 2h'];
      world.advance(waitMs);
      return [`it is ${new Date(world.clock.now()).toISOString()}`];
    }
    default:
      return [`"${verb}" is not understood; type help`];
  }
}

/** What the person sees after it: the answer as it stands in the channel, or the form that opened. */
async function command(text: string, seat: Seat, world: World): Promise<readonly string[]> {
  const { slack } = world;
  const user = seat.who.slack;
  const channel = channelId(seat, world);
  const seen = new Set(slack.state.modals(user).map((view) => view.id));
  const before = slack.renderTranscript(channel, { seenBy: user });
  const outcome = await slack.actions.command({ user, channel, command: '/incident', text });
  if (!outcome.ok) {
    return [outcome.reason === 'app' ? `Slack shows: ${outcome.sawError}` : JSON.stringify(outcome.errors)];
  }
  const opened = outcome.views.filter((view) => !seen.has(view.id));
  const answer = slack.renderTranscript(channel, { seenBy: user }).slice(before.length);
  return [...answer, ...opened.flatMap((view) => slack.renderView(view.id))];
}

async function click(rest: string, seat: Seat, { slack }: World): Promise<readonly string[]> {
  const label = rest.replace(/\s+\d+$/, '');
  const messages = slack.state
    .messages(seat.place)
    .filter((one) => JSON.stringify(one.blocks ?? []).includes(JSON.stringify(label)));
  const message = messages.at(-(Number(/\s(\d+)$/.exec(rest)?.[1]) || 1));
  if (message === undefined) return [`no message here has a button "${label}"`];
  const outcome = await slack.actions.click({
    user: seat.who.slack,
    channel: message.channelId,
    ts: message.ts,
    label,
  });
  return outcome.ok ? (outcome.replied === undefined ? [] : [outcome.replied.text]) : ['the app did not answer'];
}

function alert(words: readonly string[], { pagerDuty }: World): readonly string[] {
  const [service = '', ...text] = words;
  const made = pagerDuty.actions.trigger({
    serviceId: serviceOf(service),
    summary: text.join(' ') || 'something is wrong',
    dedupKey: `prompt-${service}`,
  });
  return [
    made.incident === null
      ? 'PagerDuty made no incident: nobody is on call there'
      : `PagerDuty incident ${made.incident.id}`,
  ];
}

function serviceOf(name: string): string {
  return name === 'search' ? 'PSVCSRC' : 'PSVCCHK';
}

function placeOf(text: string): string {
  return people.find((one) => one.id === text.toLowerCase())?.slack ?? (text.startsWith('#') ? text : `#${text}`);
}

function channelId(seat: Seat, { slack }: World): string {
  const channel = seat.place.startsWith('#')
    ? slack.state.channelByName(seat.place.slice(1))
    : slack.state.dm(seat.place);
  return channel?.id ?? 'C0GENERAL';
}
