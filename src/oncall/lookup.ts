/**
 * The entry under a key that came from outside. Undefined for one that is not there, also for names like `constructor`
 * that every object answers to.
 */
export function entry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
