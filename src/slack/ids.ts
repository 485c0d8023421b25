import { severities, type Severity } from '../oncall/catalog.ts';
import type { OpenStatus } from '../incident/events.ts';
import { readIncidentId, type IncidentId, type PageId } from '../incident/ids.ts';

/** What a button or a select asks for. Slack gives these back as `action_id`. */
export const actionIds = {
  acknowledge: 'toran_acknowledge',
  decline: 'toran_decline',
  escalate: 'toran_escalate',
  join: 'toran_join',
  follow: 'toran_follow',
  resolve: 'toran_resolve',
  reopen: 'toran_reopen',
  update: 'toran_update',
  severity: 'toran_severity',
  status: 'toran_status',
  takeLead: 'toran_take_lead',
  stillOnIt: 'toran_still_on_it',
  handOver: 'toran_hand_over',
  withdrawAway: 'toran_withdraw_away',
  awayNow: 'toran_away_now',
  planAway: 'toran_plan_away',
  changeAway: 'toran_change_away',
  homeLeave: 'toran_home_leave',
  delegate: 'toran_delegate',
  applyCallUp: 'toran_apply_call_up',
  undoCallUp: 'toran_undo_call_up',
  personal: 'toran_personal',
  showCoverage: 'toran_show_coverage',
  coveragePicture: 'toran_coverage_picture',
  back: 'toran_back',
  acceptOffer: 'toran_accept_offer',
  declineOffer: 'toran_decline_offer',
  withdrawOffer: 'toran_withdraw_offer',
  takeDuty: 'toran_take_duty',
  undoOverride: 'toran_undo_override',
  askForCover: 'toran_ask_for_cover',
  swapShifts: 'toran_swap_shifts',
  menu: 'toran_menu',
} as const;

/** Names a modal or a shortcut. The manifest declares the shortcuts under these. */
export const callbackIds = {
  declare: 'toran_declare',
  update: 'toran_update',
  note: 'toran_note',
  reopen: 'toran_reopen',
  away: 'toran_away',
  cover: 'toran_cover',
  swap: 'toran_swap',
  changeAway: 'toran_change_away_form',
  homeLeave: 'toran_home_leave_form',
  delegate: 'toran_delegate_form',
  callUp: 'toran_call_up',
  personalRules: 'toran_personal_rules',
  personalCalendars: 'toran_personal_calendars',
  personalData: 'toran_personal_data',
  pickIncident: 'toran_pick_incident',
  /** Says how a submission went. */
  answer: 'toran_answer',
  declareShortcut: 'toran_declare_shortcut',
  addToTimelineShortcut: 'toran_add_to_timeline',
} as const;

/** Values come back from clients and can be anything: they hold ids only, and are read with these. */
export function readPageId(value: string): PageId | undefined {
  const match = /^INC-([1-9]\d{0,8})\/p([1-9]\d{0,5})$/.exec(value);
  return match === null ? undefined : `INC-${Number(match[1])}/p${Number(match[2])}`;
}

export function severityValue(incident: IncidentId, severity: Severity): string {
  return `${incident} ${severity}`;
}

export function readSeverityValue(value: string): { incident: IncidentId; severity: Severity } | undefined {
  const [id = '', word = ''] = value.split(' ');
  const incident = readIncidentId(id);
  const severity = severities.find((known) => known === word);
  return incident === undefined || severity === undefined ? undefined : { incident, severity };
}

export const openStatuses = [
  'triage',
  'investigating',
  'fixing',
  'monitoring',
] as const satisfies readonly OpenStatus[];

export function statusValue(incident: IncidentId, status: OpenStatus): string {
  return `${incident} ${status}`;
}

export function readStatusValue(value: string): { incident: IncidentId; status: OpenStatus } | undefined {
  const [id = '', word = ''] = value.split(' ');
  const incident = readIncidentId(id);
  const status = openStatuses.find((known) => known === word);
  return incident === undefined || status === undefined ? undefined : { incident, status };
}
