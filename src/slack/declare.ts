import type { App } from '@slack/bolt';
import { incidentId, type IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackIncidentWords } from '../messages/slack-incident.ts';
import { severities, type Severity } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { actorOf, askedBy, idOf, say, typedText, type Answer, type Asked } from './asked.ts';
import { readDeclaration, type DeclareArguments } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { callbackIds } from './ids.ts';
import { refusalText } from './refusals.ts';
import { onSubmission, openForm } from './surfaces.ts';
import { declareModal, inputIds } from './views/modals.ts';

/**
 * Somebody who types `/incident declare` and no severity wants help: usual policies page for it, and one click on the card
 * lowers it.
 */
const defaultSeverity: Severity = 'sev2';

type Declared =
  | {
      readonly kind: 'declared';
      readonly incident: IncidentId;
      readonly severity: Severity;
      /** Another open one of the same service. */
      readonly beside: IncidentId | undefined;
    }
  | { readonly kind: 'refused'; readonly why: string };

export async function declareCommand(asked: Asked, text: string): Promise<Answer> {
  const wanted = readDeclaration(text, asked.facts.catalog);
  if (wanted.title === '') return { kind: 'open', view: formFor(asked, wanted.severity) };
  const outcome = await declare(asked, { ...wanted, title: typedText(asked, wanted.title) });
  return outcome.kind === 'refused' ? say(asked, outcome.why) : say(asked, ...declaredLines(asked, outcome));
}

export function formFor(asked: Asked, severity: Severity = defaultSeverity, title?: string) {
  return declareModal(asked.language, asked.facts.catalog, severity, title);
}

function declaredLines(asked: Asked, outcome: Extract<Declared, { kind: 'declared' }>): string[] {
  const { incident, severity, beside } = outcome;
  const words = slackAnswerWords[asked.language];
  const { severities: names } = slackIncidentWords[asked.language];
  return [
    words.declared(idOf(asked, incident), names[severity]),
    ...(beside === undefined ? [] : [words.alsoOpen(idOf(asked, beside), incident)]),
  ];
}

/**
 * Later alerts of the same service join the incident, unless another one that is open takes them already: then this one
 * stands beside it.
 */
async function declare(asked: Asked, wanted: DeclareArguments): Promise<Declared> {
  const { engine, store } = asked.deps;
  const severity = wanted.severity ?? defaultSeverity;
  const id = incidentId(await store.nextIncidentNumber());
  const group = wanted.service === undefined ? undefined : `service:${wanted.service}`;
  const groups = group === undefined ? [undefined] : [group, undefined];
  for (const groupKey of groups) {
    const outcome = await engine.execute({
      kind: 'incident',
      stream: id,
      command: {
        type: 'declare',
        title: wanted.title,
        severity,
        service: wanted.service,
        kind: 'incident',
        isPrivate: false,
        groupKey,
        alert: undefined,
      },
      actor: actorOf(asked),
      inbound: asked.inbound,
    });
    if (outcome.kind === 'accepted') {
      const beside =
        group === undefined || groupKey === group ? undefined : (await store.openGroups([group])).get(group);
      return { kind: 'declared', incident: id, severity, beside };
    }
    if (outcome.kind === 'duplicate')
      return { kind: 'declared', incident: outcome.verdict.incident ?? id, severity, beside: undefined };
    if (outcome.kind === 'refused') return { kind: 'refused', why: refusalText(outcome.refusal, asked) };
  }
  throw new Error(`${id}: the store says that no group was taken by a declaration without a group`);
}

export function registerDeclare(app: App, deps: SlackFeatureDeps): void {
  onSubmission(app, deps, callbackIds.declare, async (asked, form) => {
    const chosen = form.choice(inputIds.severity);
    const service = form.choice(inputIds.service);
    const outcome = await declare(asked, {
      title: form.text(inputIds.title),
      severity: severities.find((severity) => severity === chosen),
      service:
        service !== undefined && entry(asked.facts.catalog.services, service) !== undefined ? service : undefined,
    });
    if (outcome.kind === 'refused') return { kind: 'errors', errors: { [inputIds.title]: outcome.why } };
    return say(asked, ...declaredLines(asked, outcome));
  });
  app.shortcut(
    { callback_id: callbackIds.declareShortcut, type: 'shortcut' },
    async ({ ack, shortcut, client, context }) => {
      const asked = await askedBy(deps, { slackUser: shortcut.user.id, channel: undefined, context });
      await openForm(asked, client, shortcut.trigger_id, formFor(asked));
      await ack();
    },
  );
}
