import type { App } from '@slack/bolt';
import { registerAcknowledge, registerEscalate } from './acknowledge.ts';
import { registerAway } from './away.ts';
import { registerAwayForms } from './away-form.ts';
import { registerBack } from './back.ts';
import { registerCallUp } from './call-up.ts';
import { registerCommand } from './command.ts';
import { registerCover } from './cover.ts';
import { registerCoverage } from './coverage.ts';
import { registerDeclare } from './declare.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { registerMention } from './help.ts';
import { registerHome } from './home.ts';
import { registerJoin } from './join.ts';
import { registerLead } from './lead.ts';
import { registerMessagesChanged } from './messages-changed.ts';
import { registerNote } from './note.ts';
import { registerOffer } from './offer.ts';
import { registerAddToTimeline, registerReactions } from './reactions.ts';
import { registerReopen } from './reopen.ts';
import { registerResolve } from './resolve.ts';
import { registerSeverity } from './severity.ts';
import { registerStatus } from './status.ts';
import { registerSwap } from './swap.ts';
import { registerTake } from './take.ts';
import { registerUpdate } from './update.ts';

export type { SlackFeatureDeps } from './feature.ts';

/** Everything that people can do in Slack. Listeners that throw have changed nothing: the receiver then does not acknowledge. */
export function registerListeners(app: App, deps: SlackFeatureDeps): void {
  registerCommand(app, deps);
  registerDeclare(app, deps);
  registerAcknowledge(app, deps);
  registerEscalate(app, deps);
  registerResolve(app, deps);
  registerReopen(app, deps);
  registerUpdate(app, deps);
  registerSeverity(app, deps);
  registerStatus(app, deps);
  registerLead(app, deps);
  registerJoin(app, deps);
  registerNote(app, deps);
  registerAway(app, deps);
  registerAwayForms(app, deps);
  registerBack(app, deps);
  registerCover(app, deps);
  registerTake(app, deps);
  registerSwap(app, deps);
  registerOffer(app, deps);
  registerHome(app, deps);
  registerCoverage(app, deps);
  registerCallUp(app, deps);
  registerReactions(app, deps);
  registerAddToTimeline(app, deps);
  registerMessagesChanged(app, deps);
  registerMention(app, deps);
}
