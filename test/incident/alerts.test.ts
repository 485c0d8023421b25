import { describe, expect, it } from 'vitest';
import type { AlertSignal } from '../../src/incident/commands.ts';
import { listedAlerts } from '../../src/incident/alerts.ts';
import { company, onCallFacts } from '../support/company.ts';
import { by, declareSev1, story, type Story } from '../support/story.ts';

function alert(number: number): AlertSignal {
  return { key: `alerts:${number}`, source: 'alerts', title: `Alert ${number}`, url: undefined, pagerduty: undefined };
}

/** An incident with more alerts than its stream lists; nobody has touched it. */
function storm(): Story {
  const s = story();
  s.does({ ...declareSev1, alert: alert(0) }, { kind: 'outside', system: 'alerts' });
  for (let number = 1; number <= listedAlerts; number += 1) {
    s.does({ type: 'attach_alert', alert: alert(number), severity: 'sev1' }, { kind: 'outside', system: 'alerts' });
  }
  return s;
}

function resolveListed(s: Story, othersOpen: number): void {
  for (let number = 0; number < listedAlerts; number += 1) {
    s.does({ type: 'alert_resolved', alert: `alerts:${number}`, othersOpen });
  }
}

describe('a storm of different alerts', () => {
  it('is counted past the ones that the stream lists', () => {
    expect(storm().incident().alerts).toHaveLength(listedAlerts);
  });

  it('ends with its last alert, also when that one is not listed', () => {
    const s = storm();
    resolveListed(s, 1);
    expect(s.incident().status).toBe('triage');
    s.does({ type: 'alert_resolved', alert: `alerts:${listedAlerts}`, othersOpen: 0 });
    expect(s.incident().status).toBe('resolved');
  });

  it('asks the people who are at it when the last one is over', () => {
    const s = storm();
    s.does({ type: 'add_note', text: 'looking' }, by('alma'));
    resolveListed(s, 1);
    const last = { type: 'alert_resolved', alert: `alerts:${listedAlerts}`, othersOpen: 0 } as const;
    expect(s.does(last)).toEqual(['reminder_sent']);
    expect(s.incident().status).toBe('triage');
  });
});

describe('an alert that was merged into another one', () => {
  const merged = { type: 'alert_resolved', alert: 'alerts:0', othersOpen: 0, merged: true } as const;

  function one(): Story {
    const s = story();
    s.does({ ...declareSev1, alert: alert(0) }, { kind: 'outside', system: 'alerts' });
    return s;
  }

  it('makes a duplicate of an incident that nobody touched: nothing was fixed, and nobody is asked any more', () => {
    const s = one();
    s.does(merged);
    expect(s.incident()).toMatchObject({ status: 'cancelled', cancelReason: 'duplicate' });
    expect(s.page().answer.kind).toBe('over');
  });

  it('leaves the end to the people who are at it', () => {
    const s = one();
    s.does({ type: 'add_note', text: 'looking' }, by('alma'));
    expect(s.does(merged)).toEqual(['alert_resolved', 'reminder_sent']);
    expect(s.incident().status).toBe('triage');
  });
});

describe('alerts that end in the same moment', () => {
  it('end the incident, though each was counted while the other was still open', () => {
    const s = story();
    s.does({ ...declareSev1, alert: alert(0) }, { kind: 'outside', system: 'alerts' });
    s.does({ type: 'attach_alert', alert: alert(1), severity: 'sev1' }, { kind: 'outside', system: 'alerts' });
    s.does({ type: 'alert_resolved', alert: 'alerts:0', othersOpen: 1 });
    s.does({ type: 'alert_resolved', alert: 'alerts:1', othersOpen: 1 });
    expect(s.incident().status).toBe('resolved');
  });

  it('end it also when somebody has joined the channel and done nothing', () => {
    const s = story();
    s.does({ ...declareSev1, alert: alert(0) }, { kind: 'outside', system: 'alerts' });
    s.does({ type: 'join' }, by('alma'));
    s.does({ type: 'alert_resolved', alert: 'alerts:0', othersOpen: 0 });
    expect(s.incident().status).toBe('resolved');
  });
});

describe('an alert that came before there was a catalog', () => {
  it('is asked about as soon as there is one', () => {
    const nobody = company({
      policies: {},
      workspace: { ...company().workspace, announce: undefined, defaultPolicy: undefined, lastResort: [] },
    });
    const s = story({ facts: onCallFacts([], nobody) });
    s.does({ ...declareSev1, alert: alert(0) }, { kind: 'outside', system: 'alerts' });
    expect(s.incident().pages).toEqual([]);
    s.facts = onCallFacts();
    s.does({ type: 'reassess' });
    expect(s.page().reason).toBe('alert');
    expect(s.asked()).toEqual(['alma']);
  });
});
