/** Records longer than this drop their older half, so that a sandbox left running does not grow for ever. */
const mostKept = 100_000;

export function appendKept<T>(records: T[], record: T): void {
  if (records.length >= mostKept) records.splice(0, mostKept / 2);
  records.push(record);
}
