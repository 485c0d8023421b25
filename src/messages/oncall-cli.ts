import type { Language } from '../oncall/catalog.ts';
import type { DutyRow, Excluded } from '../oncall/resolver.ts';

/** What `toran oncall` prints for people to read; with `--json` none of it appears. */
export interface OncallCliWords {
  readonly start: string;
  readonly end: string;
  readonly onDuty: string;
  readonly why: string;
  readonly passedOver: string;
  readonly nobody: string;
  /** Beside somebody who is paged only when nobody else is left. */
  readonly askedLast: string;
  readonly whys: Readonly<Record<DutyRow['why'], string>>;
  /** Never why somebody is away. */
  readonly becauses: Readonly<Record<Excluded['because'], string>>;
  title(schedule: string, zone: string): string;
}

export const oncallCliWords: Record<Language, OncallCliWords> = {
  en: {
    start: 'From',
    end: 'Until',
    onDuty: 'On duty',
    why: 'Why',
    passedOver: 'Passed over',
    nobody: 'nobody',
    askedLast: 'asked last',
    whys: { rotation: 'rotation', override: 'override', cover: 'cover', nobody: '' },
    becauses: { unavailable: 'unavailable', replaced: 'replaced', not_in_catalog: 'not in the catalog' },
    title: (schedule, zone) => `Schedule ${schedule}, times of ${zone}`,
  },
  he: {
    start: 'מ־',
    end: 'עד',
    onDuty: 'בתורנות',
    why: 'סיבת השיבוץ',
    passedOver: 'דילוג על',
    nobody: 'אין תורן',
    askedLast: 'בפנייה אחרונה',
    whys: { rotation: 'סבב', override: 'החלפה חד-פעמית', cover: 'מילוי מקום', nobody: '' },
    becauses: { unavailable: 'ללא זמינות', replaced: 'הוחלף/ה', not_in_catalog: 'לא מופיע/ה בקטלוג' },
    title: (schedule, zone) => `לוח תורנויות ${schedule}, לפי שעון ${zone}`,
  },
};
