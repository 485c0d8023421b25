import { json, type HttpRoute } from '../engine/http-route.ts';

export type Health = { readonly ok: true; readonly detail?: string } | { readonly ok: false; readonly detail: string };

/** Something that must work for this process to be of use. Answers from what it knows; it does not wait for the far side. */
export interface HealthCheck {
  readonly name: string;
  /** A degraded part is reported; only a required one takes the process out of rotation. */
  readonly required: boolean;
  check(): Promise<Health>;
}

export function healthRoutes(checks: readonly HealthCheck[]): readonly HttpRoute[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      maxBodyBytes: 0,
      deadlineMs: 2_000,
      handle: () => Promise.resolve({ status: 200, body: 'ok\n' }),
    },
    {
      method: 'GET',
      path: '/readyz',
      maxBodyBytes: 0,
      deadlineMs: 3_000,
      async handle() {
        const results = await Promise.all(
          checks.map(async (one) => ({ name: one.name, required: one.required, ...(await safely(() => one.check())) })),
        );
        const ready = results.every((result) => result.ok || !result.required);
        return json(ready ? 200 : 503, {
          ready,
          checks: Object.fromEntries(results.map(({ name, ok, detail }) => [name, { ok, detail }])),
        });
      },
    },
  ];
}

async function safely(check: () => Promise<Health>): Promise<Health> {
  try {
    return await check();
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : 'check failed' };
  }
}
