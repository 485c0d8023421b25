import { describe, expect, it } from 'vitest';
import type { StreamKind } from '../../src/engine/streams.ts';
import { evolveWorkspace, noWorkspace } from '../../src/figures/workspace.ts';
import type { PersonEvent } from '../../src/oncall/person.ts';
import { evolvePerson, newPerson } from '../../src/oncall/person-rules.ts';
import { evolveSchedule } from '../../src/oncall/schedule-evolve.ts';
import { newSchedule } from '../../src/oncall/schedule.ts';
import { automation, type Recorded } from '../../src/oncall/recorded.ts';
import { readEffect } from '../../src/store/codec/effects.ts';
import { readEvent } from '../../src/store/codec/events.ts';
import { snapshotFormat } from '../../src/store/codec/snapshot.ts';
import { away, sundayMorning } from '../support/company.ts';
import { evening } from './evening.ts';
import { otherEffects } from './other-effects.ts';
import { workspaceEvents } from './workspace-events.ts';
import { scheduleEvents } from './schedule-events.ts';
import { shapeOf } from './shape.ts';

function stored(recorded: Recorded<{ readonly type: string }>, stream: string) {
  const { event, ...columns } = recorded;
  return { ...columns, stream, type: event.type, body: JSON.parse(JSON.stringify(event)) };
}

function recorded<Event>(event: Event): Recorded<Event> {
  return { sequence: 1, happenedAt: sundayMorning, recordedAt: sundayMorning, actor: automation, event };
}

describe('what is stored', () => {
  it('comes back as the event that it was, whatever happened', () => {
    const night = evening();
    expect(night.history.length).toBeGreaterThan(15);
    for (const event of night.history) expect(readEvent('incident', stored(event, 'INC-1'))).toEqual(event);

    for (const event of workspaceEvents.map(recorded))
      expect(readEvent('workspace', stored(event, 'workspace'))).toEqual(event);
    const window = recorded({
      type: 'window_added' as const,
      window: { ...away('alma', 1), letsThrough: ['sev1'] as const, carves: 'w', supersedes: 'v' },
    });
    expect(readEvent('person', stored(window, 'person:alma'))).toEqual(window);
    const others: readonly PersonEvent[] = [
      { type: 'window_cancelled', window: 'w' },
      { type: 'delegate_named', delegate: 'noa' },
      { type: 'delegate_named', delegate: null },
      { type: 'windows_forgotten', windows: ['w'] },
      { type: 'window_forgotten' },
    ];
    for (const event of others.map(recorded)) expect(readEvent('person', stored(event, 'person:alma'))).toEqual(event);
    for (const event of scheduleEvents.map(recorded))
      expect(readEvent('schedule', stored(event, 'schedule:payments'))).toEqual(event);
  });

  it('comes back as the effect that it was', () => {
    const effects = evening().effects.map((planned) => planned.effect);
    expect(new Set(effects.map((effect) => effect.kind)).size).toBeGreaterThan(8);
    for (const effect of [...effects, ...otherEffects])
      expect(readEffect('id', JSON.parse(JSON.stringify(effect)))).toEqual(effect);
  });

  it('is refused where it is not what the rules know, and the message names place and remedy', () => {
    const event = { ...recorded({ type: 'declared' }), event: { type: 'declared', number: 1, kind: 'exercise' } };
    expect(() => readEvent('incident', stored(event, 'INC-1'))).toThrow(
      /^The event 1 \("declared"\) of INC-1 cannot be read at kind .*newer version of Toran/,
    );
    expect(() => readEffect('INC-1:2:0', { kind: 'slack.invite', incident: 'INC-1' })).toThrow(
      /effect INC-1:2:0 cannot be read at person/,
    );
  });

  // Folds are kept in the database. When one of these changes, raise that kind's number in codec/snapshot.ts: what older
  // versions stored is then folded again from its events. Then take over the new shape here.
  it('has the shape that its format number stands for', () => {
    const folds: Readonly<Record<StreamKind, unknown>> = {
      incident: evening().incident(),
      person: evolvePerson(
        evolvePerson(newPerson('alma'), {
          ...recorded({ type: 'window_added', window: { ...away('alma', 1), id: 'w' } }),
          actor: { kind: 'person', person: 'noa' },
        }),
        recorded({ type: 'delegate_named', delegate: 'noa' }),
      ),
      schedule: scheduleEvents
        .map(recorded)
        .reduce((state, event) => evolveSchedule(state, event), newSchedule('payments')),
      workspace: workspaceEvents.map(recorded).reduce((state, event) => evolveWorkspace(state, event), noWorkspace),
    };
    expect(snapshotFormat).toMatchInlineSnapshot(`
      {
        "incident": 2,
        "person": 2,
        "schedule": 3,
        "workspace": 5,
      }
    `);
    expect(shapeOf(folds.incident)).toMatchInlineSnapshot(`
      [
        "alerts[].key: string",
        "alerts[].pagerduty.incident: string",
        "alerts[].pagerduty.service: string",
        "alerts[].resolved: boolean",
        "alerts[].source: string",
        "alerts[].title: string",
        "alerts[].url: string",
        "announcement.channel: string",
        "announcement.ts: string",
        "captured[].channel: string",
        "captured[].text: string",
        "captured[].ts: string",
        "card.channel: string",
        "card.ts: string",
        "channel.id: string",
        "channel.name: string",
        "declaredBy.kind: string",
        "declaredBy.person: string",
        "endedAt: number",
        "groupKey: string",
        "id: string",
        "isPrivate: boolean",
        "kind: string",
        "lastUpdate.at: number",
        "lastUpdate.text: string",
        "milestones.acknowledged: number",
        "milestones.declared: number",
        "milestones.detected: number",
        "milestones.mitigated: number",
        "milestones.paged: number",
        "milestones.resolved: number",
        "number: number",
        "openedAt: number",
        "pages[].answer.kind: string",
        "pages[].at.round: number",
        "pages[].at.step: number",
        "pages[].deliveries[].at.round: number",
        "pages[].deliveries[].at.step: number",
        "pages[].deliveries[].id: string",
        "pages[].deliveries[].message.channel: string",
        "pages[].deliveries[].message.ts: string",
        "pages[].deliveries[].outcome.at: number",
        "pages[].deliveries[].outcome.kind: string",
        "pages[].deliveries[].outcome.reference: string",
        "pages[].deliveries[].sentAt: number",
        "pages[].deliveries[].to.kind: string",
        "pages[].deliveries[].to.person: string",
        "pages[].deliveries[].to.why: string",
        "pages[].deliveries[].via: string",
        "pages[].enteredAt: number",
        "pages[].entry: number",
        "pages[].id: string",
        "pages[].plan.ackTimeoutMs: number",
        "pages[].plan.lastResort[].channel: string",
        "pages[].plan.lastResort[].kind: string",
        "pages[].plan.lastResort[].person: string",
        "pages[].plan.repeat: number",
        "pages[].plan.steps[].notify[].kind: string",
        "pages[].plan.steps[].notify[].schedule: string",
        "pages[].plan.steps[].waitMs: number",
        "pages[].reason: string",
        "pages[].requestedAt: number",
        "people[]: string",
        "postmortem.canvas: string",
        "postmortem.path: string",
        "roles.lead: string",
        "service: string",
        "severity: string",
        "signals: number",
        "status: string",
        "title: string",
        "touched: boolean",
        "version: number",
      ]
    `);
    expect(shapeOf(folds.person)).toMatchInlineSnapshot(`
      [
        "delegate: string",
        "marks.w.at: number",
        "marks.w.by: string",
        "person: string",
        "version: number",
        "windows[].cancelled: boolean",
        "windows[].certain: boolean",
        "windows[].effect: string",
        "windows[].from: number",
        "windows[].id: string",
        "windows[].person: string",
        "windows[].source: string",
        "windows[].to: null",
      ]
    `);
    expect(shapeOf(folds.schedule)).toMatchInlineSnapshot(`
      [
        "duty.at: number",
        "duty.next: number",
        "duty.onDuty[]: string",
        "duty.shifts[].from: number",
        "duty.shifts[].person: string",
        "duty.shifts[].to: number",
        "duty.until: number",
        "duty.userGroup: string",
        "messages[].channel: string",
        "messages[].offer: string",
        "messages[].person: string",
        "messages[].ts: string",
        "offers[].asked[]: string",
        "offers[].assignAt: null",
        "offers[].declined[]: string",
        "offers[].from: number",
        "offers[].id: string",
        "offers[].inReturn.from: number",
        "offers[].inReturn.to: number",
        "offers[].insteadOf: string",
        "offers[].kind: string",
        "offers[].madeAt: number",
        "offers[].madeBy.kind: string",
        "offers[].madeBy.person: string",
        "offers[].state.by: string",
        "offers[].state.how: string",
        "offers[].state.kind: string",
        "offers[].to: number",
        "overrides[].batch: string",
        "overrides[].cancelledAt: number",
        "overrides[].id: string",
        "overrides[].madeAt: number",
        "overrides[].madeBy.kind: string",
        "overrides[].madeBy.person: string",
        "overrides[].origin: string",
        "overrides[].override.from: number",
        "overrides[].override.insteadOf: string",
        "overrides[].override.kind: string",
        "overrides[].override.person: string",
        "overrides[].override.to: number",
        "published[].from: number",
        "published[].id: string",
        "published[].schedule: string",
        "published[].to: number",
        "published[].user: string",
        "schedule: string",
        "version: number",
      ]
    `);
    expect(shapeOf(folds.workspace)).toMatchInlineSnapshot(`
      [
        "catalog.people.alma.email: string",
        "catalog.people.alma.id: string",
        "catalog.people.alma.name: string",
        "catalog.people.alma.pagerduty: string",
        "catalog.people.alma.slack: string",
        "catalog.policies.payments.ackTimeoutMs: number",
        "catalog.policies.payments.id: string",
        "catalog.policies.payments.lastResort[].channel: string",
        "catalog.policies.payments.lastResort[].kind: string",
        "catalog.policies.payments.lastResort[].person: string",
        "catalog.policies.payments.pages[]: string",
        "catalog.policies.payments.repeat: number",
        "catalog.policies.payments.steps[].notify[].kind: string",
        "catalog.policies.payments.steps[].notify[].schedule: string",
        "catalog.policies.payments.steps[].waitMs: number",
        "catalog.schedules.backup.id: string",
        "catalog.schedules.backup.layers[].every.count: number",
        "catalog.schedules.backup.layers[].every.unit: string",
        "catalog.schedules.backup.layers[].participants[]: string",
        "catalog.schedules.backup.layers[].start: string",
        "catalog.schedules.backup.timezone: string",
        "catalog.schedules.payments.id: string",
        "catalog.schedules.payments.layers[].every.count: number",
        "catalog.schedules.payments.layers[].every.unit: string",
        "catalog.schedules.payments.layers[].participants[]: string",
        "catalog.schedules.payments.layers[].start: string",
        "catalog.schedules.payments.timezone: string",
        "catalog.services.checkout.id: string",
        "catalog.services.checkout.name: string",
        "catalog.services.checkout.pagerduty: string",
        "catalog.services.checkout.policy: string",
        "catalog.services.checkout.sloAvailability: number",
        "catalog.services.checkout.team: string",
        "catalog.teams.payments.id: string",
        "catalog.teams.payments.lead: string",
        "catalog.teams.payments.members[]: string",
        "catalog.workspace.admins[]: string",
        "catalog.workspace.announce: string",
        "catalog.workspace.defaultPolicy: string",
        "catalog.workspace.lastResort[].channel: string",
        "catalog.workspace.lastResort[].kind: string",
        "catalog.workspace.lastResort[].person: string",
        "catalog.workspace.locale: string",
        "catalog.workspace.timezone: string",
        "catalog.workspace.workWeek[]: string",
        "catalogHashes[]: string",
        "coverageTold.told[].from: number",
        "coverageTold.told[].isOpen: boolean",
        "coverageTold.told[].level: string",
        "coverageTold.told[].schedules[]: string",
        "coverageTold.told[].to: number",
        "coverageTold.told[].told: number",
        "digestedWeek: number",
        "homes[]: string",
        "version: number",
      ]
    `);
  });
});
