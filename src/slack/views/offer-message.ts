import type { KnownBlock } from '@slack/types';
import { slackCoverWords } from '../../messages/slack-cover.ts';
import { slackDutyWords } from '../../messages/slack-duty.ts';
import type { Language, ScheduleId } from '../../oncall/catalog.ts';
import type { Offer } from '../../oncall/schedule.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { scheduleValue } from '../duty-values.ts';
import { actionIds } from '../ids.ts';
import type { PersonView } from '../incident-view.ts';
import { actions, button, context, fields, header, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { nameOf } from './people.ts';
import { plainText } from './plain-text.ts';
import { inline, line, localTime } from './text.ts';

/** How an offer stands for the one person who reads about it. */
export type OfferStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'yours'; readonly how: 'accepted' | 'assigned' }
  | { readonly kind: 'taken'; readonly by: PersonView }
  | { readonly kind: 'declined' }
  | { readonly kind: 'over'; readonly because: Extract<Offer['state'], { kind: 'over' }>['because'] };

export interface OfferView {
  readonly language: Language;
  readonly schedule: ScheduleId;
  readonly offer: Pick<Offer, 'id' | 'kind' | 'from' | 'to' | 'inReturn' | 'assignAt'>;
  /** Whose shift it is. */
  readonly whose: PersonView;
  readonly standing: OfferStanding;
  readonly now: EpochMs;
}

/** As what an offer is put: nobody is said to have asked for cover when somebody else did it for them. */
export function askedAs({ kind, madeBy, insteadOf }: Pick<Offer, 'kind' | 'madeBy' | 'insteadOf'>): Offer['kind'] {
  const byAnother = madeBy.kind === 'person' && madeBy.person !== insteadOf;
  return kind === 'cover' && byAnother ? 'plan' : kind;
}

/** Asks one person to take a shift; once that is moot, the same message says how it ended. Never why it is needed. */
export function offerMessage(view: OfferView): SlackMessage {
  const { language, offer, schedule, standing } = view;
  const words = slackDutyWords[language];
  const title = line(words.offer[offer.kind](nameOf(view.whose, language)), language);
  return message(plainText(title), [
    header(plainText(title)),
    dutyFields(view),
    ...(standing.kind === 'open'
      ? [openNotes(view), offerActions(schedule, offer.id, language)]
      : [section(line(endingText(standing, language), language))]),
  ]);
}

function dutyFields({ language, schedule, offer }: Pick<OfferView, 'language' | 'schedule' | 'offer'>): KnownBlock {
  const words = slackDutyWords[language];
  const pairs: [string, string][] = [
    [words.schedule, inline(schedule, language, 80)],
    [words.when, spanText(offer, language)],
  ];
  if (offer.inReturn !== undefined) pairs.push([words.inReturn, spanText(offer.inReturn, language)]);
  return fields(pairs);
}

/** `from … to …`, each in the reader's own zone. */
export function spanText({ from, to }: { readonly from: EpochMs; readonly to: EpochMs }, language: Language): string {
  return line(slackCoverWords[language].span(localTime(from), localTime(to)), language);
}

function openNotes({ language, offer, now }: OfferView): KnownBlock {
  const words = slackDutyWords[language];
  const notes = [
    ...(offer.from <= now ? [words.running] : []),
    ...(offer.kind === 'swap' ? [] : [words.first]),
    ...(offer.assignAt === null ? [] : [words.assignedAfter(localTime(offer.assignAt))]),
  ];
  return context(
    (notes.length === 0 ? [slackCoverWords[language].swapForm.note] : notes).map((each) => line(each, language)),
  );
}

function endingText(standing: Exclude<OfferStanding, { kind: 'open' }>, language: Language): string {
  const words = slackDutyWords[language];
  switch (standing.kind) {
    case 'yours':
      return standing.how === 'accepted' ? words.yours : `${words.assignedToYou} ${words.cannot}`;
    case 'taken':
      return words.takenBy(nameOf(standing.by, language));
    case 'declined':
      return words.declined;
    case 'over':
      return words.over[standing.because];
  }
}

function offerActions(schedule: ScheduleId, offer: string, language: Language): KnownBlock {
  const words = slackDutyWords[language];
  const value = scheduleValue(offer, schedule);
  return actions(
    [
      button(words.accept, actionIds.acceptOffer, value, { style: 'primary' }),
      button(words.decline, actionIds.declineOffer, value),
    ],
    `offer ${offer}`.slice(0, 255),
  );
}

/** To whoever's shift it was: what became of the request. `by` is set when somebody has taken it. */
export function offerOutcomeMessage(
  view: Omit<OfferView, 'standing' | 'now'> & {
    readonly outcome:
      | { readonly kind: 'taken'; readonly by: PersonView; readonly how: 'accepted' | 'assigned' }
      | { readonly kind: 'over'; readonly because: Extract<Offer['state'], { kind: 'over' }>['because'] };
  },
): SlackMessage {
  const { language, outcome } = view;
  const words = slackDutyWords[language].toRequester;
  const title = line(
    outcome.kind === 'taken' ? words[outcome.how](nameOf(outcome.by, language)) : words.ended[outcome.because],
    language,
  );
  const stays = outcome.kind === 'over' && outcome.because === 'declined_by_all';
  return message(plainText(title), [
    section(`*${title}*`),
    dutyFields(view),
    ...(stays ? [context([line(words.stays, language)])] : []),
  ]);
}

/** To whoever has a shift now without having accepted it. */
export function assignedMessage(view: Omit<OfferView, 'standing' | 'now'>): SlackMessage {
  const { language, whose } = view;
  const words = slackDutyWords[language];
  const title = line(words.assigned(nameOf(whose, language)), language);
  return message(plainText(title), [section(title), dutyFields(view), context([line(words.cannot, language)])]);
}
