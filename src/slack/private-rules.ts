import { slackPrivateWords } from '../messages/slack-private.ts';
import type { Language } from '../oncall/catalog.ts';
import { isCity } from '../oncall/cities.ts';
import type { PersonalRule } from '../oncall/personal-rules.ts';
import type { TimeZone } from '../oncall/time.ts';
import { homeLeaveText } from './private-home-leave.ts';
import { readTimes, throughQuietHours, timesText } from './private-rule-text.ts';
import type { Submission } from './surfaces.ts';
import { privateInputIds } from './views/private-modals.ts';

/** What was filled in, as rules; or what is wrong, by input. */
export type ReadRules =
  | { readonly kind: 'rules'; readonly rules: readonly PersonalRule[] }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export function readRules(
  form: Submission,
  { zone, newId }: { readonly zone: TimeZone; readonly newId: () => string },
  language: Language,
): ReadRules {
  const words = slackPrivateWords[language].rules;
  const effect = form.choice(privateInputIds.effect) === 'hard' ? 'hard' : 'soft';
  const rules: PersonalRule[] = [];
  const errors: Record<string, string> = {};
  const city = form.choice(privateInputIds.city);
  if (city !== undefined && isCity(city)) {
    const keeps = form.choices(privateInputIds.keeps);
    const [shabbat, festivals] = [keeps.includes('shabbat'), keeps.includes('festivals')];
    if (shabbat || festivals)
      rules.push({ kind: 'observance', id: newId(), where: { city }, shabbat, festivals, effect });
    else errors[privateInputIds.keeps] = words.keepsNothing;
  }
  for (const input of [privateInputIds.weekly, privateInputIds.quiet]) {
    const typed = form.text(input).trim();
    if (typed === '') continue;
    const times = readTimes(typed);
    if (times === undefined) errors[input] = words.timesWrong;
    else if (input === privateInputIds.weekly) rules.push({ kind: 'weekly', id: newId(), ...times, zone, effect });
    else rules.push({ kind: 'quiet_hours', id: newId(), ...times, zone, letsThrough: throughQuietHours });
  }
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  return { kind: 'rules', rules };
}

/** One rule in the person's own list, as plain text. */
export function ruleText(rule: PersonalRule, language: Language): string {
  const words = slackPrivateWords[language];
  switch (rule.kind) {
    case 'weekly':
      return words.rules.weeklyRule(timesText(rule, language), words.effects[rule.effect]);
    case 'quiet_hours':
      return words.rules.quietRule(timesText(rule, language));
    case 'observance': {
      const { keepsOptions } = words.rules;
      const keeps = [
        ...(rule.shabbat ? [keepsOptions.shabbat] : []),
        ...(rule.festivals ? [keepsOptions.festivals] : []),
      ];
      const city = 'city' in rule.where ? cityName(rule.where.city, language) : rule.where.place.zone;
      return words.rules.observance(city, keeps.join(', '), words.effects[rule.effect]);
    }
    case 'home_leave':
      return homeLeaveText(rule, language);
  }
}

export function cityName(id: string, language: Language): string {
  const named = slackPrivateWords[language].rules.cities[id];
  return named ?? id.replace(/(?:^|-)(\p{L})/gu, (_, letter: string) => ` ${letter.toUpperCase()}`).trim();
}
