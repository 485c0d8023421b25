import { isOpen, type Incident } from '../incident/incident.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { priorities } from '../oncall/recorded.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { withIncident } from './find-incident.ts';
import { channelLink } from './views/incident-words.ts';
import { inline } from './views/text.ts';

/** Where the draft is; `/incident postmortem again` has it written anew from the timeline. */
export function postmortemCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'postmortem', text, async (incident, rest) => {
    const words = slackAnswerWords[asked.language];
    if (isOpen(incident)) return say(asked, words.postmortemNone, words.postmortemAtResolve);
    if (/^(?:again|redraft|new|שוב|מחדש)$/iu.test(rest)) return draftAgain(asked, incident);
    if (incident.postmortem === undefined) return say(asked, words.postmortemNone, words.postmortemHowAgain);
    return say(asked, words.postmortemAt(placeOf(asked, incident)), words.postmortemHowAgain);
  });
}

function placeOf({ language }: Asked, { channel, postmortem }: Incident): string {
  const words = slackAnswerWords[language];
  const file = inline(postmortem?.path ?? '', language, 300);
  if (postmortem?.canvas === undefined) return file;
  return [words.postmortemCanvas, channelLink(channel), file].filter((part) => part !== undefined).join(' · ');
}

/** The same effect as at the end of an incident: whoever asks twice at once gets one draft. */
async function draftAgain(asked: Asked, { id }: Incident): Promise<Answer> {
  const { store, clock } = asked.deps;
  const lane = `postmortem:${id}`;
  const now = clock.now();
  const effect = { kind: 'postmortem.draft', incident: id } as const;
  await store.countSignals(
    [],
    [asked.inbound],
    [{ effect, due: now, lane, priority: priorities.channel, coalesce: lane }],
    now,
  );
  return say(asked, slackAnswerWords[asked.language].postmortemAgain);
}
