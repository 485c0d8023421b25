import { parentPort } from 'node:worker_threads';
import { readCalendar } from './read-calendar.ts';
import type { CalendarQuestion } from '../engine/calendar-question.ts';

/** Entry of the thread that reads one calendar: whoever started it ends it, at the latest when it takes too long. */
const port = parentPort;
if (port === null) throw new Error('Calendars are read in a thread; start it with readInThread.');

port.once('message', ({ bytes, question }: { bytes: Uint8Array; question: CalendarQuestion }) => {
  port.postMessage(readCalendar(bytes, question));
});
