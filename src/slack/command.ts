import type { App } from '@slack/bolt';
import { z } from 'zod';
import { readIncidentId } from '../incident/ids.ts';
import { acknowledgeCommand, escalateCommand } from './acknowledge.ts';
import { askedBy, type Answer, type Asked } from './asked.ts';
import { awayCommand } from './away.ts';
import { awayForm } from './away-form.ts';
import { backCommand } from './back.ts';
import { cancelCommand } from './cancel.ts';
import { commandWords, readCommand, type CommandWord } from './command-words.ts';
import { coverCommand } from './cover.ts';
import { coverageCommand } from './coverage.ts';
import { declareCommand } from './declare.ts';
import { digestCommand } from './digest.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { helpCommand, menu } from './help.ts';
import { actionIds, callbackIds } from './ids.ts';
import { joinCommand } from './join.ts';
import { leadCommand } from './lead.ts';
import { listCommand } from './list.ts';
import { metricsCommand } from './metrics.ts';
import { noteCommand } from './note.ts';
import { onCallCommand } from './oncall.ts';
import { pageCommand } from './page.ts';
import { postmortemCommand } from './postmortem.ts';
import { reopenCommand } from './reopen.ts';
import { resolveCommand } from './resolve.ts';
import { severityCommand } from './severity.ts';
import { unknownIncident } from './stale.ts';
import { statusCommand } from './status.ts';
import { onClick, onSubmission, openForm } from './surfaces.ts';
import { swapCommand } from './swap.ts';
import { takeCommand } from './take.ts';
import { timelineCommand } from './timeline.ts';
import { updateCommand } from './update.ts';
import { menuWords } from './views/help.ts';
import { inputIds } from './views/modals.ts';
import { whyCommand } from './why.ts';

type CommandHandler = (asked: Asked, text: string) => Promise<Answer>;

const handlers: { readonly [Word in CommandWord]: CommandHandler } = {
  declare: declareCommand,
  update: updateCommand,
  sev: severityCommand,
  status: statusCommand,
  lead: leadCommand,
  page: pageCommand,
  ack: acknowledgeCommand,
  escalate: escalateCommand,
  resolve: resolveCommand,
  reopen: reopenCommand,
  cancel: cancelCommand,
  join: joinCommand,
  note: noteCommand,
  timeline: timelineCommand,
  why: whyCommand,
  oncall: onCallCommand,
  cover: coverCommand,
  take: takeCommand,
  swap: swapCommand,
  away: awayCommand,
  back: backCommand,
  coverage: coverageCommand,
  metrics: metricsCommand,
  digest: digestCommand,
  postmortem: postmortemCommand,
  list: listCommand,
  help: helpCommand,
};

/** What stands behind `/incident`, however it was asked. */
async function run(asked: Asked, text: string): Promise<Answer> {
  const read = readCommand(text);
  switch (read.kind) {
    case 'command':
      return handlers[read.word](asked, read.rest);
    case 'unknown':
      return menu(asked, read.typed, read.suggestions);
    case 'empty':
      return menu(asked, undefined, []);
  }
}

const waitingCommand = z.object({ word: z.enum(commandWords), rest: z.string() });

export function registerCommand(app: App, deps: SlackFeatureDeps): void {
  app.command('/incident', async ({ command, ack, client, context }) => {
    const asked = await askedBy(deps, { slackUser: command.user_id, channel: command.channel_id, context });
    const answer = await run(asked, command.text ?? '');
    const message =
      answer.kind === 'say' ? answer.message : await openForm(asked, client, command.trigger_id, answer.view);
    if (message === undefined) await ack();
    else await ack({ response_type: 'ephemeral', text: message.text, blocks: message.blocks });
  });
  onClick(app, deps, new RegExp(`^${actionIds.menu}_`), async (asked, { value }) => {
    const word = menuWords.find((known) => known === value);
    if (word === undefined) return menu(asked, undefined, []);
    return word === 'away' ? awayForm(asked, asked.person) : handlers[word](asked, '');
  });
  onSubmission(app, deps, callbackIds.pickIncident, async (asked, form) => {
    const incident = readIncidentId(form.choice(inputIds.incident) ?? '');
    const waiting = waitingCommand.safeParse(parsedJson(form.metadata));
    if (incident === undefined || !waiting.success) return unknownIncident(asked);
    return handlers[waiting.data.word](asked, `${incident} ${waiting.data.rest}`.trim());
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
