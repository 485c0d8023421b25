import type { PersonEvent, PersonState } from './person.ts';
import type { PersonId } from './catalog.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { WindowId } from './windows.ts';

/** The one silent notice to whoever somebody else has marked as not to be reached. */
export type AwayNoticeEffect = {
  readonly kind: 'slack.away_notice';
  readonly person: PersonId;
  readonly window: WindowId;
};

/** Once for each absence that another has opened; when it is changed or ended nothing more is said. */
export function noticeOfMark(
  { event, actor, recordedAt }: Recorded<PersonEvent>,
  { person }: PersonState,
): readonly Planned<AwayNoticeEffect>[] {
  if (event.type !== 'window_added' || actor.kind !== 'person' || actor.person === person) return [];
  const { id: window, effect, supersedes } = event.window;
  if (effect === 'free' || supersedes !== undefined) return [];
  return [
    {
      effect: { kind: 'slack.away_notice', person, window },
      due: recordedAt,
      lane: `away_notice:${person}`,
      priority: priorities.channel,
      coalesce: undefined,
    },
  ];
}
