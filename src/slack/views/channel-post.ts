import type { KnownBlock } from '@slack/types';
import type { IncidentEvent, StepRef } from '../../incident/events.ts';
import type { TextId } from '../../incident/ids.ts';
import { sameStep } from '../../incident/page.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { slackPostWords } from '../../messages/slack-posts.ts';
import type { Recorded } from '../../oncall/recorded.ts';
import { actionIds } from '../ids.ts';
import { personView, type IncidentView, type PersonView } from '../incident-view.ts';
import { actions, button, section } from './blocks.ts';
import { plainTitle, roleName } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { actorName, mentionOf, nameOf, namesOf } from './people.ts';
import { plainText } from './plain-text.ts';
import { inlineLink, line, oneLine, paragraph } from './text.ts';

const longestText = 2_800;

/** What is said in the channel about one event; undefined for events that the card alone shows. */
export function channelPost(recorded: Recorded<IncidentEvent>, view: IncidentView): SlackMessage | undefined {
  const said = words(recorded, view);
  if (said === undefined) return undefined;
  const blocks = [
    section(line(said.line, view.language)),
    ...(said.text === undefined ? [] : [section(said.text)]),
    ...(said.buttons ?? []),
  ];
  return message(said.notification ?? plainly(said.line, view), blocks);
}

interface Said {
  readonly line: string;
  /** What a person wrote, as a paragraph of its own. */
  readonly text?: string;
  readonly notification?: string;
  readonly buttons?: readonly KnownBlock[];
}

function words(recorded: Recorded<IncidentEvent>, view: IncidentView): Said | undefined {
  const { event } = recorded;
  const post = slackPostWords[view.language];
  const incident = slackIncidentWords[view.language];
  const actor = actorName(recorded.actor, view.people, view.language);
  switch (event.type) {
    case 'severity_changed':
      return { line: post.severityChanged(actor, incident.severities[event.from], incident.severities[event.to]) };
    case 'status_changed':
      // The first acknowledgement says so itself.
      if (event.from === 'triage' && event.to === 'investigating') return undefined;
      return { line: post.statusChanged(actor, incident.statuses[event.to]) };
    case 'role_assigned':
      return roleSaid(event.role, event.person, recorded, view);
    case 'role_released':
      if (recorded.actor.kind === 'automation') return openRole(event.role, view);
      return {
        line: post.roleReleased(
          nameOf(personView(event.person, view.people), view.language),
          roleName(event.role, view),
        ),
      };
    case 'update_posted':
      return writtenBy(post.update(actor), event.text, view);
    case 'reopened':
      return writtenBy(post.reopened(actor), event.text, view);
    case 'reminder_sent':
      return reminder(event.reminder, view);
    case 'change_linked':
      return { line: post.change(inlineLink(event.url, written(event.title, view), view.language, 200)) };
    case 'cancelled':
      return { line: post.cancelled(actor, incident.cancelReasons[event.reason]) };
    case 'resolved':
      return { line: event.how === 'person' ? post.resolved(actor) : post.resolvedByAlerts };
    case 'page_escalated':
      return { line: escalated(event, actor, view) };
    case 'page_acknowledged':
      return { line: post.acknowledged(nameOf(personView(event.person, view.people), view.language)) };
    case 'acknowledgement_lost':
      return { line: post.acknowledgementLost };
    default:
      return undefined;
  }
}

function roleSaid(role: string, id: string, { actor }: Recorded<IncidentEvent>, view: IncidentView): Said {
  const post = slackPostWords[view.language];
  const person = personView(id, view.people);
  const name = nameOf(person, view.language);
  if (actor.kind === 'person' && actor.person === id) return { line: post.roleTaken(name, roleName(role, view)) };
  if (actor.kind === 'automation') {
    return {
      line: post.roleMoved(mentionOf(person, view.language), roleName(role, view)),
      notification: plainly(post.roleMoved(name, roleName(role, view)), view),
    };
  }
  const giver = actorName(actor, view.people, view.language);
  return {
    // Given to somebody, so they should hear of it.
    line: post.roleGiven(giver, mentionOf(person, view.language), roleName(role, view)),
    notification: plainly(post.roleGiven(giver, name, roleName(role, view)), view),
  };
}

/** Whose it was, and why it is open, is nobody's business: that somebody can take it is. */
function openRole(role: string, view: IncidentView): Said {
  const words = slackIncidentWords[view.language];
  const said = { line: slackPostWords[view.language].roleOpen(roleName(role, view)) };
  if (role !== 'lead') return said;
  return { ...said, buttons: [actions([button(words.buttons.takeLead, actionIds.takeLead, view.id)])] };
}

function reminder(
  which: Extract<IncidentEvent, { type: 'reminder_sent' }>['reminder'],
  view: IncidentView,
): Said | undefined {
  const post = slackPostWords[view.language];
  switch (which) {
    case 'no_lead':
      return { line: post.noLead };
    case 'no_update':
      return { line: post.noUpdate };
    case 'alerts_all_resolved':
      return { line: post.alertsResolved };
    case 'still_on_it':
      return undefined;
  }
}

/** Only a silence and a person's own escalation are named as causes; every other one would tell who could not answer. */
function escalated(
  event: Extract<IncidentEvent, { type: 'page_escalated' }>,
  actor: string,
  view: IncidentView,
): string {
  const post = slackPostWords[view.language];
  const people = askedAt(event.page, event.to, view);
  const names = people.length === 0 ? undefined : namesOf(people, view.language);
  if (event.to.step === 'last_resort') return post.lastResort(names);
  switch (event.because) {
    case 'no_answer':
      return post.escalatedNoAnswer(names);
    case 'escalated_by_hand':
      return post.escalatedByHand(actor, names);
    case 'declined':
    case 'unavailable':
    case 'delivery_failed':
    case 'nobody_in_step':
    case 'duty_changed':
      return post.escalated(names);
  }
}

function askedAt(page: string, at: StepRef, view: IncidentView): readonly PersonView[] {
  // A step can be entered again when somebody in it drops out: they are not asked any more, and are not named.
  const asking = view.pages.find(({ id }) => id === page)?.asking ?? [];
  const people = asking.flatMap((each) => (sameStep(each.at, at) ? [each.person] : []));
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

function writtenBy(head: string, id: TextId, view: IncidentView): Said {
  const text = written(id, view);
  return {
    line: head,
    text: paragraph(text, longestText),
    notification: line(`${view.id} ${plainTitle(view)}: ${oneLine(text)}`, view.language),
  };
}

function written(id: TextId, view: IncidentView): string {
  return view.texts.get(id) ?? slackIncidentWords[view.language].erased;
}

function plainly(text: string, view: IncidentView): string {
  return line(`${view.id}: ${plainText(text)}`, view.language);
}
