import { z } from 'zod';

/** Something that Slack sent, by whichever way it came. */
export interface Delivery {
  readonly kind: 'event' | 'command' | 'submission' | 'click' | 'other';
  readonly body: Record<string, unknown>;
  /** Slack's own id for it: the same when it comes again. */
  readonly id: string;
  readonly retryNumber: number | undefined;
  readonly retryReason: string | undefined;
}

const known = z.object({
  type: z.string().optional(),
  event_id: z.string().optional(),
  command: z.string().optional(),
  trigger_id: z.string().optional(),
});

/**
 * What kind of thing a payload is. Events have an id of their own; what a person did is known by its trigger. `fallbackId`
 * serves the few that have neither.
 */
export function readDelivery(
  body: Record<string, unknown>,
  fallbackId: string,
  retry: { readonly number?: number | undefined; readonly reason?: string | undefined } = {},
): Delivery {
  const parsed = known.safeParse(body);
  const { type, event_id: eventId, command, trigger_id: trigger } = parsed.success ? parsed.data : {};
  const kind = kindOf(type, eventId, command);
  return {
    kind,
    body,
    id: (kind === 'event' ? eventId : trigger) ?? fallbackId,
    retryNumber: retry.number,
    retryReason: retry.reason,
  };
}

function kindOf(type: string | undefined, eventId: string | undefined, command: string | undefined): Delivery['kind'] {
  if (eventId !== undefined) return 'event';
  if (command !== undefined) return 'command';
  switch (type) {
    case 'view_submission':
      return 'submission';
    case 'block_actions':
    case 'shortcut':
    case 'message_action':
      return 'click';
    default:
      return 'other';
  }
}

const inputBlock = z.object({ type: z.literal('input'), block_id: z.string() });
const modal = z.object({ view: z.object({ blocks: z.array(z.unknown()) }) });

/** The first input of a submitted modal, beside which an error can be shown. */
export function firstInputBlock(body: Record<string, unknown>): string | undefined {
  const parsed = modal.safeParse(body);
  const inputs = parsed.success ? parsed.data.view.blocks.map((block) => inputBlock.safeParse(block)) : [];
  return inputs.find((input) => input.success)?.data?.block_id;
}

const person = z.object({
  user_id: z.string().optional(),
  user: z.object({ id: z.string() }).optional(),
  response_url: z.string().optional(),
});

/** Who did it, and where an answer only for them can be sent, as far as the payload says. */
export function senderOf(body: Record<string, unknown>): {
  readonly user: string | undefined;
  readonly responseUrl: string | undefined;
} {
  const parsed = person.safeParse(body);
  if (!parsed.success) return { user: undefined, responseUrl: undefined };
  return { user: parsed.data.user_id ?? parsed.data.user?.id, responseUrl: parsed.data.response_url };
}
