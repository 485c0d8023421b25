import type { z } from 'zod';

/** A row that this version of Toran cannot make sense of. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export function read<Value>(schema: z.ZodType<Value>, stored: unknown, what: string): Value {
  const parsed = schema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new Unreadable(
    `The ${what} cannot be read${where} (${issue?.message ?? 'invalid'}). ` +
      'It was probably written by a newer version of Toran: run that version, or a later one.',
    { cause: parsed.error },
  );
}

/**
 * A schema for a union whose members differ by `Key`. Does not compile while a member of the union has no schema, or a
 * schema promises what its member does not have.
 */
export function everyOne<Union extends Readonly<Record<Key, string>>, Key extends string>() {
  return <Schema extends z.ZodType<Union>>(
    schema: Schema & ([Exclude<Union[Key], z.output<Schema>[Key]>] extends [never] ? unknown : never),
  ): z.ZodType<Union> => schema;
}
