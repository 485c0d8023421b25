import { lastKnownWords } from '../../messages/last-known.ts';
import { slackCoverWords } from '../../messages/slack-cover.ts';
import { slackOncallWords } from '../../messages/slack-oncall.ts';
import type { Language } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';
import type { PersonView } from '../incident-view.ts';
import { context, section } from './blocks.ts';
import { shiftButtons, takeButton } from './cover.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { spanText } from './offer-message.ts';
import { nameOf, namesOf } from './people.ts';
import { inlineBold, line, localTime } from './text.ts';

const mostShown = 10;

/** How far ahead the next hand-off is looked for. */
export const horizonDays = 14;

export interface DutyView {
  readonly schedule: string;
  readonly onDuty: readonly { readonly person: PersonView; readonly askedLast: boolean }[];
  /** Empty for readers who are not members of the schedule. */
  readonly unavailable: readonly PersonView[];
  readonly next: { readonly at: EpochMs; readonly people: readonly PersonView[] } | undefined;
  /** What people changed beside the catalog: covers that run or come, soonest first. */
  readonly covers: readonly CoverLine[];
  /** Shifts that look for somebody; empty for readers who are not members of the schedule. */
  readonly offers: readonly OfferLine[];
  /** The reader could take over the shift that runs. */
  readonly canTake: boolean;
}

export interface CoverLine {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly person: PersonView;
  /** Undefined: beside those who are on duty anyway. */
  readonly insteadOf: PersonView | undefined;
}

export interface OfferLine {
  readonly kind: 'cover' | 'swap';
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly whose: PersonView;
}

const mostCovers = 3;
const mostOffers = 3;

/**
 * Names that notify nobody; why somebody covers is not said. `hasShifts`: the reader has some to give away. `asOf`: who can
 * answer could not be read, and was last known then.
 */
export function onCallMessage(
  duties: readonly DutyView[],
  hidden: number,
  language: Language,
  hasShifts = false,
  asOf?: EpochMs,
): SlackMessage {
  const words = slackOncallWords[language];
  return spokenMessage([
    section(line(`*${words.title}*`, language)),
    ...(asOf === undefined ? [] : [context([line(lastKnownWords[language].pageNote(localTime(asOf)), language)])]),
    ...duties.flatMap((duty) => [
      section(dutyText(duty, language)),
      ...(duty.canTake ? [takeButton(duty.schedule, language)] : []),
    ]),
    ...(hidden > 0 ? [context([line(words.moreSchedules(hidden), language)])] : []),
    ...(hasShifts ? [shiftButtons(language)] : []),
  ]);
}

function coverText({ person, insteadOf, ...span }: CoverLine, language: Language): string {
  const words = slackCoverWords[language];
  const [name, when] = [nameOf(person, language), spanText(span, language)];
  return insteadOf === undefined
    ? words.addedOverride(name, when)
    : words.madeOverride(name, nameOf(insteadOf, language), when);
}

function offerText({ kind, whose, ...span }: OfferLine, language: Language): string {
  const words = slackCoverWords[language];
  const [name, when] = [nameOf(whose, language), spanText(span, language)];
  return kind === 'swap' ? words.openSwap(name, when) : words.openOffer(name, when);
}

function dutyText(duty: DutyView, language: Language): string {
  const { schedule, onDuty, unavailable, next } = duty;
  const words = slackOncallWords[language];
  const now = onDuty.slice(0, mostShown).map(({ person, askedLast }) => {
    const name = nameOf(person, language);
    return askedLast ? `${name} (${words.askedLast})` : name;
  });
  const nextPeople = next === undefined || next.people.length === 0 ? words.nobody : namesOf(next.people, language);
  return [
    inlineBold(schedule, language, 80),
    now.length === 0 ? words.nobody : now.join(', '),
    ...(unavailable.length === 0 ? [] : [words.unavailable(namesOf(unavailable, language))]),
    next === undefined ? words.noChangeWithin(horizonDays) : words.next(nextPeople, localTime(next.at)),
    ...duty.covers.slice(0, mostCovers).map((cover) => `• ${coverText(cover, language)}`),
    ...duty.offers.slice(0, mostOffers).map((offer) => `• ${offerText(offer, language)}`),
  ]
    .map((each) => line(each, language))
    .join('\n');
}
