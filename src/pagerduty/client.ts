import { accountCalls, type AccountCalls } from './client-account.ts';
import { incidentCalls, type IncidentCalls } from './client-incidents.ts';
import { overrideCalls, type OverrideCalls } from './client-overrides.ts';
import { createTransport, type TransportOptions } from './client-transport.ts';

/**
 * PagerDuty as Toran uses it: typed calls over @pagerduty/pdjs that never throw for what PagerDuty or the network do and say
 * of every failure whether repeating helps and whether the change may have been made (`client-result.ts`).
 */
export interface PagerDutyClient extends IncidentCalls, AccountCalls, OverrideCalls {}

export function createPagerDutyClient(options: TransportOptions): PagerDutyClient {
  const transport = createTransport(options);
  return { ...incidentCalls(transport), ...accountCalls(transport), ...overrideCalls(transport) };
}
