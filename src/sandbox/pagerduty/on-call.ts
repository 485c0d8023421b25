import type { EpochMs } from '../../oncall/time.ts';
import type { AccountState, EscalationPolicy, Override, Rotation, Schedule } from './model.ts';

export type ShiftSource =
  | { type: 'rotation'; rotationId: string | null }
  | { type: 'custom_shift'; shiftId: string }
  | { type: 'override'; overrideId: string; rotationId: string | null; shiftId: string | null };

/** One person's time on a schedule, [start, end). `userId` is null only for v3's empty member. */
export interface Shift {
  userId: string | null;
  start: EpochMs;
  end: EpochMs;
  source: ShiftSource;
}

type Holder = Pick<Shift, 'userId' | 'source'>;

/** Who is on a schedule in [from, to), cut to it, equal neighbours joined, ordered by start. */
export function shiftsOf(schedule: Schedule, from: EpochMs, to: EpochMs): Shift[] {
  const shifts: Shift[] = [];
  const open = new Map<string, Shift>();
  for (const [start, end] of segments(schedule, from, to)) {
    const holders = holdersAt(schedule, start);
    const keys = new Set(holders.map(keyOf));
    for (const key of open.keys()) if (!keys.has(key)) open.delete(key);
    for (const holder of holders) {
      const running = open.get(keyOf(holder));
      if (running !== undefined) {
        running.end = end;
        continue;
      }
      const shift = { ...holder, start, end };
      open.set(keyOf(holder), shift);
      shifts.push(shift);
    }
  }
  return shifts;
}

/** The same shifts whole: not cut at the window, as far as one turn reaches. */
export function wholeShiftsOf(schedule: Schedule, from: EpochMs, to: EpochMs): Shift[] {
  const reach = Math.max(0, ...schedule.rotations.map((rotation) => rotation.turnMs));
  return shiftsOf(schedule, from - reach, to + reach).filter((shift) => shift.start < to && shift.end > from);
}

function keyOf(holder: Holder): string {
  return `${holder.userId ?? ''} ${JSON.stringify(holder.source)}`;
}

function segments(schedule: Schedule, from: EpochMs, to: EpochMs): [EpochMs, EpochMs][] {
  const cuts = new Set([from, to]);
  const cut = (at: EpochMs) => (at > from && at < to ? cuts.add(at) : cuts);
  for (const rotation of schedule.rotations) {
    cut(rotation.start);
    const first = rotation.start + Math.max(0, Math.ceil((from - rotation.start) / rotation.turnMs)) * rotation.turnMs;
    for (let at = first; at < to; at += rotation.turnMs) cut(at);
  }
  for (const { start, end } of [...schedule.overrides, ...schedule.customShifts]) {
    cut(start);
    cut(end);
  }
  const ordered = [...cuts].sort((one, other) => one - other);
  return ordered.slice(1).map((end, place) => [ordered[place] ?? end, end]);
}

function holdersAt(schedule: Schedule, at: EpochMs): Holder[] {
  return schedule.system === 'layers' ? layerHolder(schedule, at) : shiftHolders(schedule, at);
}

/** Layers: the newest override wins, then the last rotation that has somebody. One person, or a gap. */
function layerHolder(schedule: Schedule, at: EpochMs): Holder[] {
  const override = schedule.overrides.findLast((one) => covers(one, at));
  if (override !== undefined) {
    const source = { type: 'override', overrideId: override.id, rotationId: null, shiftId: null } as const;
    return [{ userId: override.userId, source }];
  }
  const rotation = schedule.rotations.findLast((one) => turnOf(one, at) !== undefined);
  const userId = rotation === undefined ? undefined : turnOf(rotation, at);
  if (rotation === undefined || userId === undefined) return [];
  return [{ userId, source: { type: 'rotation', rotationId: rotation.id } }];
}

/** Shift-based: everybody of every rotation and custom shift, each replaced by the newest override of exactly that shift. */
function shiftHolders(schedule: Schedule, at: EpochMs): Holder[] {
  const planned: Holder[] = [
    ...schedule.rotations.flatMap((rotation): Holder[] => {
      const userId = turnOf(rotation, at);
      return userId === undefined ? [] : [{ userId, source: { type: 'rotation', rotationId: rotation.id } }];
    }),
    ...schedule.customShifts
      .filter((shift) => covers(shift, at))
      .map((shift): Holder => ({ userId: shift.userId, source: { type: 'custom_shift', shiftId: shift.id } })),
  ];
  return planned.map((holder) => {
    const override = schedule.overrides.findLast((one) => covers(one, at) && replaces(one, holder));
    if (override === undefined) return holder;
    const { source } = holder;
    return {
      userId: override.userId,
      source: {
        type: 'override',
        overrideId: override.id,
        rotationId: source.type === 'rotation' ? source.rotationId : null,
        shiftId: source.type === 'custom_shift' ? source.shiftId : null,
      },
    };
  });
}

function replaces(override: Override, { userId, source }: Holder): boolean {
  const replaced = override.replaces;
  if (replaced === null || replaced.userId !== userId) return false;
  if ('rotationId' in replaced) return source.type === 'rotation' && source.rotationId === replaced.rotationId;
  return source.type === 'custom_shift' && source.shiftId === replaced.customShiftId;
}

function covers(span: { start: EpochMs; end: EpochMs }, at: EpochMs): boolean {
  return span.start <= at && at < span.end;
}

function turnOf(rotation: Rotation, at: EpochMs): string | undefined {
  if (at < rotation.start) return undefined;
  return rotation.userIds[Math.floor((at - rotation.start) / rotation.turnMs) % rotation.userIds.length];
}

/** Everybody whom one level of a policy rings at that moment, each once. Levels count from 1. */
export function onCallAt(state: AccountState, policy: EscalationPolicy, level: number, at: EpochMs): string[] {
  const users = (policy.rules[level - 1]?.targets ?? []).flatMap((target) => {
    if (target.type === 'user') return [target.id];
    const schedule = state.schedules.find((one) => one.id === target.id);
    return schedule === undefined
      ? []
      : holdersAt(schedule, at).flatMap(({ userId }) => (userId === null ? [] : [userId]));
  });
  return [...new Set(users)];
}

/** The first level from `fromLevel` on that would ring anybody. */
export function nextLevelWithPeople(
  state: AccountState,
  policy: EscalationPolicy,
  fromLevel: number,
  at: EpochMs,
): number | undefined {
  for (let level = fromLevel; level <= policy.rules.length; level += 1) {
    if (onCallAt(state, policy, level, at).length > 0) return level;
  }
  return undefined;
}
