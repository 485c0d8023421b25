import { foldOrders } from '../../src/engine/fold.ts';
import type { Batch } from '../../src/engine/ports.ts';
import type { IncidentId } from '../../src/incident/ids.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { onCallFacts } from '../../test/support/company.ts';

const now = Date.UTC(2026, 10, 22, 8, 0);

/** A declared incident with its page, as the rules leave it: the fold and the row that are written are of real size. */
const declared = declare();
let made = 0;

/** One more batch, on a stream of its own: 1 event, fold, row, 1 effect, 1 inbound id. */
export function batchFor(): Batch {
  const number = (made += 1);
  const stream: IncidentId = `INC-${number}`;
  const [event] = declared.events;
  const [effect] = declared.effects;
  if (event === undefined || effect === undefined || declared.row === undefined)
    throw new Error('nothing was declared');
  return {
    ...declared,
    stream,
    events: [event],
    texts: [],
    effects: [{ ...effect, lane: `lane ${number}`, coalesce: undefined }],
    row: { ...declared.row, id: stream, number },
    openGroup: { take: undefined, release: undefined },
    inbound: [{ key: { source: 'pagerduty', id: `delivery-${number}` }, verdict: { incident: stream } }],
  };
}

function declare(): Batch {
  const { batch } = foldOrders(
    'incident',
    'INC-1',
    { version: 0, state: undefined },
    [
      {
        kind: 'incident',
        stream: 'INC-1',
        command: {
          type: 'declare',
          title: 'Checkout is down',
          severity: 'sev1',
          service: 'checkout',
          kind: 'incident',
          isPrivate: false,
          groupKey: undefined,
          alert: undefined,
        },
        actor: automation,
      },
    ],
    { now, facts: { onCall: onCallFacts(), ways: ['slack', 'pagerduty'] } },
  );
  if (batch === undefined) throw new Error('the declaration was refused');
  return batch;
}
