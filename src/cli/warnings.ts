/** Keeps Node.js from printing one deprecation, by its code. All other warnings are printed as ever. */
export function dropWarning(code: string): void {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if ('code' in warning && warning.code === code) return;
    for (const print of printers) print(warning);
  });
}
