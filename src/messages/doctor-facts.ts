/** The subjects of `toran doctor`, in the order in which they are told. */
export const doctorChecks = [
  'settings',
  'database',
  'privacy',
  'catalog',
  'clock',
  'slack',
  'manifest',
  'pagerduty',
] as const;
export type DoctorCheck = (typeof doctorChecks)[number];

/** What is so, and what to do about it when it is not as it should be. */
export interface Said {
  readonly text: string;
  readonly fix?: string;
}

/** What a check can find, with what it says about it. The names are the `code` of `toran doctor --json`: keep them. */
export interface DoctorFacts {
  readonly settings_bad: { readonly problem: string };
  readonly settings_fine: Record<string, never>;
  readonly slack_not_set: Record<string, never>;
  readonly phones_silent: Record<string, never>;
  readonly catalog_file_bad: { readonly problem: string };
  readonly timed_out: { readonly seconds: number };
  readonly check_failed: { readonly problem: string };
  readonly database_down: { readonly problem: string };
  readonly database_fine: { readonly dialect: string; readonly tookMs: number };
  readonly dead_letters: { readonly count: number; readonly newest: string };
  readonly set_aside: { readonly count: number };
  readonly private_off: Record<string, never>;
  readonly private_nowhere: Record<string, never>;
  readonly private_down: { readonly problem: string };
  readonly private_readable: Record<string, never>;
  readonly private_shut: { readonly count: number };
  readonly private_outdated: { readonly count: number };
  readonly private_fine: { readonly dialect: string };
  readonly catalog_missing: Record<string, never>;
  readonly catalog_fine: { readonly people: number; readonly schedules: number; readonly services: number };
  readonly people_unreachable: { readonly people: readonly string[] };
  readonly people_not_rung: { readonly people: readonly string[] };
  readonly clock_fine: { readonly against: readonly string[]; readonly mostSeconds: number };
  readonly clock_unknown: Record<string, never>;
  readonly time_data_fine: Record<string, never>;
  readonly time_data_wrong: { readonly what: readonly ('zones' | 'hebrew_calendar')[] };
  readonly clock_off: { readonly against: string; readonly seconds: number };
  readonly slack_unreachable: { readonly problem: string };
  readonly slack_token_refused: { readonly error: string };
  readonly slack_fine: { readonly team: string; readonly user: string };
  readonly scopes_missing: { readonly scopes: readonly string[] };
  readonly scopes_declined: { readonly scopes: readonly string[] };
  readonly scopes_extra: { readonly scopes: readonly string[] };
  readonly scopes_fine: { readonly count: number };
  readonly app_token_refused: { readonly error: string };
  readonly app_token_fine: Record<string, never>;
  readonly signing_secret_set: Record<string, never>;
  readonly manifest_unreadable: { readonly problem: string };
  readonly manifest_lacks: { readonly names: readonly string[] };
  readonly manifest_exceeds: { readonly names: readonly string[] };
  readonly manifest_fine: Record<string, never>;
  readonly pagerduty_not_set: Record<string, never>;
  readonly pagerduty_read_only: Record<string, never>;
  readonly pagerduty_unreachable: { readonly problem: string };
  readonly pagerduty_token_refused: { readonly problem: string };
  readonly pagerduty_fine: Record<string, never>;
  readonly personal_token: { readonly name: string };
  readonly services_unknown: { readonly services: readonly string[] };
  readonly services_none: Record<string, never>;
  readonly users_unknown: { readonly people: readonly string[] };
  readonly emails_missing: { readonly people: readonly string[] };
  readonly emails_differ: { readonly people: readonly string[] };
  readonly senders_few: Record<string, never>;
  readonly subscriptions_hidden: { readonly problem: string };
  readonly subscription_missing: Record<string, never>;
  readonly subscription_disabled: { readonly url: string };
  readonly subscription_inactive: { readonly url: string };
  readonly subscription_lacks: { readonly url: string; readonly events: readonly string[] };
  readonly subscription_fine: { readonly url: string };
  readonly secret_missing: { readonly url: string };
  readonly polling_only: Record<string, never>;
}

export type DoctorCode = keyof DoctorFacts;

export interface DoctorWords {
  readonly checks: Readonly<Record<DoctorCheck, string>>;
  readonly levels: Readonly<Record<'ok' | 'warn' | 'fail', string>>;
  summary(failures: number, warnings: number): string;
  readonly findings: { readonly [Code in DoctorCode]: (facts: DoctorFacts[Code]) => Said };
}

/** Lists in findings are short to be read; the JSON has the same. */
const longestList = 12;

export function listed(names: readonly string[]): string {
  const shown = names.slice(0, longestList).join(', ');
  return names.length > longestList ? `${shown}, … (+${names.length - longestList})` : shown;
}
