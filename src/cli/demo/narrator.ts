import type { MovableClock } from '../../engine/clock.ts';
import { toIsoInZone, type EpochMs } from '../../oncall/time.ts';
import { zone } from './company.ts';
import type { Step } from './checks.ts';

/** Tells the story on the terminal, step by step, and remembers which steps were seen to work. */
export interface Narrator {
  readonly steps: readonly Step[];
  heading(text: string): void;
  say(text: string): void;
  /** Lines as people see them in Slack, indented. */
  show(place: string, lines: readonly string[]): void;
  /** Waits so that a reader can follow; not at all with `--once`. */
  pause(): Promise<void>;
  passed(step: string): void;
}

export function createNarrator(
  out: (line: string) => void,
  clock: MovableClock,
  start: EpochMs,
  pauseMs: number,
): Narrator {
  const steps: Step[] = [];
  const shown = new Map<string, ReadonlySet<string>>();
  const time = () => toIsoInZone(Math.floor(clock.now() / 1000) * 1000, zone).slice(11, 19);
  return {
    steps,
    heading: (text) => out(`\n── ${text} ${'─'.repeat(Math.max(3, 96 - text.length))}`),
    say: (text) => out(`${time()}  ${text}`),
    show(place, lines) {
      // Only the messages that are new or were edited since the last look at this place.
      const messages = inMessages(lines);
      const before = shown.get(place);
      shown.set(place, new Set(messages));
      const fresh = messages.filter((message) => before?.has(message) !== true);
      for (const line of fresh.flatMap((message) => message.split('\n'))) out(`          │ ${line}`);
    },
    pause: () => (pauseMs === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, pauseMs))),
    passed(step) {
      steps.push({ step, ok: true, at: Math.round((clock.now() - start) / 1000) });
    },
  };
}

/** Each message with the indented lines that belong to it. */
function inMessages(lines: readonly string[]): readonly string[] {
  const messages: string[] = [];
  for (const line of lines) {
    const last = messages.length - 1;
    if (line.startsWith(' ') && last >= 0) messages[last] += `\n${line}`;
    else messages.push(line);
  }
  return messages;
}
