import { createInterface } from 'node:readline/promises';
import type { CliIo } from '../command.ts';
import { durationMs } from '../../config/times.ts';
import { toIsoInZone } from '../../oncall/time.ts';
import { people, zone } from './company.ts';
import type { World } from './world.ts';

const help = `  as NAME                     act as alma, beni, carmel, dana or noa
  in #CHANNEL | NAME          look at a channel, or at the direct messages between Toran and that person
  /incident …                 type the command
  say TEXT                    post a message
  click LABEL [N]             press a button of the N-th last message here (the last one that has it)
  pin [N]                     put a 📌 on the N-th last message
  alert SERVICE TEXT          a monitor reports trouble to PagerDuty (checkout or search)
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
  const ask = () =>
    io.isTerminal &&
    process.stderr.write(`${seat.who.id} in ${people.find((one) => one.slack === seat.place)?.id ?? seat.place}> `);
  io.signal.addEventListener('abort', () => lines.close(), { once: true });
  ask();
  for await (const line of lines) {
    if (line.trim() === 'quit') break;
    try {
      const answers = await act(line.trim(), seat, world);
      // What people read next is what Toran has to say by now, not what it had said when the line was typed.
      await world.caughtUp();
      for (const answer of answers) io.out(answer);
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
      if (who === undefined)
        return [`nobody here is called "${rest}"; there are ${people.map((one) => one.id).join(', ')}`];
      seat.who = who;
      return [`you are ${who.name}`];
    }
    case 'in':
      return lookAt(rest, seat, world);
    case 'channels':
      return slack.state
        .channels()
        .filter((one) => one.kind !== 'im')
        .map((one) => `#${one.name}${one.topic.value === '' ? '' : ` — ${one.topic.value}`}`);
    case '/incident':
      return command(rest, seat, world);
    case 'say':
      if (rest === '') return ['say what: say the pool is full'];
      slack.actions.post({ user: seat.who.slack, channel: channelId(seat, world), text: rest });
      return [];
    case 'pin': {
      const messages = slack.state.messages(seat.place);
      const message = messages.at(-(Number(rest) || 1));
      if (message === undefined) return [`there are ${messages.length} messages here`];
      slack.actions.react({ user: seat.who.slack, channel: message.channelId, ts: message.ts, name: 'pushpin' });
      return [];
    }
    case 'click':
      return click(rest, seat, world);
    case 'alert':
      return alert(words, world);
    case 'recover':
      return recover(rest, world);
    case 'wait': {
      const waitMs = durationMs(rest);
      if (waitMs === undefined) return ['say how long: wait 5m, wait 2h'];
      world.advance(waitMs);
      return [`it is ${toIsoInZone(world.clock.now(), zone).slice(0, 16).replace('T', ' ')} in ${zone}`];
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
  const before = slack.renderTranscript(channel, { seenBy: user, zone });
  const outcome = await slack.actions.command({ user, channel, command: '/incident', text });
  if (!outcome.ok) {
    return [outcome.reason === 'app' ? `Slack shows: ${outcome.sawError}` : JSON.stringify(outcome.errors)];
  }
  const opened = outcome.views.filter((view) => !seen.has(view.id));
  const answer = slack.renderTranscript(channel, { seenBy: user, zone }).slice(before.length);
  return [...answer, ...opened.flatMap((view) => slack.renderView(view.id))];
}

function lookAt(name: string, seat: Seat, { slack }: World): readonly string[] {
  const person = people.find((one) => one.id === name.toLowerCase());
  const place = person?.slack ?? (name.startsWith('#') ? name : `#${name}`);
  if (person === undefined && slack.state.channelByName(place.slice(1)) === undefined)
    return [`there is no channel ${place}; type channels to see which there are`];
  seat.place = place;
  const lines = slack.renderTranscript(place, { seenBy: seat.who.slack, zone });
  return lines.length === 0 ? ['nothing was written here yet'] : lines;
}

/** The answer of the app, and the message as it stands afterwards. */
async function click(rest: string, seat: Seat, { slack, caughtUp }: World): Promise<readonly string[]> {
  const owner = people.find((one) => one.slack === seat.place);
  if (owner !== undefined && owner !== seat.who)
    return [`only ${owner.id} can press buttons in these messages; type as ${owner.id}`];
  // A keyboard has ' where the button's label has a typographic apostrophe.
  const label = rest.replace(/\s+\d+$/, '').replaceAll("'", '’');
  const messages = slack.state
    .messages(seat.place)
    .filter((one) => JSON.stringify(one.blocks ?? []).includes(JSON.stringify(label)));
  const message = messages.at(-(Number(/\s(\d+)$/.exec(rest)?.[1]) || 1));
  if (message === undefined) return [`no message here has a button "${label}"`];
  const user = seat.who.slack;
  const seen = new Set(slack.state.modals(user).map((view) => view.id));
  const before = new Set(slack.renderTranscript(message.channelId, { seenBy: user, zone }));
  const outcome = await slack.actions.click({ user, channel: message.channelId, ts: message.ts, label });
  if (!outcome.ok) return ['the app did not answer'];
  await caughtUp();
  const fresh = slack.renderTranscript(message.channelId, { seenBy: user, zone }).filter((line) => !before.has(line));
  const opened = slack.state.modals(user).filter((view) => !seen.has(view.id));
  return [...fresh, ...opened.flatMap((view) => slack.renderView(view.id))];
}

function alert(words: readonly string[], { pagerDuty }: World): readonly string[] {
  const [service = '', ...text] = words;
  const serviceId = serviceIds.get(service);
  if (serviceId === undefined) return [unknownService(service)];
  const made = pagerDuty.actions.trigger({
    serviceId,
    summary: text.join(' ') || 'something is wrong',
    dedupKey: `prompt-${service}`,
  });
  return [
    made.incident === null
      ? 'PagerDuty made no incident: nobody is on call there'
      : `PagerDuty incident ${made.incident.id}`,
  ];
}

function recover(service: string, { pagerDuty }: World): readonly string[] {
  const serviceId = serviceIds.get(service);
  if (serviceId === undefined) return [unknownService(service)];
  pagerDuty.actions.recover({ serviceId, dedupKey: `prompt-${service}` });
  return [];
}

const serviceIds: ReadonlyMap<string, string> = new Map([
  ['checkout', 'PSVCCHK'],
  ['search', 'PSVCSRC'],
]);

function unknownService(name: string): string {
  return `no service is called "${name}"; there are ${[...serviceIds.keys()].join(', ')}`;
}

function channelId(seat: Seat, { slack }: World): string {
  const channel = seat.place.startsWith('#')
    ? slack.state.channelByName(seat.place.slice(1))
    : slack.state.dm(seat.place);
  return channel?.id ?? 'C0GENERAL';
}
