import { z } from 'zod';

const platformError = z.object({ data: z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) }) });

/**
 * What went wrong with a call, fit for a log: the kind of error and Slack's own code. Messages of errors are left out, since
 * they can hold addresses that are as good as a password.
 */
export function faultOf(error: unknown): { readonly error: string; readonly code: string | undefined } {
  const platform = platformError.safeParse(error);
  return { error: error instanceof Error ? error.name : 'unknown', code: platform.data?.data.error };
}
