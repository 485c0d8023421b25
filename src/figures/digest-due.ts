import { type EpochMs, fromWall, type TimeZone } from '../oncall/time.ts';
import { sundayOf } from './weeks.ts';

/** Hour of the wall clock at which the digest is due on Sunday. */
const digestHour = 9;

/** When the next digest is due: the first Sunday 09:00 of the zone's wall clock strictly after `nowMs`. */
export function nextDigestAt(nowMs: EpochMs, zone: TimeZone): EpochMs {
  const sunday = sundayOf(nowMs, zone);
  const dueMs = fromWall(sunday.toPlainDateTime({ hour: digestHour }), zone);
  return dueMs > nowMs ? dueMs : fromWall(sunday.add({ weeks: 1 }).toPlainDateTime({ hour: digestHour }), zone);
}
