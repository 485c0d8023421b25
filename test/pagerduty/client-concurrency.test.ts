import { expect, it } from 'vitest';
import { keptAliveAgent } from '../../src/pagerduty/client-transport.ts';
import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import { accountToken, local } from '../sandbox/pagerduty/support.ts';

it('reads every answer when a storm rings many people at once over kept connections', async () => {
  const { pagerDuty, clock } = await local();
  const client = createPagerDutyClient({
    token: accountToken,
    apiServer: pagerDuty.server,
    eventsServer: pagerDuty.eventsServer,
    agent: keptAliveAgent(pagerDuty.caPem),
    now: clock.now,
  });
  const rung = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const created = await client.createIncident({
        title: 'Checkout is down',
        serviceId: 'VPAY',
        urgency: 'high',
        ring: { by: 'policy', escalationPolicyId: 'EBACK' },
        incidentKey: `toran-INC-${n}-1`,
        fromEmail: 'noa@example.com',
      });
      return created.ok ? client.getIncident(created.value.incident.id) : created;
    }),
  );
  expect(rung.filter((result) => !result.ok)).toEqual([]);
});
