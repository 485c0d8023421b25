import type { Incident } from '../incident/incident.ts';

/** Slack's limit. Other scripts than Latin are only known to work in its clients, so names stay within ASCII. */
const longestName = 80;
const longestSlug = 60;
/** Names of one incident that may be tried before something else must be wrong. */
export const mostNames = 20;

/**
 * `inc-42-checkout`; the service names the channel, else what is Latin in the title, else the number alone does. Attempts
 * after the first, for when somebody has taken the name, end in `-2`, `-3` …
 */
export function channelName(
  { number, service }: Pick<Incident, 'number' | 'service'>,
  title: string,
  attempt: number,
): string {
  const words = slug(service ?? '') || slug(title);
  const suffix = attempt === 1 ? '' : `-${attempt}`;
  const stem = words === '' ? `inc-${number}` : `inc-${number}-${words}`;
  return `${trimEnd(stem.slice(0, longestName - suffix.length))}${suffix}`;
}

function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    // Accents go from their letters; everything else that is not plain Latin parts words.
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  if (words.length <= longestSlug) return trimEnd(words);
  const cut = words.slice(0, longestSlug);
  const lastWord = cut.lastIndexOf('-');
  return trimEnd(lastWord > longestSlug / 2 ? cut.slice(0, lastWord) : cut);
}

function trimEnd(text: string): string {
  return text.replace(/-+$/, '');
}
