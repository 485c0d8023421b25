import { entry } from '../oncall/lookup.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';

/** The catalog's person behind a PagerDuty user; someone outside the catalog keeps their PagerDuty id. */
export function personOfUser(catalog: Catalog, userId: string): PersonId {
  return Object.values(catalog.people).find((person) => person.pagerduty === userId)?.id ?? `pagerduty:${userId}`;
}

/** The e-mail under which PagerDuty knows this person: whoever acts is named by it. */
export function emailOf(catalog: Catalog, person: PersonId | undefined): string | undefined {
  return person === undefined ? undefined : entry(catalog.people, person)?.email;
}

/**
 * Whose name Toran's own calls carry. Never the person who is rung: PagerDuty takes an incident that one makes for oneself
 * for acknowledged and rings nobody.
 */
export function senderEmail(catalog: Catalog, except: PersonId | undefined): string | undefined {
  const admins = catalog.workspace.admins.map((id) => entry(catalog.people, id));
  const everyone = [...admins, ...Object.values(catalog.people)];
  return everyone.find(
    (person) => person?.email !== undefined && person.pagerduty !== undefined && person.id !== except,
  )?.email;
}
