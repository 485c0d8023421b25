/**
 * Outside input that cannot be used. The message is one line that names the place (file, line, key, option), what is
 * wrong with it and what to do. The command line prints it and exits with 2; the server refuses to start.
 */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
