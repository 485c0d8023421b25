/**
 * The few special functions under the exact intervals: incomplete gamma (Poisson, chi-square) and incomplete beta
 * (binomial, Student's t), and their inverses. Series and continued fractions after Abramowitz & Stegun 6.5, 26.5 and
 * Lentz's method; accurate to about 1e-12 for the sizes that incidents have (checked against published quantiles).
 */

const epsilon = 1e-16;
/** Keeps a continued fraction from dividing by zero. */
const tiny = 1e-300;
/** Both expansions need some √n terms; this is enough for n far beyond any incident history. */
const maxTerms = 100_000;

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const [first, ...rest] = lanczos;
  const shifted = x - 1;
  let sum: number = first;
  for (const [index, coefficient] of rest.entries()) sum += coefficient / (shifted + index + 1);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** P(shape, x), the lower regularised incomplete gamma function; shape > 0. */
export function regularizedGamma(shape: number, x: number): number {
  if (x <= 0) return 0;
  return x < shape + 1 ? gammaSeries(shape, x) : 1 - gammaFraction(shape, x);
}

/** Q(shape, x) = 1 − P(shape, x), without losing the small values of the upper tail. */
export function upperRegularizedGamma(shape: number, x: number): number {
  if (x <= 0) return 1;
  return x < shape + 1 ? 1 - gammaSeries(shape, x) : gammaFraction(shape, x);
}

function gammaSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < maxTerms && term > sum * epsilon; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

function gammaFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < maxTerms; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / awayFromZero(a * d + b);
    c = awayFromZero(b + a / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < epsilon * 2) break;
  }
  return fraction * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

/** I_x(a, b), the regularised incomplete beta function; a, b > 0 and 0 ≤ x ≤ 1. */
export function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
  // The fraction converges fast only on this side of the mean; the other side follows by symmetry.
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < maxTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < epsilon * 2) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** The x at which P(shape, x) = probability. */
export function inverseRegularizedGamma(probability: number, shape: number): number {
  let upper = Math.max(1, shape);
  while (regularizedGamma(shape, upper) < probability) upper *= 2;
  return bisect((x) => regularizedGamma(shape, x) < probability, upper);
}

/** The x at which I_x(a, b) = probability. */
export function inverseRegularizedBeta(probability: number, a: number, b: number): number {
  return bisect((x) => regularizedBeta(x, a, b) < probability, 1);
}

/** Student's t: the value that a share `probability` > ½ of draws stays below. */
export function studentQuantile(probability: number, degrees: number): number {
  const x = inverseRegularizedBeta(2 * (1 - probability), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

/** Halves [0, upper] until it cannot be halved any more. Slower than Newton's method, and it cannot fail. */
function bisect(isBelow: (x: number) => boolean, upper: number): number {
  let low = 0;
  let high = upper;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < high * 1e-15) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}
