import { isLive } from '../../src/incident/page.ts';
import type { Delivery, Page } from '../../src/incident/page.ts';
import { people } from '../../src/cli/demo/company.ts';
import type { Evidence, Trace } from './verify.ts';

export interface PageCounts {
  readonly sent: number;
  readonly delivered: number;
  /** Still in the outbox when the page was answered or ended: rightly not sent. */
  readonly dropped: number;
  readonly failed: number;
  /** Reached somebody just after the acknowledgement was written down. */
  readonly inFlightAtAcknowledgement: number;
}

/** From the last look at the state until a call of a healthy Slack or PagerDuty has done its work. */
const inFlightMs = 1_500;

/** Every page that had to go out did; none began to go out after the acknowledgement. */
export function pageFindings(trace: Trace, evidence: Evidence): { lost: string[]; counts: PageCounts } {
  const { id, incident } = trace;
  const deliveries = incident.pages.flatMap((page) => page.deliveries.map((delivery) => ({ page, delivery })));
  const lost = deliveries.flatMap(({ page, delivery }) => deliveryFindings(page, delivery, trace, evidence));
  const alma = evidence.world.slack.state.messages('U0ALMA').filter((message) => message.text.includes(`${id} `));
  if (alma.length > 0) lost.push(`${id}: somebody who cannot be asked was paged`);
  const late = lateReaches(trace, evidence);
  const tooLate = late.filter(
    ({ at, acknowledgedAt }) =>
      at - acknowledgedAt > inFlightMs || evidence.starts.some((start) => start > acknowledgedAt && start < at),
  );
  lost.push(
    ...tooLate.map(
      ({ what, at, acknowledgedAt }) => `${id}: ${what} ${at - acknowledgedAt} ms after the acknowledgement`,
    ),
  );
  const count = (kind: Delivery['outcome']['kind']) =>
    deliveries.filter(({ delivery }) => delivery.outcome.kind === kind).length;
  return {
    lost,
    counts: {
      sent: deliveries.length,
      delivered: count('delivered'),
      dropped: count('queued'),
      failed: count('failed'),
      inFlightAtAcknowledgement: late.length - tooLate.length,
    },
  };
}

function deliveryFindings(page: Page, delivery: Delivery, { events }: Trace, { world }: Evidence): string[] {
  const { slack, pagerDuty } = world;
  const { id, outcome, message, to, via } = delivery;
  switch (outcome.kind) {
    case 'failed':
      return outcome.because === 'superseded' || outcome.because === 'unavailable'
        ? []
        : [`${id}: failed as "${outcome.because}"`];
    case 'queued': {
      const answered = events.some(
        ({ event }) =>
          (event.type === 'page_acknowledged' && event.page === page.id) ||
          event.type === 'resolved' ||
          event.type === 'cancelled',
      );
      return answered && !isLive(page) ? [] : [`${id}: never went out`];
    }
    case 'delivered': {
      if (via === 'slack') {
        const there = message !== undefined && slack.state.message(message.channel, message.ts)?.byApp === true;
        return there ? [] : [`${id}: counts as delivered, and Slack has no such message`];
      }
      const user = to.kind === 'person' ? people.find((one) => one.id === to.person)?.pagerduty : undefined;
      const rang = pagerDuty.log.rung.some((one) => one.incidentId === outcome.reference && one.userId === user);
      return rang ? [] : [`${id}: counts as delivered, and no phone rang`];
    }
  }
}

/** Messages and phones that reached somebody after the page that they belong to was acknowledged. */
function lateReaches(
  { incident, events }: Trace,
  { world }: Evidence,
): { readonly what: string; readonly at: number; readonly acknowledgedAt: number }[] {
  return incident.pages.flatMap((page) => {
    const acknowledgedAt = events.find(
      ({ event }) => event.type === 'page_acknowledged' && event.page === page.id,
    )?.recordedAt;
    if (acknowledgedAt === undefined) return [];
    return page.deliveries.flatMap((delivery) =>
      reachedAt(delivery, world)
        .filter((at) => at > acknowledgedAt)
        .map((at) => ({ what: `${delivery.id} (${delivery.via}) reached somebody`, at, acknowledgedAt })),
    );
  });
}

/** When this delivery reached somebody, by the sandbox's own record: also when Toran never heard of it. */
function reachedAt(delivery: Delivery, { slack, pagerDuty }: Evidence['world']): number[] {
  if (delivery.via === 'pagerduty') {
    const own = pagerDuty.state.incidents.filter((one) => one.incidentKey === `toran:${delivery.id}`);
    return pagerDuty.log.rung.filter((one) => own.some(({ id }) => id === one.incidentId)).map((one) => one.at);
  }
  const { message } = delivery;
  return message === undefined ? [] : [Number(slack.state.message(message.channel, message.ts)?.ts ?? 0) * 1_000];
}
