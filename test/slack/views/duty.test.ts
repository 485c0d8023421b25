import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackCoverWords } from '../../../src/messages/slack-cover.ts';
import type { Language } from '../../../src/oncall/catalog.ts';
import { dayMs, hourMs } from '../../../src/oncall/time.ts';
import type { PersonView } from '../../../src/slack/incident-view.ts';
import { askingNotes, cancelChoices, dutiesMessage, takeChoices, undoButton } from '../../../src/slack/views/cover.ts';
import { coverModal, swapModal } from '../../../src/slack/views/cover-modals.ts';
import {
  changedDutyNotice,
  comingDutyNotice,
  offDutyNotice,
  onDutyNotice,
  relievedNotice,
} from '../../../src/slack/views/duty-notice.ts';
import {
  assignedMessage,
  offerMessage,
  offerOutcomeMessage,
  type OfferStanding,
  type OfferView,
} from '../../../src/slack/views/offer-message.ts';
import type { SlackMessage } from '../../../src/slack/views/message.ts';
import { company, person, sundayMorning } from '../../support/company.ts';
import { faultsOf, faultsOfModal, tokensIn } from './world.ts';

const now = sundayMorning;
const week = { from: now + dayMs, to: now + 8 * dayMs };
const languages = ['en', 'he'] as const;

interface Written {
  readonly name: string;
  readonly schedule: string;
  readonly title: string;
}

const plain: Written = { name: 'Dana Paz', schedule: 'payments', title: 'Card payments fail' };

function someone({ name }: Written): PersonView {
  return { id: 'dana', name, slack: 'UDANA' };
}

function offerView(
  language: Language,
  standing: OfferStanding,
  written = plain,
  more: Partial<OfferView['offer']> = {},
): OfferView {
  const offer = { id: 'o1', kind: 'cover', ...week, inReturn: undefined, assignAt: null, ...more } as const;
  return { language, schedule: written.schedule, offer, whose: someone(written), standing, now };
}

/** Every message and form about duty, by name. */
function messages(language: Language, written = plain, many = 2): ReadonlyMap<string, SlackMessage> {
  const by = someone(written);
  const { schedule } = written;
  const copies = <Value>(value: Value) => Array.from({ length: many }, () => value);
  const notice = { language, schedule };
  const open = { kind: 'open' } as const;
  const swap = { kind: 'swap', inReturn: { from: week.to, to: week.to + dayMs } } as const;
  const incident = { id: 'INC-42', severity: 'sev1', title: written.title } as const;
  const incidents = copies({ ...incident, channel: { id: 'C0INC1', name: 'inc-1' } });
  const taken = { kind: 'taken', by, how: 'accepted' } as const;
  const base = offerView(language, open, written);
  const duties = copies({ schedule, ...week });
  return new Map(
    Object.entries({
      'offer-cover': base,
      'offer-swap': offerView(language, open, written, swap),
      'offer-running': offerView(language, open, written, {
        kind: 'hand_over',
        from: now - hourMs,
        assignAt: now + 4 * hourMs,
      }),
      'offer-plan': offerView(language, open, written, { kind: 'plan' }),
      'offer-yours': offerView(language, { kind: 'yours', how: 'accepted' }, written),
      'offer-assigned': offerView(language, { kind: 'yours', how: 'assigned' }, written),
      'offer-taken': offerView(language, { kind: 'taken', by }, written),
      'offer-declined': offerView(language, { kind: 'declined' }, written),
      'offer-withdrawn': offerView(language, { kind: 'over', because: 'withdrawn' }, written),
    }).map(([name, view]): [string, SlackMessage] => [name, offerMessage(view)]),
  )
    .set('outcome-taken', offerOutcomeMessage({ ...base, outcome: taken }))
    .set('outcome-nobody', offerOutcomeMessage({ ...base, outcome: { kind: 'over', because: 'declined_by_all' } }))
    .set('outcome-assigned-to-you', assignedMessage(base))
    .set('duty-on', onDutyNotice({ ...notice, until: week.to, before: [by], incidents, moreIncidents: many }))
    .set('duty-on-quiet', onDutyNotice({ ...notice, until: null, before: [], incidents: [], moreIncidents: 0 }))
    .set('duty-off', offDutyNotice({ ...notice, after: copies(by) }))
    .set('duty-coming', comingDutyNotice({ ...notice, ...week }))
    .set('duty-changed', changedDutyNotice({ ...notice, shifts: copies(week) }))
    .set('duty-relieved', relievedNotice({ ...notice, by, ...week, change: 'relieved' }))
    .set('duty-no-longer', relievedNotice({ ...notice, by, ...week, change: 'no_longer_yours' }))
    .set('duty-again', relievedNotice({ ...notice, by, ...week, change: 'yours_again' }))
    .set('cover-asked', dutiesMessage('…', duties, askingNotes(copies(by), language), language, undefined))
    .set('cover-made', dutiesMessage('…', duties, [], language, undoButton([{ id: 'b1', schedule }], language)))
    .set('cover-take', takeChoices(copies({ schedule, onDuty: copies(by) }).slice(0, 1), language))
    .set(
      'cover-cancel',
      cancelChoices(slackCoverWords[language].cancelWhich, copies({ id: 'o1', schedule, ...week }), language),
    );
}

function forms(language: Language, written = plain, many = 2): ReadonlyMap<string, unknown> {
  const catalog = company({ people: { dana: person('dana', { name: written.name }) } });
  const reader = { language, zone: 'Asia/Jerusalem', people: catalog.people };
  const duty = { schedule: written.schedule, person: 'dana', ...week };
  const duties = Array.from({ length: many }, (_, index) => ({ ...duty, from: duty.from + index * hourMs }));
  return new Map<string, unknown>([
    ['cover-form', coverModal(duties, reader)],
    ['swap-form', swapModal(duties, duties, reader)],
  ]);
}

/** Marks of direction are invisible, so that a diff would not show them: they are written as escapes. */
function escaped(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return json.replace(/[\u200F\u2066-\u2069]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`);
}

describe.each(languages)('messages about duty (%s)', (language) => {
  it.each([...messages(language).keys()])('look as before: %s', async (name) => {
    const shown = messages(language).get(name);
    if (shown === undefined) throw new Error(name);
    expect(faultsOf(shown)).toEqual([]);
    await expect(`${escaped(shown)}\n`).toMatchFileSnapshot(`../snapshots/${name}.${language}.json`);
  });

  it.each([...forms(language).keys()])('ask as before: %s', async (name) => {
    const shown = forms(language).get(name);
    expect(faultsOfModal(shown)).toEqual([]);
    await expect(`${escaped(shown)}\n`).toMatchFileSnapshot(`../snapshots/${name}.${language}.json`);
  });
});

const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U666>',
    '<https://evil.example|x>',
    '&'.repeat(3_000),
    '<'.repeat(3_000),
    'ש'.repeat(3_000),
    '😀'.repeat(500),
    '\u202Ex',
    '*a*',
    '\uD800',
    '```',
    ' ',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** The catalog lets a key have 64 letters, digits, dots, dashes and underscores. */
const key = fc.constantFrom('payments', 'x'.repeat(64), 'ש'.repeat(64), '1.b_c-d');

describe('messages about duty', () => {
  it('hold Slack’s limits and let nothing in, whatever somebody is called', () => {
    const written = fc.record({ name: nasty, schedule: key, title: nasty });
    fc.assert(
      fc.property(written, fc.integer({ min: 1, max: 40 }), fc.constantFrom(...languages), (texts, many, language) => {
        for (const shown of messages(language, texts, many).values()) {
          expect(faultsOf(shown)).toEqual([]);
          for (const token of tokensIn(shown)) expect(token).toMatch(/^(?:<!date\^\d+\^[^|<>]*\|[^|<>]*>|<#C0INC1>)$/);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keep forms within Slack’s limits, however long the names and however many the shifts', () => {
    const shorter = fc.constantFrom('payments', 'x'.repeat(40), 'ש'.repeat(40));
    const names = fc.record({ name: nasty, schedule: shorter, title: nasty });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 120 }), fc.constantFrom(...languages), (texts, many, language) => {
        for (const shown of forms(language, texts, many).values()) expect(faultsOfModal(shown)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('say nothing of why somebody needs cover', () => {
    for (const language of languages) {
      for (const shown of messages(language).values())
        expect(JSON.stringify(shown)).not.toMatch(/unavailable|away|reserve|miluim|sick|מילואים|זמינות|מחלה/i);
    }
  });
});
