import { parseArgs } from 'node:util';
import { contradictionsOf } from '../support/one-resolver.ts';

/**
 * Asks many random worlds whether everybody names the same person: `node test/long/one-resolver.ts --worlds 1000000`.
 * Ends with code 1 at the first world that contradicts itself; `--from` begins at another seed, `--minutes` sets a limit.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '600' },
  },
});
const [worlds, from, minutes] = [values.worlds, values.from, values.minutes].map(Number);
const started = performance.now();
const lastMs = started + (minutes ?? 0) * 60_000;
const everyMs = 15_000;
let told = started;
let asked = 0;

for (let seed = from ?? 0; asked < (worlds ?? 0) && performance.now() < lastMs; seed += 1) {
  const found = contradictionsOf(seed);
  if (found.length > 0) {
    console.error(found.join('\n'));
    process.exitCode = 1;
    break;
  }
  asked += 1;
  if (performance.now() - told > everyMs) {
    told = performance.now();
    console.log(`${asked} worlds in ${Math.round((told - started) / 1000)} s, none contradicts itself`);
  }
}
const tookS = (performance.now() - started) / 1000;
console.log(`${asked} worlds from seed ${from}, ${Math.round(tookS)} s, ${Math.round(asked / tookS)} a second`);
