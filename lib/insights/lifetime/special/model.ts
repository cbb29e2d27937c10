/** The special functions the lifetime models stand on, for positive arguments. Accurate to about twelve digits; tested against published values. */

const SHIFT = 9;
const HALF_LOG_TAU = 0.918_938_533_204_672_8; // ln(2 pi) / 2
/** Bernoulli numbers over 2n (2n - 1): Stirling's series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400];

/** ln Gamma(x), x > 0. */
export function lgamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  // Small arguments are lifted by Gamma(x) = Gamma(x + 1) / x to where the series converges to the last digit.
  let product = 1;
  let y = x;
  while (y < SHIFT) {
    product *= y;
    y += 1;
  }
  const inverse = 1 / y;
  const square = inverse * inverse;
  let series = 0;
  for (let n = STIRLING.length - 1; n >= 0; n -= 1) series = series * square + (STIRLING[n] ?? 0);
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_TAU + series * inverse - Math.log(product);
}

/** ln Beta(a, b), both above zero. */
export const lbeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b);

const TERMS_MAX = 20_000;
const PRECISION = 1e-15;
const RESCALE_AT = 1e250;

/**
 * `(1 - z)^power * 2F1(a, b; c; z)` by Gauss's series, kept from overflowing where only the product is a number of common size.
 *
 * Shape: 0 <= z < 1; c is no whole number below one.
 */
export function scaledHyp2f1(a: number, b: number, c: number, z: number, power = 0): number {
  let term = 1;
  let sum = 1;
  let logScale = power === 0 ? 0 : power * Math.log1p(-z);
  for (let n = 0; n < TERMS_MAX; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    if (Math.abs(term) <= PRECISION * Math.abs(sum)) break;
    if (Math.abs(sum) > RESCALE_AT) {
      sum /= RESCALE_AT;
      term /= RESCALE_AT;
      logScale += Math.log(RESCALE_AT);
    }
  }
  return logScale === 0 ? sum : sum * Math.exp(logScale);
}

/** Gauss's hypergeometric function 2F1(a, b; c; z) for 0 <= z < 1. */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  // Euler's transformation: where the plain series grows towards z = 1, the other one does not.
  return c - a - b < 0 ? scaledHyp2f1(c - a, c - b, c, z, c - a - b) : scaledHyp2f1(a, b, c, z);
}
