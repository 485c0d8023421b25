import type { Language } from '../oncall/catalog.ts';
import type { TemplateProblem } from '../postmortem/template-problem.ts';

/** Says where a template is broken, why, and how to repair it, in one line. */
export function templateProblemText(problem: TemplateProblem, language: Language): string {
  const words = templateWords[language];
  const place =
    problem.line === undefined ? problem.template : words.place(problem.template, problem.line, problem.column ?? 1);
  return `${place}: ${faultText(problem, words)}`;
}

function faultText({ fault }: TemplateProblem, words: TemplateWords): string {
  switch (fault.kind) {
    case 'unknown_name':
      return words.unknownName(fault.name, fault.nearest);
    case 'unknown_filter':
      return words.unknownFilter(fault.name, fault.known.join(', '));
    case 'unknown_tag':
      return words.unknownTag(fault.name, fault.known.join(', '));
    case 'not_printable':
      return words.notPrintable;
    case 'syntax':
      return words.syntax(fault.detail);
    case 'too_slow':
      return words.tooSlow;
    case 'too_much':
      return words.tooMuch;
    case 'unreadable':
      return words.unreadable(fault.detail);
    case 'renderer_failed':
      return words.rendererFailed(fault.detail);
  }
}

interface TemplateWords {
  place(template: string, line: number, column: number): string;
  unknownName(name: string, nearest: string | undefined): string;
  unknownFilter(name: string, known: string): string;
  unknownTag(name: string, known: string): string;
  readonly notPrintable: string;
  syntax(detail: string): string;
  readonly tooSlow: string;
  readonly tooMuch: string;
  unreadable(detail: string): string;
  rendererFailed(detail: string): string;
}

const english: TemplateWords = {
  place: (template, line, column) => `${template}, line ${line}, column ${column}`,
  unknownName: (name, nearest) =>
    `there is no "${name}". ${nearest === undefined ? 'docs/templates.md lists the names that exist.' : `Did you mean "${nearest}"?`}`,
  unknownFilter: (name, known) => `there is no filter "${name}". Use one of: ${known}.`,
  unknownTag: (name, known) => `there is no tag "${name}". Use one of: ${known}.`,
  notPrintable:
    'this is a list or a group of values and can’t be printed as a whole. Print one of its fields, or go through a list with {% for %}.',
  syntax: (detail) => `${detail}. Correct the template at this place.`,
  tooSlow: 'takes too long. Remove loops inside loops, or loop over fewer values.',
  tooMuch: 'produces too much text or needs too much memory. Loop over fewer values.',
  unreadable: (detail) => `can’t be read (${detail}). Save it as UTF-8 text of at most 100 kB that Toran may read.`,
  rendererFailed: (detail) =>
    `could not be rendered (${detail}). Nothing is lost; try again, and look at the log if it stays so.`,
};

const hebrew: TemplateWords = {
  place: (template, line, column) => `${template}, שורה ${line}, עמודה ${column}`,
  unknownName: (name, nearest) =>
    `אין שם כזה: ״${name}״. ${nearest === undefined ? 'רשימת השמות נמצאת ב־docs/templates.md.' : `האם הכוונה ל־״${nearest}״?`}`,
  unknownFilter: (name, known) => `אין מסנן כזה: ״${name}״. אפשר להשתמש באלה: ${known}.`,
  unknownTag: (name, known) => `אין תג כזה: ״${name}״. אפשר להשתמש באלה: ${known}.`,
  notPrintable:
    'זו רשימה או קבוצת ערכים, ואי אפשר להדפיס אותה כולה. יש להדפיס שדה אחד, או לעבור על רשימה עם {% for %}.',
  syntax: (detail) => `${detail}. יש לתקן את התבנית במקום הזה.`,
  tooSlow: 'אורכת זמן רב מדי. יש להסיר לולאות בתוך לולאות, או לעבור על פחות ערכים.',
  tooMuch: 'מפיקה טקסט רב מדי או דורשת זיכרון רב מדי. יש לעבור על פחות ערכים.',
  unreadable: (detail) => `אי אפשר לקרוא אותה (${detail}). יש לשמור כטקסט UTF-8 עד 100 kB בהרשאת קריאה.`,
  rendererFailed: (detail) => `העיבוד נכשל (${detail}). דבר לא אבד; אפשר לנסות שוב, ולבדוק ביומן אם זה חוזר.`,
};

const templateWords: Record<Language, TemplateWords> = { en: english, he: hebrew };
