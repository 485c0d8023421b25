import { setTimeout as delay } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { Logger } from 'pino';
import type { Store } from '../engine/ports.ts';
import type { CalendarFeed } from '../engine/private-ports.ts';
import type { Privacy } from '../engine/privacy.ts';
import { privacyWords } from '../messages/privacy.ts';
import { slackPrivateWords } from '../messages/slack-private.ts';
import { absenceKinds } from '../oncall/absence-kind.ts';
import type { Language, PersonId } from '../oncall/catalog.ts';
import { cities, isCity } from '../oncall/cities.ts';
import { entry } from '../oncall/lookup.ts';
import type { PersonalRule } from '../oncall/personal-rules.ts';
import { secondMs } from '../oncall/time.ts';
import { offeredAbsences } from './private-home-leave.ts';
import { cityName, ruleText } from './private-rules.ts';
import type { Opener, PersonalForm, PersonalSurface } from './personal-surface.ts';
import { inline, localTime, oneLine } from './views/text.ts';
import { homeLeaveInputs } from './views/private-home-leave.ts';
import { calendarsModal, dataModal, kindInput, rulesModal, type Removable } from './views/private-modals.ts';

/** The private store has to answer within what is left of Slack's three seconds. */
const patienceMs = secondMs;
const mostLooks = 15;
const mostKinds = 15;

/** The forms on what is private, for the person alone. */
export function createPersonalSurface(
  privacy: Privacy,
  store: Pick<Store, 'onCallFacts'>,
  log: Logger,
): PersonalSurface {
  return {
    inputs(language) {
      if (!privacy.isOn) return [];
      const { kinds } = privacyWords[language];
      const offered = ['unsaid' as const, ...absenceKinds.filter((kind) => kind !== 'unsaid')];
      return [
        kindInput(
          offered.map((kind) => ({ id: kind, label: kinds[kind] })),
          language,
        ),
      ];
    },
    async tell({ person, by, window, choice }) {
      const kind = absenceKinds.find((known) => known === choice);
      // What nobody wants to say has no row of its own.
      if (kind === undefined || kind === 'unsaid') return;
      // The absence holds already: whatever becomes of the reason, whoever was called up gets their answer in time.
      const telling = privacy.tellReason(person, window, kind, by).catch((error: unknown) => {
        log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a reason could not be kept');
      });
      await Promise.race([telling, delay(patienceMs, undefined, { ref: false })]);
    },
    async open(form, opener) {
      const { person, language } = opener;
      const words = slackPrivateWords[language];
      if (!privacy.isOn) return words.off;
      if (entry((await store.onCallFacts()).catalog.people, person) === undefined) return words.onlyInCatalog;
      try {
        return await openForm(form, privacy, store, opener);
      } catch (error) {
        // Sealed with a secret that is not there, or by a newer version: said to the person, and nothing is lost.
        log.error({ form, error: error instanceof Error ? error.name : 'unknown' }, 'private data could not be opened');
        return words.sealed;
      }
    },
  };
}

function openForm(
  form: PersonalForm,
  privacy: Privacy,
  store: Pick<Store, 'onCallFacts'>,
  opener: Opener,
): Promise<ModalView | string> {
  const { person, language } = opener;
  switch (form) {
    case 'rules':
      return openRules(privacy, store, opener);
    case 'calendars':
      return openCalendars(privacy, person, language);
    case 'data':
      return openData(privacy, store, person, language);
  }
}

async function openRules(
  privacy: Privacy,
  store: Pick<Store, 'onCallFacts'>,
  opener: Opener,
): Promise<ModalView | string> {
  const { person, language, leavePattern } = opener;
  const rules = await privacy.rulesOf(person, person);
  if (typeof rules === 'string') return slackPrivateWords[language].off;
  const absences = offeredAbsences((await store.onCallFacts()).windows, opener);
  const leave = homeLeaveInputs(absences, language, leavePattern);
  return rulesModal(removableRules(rules, language), citiesIn(language), leave, language);
}

function removableRules(rules: readonly PersonalRule[], language: Language): readonly Removable[] {
  return rules.map((rule) => ({ id: rule.id, label: ruleText(rule, language) }));
}

function citiesIn(language: Language): readonly Removable[] {
  return Object.keys(cities)
    .filter(isCity)
    .map((id) => ({ id, label: cityName(id, language) }));
}

async function openCalendars(privacy: Privacy, person: PersonId, language: Language): Promise<ModalView | string> {
  const feeds = await privacy.calendarsOf(person, person);
  if (typeof feeds === 'string') return slackPrivateWords[language].off;
  const removable = (some: readonly CalendarFeed[]) => some.map((feed) => ({ id: feed.id, label: hostOf(feed) }));
  const doubted = feeds.filter(({ memory }) => memory?.staleSince !== undefined && !memory.isConfirmed);
  return calendarsModal(removable(feeds), removable(doubted), language);
}

/** The rest of an address is as good as a password. */
function hostOf({ address }: CalendarFeed): string {
  try {
    return oneLine(new URL(address).hostname);
  } catch {
    return '…';
  }
}

async function openData(
  privacy: Privacy,
  store: Pick<Store, 'onCallFacts'>,
  person: PersonId,
  language: Language,
): Promise<ModalView | string> {
  const words = slackPrivateWords[language].data;
  const { kinds, lookedAt, operator } = privacyWords[language];
  const facts = await store.onCallFacts();
  const [looks, reasons] = await Promise.all([privacy.looksAt(person), privacy.reasonsOf(person, person)]);
  if (typeof reasons === 'string') return slackPrivateWords[language].off;
  const nameOf = (by: PersonId) => {
    const name = entry(facts.catalog.people, by)?.name;
    return name === undefined ? operator : inline(name, language, 60);
  };
  const windows = facts.windows.filter((window) => window.person === person);
  return dataModal(
    {
      looks: looks.slice(0, mostLooks).map(({ at, by, what }) => words.look(localTime(at), nameOf(by), lookedAt[what])),
      kinds: windows
        .flatMap((window) => {
          const kind = reasons.get(window.id);
          return kind === undefined ? [] : [`${localTime(window.from)}: ${kinds[kind]}`];
        })
        .slice(-mostKinds),
    },
    language,
  );
}
