import { describe, expect, it } from 'vitest';
import { hourMs, local, minuteMs, read, readEach, start } from './support.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const noon = start + 5 * hourMs;
const window = `since=${iso(start)}&until=${iso(start + 48 * hourMs)}`;

function override(from: number, to: number, userId = 'PDANA') {
  return { start: iso(from), end: iso(to), user: { id: userId, type: 'user_reference' } };
}

describe('on calls', () => {
  it('cover both schedule systems, once for each policy and level, with whole shifts', async () => {
    const { call } = await local();
    const all = await call('GET', '/oncalls?limit=100');
    expect(readEach(all, 'oncalls', 'user.id')).toEqual(['PNOA', 'PDANA', 'PDANA', 'PNOA', 'PDANA']);
    expect(read(all, 'oncalls.0')).toMatchObject({
      escalation_level: 1,
      schedule: { id: 'SMAIN', type: 'schedule_reference' },
      start: '2026-11-22T07:00:00Z',
      end: '2026-11-23T07:00:00Z',
    });
    expect(read(all, 'oncalls.1')).toMatchObject({ escalation_level: 2, schedule: null, start: null, end: null });
    expect(read(all, 'oncalls.3.schedule.type')).toBe('schedule_v3_reference');
  });

  it('are filtered, null standing for people without a schedule, and end within 90 days', async () => {
    const { call } = await local();
    const direct = await call('GET', '/oncalls?schedule_ids[]=null');
    expect(readEach(direct, 'oncalls', 'user.id')).toEqual(['PDANA', 'PDANA']);
    const late = iso(start + 91 * 24 * hourMs);
    expect((await call('GET', `/oncalls?until=${late}`)).status).toBe(400);
  });
});

describe('schedules of layers', () => {
  it('are not found among the shift-based ones, and the other way round (400)', async () => {
    const { call } = await local();
    const wrong = await call('GET', '/schedules/SSHIFTS');
    expect([wrong.status, wrong.text.includes('/v3/schedules')]).toEqual([400, true]);
    expect((await call('GET', '/v3/schedules/SMAIN')).status).toBe(400);
  });

  it('take overrides one by one: 201 for all, a status for each', async () => {
    const { call } = await local();
    const body = { overrides: [override(noon, noon + hourMs), override(noon, noon)] };
    const answer = await call('POST', '/schedules/SMAIN/overrides', { body });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject([
      { status: 201 },
      { status: 400, errors: ['Override must end after its start'] },
    ]);
  });

  it('ring whoever overrides; the override made last wins', async () => {
    const { call, pagerDuty, advance } = await local();
    for (const userId of ['PDANA', 'POMER']) {
      const body = { overrides: [override(noon, noon + hourMs, userId)] };
      await call('POST', '/schedules/SMAIN/overrides', { body });
    }
    advance(5 * hourMs + minuteMs);
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x' });
    expect(pagerDuty.log.rung.at(-1)?.userId).toBe('POMER');
    const rendered = await call('GET', `/schedules/SMAIN?${window}`);
    expect(readEach(rendered, 'schedule.final_schedule.rendered_schedule_entries', 'user.id')).toEqual([
      'PNOA',
      'POMER',
      'PNOA',
      'POMER',
    ]);
  });

  it('list overrides only for a window, and their ids only with editable=true', async () => {
    const { call } = await local();
    await call('POST', '/schedules/SMAIN/overrides', { body: { overrides: [override(noon, noon + hourMs)] } });
    expect((await call('GET', '/schedules/SMAIN/overrides')).status).toBe(400);
    const plain = await call('GET', `/schedules/SMAIN/overrides?${window}`);
    expect(readEach(plain, 'overrides', 'id')).toEqual([undefined]);
    const editable = await call('GET', `/schedules/SMAIN/overrides?${window}&editable=true`);
    expect(readEach(editable, 'overrides', 'id')).toEqual([expect.any(String)]);
  });

  it('remove an override to come (204), end a running one (200, empty), and keep a past one (400)', async () => {
    const { call, advance } = await local();
    const create = async (from: number, to: number) => {
      const made = await call('POST', '/schedules/SMAIN/overrides', { body: { overrides: [override(from, to)] } });
      return `/schedules/SMAIN/overrides/${String(read(made, '0.override.id'))}`;
    };
    const later = await create(noon, noon + hourMs);
    const running = await create(start, noon);
    expect((await call('DELETE', later)).status).toBe(204);
    advance(hourMs);
    const ended = await call('DELETE', running);
    expect([ended.status, ended.text]).toEqual([200, '']);
    expect((await call('DELETE', running)).status).toBe(400);
  });
});

describe('shift-based schedules', () => {
  const path = '/v3/schedules/SSHIFTS';
  const member = (userId: string) => ({ type: 'user_member', user_id: userId });
  const shift = (fields: object) => ({
    type: 'override_shift',
    start_time: iso(noon),
    end_time: iso(noon + hourMs),
    overridden_member: member('PNOA'),
    overriding_member: member('POMER'),
    ...fields,
  });

  it('have several people on at once, and say of each shift where it comes from', async () => {
    const { call, pagerDuty } = await local();
    const answer = await call('GET', `${path}?${window}&include[]=final_schedule`);
    expect(read(answer, 'schedule.final_schedule.computed_shift_assignments.0')).toMatchObject({
      member: member('PNOA'),
      source: { rotation_id: 'RONE', override_id: null },
    });
    const service = pagerDuty.state.services.find((one) => one.id === 'VPAY');
    if (service !== undefined) service.escalationPolicyId = 'ESHIFT';
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x' });
    expect(pagerDuty.log.rung.map((one) => one.userId)).toEqual(['PNOA', 'PDANA']);
  });

  it('show a gap as a shift of nobody', async () => {
    const { call } = await local();
    const before = `since=${iso(start - hourMs)}&until=${iso(start + hourMs)}`;
    const answer = await call('GET', `${path}?${before}&include[]=final_schedule`);
    const members = readEach(answer, 'schedule.final_schedule.computed_shift_assignments', 'member.type');
    expect(members).toEqual(['empty_member', 'user_member', 'user_member']);
    expect(read(answer, 'schedule.final_schedule.rendered_coverage_percentage')).toBe(50);
  });

  it('replace exactly the named person of the named rotation', async () => {
    const { call } = await local();
    const made = await call('POST', `${path}/overrides`, { body: { overrides: [shift({ rotation_id: 'RONE' })] } });
    expect(made.status).toBe(201);
    const at = iso(noon + minuteMs);
    const now = await call('GET', `/oncalls?schedule_ids[]=SSHIFTS&since=${at}&until=${at}`);
    expect(new Set(readEach(now, 'oncalls', 'user.id'))).toEqual(new Set(['POMER', 'PDANA']));
  });

  it('need the rotation or the custom shift, not both and not neither', async () => {
    const { call } = await local();
    const post = (fields: object) => call('POST', `${path}/overrides`, { body: { overrides: [shift(fields)] } });
    expect((await post({})).status).toBe(400);
    expect((await post({ rotation_id: 'RONE', custom_shift_id: 'X' })).status).toBe(400);
    expect((await post({ rotation_id: 'RNONE' })).status).toBe(404);
  });

  it('change an override in place, and delete it', async () => {
    const { call } = await local();
    const made = await call('POST', `${path}/overrides`, { body: { overrides: [shift({ rotation_id: 'RONE' })] } });
    const one = `${path}/overrides/${String(read(made, 'overrides.0.id'))}`;
    const changed = await call('PUT', one, { body: { override: { overriding_member: { type: 'empty_member' } } } });
    expect(read(changed, 'override.overriding_member.type')).toBe('empty_member');
    expect((await call('DELETE', one)).status).toBe(204);
    expect(readEach(await call('GET', `${path}/overrides`), 'overrides', 'id')).toEqual([]);
  });

  it('add a person with a custom shift, beside those who are on', async () => {
    const { call } = await local();
    const assignments = [{ type: 'shift_assignment', member: member('POMER') }];
    const custom = { type: 'custom_shift', start_time: iso(start), end_time: iso(noon), assignments };
    expect((await call('POST', `${path}/custom_shifts`, { body: { custom_shifts: [custom] } })).status).toBe(201);
    const now = await call('GET', '/oncalls?schedule_ids[]=SSHIFTS');
    expect(readEach(now, 'oncalls', 'user.id')).toEqual(['PNOA', 'PDANA', 'POMER']);
  });
});
