import { expect, it } from 'vitest';
import { postmortemInput } from '../../src/postmortem/from-incident.ts';
import { company } from '../support/company.ts';
import { by, declareSev1, story } from '../support/story.ts';

it('a message is in the draft as it reads now, and only while it is pinned', () => {
  const s = story();
  s.does(declareSev1, by('noa'));
  const captured = (ts: string, text: string) =>
    s.does({ type: 'capture_message', channel: 'C1', ts, author: 'alma', text }, by('dana'));
  captured('1', 'the pool is ful');
  captured('2', 'never mind this one');
  s.does({ type: 'edit_message', channel: 'C1', ts: '1', text: 'the pool is full' }, by('alma'));
  s.does({ type: 'remove_message', channel: 'C1', ts: '2' }, by('dana'));
  const texts = new Map(
    s.history.flatMap(({ event }) => ('text' in event ? [[event.text, s.texts.get(event.text) ?? ''] as const] : [])),
  );
  const { timeline } = postmortemInput(s.incident(), s.history, texts, company());
  const messages = timeline.filter(({ kind }) => kind === 'message_captured');
  expect(messages.map(({ text }) => text)).toEqual(['the pool is full']);
  expect(JSON.stringify(timeline)).not.toContain('never mind');
});
