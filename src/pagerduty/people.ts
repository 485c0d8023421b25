import { entry } from '../oncall/lookup.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import type { PagerDutyResult } from './client-result.ts';

/** The catalog's person behind a PagerDuty user; someone outside the catalog keeps their PagerDuty id. */
export function personOfUser(catalog: Catalog, userId: string): PersonId {
  return Object.values(catalog.people).find((person) => person.pagerduty === userId)?.id ?? `pagerduty:${userId}`;
}

/** The e-mail under which PagerDuty knows this person: whoever acts is named by it. */
export function emailOf(catalog: Catalog, person: PersonId | undefined): string | undefined {
  return person === undefined ? undefined : entry(catalog.people, person)?.email;
}

/**
 * In whose name Toran's own calls can go, best first: whoever is preferred, the admins, everybody else. Never the person who
 * is rung: PagerDuty takes an incident that one makes for oneself for acknowledged and rings nobody.
 */
export function senderEmails(
  catalog: Catalog,
  { prefer, except }: { readonly prefer?: PersonId | undefined; readonly except?: PersonId | undefined },
): readonly string[] {
  const first = [prefer, ...catalog.workspace.admins].flatMap((id) =>
    id === undefined ? [] : (entry(catalog.people, id) ?? []),
  );
  const emails = [...first, ...Object.values(catalog.people)].flatMap((person) =>
    person.email !== undefined && person.pagerduty !== undefined && person.id !== except ? [person.email] : [],
  );
  return [...new Set(emails)].slice(0, mostSenders);
}

/** More wrong addresses than that are a wrong catalog, which `toran doctor` tells. */
const mostSenders = 4;

/**
 * Tries a call in the name of one sender after the other for as long as PagerDuty objects to the sender and to nothing else:
 * one address that is wrong in the catalog, or one observer, must not keep phones from ringing. Nobody to try: undefined.
 */
export async function asSender<T>(
  senders: readonly string[],
  call: (from: string) => Promise<PagerDutyResult<T>>,
): Promise<PagerDutyResult<T> | undefined> {
  let result: PagerDutyResult<T> | undefined;
  for (const from of senders) {
    result = await call(from);
    if (result.ok || result.error.kind !== 'refused') return result;
    const { status, code } = result.error;
    if (status !== 403 && (code === null || !senderRefused.has(code))) return result;
  }
  return result;
}

/** Requester not found, requester not authorised, From missing or unknown. */
const senderRefused = new Set([1008, 1018, 2016]);
