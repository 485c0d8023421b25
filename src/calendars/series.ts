import type { CalendarEvent } from './calendar-event.ts';
import { instantOf } from './wall-zone.ts';

/** All events of one id: what repeats, and the occurrences that stand in for some of its own. */
export interface Series {
  readonly uid: string;
  readonly master: CalendarEvent | undefined;
  readonly standIns: readonly CalendarEvent[];
}

/** In whatever order they are written; of several versions of the same the highest SEQUENCE counts, then DTSTAMP, then the last. */
export function seriesOf(events: readonly CalendarEvent[]): readonly Series[] {
  const groups = Map.groupBy(events, uidOf);
  return [...groups].map(([uid, group]) => {
    const masters = group.filter(({ stands }) => stands === undefined);
    const versions = Map.groupBy(
      group.filter(({ stands }) => stands !== undefined),
      ({ stands, andFollowing }) =>
        `${stands === undefined ? '' : instantOf(stands.wall, stands.zone)}/${andFollowing}`,
    );
    return { uid, master: newest(masters), standIns: [...versions.values()].flatMap((each) => newest(each) ?? []) };
  });
}

/** An event without an id is itself alone, for as long as it is where it is. */
function uidOf({ uid, start, length }: CalendarEvent): string {
  return uid === '' ? `no id/${start.wall}/${length.wallMs}/${length.exactMs}` : uid;
}

function newest(versions: readonly CalendarEvent[]): CalendarEvent | undefined {
  let best: CalendarEvent | undefined;
  for (const version of versions) {
    const isNewer =
      best === undefined ||
      version.sequence > best.sequence ||
      (version.sequence === best.sequence && version.stamp >= best.stamp);
    if (isNewer) best = version;
  }
  return best;
}
