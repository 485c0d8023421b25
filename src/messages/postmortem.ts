import type { DurationFlag } from '../figures/durations.ts';
import type { Milestones } from '../figures/record.ts';
import type { Language } from '../oncall/catalog.ts';
import type { RoleRef } from '../postmortem/cast.ts';
import type { PageCounts } from '../postmortem/draft.ts';
import type { ContributingFactor } from '../postmortem/factors.ts';

/** What is known of an incident in one sentence; everything is already in words of the language. */
export interface SummaryFacts {
  readonly service: string | undefined;
  readonly severity: string;
  readonly isDrill: boolean;
  readonly duration: string | undefined;
  readonly startIsDetected: boolean;
}

/** The words of a draft that are no part of a template. */
export interface PostmortemWords {
  /** How a person is spoken of, inside a sentence. */
  person(ref: RoleRef): string;
  /** Who did something that no person did. */
  readonly automation: string;
  system(name: string): string;
  role(role: string): string;
  summary(facts: SummaryFacts): string;
  readonly milestones: Readonly<Record<keyof Milestones, string>>;
  readonly unknown: string;
  readonly sameAsResolved: string;
  readonly flags: Readonly<Record<DurationFlag, string>>;
  outOfOrder(earlier: string, later: string): string;
  readonly detection: {
    readonly alert: (system: string | undefined) => string;
    readonly person: string;
    readonly unknown: string;
  };
  signals(count: number): string;
  people(count: number): string;
  pages(counts: PageCounts): string;
  readonly factors: Readonly<Record<ContributingFactor, { readonly name: string; readonly question: string }>>;
  /** Behind a line that has a page with more about it. */
  readonly evidence: string;
  /** Stands for a text that was erased. */
  readonly erased: string;
  /** Headings of the plain form, which is used when no template works. */
  readonly plain: Readonly<
    Record<
      'draft' | 'summary' | 'milestones' | 'durations' | 'detection' | 'staffing' | 'timeline' | 'factors' | 'actions',
      string
    >
  >;
}

const english: PostmortemWords = {
  person: (ref) => {
    switch (ref.kind) {
      case 'role':
        return `the ${english.role(ref.role)}`;
      case 'responder':
        return `responder ${letters(ref.index, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')}`;
      case 'someone':
        return 'a colleague';
    }
  },
  automation: 'Toran',
  system: (name) =>
    ({ pagerduty: 'PagerDuty', alerts: 'monitoring', changes: 'change feed', import: 'import' })[name] ?? name,
  role: (role) =>
    ({ lead: 'incident lead', communications: 'communications lead', scribe: 'scribe', operations: 'operations lead' })[
      role
    ] ?? role,
  summary: ({ service, severity, isDrill, duration, startIsDetected }) => {
    const what = isDrill ? 'Drill' : 'Incident';
    const where = service === undefined ? '' : ` on ${service}`;
    if (duration === undefined) return `${what} of severity ${severity}${where}; how long it lasted is not known yet.`;
    const since = startIsDetected ? ', counted from the detection' : '';
    return `${what} of severity ${severity}${where}; it lasted ${duration}${since}.`;
  },
  milestones: {
    impactStart: 'Impact started',
    detected: 'Detected',
    declared: 'Declared',
    paged: 'First page',
    acked: 'Acknowledged',
    mitigated: 'Mitigated',
    resolved: 'Resolved',
  },
  unknown: 'not known',
  sameAsResolved: 'not recorded; the resolution stands for it',
  flags: {
    start_is_detected: 'The start of the impact is not known; times to mitigate and recover count from the detection.',
    mitigated_is_resolved: 'No mitigation was recorded; the time to mitigate ends with the resolution.',
    negative_detect: 'The detection lies before the start of the impact, so there is no time to detect.',
    negative_acknowledge: 'The acknowledgement lies before the page, so there is no time to acknowledge.',
    negative_mitigate: 'The mitigation lies before the start, so there is no time to mitigate.',
    negative_recover: 'The resolution lies before the start, so there is no time to recover.',
  },
  outOfOrder: (earlier, later) => `“${later}” is earlier than “${earlier}”: one of the two times needs a correction.`,
  detection: {
    alert: (system) =>
      system === undefined ? 'An alert came first.' : `An alert came first (${english.system(system)}).`,
    person: 'A person declared it.',
    unknown: 'Not recorded.',
  },
  signals: (count) => (count === 1 ? '1 alert over the whole incident.' : `${count} alerts over the whole incident.`),
  people: (count) => (count === 1 ? '1 person took part.' : `${count} people took part.`),
  pages: ({ sent, acknowledged, escalated, exhausted }) =>
    sent === 0
      ? 'No pages were sent.'
      : `Pages: ${sent} sent, ${acknowledged} acknowledged${escalated === 0 ? '' : `, ${times(escalated)} on to the next step`}${exhausted === 0 ? '' : `, ${times(exhausted)} through all steps without an answer`}.`,
  factors: {
    connection_pooling: {
      name: 'Connection pooling',
      question:
        'Which pools, limits and time-outs were in play, and how close to their limits are they on a normal day?',
    },
    deploy_pipeline: {
      name: 'Deploy pipeline',
      question: 'What did the pipeline check before this reached users, and how long does the way back take?',
    },
    observability: {
      name: 'Observability',
      question: 'Which signal showed it first, and which questions did the dashboards leave open?',
    },
    missing_slo: {
      name: 'Missing SLO',
      question: 'Is there an objective for what users felt here, and does an alert watch it?',
    },
    test_gaps: { name: 'Test gaps', question: 'Which tests exercise this path, and under which load and data?' },
    capacity: { name: 'Capacity', question: 'How much headroom was left, and how does the team see it shrink?' },
    single_point_of_failure: {
      name: 'Single point of failure',
      question: 'What depends on the part that stopped, and what takes over when it stops?',
    },
    third_party: {
      name: 'Third party',
      question: 'What do we rely on outside, and what happens here when it is slow or away?',
    },
    configuration: {
      name: 'Configuration',
      question: 'Which settings mattered, and how is a change to them reviewed, rolled out and taken back?',
    },
    knowledge_held_by_one_person: {
      name: 'Knowledge held by one person',
      question: 'Which steps rest on what only one person knows, and where is it written down?',
    },
  },
  evidence: 'source',
  erased: '(text removed)',
  plain: {
    draft: 'Draft, written from the recorded timeline. No template could be used.',
    summary: 'Summary',
    milestones: 'Milestones',
    durations: 'Durations',
    detection: 'Detection',
    staffing: 'Staffing at the time',
    timeline: 'Timeline (UTC)',
    factors: 'Contributing factors',
    actions: 'Action items',
  },
};

const hebrew: PostmortemWords = {
  person: (ref) => {
    switch (ref.kind) {
      case 'role':
        return hebrew.role(ref.role);
      case 'responder':
        return `גורם מטפל ${letters(ref.index, 'אבגדהוזחטיכלמנסעפצקרשת')}׳`;
      case 'someone':
        return 'חבר צוות';
    }
  },
  automation: 'Toran',
  system: (name) =>
    ({ pagerduty: 'PagerDuty', alerts: 'ניטור', changes: 'עדכוני שינויים', import: 'ייבוא' })[name] ?? name,
  role: (role) =>
    ({ lead: 'מוביל הטיפול', communications: 'אחראי התקשורת', scribe: 'מתעד האירוע', operations: 'אחראי התפעול' })[
      role
    ] ?? role,
  summary: ({ service, severity, isDrill, duration, startIsDetected }) => {
    const what = isDrill ? 'תרגול' : 'תקלה';
    const where = service === undefined ? '' : ` בשירות ${service}`;
    if (duration === undefined) return `${what} בחומרה ${severity}${where}; המשך עדיין לא ידוע.`;
    const since = startIsDetected ? ', מרגע הגילוי' : '';
    return `${what} בחומרה ${severity}${where}; המשך: ${duration}${since}.`;
  },
  milestones: {
    impactStart: 'תחילת ההשפעה',
    detected: 'גילוי',
    declared: 'הכרזה',
    paged: 'הזעקה ראשונה',
    acked: 'אישור קבלה',
    mitigated: 'בלימה',
    resolved: 'פתרון',
  },
  unknown: 'לא ידוע',
  sameAsResolved: 'לא תועדה; מועד הפתרון בא במקומה',
  flags: {
    start_is_detected: 'תחילת ההשפעה לא ידועה; הזמנים עד בלימה ועד התאוששות נמדדים מרגע הגילוי.',
    mitigated_is_resolved: 'לא תועדה בלימה; הזמן עד בלימה מסתיים בפתרון.',
    negative_detect: 'הגילוי קודם לתחילת ההשפעה, ולכן אין זמן עד גילוי.',
    negative_acknowledge: 'אישור הקבלה קודם להזעקה, ולכן אין זמן עד אישור קבלה.',
    negative_mitigate: 'הבלימה קודמת לתחילה, ולכן אין זמן עד בלימה.',
    negative_recover: 'הפתרון קודם לתחילה, ולכן אין זמן עד התאוששות.',
  },
  outOfOrder: (earlier, later) => `״${later}״ מוקדם מ״${earlier}״: אחד משני הזמנים דורש תיקון.`,
  detection: {
    alert: (system) =>
      system === undefined ? 'התראה הגיעה ראשונה.' : `התראה הגיעה ראשונה (${hebrew.system(system)}).`,
    person: 'הוכרזה בידי אדם.',
    unknown: 'לא תועד.',
  },
  signals: (count) => (count === 1 ? 'התראה אחת לאורך התקלה.' : `${count} התראות לאורך התקלה.`),
  people: (count) => (count === 1 ? 'השתתפות: אדם אחד.' : `השתתפות: ${count} אנשים.`),
  pages: ({ sent, acknowledged, escalated, exhausted }) =>
    sent === 0
      ? 'לא נשלחו הזעקות.'
      : `הזעקות: ${sent} נשלחו, ${acknowledged} אושרו${escalated === 0 ? '' : `; מעבר לשלב הבא: ${timesHebrew(escalated)}`}${exhausted === 0 ? '' : `; סבב מלא ללא מענה: ${timesHebrew(exhausted)}`}.`,
  factors: {
    connection_pooling: {
      name: 'מאגרי חיבורים',
      question: 'אילו מאגרים, מגבלות וזמני המתנה היו מעורבים, וכמה הם קרובים לגבול ביום רגיל?',
    },
    deploy_pipeline: {
      name: 'צינור הפריסה',
      question: 'מה נבדק לפני שהשינוי הגיע למשתמשים, וכמה זמן אורכת הדרך חזרה?',
    },
    observability: {
      name: 'נראות וניטור',
      question: 'איזה אות הראה את התקלה ראשון, ואילו שאלות הלוחות השאירו פתוחות?',
    },
    missing_slo: { name: 'יעד שירות חסר', question: 'האם יש יעד למה שהמשתמשים חוו כאן, והאם התראה עוקבת אחריו?' },
    test_gaps: { name: 'פערים בבדיקות', question: 'אילו בדיקות עוברות במסלול הזה, באיזה עומס ועם אילו נתונים?' },
    capacity: { name: 'קיבולת', question: 'כמה מרווח נשאר, ואיך רואים אותו מצטמצם?' },
    single_point_of_failure: { name: 'נקודת כשל יחידה', question: 'מה תלוי ברכיב שנעצר, ומה נכנס במקומו?' },
    third_party: { name: 'צד שלישי', question: 'על מה נשענים בחוץ, ומה קורה כאן כשהוא איטי או לא זמין?' },
    configuration: { name: 'תצורה', question: 'אילו הגדרות השפיעו, ואיך שינוי בהן נסקר, נפרס ומוחזר?' },
    knowledge_held_by_one_person: {
      name: 'ידע שנמצא אצל אדם אחד',
      question: 'אילו צעדים נשענים על ידע של אדם אחד, והיכן הוא כתוב?',
    },
  },
  evidence: 'מקור',
  erased: '(הטקסט הוסר)',
  plain: {
    draft: 'טיוטה שנכתבה מציר הזמן המתועד. אף תבנית לא הייתה שמישה.',
    summary: 'תקציר',
    milestones: 'אבני דרך',
    durations: 'משכים',
    detection: 'גילוי',
    staffing: 'איוש בזמן אמת',
    timeline: 'ציר הזמן (UTC)',
    factors: 'גורמים תורמים',
    actions: 'פריטי פעולה',
  },
};

export const postmortemWords: Record<Language, PostmortemWords> = { en: english, he: hebrew };

/** A, B, … Z, AA, AB, … */
function letters(index: number, alphabet: string): string {
  const rest = Math.floor(index / alphabet.length);
  return (rest === 0 ? '' : letters(rest - 1, alphabet)) + alphabet.charAt(index % alphabet.length);
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function timesHebrew(count: number): string {
  if (count === 1) return 'פעם אחת';
  return count === 2 ? 'פעמיים' : `${count} פעמים`;
}
