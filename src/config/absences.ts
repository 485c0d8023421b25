import { z } from 'zod';
import type { Catalog } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { toIso } from '../oncall/time.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import { idText, severityText, timeText } from './catalog-schema.ts';
import { instantIn, timeAdvice } from './times.ts';
import { checked, readYaml, shown, type YamlFile, type YamlPath } from './yaml.ts';

const absenceSchema = z
  .strictObject(
    {
      /** Only needed where another entry of the file carves time out of this one. */
      id: idText.optional(),
      person: idText,
      effect: z.enum(['hard', 'soft', 'free'], { error: 'use hard, soft or free' }),
      certain: z.boolean({ error: 'use true or false' }).default(true),
      from: timeText,
      to: z.union([timeText, z.null()], { error: `${timeAdvice}, or null for until further notice` }),
      carves: idText.optional(),
      lets_through: z.array(severityText, { error: 'give a list of severities' }).optional(),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'give keys and values' : undefined) },
  )
  .refine(({ effect, carves }) => effect !== 'free' || carves !== undefined, {
    path: ['carves'],
    message: 'is missing; free takes its time out of one other entry, so give that entry an id and name it here',
  })
  .refine(({ effect, carves }) => effect === 'free' || carves === undefined, {
    path: ['carves'],
    message: 'goes with effect: free alone; remove it',
  })
  .refine(({ effect, lets_through }) => effect === 'soft' || lets_through === undefined, {
    path: ['lets_through'],
    message: 'goes with effect: soft alone; remove it',
  });

const absencesSchema = z.array(absenceSchema, { error: 'give a list of absences, each beginning with "- person:"' });

type AbsenceText = z.output<typeof absenceSchema>;

/** Words that people use for why somebody is away. Toran keeps no reason beside a window (DESIGN rule 6). */
const reasonKeys = ['kind', 'reason', 'why', 'type', 'note', 'notes', 'comment', 'title', 'description'];

/**
 * Reads an absences file (DESIGN §7): wall times are those of the person's zone unless they carry an offset, `to: null` is
 * until further notice. The same entry gets the same id each time, so that a file can be read again. Throws BadInput with
 * file, line, column and the fix.
 */
export function parseAbsences(text: string, name: string, catalog: Catalog): AvailabilityWindow[] {
  const file = readYaml(text, name);
  if (file.value === null) return [];
  refuseReasons(file);
  const absences = checked(file, absencesSchema);
  checkCarving(absences, file);
  const seen = new Map<string, number>();
  return absences.map((absence, index) => {
    const window = windowOf(absence, index, catalog, file);
    const times = (seen.get(window.id) ?? 0) + 1;
    seen.set(window.id, times);
    return times === 1 ? window : { ...window, id: `${window.id}#${times}` };
  });
}

function windowOf(absence: AbsenceText, index: number, catalog: Catalog, file: YamlFile): AvailabilityWindow {
  const person = entry(catalog.people, absence.person);
  if (person === undefined) {
    throw file.problem(
      [index, 'person'],
      `${shown(absence.person)} is not among the people of the catalog; correct it`,
    );
  }
  const zone = person.timezone ?? catalog.workspace.timezone;
  const from = instantAt(absence.from, zone, file, [index, 'from']);
  const to = absence.to === null ? null : instantAt(absence.to, zone, file, [index, 'to']);
  if (to !== null && to <= from) {
    throw file.problem([index, 'to'], `${absence.to} is not after from (${absence.from}); give a later time or null`);
  }
  const content = [absence.person, absence.effect, toIso(from), to === null ? 'open' : toIso(to)].join('/');
  return {
    id: fileId(absence.id ?? content),
    person: absence.person,
    effect: absence.effect,
    certain: absence.certain,
    from,
    to,
    cancelled: false,
    source: 'file',
    ...(absence.carves === undefined ? {} : { carves: fileId(absence.carves) }),
    ...(absence.lets_through === undefined ? {} : { letsThrough: absence.lets_through }),
  };
}

function fileId(id: string): string {
  return `file:${id}`;
}

function instantAt(text: string, zone: TimeZone, file: YamlFile, path: YamlPath): EpochMs {
  const at = instantIn(text, zone);
  if (at === undefined) throw file.problem(path, timeAdvice);
  return at;
}

function refuseReasons(file: YamlFile): void {
  if (!Array.isArray(file.value)) return;
  for (const [index, absence] of file.value.entries()) {
    if (typeof absence !== 'object' || absence === null) continue;
    const key = reasonKeys.find((word) => Object.hasOwn(absence, word));
    if (key === undefined) continue;
    throw file.problem([index, key], 'why somebody is away is not kept here; remove this key', { key: true });
  }
}

function checkCarving(absences: readonly AbsenceText[], file: YamlFile): void {
  const named = new Map<string, AbsenceText>();
  for (const [index, absence] of absences.entries()) {
    if (absence.id === undefined) continue;
    if (named.has(absence.id)) throw file.problem([index, 'id'], `${shown(absence.id)} is given twice; choose another`);
    named.set(absence.id, absence);
  }
  for (const [index, { carves, person }] of absences.entries()) {
    if (carves === undefined) continue;
    const parent = named.get(carves);
    if (parent === undefined || parent.person !== person || parent.effect === 'free') {
      const text = `${shown(carves)} is no absence of ${person} in this file; name the id of one`;
      throw file.problem([index, 'carves'], text);
    }
  }
}
