import { createHmac } from 'node:crypto';
import { foreignService } from './company.ts';

/** What a load generator sends, told in few words, since it is made in another process. */
export type Traffic =
  /** Signed PagerDuty webhooks about `incidents` incidents in turn, or each about one of its own. */
  | { readonly kind: 'webhook'; readonly secret: string; readonly incidents: number | 'fresh'; readonly run: string }
  /** Alerts of `keys` monitors in turn, or each of one of its own. `severity` decides whether somebody is paged. */
  | {
      readonly kind: 'alert';
      readonly token: string;
      readonly keys: number | 'fresh';
      readonly run: string;
      readonly severity: string;
    }
  | { readonly kind: 'get'; readonly path: string };

/** Makes the bytes of request `n`. What can be prepared is prepared once, so that the generator costs little. */
export function requestsOf(traffic: Traffic, port: number): (n: number) => string {
  switch (traffic.kind) {
    case 'get':
      return () => `GET ${traffic.path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`;
    case 'alert': {
      const head = headOf('/hooks/alerts', port, [`authorization: Bearer ${traffic.token}`]);
      return (n) => {
        const key = traffic.keys === 'fresh' ? n : n % traffic.keys;
        return closed(head, '', alertBody(`${traffic.run}-${key}`, traffic.severity));
      };
    }
    case 'webhook': {
      const head = headOf('/hooks/pagerduty', port, []);
      const { incidents, run, secret } = traffic;
      const signed = (n: number) => {
        const body = webhookBody(`P${run}${n}`, n);
        return { body, signature: `x-pagerduty-signature: ${signatureOf(body, secret)}\r\n` };
      };
      if (incidents === 'fresh') {
        return (n) => {
          const { body, signature } = signed(n);
          return closed(head, `${signature}x-webhook-id: ${run}-${n}\r\n`, body);
        };
      }
      const prepared = Array.from({ length: incidents }, (_, index) => signed(index));
      return (n) => {
        const { body, signature } = prepared[n % incidents] ?? signed(n);
        return closed(head, `${signature}x-webhook-id: ${run}-${n}\r\n`, body);
      };
    }
  }
}

export function signatureOf(body: string, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** An alert without a service: its key alone decides which incident it belongs to. */
export function alertBody(key: string, severity: string): string {
  return JSON.stringify({
    dedup_key: key,
    status: 'firing',
    title: `Checkout latency above 4 s [${key}]`,
    severity,
    url: `https://grafana.example.com/alerting/grafana/${key}/view`,
  });
}

/** As PagerDuty sends it: 1.6 KB. Incidents of different services do not join each other. */
export function webhookBody(incident: string, serviceNumber: number): string {
  const reference = (kind: string, id: string, summary: string) => ({
    html_url: `https://example.pagerduty.com/${kind}s/${id}`,
    id,
    self: `https://api.pagerduty.com/${kind}s/${id}`,
    summary,
    type: `${kind}_reference`,
  });
  const service = reference('service', foreignService(serviceNumber), 'Checkout');
  return JSON.stringify({
    event: {
      id: `01${incident}`,
      event_type: 'incident.triggered',
      resource_type: 'incident',
      occurred_at: new Date().toISOString(),
      agent: service,
      client: null,
      data: {
        id: incident,
        type: 'incident',
        self: `https://api.pagerduty.com/incidents/${incident}`,
        html_url: `https://example.pagerduty.com/incidents/${incident}`,
        number: 7,
        status: 'triggered',
        incident_key: `checkout/latency/${incident}`,
        created_at: new Date().toISOString(),
        title: `Checkout latency above 4 s [${incident}]`,
        service,
        assignees: [reference('user', 'PNOA001', 'Noa Levi')],
        escalation_policy: reference('escalation_policy', 'PEP0001', 'Payments'),
        teams: [reference('team', 'PTEAM01', 'Payments')],
        priority: reference('priority', 'PPRI001', 'P1'),
        urgency: 'high',
        conference_bridge: null,
        resolve_reason: null,
      },
    },
  });
}

function headOf(path: string, port: number, headers: readonly string[]): string {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    'user-agent: toran-bench',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function closed(head: string, headers: string, body: string): string {
  return `${head}${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
