import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { askedBy, said, type Answer, type Asked } from './asked.ts';
import { faultOf } from './fault.ts';
import type { SlackFeatureDeps } from './feature.ts';
import type { SlackMessage } from './views/message.ts';
import { answerModal } from './views/modals.ts';

/** What a pressed button or a choice says. It comes from a client and can be anything. */
const clicked = z.object({
  value: z.string().max(2_000).optional(),
  selected_option: z.object({ value: z.string().max(150) }).nullish(),
});

const clickBody = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  response_url: z.string().optional(),
  view: z.object({ type: z.string() }).optional(),
});

export interface Click {
  readonly value: string;
  /** Of the button, for those that share one handler. */
  readonly actionId: string;
  /** Puts an answer in the place of the message that was clicked. */
  readonly replace: (message: SlackMessage) => void;
}

/** Undefined: the message that was clicked shows it, so nothing else is said. */
export type ClickHandler = (asked: Asked, click: Click) => Promise<Answer | undefined>;

/** Bolt may only acknowledge once the handler is through: what it did is committed by then. */
export function onClick(app: App, deps: SlackFeatureDeps, actionId: string | RegExp, handle: ClickHandler): void {
  const constraints = { type: 'block_actions', action_id: actionId } as const;
  app.action(constraints, async ({ ack, action, body, context, client, respond }) => {
    const choice = clicked.safeParse(action);
    const origin = clickBody.safeParse(body);
    const value = choice.data?.selected_option?.value ?? choice.data?.value;
    if (!origin.success || value === undefined) {
      deps.log.warn({ actionId: action.action_id }, 'slack sent a click without a value or without a person');
      await ack();
      return;
    }
    const { trigger_id: trigger, user, channel, response_url: answerUrl, view } = origin.data;
    // A form that was clicked in stays open below the one that answers.
    const show = view?.type === 'modal' ? pushForm : openForm;
    const asked = await askedBy(deps, { slackUser: user.id, channel: channel?.id, context });
    const tell = ({ text, blocks }: SlackMessage, replaceOriginal: boolean) => {
      // Outside of messages there is nothing to replace, and Bolt has no `respond` then.
      if (answerUrl === undefined) return;
      // Not waited for: what was decided is committed, and Slack waits for the acknowledgement.
      respond({ response_type: 'ephemeral', replace_original: replaceOriginal, text, blocks }).catch((error: unknown) =>
        deps.log.warn({ actionId: action.action_id, ...faultOf(error) }, 'slack did not take the answer to a click'),
      );
    };
    const replace = (message: SlackMessage) => tell(message, true);
    const answer = await handle(asked, { value, actionId: action.action_id, replace });
    const message = answer?.kind === 'open' ? await show(asked, client, trigger, answer.view) : answer?.message;
    if (message !== undefined && answerUrl !== undefined) tell(message, false);
    // A Home has no conversation to answer in.
    else if (message !== undefined) await show(asked, client, trigger, answerModal(asked.language, message));
    await ack();
  });
}

/** Opens a form. One that does not open is said in words, so that nobody waits for it. */
export function openForm(
  asked: Asked,
  client: WebClient,
  trigger: string,
  view: ModalView,
): Promise<SlackMessage | undefined> {
  return shown(asked, view, () => client.views.open({ trigger_id: trigger, view }));
}

/** Above the form that is open. */
function pushForm(
  asked: Asked,
  client: WebClient,
  trigger: string,
  view: ModalView,
): Promise<SlackMessage | undefined> {
  return shown(asked, view, () => client.views.push({ trigger_id: trigger, view }));
}

async function shown(asked: Asked, view: ModalView, show: () => Promise<unknown>): Promise<SlackMessage | undefined> {
  try {
    await show();
    return undefined;
  } catch (error) {
    asked.deps.log.warn({ callbackId: view.callback_id, ...faultOf(error) }, 'slack did not open a form');
    return said(asked, slackAnswerWords[asked.language].formNotOpened);
  }
}

/** What somebody filled in, by the names of the inputs. */
export interface Submission {
  text(id: string): string;
  choice(id: string): string | undefined;
  /** `2026-12-02`; undefined where no day was chosen. */
  date(id: string): string | undefined;
  /** Of checkboxes: what is ticked. */
  choices(id: string): readonly string[];
  /** Slack ids of the people who were chosen. */
  users(id: string): readonly string[];
  readonly metadata: string;
}

/** `errors` are shown beside the inputs whose names they are keyed by; undefined closes the form. */
export type SubmissionAnswer =
  Answer | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> } | undefined;

export function onSubmission(
  app: App,
  deps: SlackFeatureDeps,
  callbackId: string,
  handle: (asked: Asked, submission: Submission) => Promise<SubmissionAnswer>,
): void {
  app.view(callbackId, async ({ ack, view, body, context }) => {
    const asked = await askedBy(deps, { slackUser: body.user.id, channel: undefined, context });
    const { values } = view.state;
    const answer = await handle(asked, {
      text: (id) => values[id]?.[id]?.value ?? '',
      choice: (id) => values[id]?.[id]?.selected_option?.value,
      date: (id) => values[id]?.[id]?.selected_date ?? undefined,
      choices: (id) => (values[id]?.[id]?.selected_options ?? []).flatMap(({ value }) => value ?? []),
      users: (id) => {
        const { selected_user: one, selected_users: several } = values[id]?.[id] ?? {};
        return several ?? (typeof one === 'string' ? [one] : []);
      },
      metadata: view.private_metadata,
    });
    switch (answer?.kind) {
      case undefined:
        await ack();
        return;
      case 'errors':
        await ack({ response_action: 'errors', errors: { ...answer.errors } });
        return;
      case 'open':
        await ack({ response_action: 'update', view: answer.view });
        return;
      case 'say':
        await ack({ response_action: 'update', view: answerModal(asked.language, answer.message) });
        return;
    }
  });
}
