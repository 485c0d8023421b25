import { fillPlaceholders } from 'drizzle-orm';
import type { Write } from './database.ts';

/** Shapes of units that are kept prepared; what comes beyond is parsed anew. */
const mostShapes = 500;

export interface CombinedQuery {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Makes one statement of all writes of a unit, each a data-modifying CTE: one round trip, and atomic by itself. All of
 * them see the database as it was before, so no unit may touch a row twice.
 */
export function statementCombiner(): (writes: readonly Write[]) => CombinedQuery {
  const shapes = new Map<string, { readonly name: string; readonly text: string }>();
  return (writes) => {
    const values = writes.flatMap(({ statement, values }) => fillPlaceholders(statement.query.params, { ...values }));
    const key = writes.map(({ statement }) => statement.name).join(' ');
    const known = shapes.get(key);
    if (known !== undefined) return { ...known, values };
    const text = combined(writes);
    if (shapes.size >= mostShapes) return { text, values };
    const shape = { name: `unit${shapes.size}`, text };
    shapes.set(key, shape);
    return { ...shape, values };
  };
}

function combined(writes: readonly Write[]): string {
  let parameters = 0;
  const parts = writes.map(({ statement: { query } }, index) => {
    const before = parameters;
    parameters += query.params.length;
    // Each statement numbers its parameters from 1.
    return `w${index} as (${query.sql.replace(/\$(\d+)/g, (_, number: string) => `$${before + Number(number)}`)})`;
  });
  return `with ${parts.join(', ')} select 1`;
}
