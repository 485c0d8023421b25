import { describe, expect, it } from 'vitest';
import {
  personBySlack,
  readCancelReason,
  readDeclaration,
  readSchedules,
  readSeverity,
  readStatus,
  readTargets,
  takeIncident,
  takePerson,
} from '../../../src/slack/command-arguments.ts';
import { company } from '../../support/company.ts';

const catalog = company();

describe('severities, states and reasons as people write them', () => {
  it.each([
    ['1', 'sev1'],
    ['sev1', 'sev1'],
    ['SEV 1', 'sev1'],
    ['SEV-2', 'sev2'],
    ['p3', 'sev3'],
    ['critical', 'sev1'],
    ['Low', 'sev4'],
    ['קריטית', 'sev1'],
    ['נמוכה', 'sev4'],
  ])('reads the severity "%s" as %s', (text, severity) => {
    expect(readSeverity(text)).toBe(severity);
  });

  it.each(['5', 'sev0', '', 'catastrophic', 'constructor'])('reads no severity in "%s"', (text) => {
    expect(readSeverity(text)).toBeUndefined();
  });

  it.each([
    ['monitoring', 'monitoring'],
    ['mitigated', 'monitoring'],
    ['Fixing', 'fixing'],
    ['resolved', 'resolved'],
    ['בבדיקה', 'investigating'],
    ['נפתרה', 'resolved'],
  ])('reads the status "%s" as %s', (text, status) => {
    expect(readStatus(text)).toBe(status);
  });

  it('takes a cancellation without a word for a false alarm, and no word for a reason that is none', () => {
    expect(readCancelReason('')).toBe('false_alarm');
    expect(readCancelReason('Duplicate')).toBe('duplicate');
    expect(readCancelReason('לא תקלה')).toBe('not_an_incident');
    expect(readCancelReason('because')).toBeUndefined();
  });
});

describe('which incident', () => {
  it('takes INC-42 off the front everywhere', () => {
    expect(takeIncident('INC-42 rolled back', 'update', false)).toEqual({ incident: 'INC-42', rest: 'rolled back' });
    expect(takeIncident('inc-7', 'ack', true)).toEqual({ incident: 'INC-7', rest: '' });
    expect(takeIncident('INC-0', 'ack', true)).toEqual({ incident: undefined, rest: 'INC-0' });
  });

  it('takes a number outside of incident channels, where it means nothing else', () => {
    expect(takeIncident('42', 'ack', true)).toEqual({ incident: 'INC-42', rest: '' });
    expect(takeIncident('42 sev2', 'sev', true)).toEqual({ incident: 'INC-42', rest: 'sev2' });
    expect(takeIncident('#42: rolled back', 'update', true)).toEqual({ incident: 'INC-42', rest: 'rolled back' });
    expect(takeIncident('42', 'update', true)).toEqual({ incident: 'INC-42', rest: '' });
    expect(takeIncident('42', 'ack', false)).toEqual({ incident: undefined, rest: '42' });
    expect(takeIncident('#42', 'ack', false)).toEqual({ incident: undefined, rest: '#42' });
  });

  it.each([
    ['2', 'sev'],
    ['9', 'sev'],
    ['10 minutes ago restarted', 'note'],
    ['3 of 5 replicas are back', 'update'],
    ['42nd street is down', 'page'],
    ['14:05 restarted', 'note'],
  ] as const)('leaves "%s" to %s', (text, word) => {
    expect(takeIncident(text, word, true)).toEqual({ incident: undefined, rest: text });
  });
});

describe('a declaration', () => {
  it.each([
    ['Card payments fail', { title: 'Card payments fail', severity: undefined, service: undefined }],
    ['sev1 Card payments fail', { title: 'Card payments fail', severity: 'sev1', service: undefined }],
    ['Card payments fail SEV2', { title: 'Card payments fail', severity: 'sev2', service: undefined }],
    ['critical payments are down', { title: 'payments are down', severity: 'sev1', service: undefined }],
    ['high: cpu on db', { title: 'cpu on db', severity: 'sev2', service: undefined }],
    ['High cpu on db', { title: 'High cpu on db', severity: undefined, service: undefined }],
    ['Low disk space', { title: 'Low disk space', severity: undefined, service: undefined }],
    ['sev1 checkout: cards are refused', { title: 'cards are refused', severity: 'sev1', service: 'checkout' }],
    ['checkout is down', { title: 'checkout is down', severity: undefined, service: 'checkout' }],
    ['checkout: sev2 slow', { title: 'slow', severity: 'sev2', service: 'checkout' }],
    ['service:checkout sev3 slow', { title: 'slow', severity: 'sev3', service: 'checkout' }],
    ['checkout sev1 "Cards: refused"', { title: 'Cards: refused', severity: 'sev1', service: 'checkout' }],
    ['sev1 “הסליקה נופלת” checkout', { title: 'הסליקה נופלת', severity: 'sev1', service: 'checkout' }],
    ['sev1 מערכת צה״ל קרסה ביו״ש', { title: 'מערכת צה״ל קרסה ביו״ש', severity: 'sev1', service: undefined }],
    ['sev1 "מערכת צה"ל קרסה"', { title: 'מערכת צה"ל קרסה', severity: 'sev1', service: undefined }],
    ['3 of 5 replicas are gone', { title: '3 of 5 replicas are gone', severity: undefined, service: undefined }],
    ['checkouts are slow', { title: 'checkouts are slow', severity: undefined, service: undefined }],
    ['sev1', { title: '', severity: 'sev1', service: undefined }],
    ['', { title: '', severity: undefined, service: undefined }],
  ])('reads "%s"', (text, expected) => {
    expect(readDeclaration(text, catalog)).toEqual(expected);
  });
});

describe('people and targets', () => {
  it('reads a mention as Slack escapes it, a catalog id and a name', () => {
    expect(takePerson('<@UDANA|dana> until 18:00', catalog)).toEqual({
      kind: 'person',
      person: 'dana',
      rest: 'until 18:00',
    });
    expect(takePerson('<@UDANA>', catalog)).toEqual({ kind: 'person', person: 'dana', rest: '' });
    expect(takePerson('@dana', catalog)).toEqual({ kind: 'person', person: 'dana', rest: '' });
    expect(takePerson('Dana until sunday', catalog)).toEqual({ kind: 'person', person: 'dana', rest: 'until sunday' });
    expect(takePerson('<@U999|stranger>', catalog)).toEqual({ kind: 'person', person: 'slack:U999', rest: '' });
    expect(takePerson('@nobody now', catalog)).toEqual({ kind: 'unknown', typed: '@nobody' });
    expect(takePerson('until 18:00', catalog)).toEqual({ kind: 'none', rest: 'until 18:00' });
    expect(takePerson('danas party', catalog)).toEqual({ kind: 'none', rest: 'danas party' });
  });

  it('knows people by their Slack id, and keeps the id of those whom the catalog does not know', () => {
    expect(personBySlack('UNOA', catalog)).toBe('noa');
    expect(personBySlack('U42', catalog)).toBe('slack:U42');
  });

  it('reads several targets, a schedule before a team of the same name', () => {
    expect(readTargets('<@UDANA|dana>, payments', catalog)).toEqual({
      kind: 'targets',
      targets: [
        { kind: 'person', person: 'dana' },
        { kind: 'schedule', schedule: 'payments' },
      ],
    });
    expect(readTargets('team:payments', catalog)).toEqual({
      kind: 'targets',
      targets: [{ kind: 'team', team: 'payments' }],
    });
    expect(readTargets('schedule:backup', catalog)).toMatchObject({
      targets: [{ kind: 'schedule', schedule: 'backup' }],
    });
    expect(readTargets('', catalog)).toEqual({ kind: 'targets', targets: [] });
    expect(readTargets('dana nobody', catalog)).toEqual({ kind: 'unknown', typed: 'nobody' });
    expect(readTargets('constructor', catalog)).toEqual({ kind: 'unknown', typed: 'constructor' });
  });

  it('reads the schedules that are asked about', () => {
    expect(readSchedules('', catalog)).toEqual(['payments', 'backup']);
    expect(readSchedules('Payments', catalog)).toEqual(['payments']);
    expect(readSchedules('nothing', catalog)).toBeUndefined();
  });
});
