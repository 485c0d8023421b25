import type { Language } from '../../src/oncall/catalog.ts';
import { parseInstant } from '../../src/oncall/time.ts';
import type { PostmortemInput } from '../../src/postmortem/draft.ts';
import type { TimelineActor, TimelineEntry } from '../../src/postmortem/timeline.ts';

/** 23 November 2026 in UTC; from 24:00 on it is the next day. */
export function at(clock: string): number {
  const [hours = '0', rest = '00:00'] = clock.split(/:(.*)/s);
  const day = Number(hours) >= 24 ? `2026-11-24T${String(Number(hours) - 24).padStart(2, '0')}` : `2026-11-23T${hours}`;
  const instant = parseInstant(`${day}:${rest}Z`);
  if (instant === undefined) throw new Error(`"${clock}" is no time; write HH:MM:SS.`);
  return instant;
}

type Fields = { readonly text?: string; readonly data?: Readonly<Record<string, string>> };

export function entry(clock: string, kind: string, who: string, { text, data = {} }: Fields = {}): TimelineEntry {
  return { atMs: at(clock), kind, actor: actorOf(who), text, data };
}

function actorOf(who: string): TimelineActor {
  if (who === 'toran') return { kind: 'automation' };
  if (who === 'pagerduty') return { kind: 'outside', system: 'pagerduty' };
  return { kind: 'person', person: who };
}

/** An evening with everything in it: an alert, a page that went on, a change of severity, notes in two languages. */
export function sampleIncident(language: Language): PostmortemInput {
  return {
    incident: 'INC-42',
    title: 'Card payments | fail <!channel> after a deploy by Noa',
    severity: 'sev2',
    service: 'Checkout',
    kind: 'incident',
    language,
    milestones: {
      impactStart: at('23:50:00'),
      detected: at('23:52:10'),
      declared: at('23:53:00'),
      paged: at('23:53:01'),
      acked: at('23:55:30'),
      mitigated: at('24:20:00'),
      resolved: at('25:02:00'),
    },
    people: [
      { person: 'noa', name: 'Noa Levi', handles: ['U01', 'noa.levi', 'noa@example.com'], role: 'lead' },
      { person: 'omer', name: 'עומר בר', handles: ['U02'] },
      { person: 'dana', name: 'Dana Cohen', handles: ['U03'] },
      { person: 'yael', name: 'Yael Mizrahi', handles: ['U04'] },
    ],
    pages: { sent: 4, acknowledged: 1, escalated: 1, exhausted: 0 },
    timeline: [
      entry('23:53:00', 'declared', 'pagerduty', { data: { severity: 'sev2' } }),
      entry('23:53:00', 'alert_attached', 'pagerduty', {
        text: 'HTTP 5xx > 5 % on checkout',
        data: { source: 'pagerduty', url: 'https://example.pagerduty.com/incidents/Q1' },
      }),
      entry('23:53:00', 'channel_opened', 'toran', { data: { name: 'inc-42-checkout' } }),
      entry('23:53:01', 'page_skipped', 'toran', { text: 'yael', data: { skipped: 'yael' } }),
      entry('23:53:01', 'page_sent', 'toran', { data: { person: 'dana', via: 'slack' } }),
      entry('23:53:01', 'page_sent', 'toran', { data: { person: 'dana', via: 'pagerduty' } }),
      entry('23:54:00', 'page_declined', 'dana', { data: { person: 'dana' } }),
      entry('23:54:00', 'page_escalated', 'toran', { data: { because: 'unavailable', to: 'step' } }),
      entry('23:54:01', 'page_sent', 'toran', { data: { person: 'omer' } }),
      entry('23:55:30', 'page_acknowledged', 'omer', { data: { person: 'omer' } }),
      entry('23:58:00', 'role_assigned', 'noa', { data: { role: 'lead', person: 'noa' } }),
      entry('24:02:00', 'severity_changed', 'noa', { data: { from: 'sev2', to: 'sev1' } }),
      entry('24:05:00', 'message_captured', 'noa', {
        text: 'Noa rolled back with <@U02>, see <https://ci.example/b/812|build 812>; ועומר בדק את *הלוח* של connection_pool',
        data: { author: 'omer' },
      }),
      entry('24:10:00', 'update_posted', 'noa', { text: 'Payments work again for most customers.' }),
      entry('24:11:00', 'change_linked', 'toran', {
        text: 'Deploy 812 of checkout',
        data: { url: 'https://ci.example/b/812', at: '2026-11-23T23:47:00Z' },
      }),
      entry('24:15:00', 'note_added', 'omer', {}),
      entry('24:20:00', 'status_changed', 'noa', { data: { from: 'fixing', to: 'monitoring' } }),
      entry('24:30:00', 'severity_changed', 'noa', { data: { from: 'sev1', to: 'sev2' } }),
      entry('25:02:00', 'resolved', 'noa'),
      entry('25:03:00', 'action_item_added', 'noa', {
        text: 'Add an alert on pool saturation over 80 %',
        data: { owner: 'omer', due: '2026-12-01' },
      }),
    ],
  };
}
