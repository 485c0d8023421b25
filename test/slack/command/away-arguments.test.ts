import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, toIsoInZone } from '../../../src/oncall/time.ts';
import { readAway, takePeople, type AwayRequest } from '../../../src/slack/away-arguments.ts';
import { company } from '../../support/company.ts';

const zone = 'Asia/Jerusalem';
/** Tuesday, 24 November 2026, 16:00 in Jerusalem. */
const now = Date.UTC(2026, 10, 24, 14, 0);

function at(instant: number | null): string {
  if (instant === null) return 'open';
  return instant === now ? 'now' : toIsoInZone(instant, zone).slice(0, 16);
}

function said(request: AwayRequest): string {
  switch (request.kind) {
    case 'mark': {
      const { span, manner } = request;
      const marks = [
        manner.effect,
        ...(manner.certain ? [] : ['tentative']),
        ...(manner.easeBackMs === 0 ? [] : [`ease ${manner.easeBackMs / hourMs} h`]),
      ];
      return `${at(span.from)} – ${at(span.to)} ${marks.join(' ')}`;
    }
    case 'home':
      return `home ${at(request.from)} – ${at(request.to)} ${request.asked}`;
    case 'change': {
      const { change } = request;
      if (change.kind === 'confirm') return 'confirm';
      return change.kind === 'by' ? `by ${change.ms / dayMs} d` : `until ${at(change.to)}`;
    }
    case 'delegate':
      return `delegate ${request.typed}`;
    case 'home_pattern':
      return `pattern ${request.typed}`;
    case 'show':
    case 'form':
    case 'unclear':
    case 'past':
      return request.kind;
  }
}

describe('what stands behind "away"', () => {
  it.each([
    ['', 'now – open hard'],
    ['until sunday', 'now – 2026-11-29T09:00 hard'],
    ['ask me last until sunday', 'now – 2026-11-29T09:00 soft'],
    ['until sunday, page me last', 'now – 2026-11-29T09:00 soft'],
    ['soft', 'now – open soft'],
    ['maybe in february', '2027-02-01T00:00 – 2027-03-01T00:00 hard tentative'],
    ['they said february', '2027-02-01T00:00 – 2027-03-01T00:00 hard tentative'],
    ['from 1.2 until 28.2, not certain yet', '2027-02-01T09:00 – 2027-02-28T09:00 hard tentative'],
    ['until sunday, then ease back in for 3 days', 'now – 2026-11-29T09:00 hard ease 72 h'],
    ['until sunday ease back', 'now – 2026-11-29T09:00 hard ease 48 h'],
    ['בפנייה אחרונה עד יום ראשון', 'now – 2026-11-29T09:00 soft'],
    ['אולי בפברואר', '2027-02-01T00:00 – 2027-03-01T00:00 hard tentative'],
    ['עד יום ראשון, חזרה הדרגתית של 3 ימים', 'now – 2026-11-29T09:00 hard ease 72 h'],
    ['home until sunday 20:00', 'home now – 2026-11-29T20:00 last'],
    ['home from friday 14:00 until sunday 08:00 fully back', 'home 2026-11-27T14:00 – 2026-11-29T08:00 in_order'],
    ['בבית עד יום ראשון 20:00', 'home now – 2026-11-29T20:00 last'],
    ['home 10/4', 'pattern 10/4'],
    ['home week on week off', 'pattern week on week off'],
    ['בבית שבוע שבוע', 'pattern שבוע שבוע'],
    ['home until 10/12', 'home now – 2026-12-10T09:00 last'],
    ['home', 'unclear'],
    ['extend until 20.12', 'until 2026-12-20T09:00'],
    ['extend by 2 weeks', 'by 14 d'],
    ['shorten by 2 days', 'by -2 d'],
    ['shorten to tomorrow 12:00', 'until 2026-11-25T12:00'],
    ['extend until further notice', 'until open'],
    ['extend', 'unclear'],
    ['הארכה עד 20.12', 'until 2026-12-20T09:00'],
    ['לקצר ביומיים', 'by -2 d'],
    ['confirm', 'confirm'],
    ['delegate @omer', 'delegate @omer'],
    ['show', 'show'],
    ['until 2026-11-01', 'past'],
  ])('reads "%s" as %s', (text, request) => {
    expect(said(readAway(text, now, zone))).toBe(request);
  });

  it.each([
    'miluim until sunday',
    'maybe the army',
    'home with the kids',
    'extend miluim',
    'ask me last, sick',
    'מילואים עד יום ראשון',
  ])('takes "%s" for nothing, so that no reason is ever kept', (text) => {
    expect(readAway(text, now, zone).kind).toBe('unclear');
  });

  it('never throws, and never lets a time end before it begins', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom('', 'home ', 'extend ', 'maybe '), (text, head) => {
        const read = readAway(`${head}${text}`, now, zone);
        if (read.kind === 'mark' && read.span.to !== null) expect(read.span.to).toBeGreaterThan(read.span.from);
        if (read.kind === 'home') expect(read.to).toBeGreaterThan(read.from);
      }),
    );
  });
});

describe('several people', () => {
  const { people } = company();
  const catalog = company({ people: { ...people } });
  it.each([
    ['<@UALMA> <@UBENI>', 'alma beni', ''],
    ['<@UALMA|alma>, <@UBENI|beni> and <@UCARMEL|carmel> until sunday', 'alma beni carmel', 'until sunday'],
    ['alma, beni until sunday', 'alma beni', 'until sunday'],
    ['@alma ו@beni', 'alma beni', ''],
    ['until sunday', '', 'until sunday'],
    ['@alma @alma', 'alma', ''],
  ])('are read from "%s"', (text, named, rest) => {
    const read = takePeople(text, catalog);
    expect(read).toEqual({ kind: 'people', people: named === '' ? [] : named.split(' '), rest });
  });

  it('are not read when one of them is unknown', () => {
    expect(takePeople('@alma @nobody', catalog)).toEqual({ kind: 'unknown', typed: '@nobody' });
  });
});
