/** The database cannot be used as it is; the message is one line for the person who started Toran. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
