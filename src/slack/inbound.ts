import type { Inbound } from '../engine/ports.ts';

/** The name under which Bolt's context carries the sender's own id of what came in. */
export const inboundKey = 'toranInbound';

/**
 * The id by which Slack would repeat what a listener is handling: commit it with the order that it causes, and a
 * repetition changes nothing. Undefined outside of Toran's receiver.
 */
export function inboundOf(context: object): Inbound | undefined {
  const id: unknown = Reflect.get(context, inboundKey);
  return typeof id === 'string' && id !== '' ? { source: 'slack', id } : undefined;
}
