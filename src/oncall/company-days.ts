import { Temporal } from 'temporal-polyfill';
import type { Catalog, CompanyDay, PersonId } from './catalog.ts';
import { entry } from './lookup.ts';
import { fromWall, type EpochMs, type TimeZone } from './time.ts';
import type { AvailabilityWindow } from './windows.ts';

/**
 * What the company's own days mean for a person: asked last through the day, in their zone, or from noon when it is half a
 * day. Whoever is on duty is on duty. Those that touch [from, to), each with an id that is the same every time.
 */
export function companyDayWindows(
  catalog: Catalog,
  person: PersonId,
  from: EpochMs,
  to: EpochMs,
): readonly AvailabilityWindow[] {
  const zone = entry(catalog.people, person)?.timezone ?? catalog.workspace.timezone;
  return (catalog.workspace.companyDays ?? [])
    .map((day) => windowOf(day, person, zone))
    .filter((window) => window.from < to && (window.to ?? Infinity) > from);
}

function windowOf({ date, off }: CompanyDay, person: PersonId, zone: TimeZone): AvailabilityWindow {
  const day = Temporal.PlainDate.from(date);
  const noon = Temporal.PlainTime.from('12:00');
  return {
    id: `company:${date}`,
    person,
    effect: 'soft',
    certain: true,
    from: fromWall(day.toPlainDateTime(off === 'half' ? noon : undefined), zone),
    to: fromWall(day.add({ days: 1 }).toPlainDateTime(), zone),
    cancelled: false,
    yieldsToDuty: true,
    source: 'company',
  };
}
