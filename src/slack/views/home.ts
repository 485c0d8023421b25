import type { HomeView as HomeSurface, KnownBlock } from '@slack/types';
import { slackCoverWords } from '../../messages/slack-cover.ts';
import { slackCoverageWords } from '../../messages/slack-coverage.ts';
import { slackDutyWords } from '../../messages/slack-duty.ts';
import { slackHomeWords, type SlackHomeWords } from '../../messages/slack-home.ts';
import { slackIncidentWords } from '../../messages/slack-incident.ts';
import { slackPageWords } from '../../messages/slack-pages.ts';
import { scheduleValue } from '../duty-values.ts';
import { actionIds } from '../ids.ts';
import { personalForms } from '../personal-surface.ts';
import { shiftsAheadDays, type HomeIncident, type HomePage, type HomeView } from '../home-view.ts';
import { actions, button, context, divider, header, plain, section } from './blocks.ts';
import { windowRow } from './away.ts';
import { shiftButtons } from './cover.ts';
import { coverageRows } from './coverage.ts';
import { channelLink, severityMark } from './incident-words.ts';
import { spanText } from './offer-message.ts';
import { nameOf } from './people.ts';
import { inline, inlineBold, leftToRight, line, localTime } from './text.ts';

/** Slack's own limit for a Home is 100. */
const mostBlocks = 100;

/** Only this person sees it, so it may say of them what nobody else is told: when, and how; never why. */
export function homeSurface(view: HomeView): HomeSurface {
  const blocks = [
    ...pageBlocks(view),
    ...offerBlocks(view),
    ...(view.isKnown ? availabilityBlocks(view) : [section(line(wordsOf(view).unknownPerson, view.language))]),
    ...(view.isKnown ? shiftBlocks(view) : []),
    ...coverageBlocks(view),
    ...incidentBlocks(view),
    context([line(wordsOf(view).shownAt(localTime(view.now)), view.language)]),
  ];
  return { type: 'home', blocks: blocks.slice(0, mostBlocks) };
}

function wordsOf({ language }: HomeView): SlackHomeWords {
  return slackHomeWords[language];
}

function titled(title: string, view: HomeView, blocks: readonly KnownBlock[]): KnownBlock[] {
  return [header(line(title, view.language)), ...blocks, divider()];
}

function pageBlocks(view: HomeView): KnownBlock[] {
  if (view.pages.length === 0) return [];
  return titled(
    wordsOf(view).pages,
    view,
    view.pages.flatMap((page) => [section(pageText(page, view)), pageActions(page, view)]),
  );
}

function pageText(page: HomePage, view: HomeView): string {
  const { language } = view;
  const words = wordsOf(view);
  const severity = slackIncidentWords[language].severities[page.severity];
  const incident = leftToRight(page.incident, language);
  const at = localTime(page.at);
  const said = page.isHeld ? words.pageHeld(incident, severity, at) : words.pageAsked(incident, severity, at);
  return [said, inlineBold(titleOf(page, view), language)].map((each) => line(each, language)).join('\n');
}

function pageActions(page: HomePage, view: HomeView): KnownBlock {
  const words = slackPageWords[view.language];
  const acknowledge = button(words.acknowledge, actionIds.acknowledge, page.id, { style: 'primary' });
  const decline = button(page.isHeld ? words.handOver : words.decline, actionIds.decline, page.id);
  const escalate = button(words.escalate, actionIds.escalate, page.id);
  return actions(page.isHeld ? [decline] : [acknowledge, decline, escalate], `home ${page.id}`);
}

function availabilityBlocks(view: HomeView): KnownBlock[] {
  const { language } = view;
  const words = wordsOf(view);
  return titled(words.availability, view, [
    section(line(stateText(view), language)),
    actions(availabilityButtons(view), 'home availability'),
    ...view.windows.map((window) => windowRow(window, view.person, language)),
    ...(view.moreWindows > 0 ? [context([line(words.moreWindows(view.moreWindows), language)])] : []),
    ...(view.windows.length > 0 ? [context([line(words.onlyYou, language)])] : []),
    {
      ...section(line(delegateText(view), language)),
      accessory: button(words.delegate, actionIds.delegate, 'delegate'),
    },
    actions(
      personalForms.map((form) => button(words.personal[form], `${actionIds.personal}_${form}`, form)),
      'home personal',
    ),
  ]);
}

function delegateText(view: HomeView): string {
  const words = wordsOf(view);
  return view.delegate === undefined ? words.delegateNone : words.delegateIs(nameOf(view.delegate, view.language));
}

function stateText(view: HomeView): string {
  const words = wordsOf(view);
  const until = view.until === null ? undefined : localTime(view.until);
  switch (view.state) {
    case 'yes':
      return until === undefined ? words.reachable : words.reachableUntil(until);
    case 'last':
      return until === undefined ? words.askedLast : words.askedLastUntil(until);
    case 'no':
      return until === undefined ? words.away : words.awayUntil(until);
  }
}

function availabilityButtons(view: HomeView) {
  const words = wordsOf(view);
  const { title, text, yes, no } = words.awayNowConfirm;
  const confirm = { title: plain(title, 100), text: plain(text, 300), confirm: plain(yes, 30), deny: plain(no, 30) };
  const runs = view.windows.some((window) => window.isRunning && window.effect !== 'free');
  return [
    ...(runs ? [button(words.back, actionIds.back, 'back', { style: 'primary' })] : []),
    ...(view.state === 'no' ? [] : [button(words.awayNow, actionIds.awayNow, 'now', { style: 'danger', confirm })]),
    ...(runs ? [button(words.homeLeave, actionIds.homeLeave, 'home')] : []),
    button(words.plan, actionIds.planAway, 'plan'),
  ];
}

function shiftBlocks(view: HomeView): KnownBlock[] {
  const { language } = view;
  const words = wordsOf(view);
  const rows = view.shifts.map(({ schedule, from, to, isNow, isCover }) => {
    const name = inlineBold(schedule, language, 80);
    const said = isNow ? words.shiftNow(name, localTime(to)) : words.shift(name, localTime(from), localTime(to));
    return section(line(isCover ? `${said} · ${words.asCover}` : said, language));
  });
  const none = section(line(words.noShifts(shiftsAheadDays), language));
  return titled(words.shifts, view, rows.length === 0 ? [none] : [...rows, shiftButtons(language)]);
}

function offerBlocks(view: HomeView): KnownBlock[] {
  if (view.offers.length === 0) return [];
  const { language } = view;
  const words = slackDutyWords[language];
  return titled(
    wordsOf(view).offers,
    view,
    view.offers.flatMap(({ id, kind, schedule, whose, ...span }) => {
      const asked = words.offer[kind](nameOf(whose, language));
      const duty = slackCoverWords[language].duty(inline(schedule, language, 80), spanText(span, language));
      const value = scheduleValue(id, schedule);
      return [
        section([asked, duty].map((each) => line(each, language)).join('\n')),
        actions(
          [
            button(words.accept, actionIds.acceptOffer, value, { style: 'primary' }),
            button(words.decline, actionIds.declineOffer, value),
          ],
          `home ${id}`.slice(0, 255),
        ),
      ];
    }),
  );
}

function coverageBlocks(view: HomeView): KnownBlock[] {
  if (view.coverage.length === 0) return [];
  const { language } = view;
  const words = slackCoverageWords[language];
  return titled(words.homeTitle, view, [
    ...coverageRows(view.coverage, language),
    context([line(words.weeks, language)]),
    actions([button(words.show, actionIds.showCoverage, 'coverage')], 'home coverage'),
  ]);
}

function incidentBlocks(view: HomeView): KnownBlock[] {
  const { language } = view;
  const words = wordsOf(view);
  const none = section(line(words.noIncidents, language));
  return titled(words.openIncidents, view, [
    ...(view.incidents.length === 0 ? [none] : view.incidents.map((row) => section(incidentText(row, view)))),
    ...(view.moreIncidents > 0 ? [context([line(words.moreIncidents(view.moreIncidents), language)])] : []),
    actions([button(words.declare, `${actionIds.menu}_declare`, 'declare')], 'home incidents'),
  ]);
}

function incidentText(row: HomeIncident, view: HomeView): string {
  const { language } = view;
  const words = slackIncidentWords[language];
  const channel = channelLink(row.channel === undefined ? undefined : { id: row.channel });
  const facts = [
    words.severities[row.severity],
    words.statuses[row.status],
    ...(channel === undefined ? [] : [channel]),
    ...(row.isMine ? [wordsOf(view).yours] : []),
  ];
  const mark = severityMark({ severity: row.severity, status: row.status, isOpen: true });
  const id = leftToRight(`*${row.id}*`, language);
  return [`${mark} ${id} ${inline(titleOf(row, view), language)}`, facts.join(' · ')]
    .map((each) => line(each, language))
    .join('\n');
}

function titleOf({ title }: { readonly title: string }, { language }: HomeView): string {
  return title.trim() === '' ? slackIncidentWords[language].erased : title;
}
