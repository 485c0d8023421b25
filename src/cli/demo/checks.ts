/** Something that the story expected to see and did not. The demo ends with it and with a non-zero exit code. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

export interface Step {
  readonly step: string;
  readonly ok: true;
  /** Seconds of the story's clock since its beginning. */
  readonly at: number;
}

/** Fails unless `condition` holds; `what` says what should have been seen. */
export function see(condition: boolean, what: string): void {
  if (!condition) throw new NotSeen(`not seen: ${what}`);
}

/** The value, which must be there. */
export function seen<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new NotSeen(`not seen: ${what}`);
  return value;
}
