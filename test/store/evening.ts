import { by, declareSev1, story } from '../support/story.ts';

/** An evening with most of what can happen to an incident. */
export function evening() {
  const night = story({ ways: ['slack', 'pagerduty'] });
  night.does(declareSev1, by('noa'));
  night.does({
    type: 'attach_alert',
    alert: {
      key: 'a',
      source: 'pagerduty',
      title: 'Disk',
      url: 'https://x',
      pagerduty: { incident: 'Q1', service: 'S1', url: undefined },
    },
    severity: 'sev1',
  });
  night.does({ type: 'record_channel', channel: 'C1', name: 'inc-1' });
  night.does({ type: 'record_card', channel: 'C1', ts: '1.1' });
  night.does({ type: 'record_announcement', channel: 'C2', ts: '1.2' });
  const delivery = night.page().deliveries[0];
  if (delivery === undefined) throw new Error('the first page has a delivery');
  night.does({ type: 'delivery_succeeded', delivery: delivery.id, channel: 'D1', ts: '2.1', reference: 'R' });
  night.does({ type: 'acknowledge', page: undefined, via: 'slack' }, by('alma'));
  night.does({ type: 'assign_role', role: 'lead', person: 'alma' }, by('alma'));
  night.does({ type: 'post_update', text: 'We are on it' }, by('alma'));
  night.does({ type: 'capture_message', channel: 'C1', ts: '3.1', author: undefined, text: 'found it' }, by('alma'));
  night.does({ type: 'count_alerts', total: 40 });
  night.does({ type: 'change_status', to: 'monitoring' }, by('alma'));
  night.does({ type: 'resolve' }, by('alma'));
  night.does({ type: 'record_postmortem', path: 'postmortems/inc-1.md', canvas: 'F1' });
  return night;
}
