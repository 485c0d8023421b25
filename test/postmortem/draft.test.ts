import { describe, expect, it } from 'vitest';
import { draftPostmortem, type PostmortemInput, startOfModel } from '../../src/postmortem/draft.ts';
import { at, entry, sampleIncident } from './sample-incident.ts';

function draft(changes: Partial<PostmortemInput> = {}) {
  return draftPostmortem({ ...sampleIncident('en'), ...changes });
}

const noMilestones = {
  impactStart: undefined,
  detected: undefined,
  declared: undefined,
  paged: undefined,
  acked: undefined,
  mitigated: undefined,
  resolved: undefined,
};

describe('draftPostmortem', () => {
  it('measures like the figures do', () => {
    const { durations } = draft();
    expect(durations.ms).toEqual({ detect: 130_000, acknowledge: 149_000, mitigate: 1_800_000, recover: 4_320_000 });
    expect(durations.flags).toEqual([]);
  });

  it('knows the worst severity of the incident, not only the last', () => {
    expect(draft()).toMatchObject({ severity: 'sev2', highestSeverity: 'sev1' });
    expect(draft({ timeline: [] })).toMatchObject({ highestSeverity: 'sev2' });
  });

  it('says which milestones can’t both be right', () => {
    const milestones = { ...sampleIncident('en').milestones, mitigated: at('23:40:00') };
    expect(draft({ milestones }).outOfOrder).toEqual([{ earlier: 'impactStart', later: 'mitigated' }]);
  });

  it('shows events in order of time, and a page on two ways once', () => {
    const { timeline } = draft({ timeline: sampleIncident('en').timeline.toReversed() });
    const times = timeline.map((line) => line.atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const kinds = timeline.map((line) => line.kind);
    expect(kinds.filter((kind) => kind === 'page_sent')).toHaveLength(2);
  });

  it('keeps bookkeeping out', () => {
    const kinds = new Set<string>(draft().timeline.map((line) => line.kind));
    expect(kinds.has('channel_opened')).toBe(false);
    expect(kinds.has('resolved')).toBe(true);
  });

  it('tells nobody who was passed over, who passed a page on, or why', () => {
    const model = draft();
    expect(model.timeline.find((line) => line.kind === 'page_declined')?.actor).toBeUndefined();
    expect(model.staffing.people).toBe(2);
    expect(JSON.stringify(model)).not.toMatch(/skipped|unavailable|declined_by|yael/i);
  });

  it('lists changes by their own time', () => {
    expect(draft().changes).toEqual([
      { atMs: at('23:47:00'), text: ['Deploy 812 of checkout'], url: 'https://ci.example/b/812' },
    ]);
  });

  it('says how it came to light', () => {
    expect(draft().detection).toEqual({ by: 'alert', system: 'pagerduty', signals: 1 });
    expect(draft({ timeline: [entry('23:53:00', 'declared', 'noa')] }).detection).toEqual({
      by: 'person',
      system: undefined,
      signals: 0,
    });
    const storm = [
      entry('23:53:00', 'alert_attached', 'pagerduty', { data: { source: 'alerts' } }),
      entry('23:54:00', 'alerts_counted', 'toran', { data: { total: '9000' } }),
    ];
    expect(draft({ timeline: storm }).detection).toEqual({ by: 'alert', system: 'alerts', signals: 9_000 });
    expect(draft({ timeline: [] }).detection.by).toBe('unknown');
  });

  it('has action items with a role as owner', () => {
    expect(draft().actionItems).toEqual([
      {
        text: ['Add an alert on pool saturation over 80 %'],
        owner: { kind: 'responder', index: 1 },
        due: '2026-12-01',
      },
    ]);
  });

  it('has an answer when nothing is known', () => {
    const model = draft({ timeline: [], people: [], service: undefined, milestones: noMilestones });
    expect(model.timeline).toEqual([]);
    expect(startOfModel(model)).toBeUndefined();
    expect(model.durations.ms.recover).toBeUndefined();
  });

  it('keeps no address that is none, or that has a name in it', () => {
    const link = (url: string) =>
      draft({ timeline: [entry('23:53:00', 'change_linked', 'toran', { text: 'x', data: { url } })] }).timeline[0]?.url;
    expect(link('https://ci.example/1')).toBe('https://ci.example/1');
    expect(link('javascript:alert(1)')).toBeUndefined();
    expect(link('https://ci.example/noa.levi/1')).toBeUndefined();
    expect(link('https://ci.example/ <!channel>')).toBeUndefined();
  });
});
