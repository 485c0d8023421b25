import type { IncidentCommand } from './commands.ts';
import { refuse, type Decision, type Draft } from './draft.ts';
import { findPage, holder, livePages } from './incident.ts';
import { isWaiting } from './page.ts';
import { loseAcknowledgement, recordAcknowledgement, replaceLost } from './paging.ts';

type Of<Type> = Extract<IncidentCommand, { type: Type }>;

/**
 * "I have it." Anyone may say so, also someone who was not asked. An answer to one page answers every page of the
 * incident, since they all ask the same question.
 */
export function acknowledge(command: Of<'acknowledge'>, draft: Draft): Decision {
  const { actor } = draft.context;
  const person = actor.kind === 'person' ? actor.person : undefined;
  if (person === undefined) return draft.accept();
  const waiting = draft.current().pages.filter(isWaiting);
  if (waiting.length > 0) {
    for (const page of waiting) recordAcknowledgement(page.id, person, command.via, draft);
    return draft.accept();
  }
  const by = holder(draft.current());
  if (by === person) return draft.accept();
  if (by !== undefined) return refuse({ code: 'already_acknowledged', by });
  if (draft.current().status !== 'triage') return refuse({ code: 'no_page_running' });
  // Nobody was paged for this one; taking it up still starts the investigation.
  if (!draft.current().people.includes(person)) draft.add({ type: 'person_joined', person });
  draft.add({ type: 'status_changed', from: 'triage', to: 'investigating' });
  return draft.accept();
}

/** "I can't": the page moves on at once. Said by someone who was not asked, it changes nothing but their own future. */
export function decline(command: Of<'decline'>, draft: Draft): Decision {
  const { actor } = draft.context;
  const page = findPage(draft.current(), command.page);
  if (page === undefined || actor.kind !== 'person') return refuse({ code: 'no_page_running' });
  if (page.declined.includes(actor.person)) return draft.accept();
  if (page.answer.kind === 'acknowledged') {
    if (page.answer.by !== actor.person) return refuse({ code: 'already_acknowledged', by: page.answer.by });
    // One question, one answer: whoever gives it up holds no other page of the incident either.
    const held = livePages(draft.current()).filter(
      ({ answer }) => answer.kind === 'acknowledged' && answer.by === actor.person,
    );
    for (const { id } of held) draft.add({ type: 'page_declined', page: id, person: actor.person });
    for (const one of held) loseAcknowledgement(one, 'unavailable', draft);
    return draft.accept();
  }
  if (!isWaiting(page)) return refuse({ code: 'no_page_running' });
  draft.add({ type: 'page_declined', page: page.id, person: actor.person });
  const after = findPage(draft.current(), page.id);
  if (after !== undefined) replaceLost(after, 'declined', draft);
  return draft.accept();
}

/** An acknowledgement is a lease. Whether it has run out is asked of the state, never of the timer that asks. */
export function checkAcknowledgement(command: Of<'check_acknowledgement'>, draft: Draft): Decision {
  const page = livePages(draft.current()).find((live) => live.id === command.page);
  if (page?.answer.kind !== 'acknowledged' || page.answer.until === null) return draft.accept();
  if (draft.context.now >= page.answer.until) loseAcknowledgement(page, 'timeout', draft);
  return draft.accept();
}
