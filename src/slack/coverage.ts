import type { App } from '@slack/bolt';
import { slackCoverageWords } from '../messages/slack-coverage.ts';
import { callUpDrill } from '../oncall/call-up-drill.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { coverageModes } from '../oncall/coverage.ts';
import { priorities } from '../oncall/recorded.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { mostDays, mostTarget, readCoverage, usualDays, type CoverageRequest } from './coverage-arguments.ts';
import { coverageView, schedulesSeenBy } from './coverage-view.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds } from './ids.ts';
import { onClick } from './surfaces.ts';
import { coverageMessage } from './views/coverage.ts';
import { drillMessage } from './views/drill.ts';

/** How many can drop out before a duty has nobody, for those schedules whose people one may know. */
export function coverageCommand(asked: Asked, text: string): Promise<Answer> {
  const request = readCoverage(text, asked.facts.catalog);
  switch (request.kind) {
    case 'unclear':
      return Promise.resolve(say(asked, slackCoverageWords[asked.language].unclear));
    case 'drill':
      return Promise.resolve(drill(asked, request.people));
    case 'coverage':
      return Promise.resolve(show(asked, request));
  }
}

function show(asked: Asked, request: Extract<CoverageRequest, { kind: 'coverage' }>): Answer {
  const { facts, person, language, now } = asked;
  const words = slackCoverageWords[language];
  if (Object.keys(facts.catalog.schedules).length === 0) return say(asked, words.noSchedules);
  const seen = schedulesSeenBy(facts, person);
  const schedules = request.schedule === undefined ? seen : seen.filter((id) => id === request.schedule);
  if (schedules.length === 0) return say(asked, words.notYours);
  const { days, k, mode } = request;
  return { kind: 'say', message: coverageMessage(coverageView(facts, { days, k, mode, schedules }, now, language)) };
}

/** What if these were called up now? Whom they name is theirs to think of; how many are left is not for everybody. */
function drill({ facts, person, now, language }: Asked, people: readonly PersonId[]): Answer {
  const { catalog } = facts;
  const view = { drill: callUpDrill(facts, people, now), catalog, seen: schedulesSeenBy(facts, person), language };
  return { kind: 'say', message: drillMessage(view) };
}

/** What a button says comes back from a client: anything else than a picture of a sensible time is none. */
async function sendPicture(asked: Asked, value: string): Promise<Answer | undefined> {
  const [days = 0, k = 0] = value.split(' ').map(Number);
  const mode = coverageModes.find((known) => known === value.split(' ')[2]);
  if (mode === undefined || !(days >= 1 && days <= mostDays) || !(k >= 1 && k <= mostTarget)) return undefined;
  const { deps, person, now, language, inbound } = asked;
  const effect = { kind: 'slack.coverage_picture', person, days, k, mode } as const;
  const lane = `coverage_picture:${person}`;
  const planned = { effect, due: now, lane, priority: priorities.channel, coalesce: `${lane}:${inbound.id}` };
  await deps.store.countSignals([], [], [planned], now);
  return say(asked, slackCoverageWords[language].pictureComes);
}

export function registerCoverage(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.coveragePicture, (asked, { value }) => sendPicture(asked, value));
  onClick(app, deps, actionIds.showCoverage, (asked) =>
    Promise.resolve(
      show(asked, { kind: 'coverage', days: usualDays, k: undefined, mode: 'tentative', schedule: undefined }),
    ),
  );
}
