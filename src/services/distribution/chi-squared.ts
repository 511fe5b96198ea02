/** Terms of a series, or of a continued fraction, after which it has long settled. */
const MOST_STEPS = 100_000;
const PRECISION = 1e-15;
/** Stands for what may not be zero. */
const TINY = 1e-300;

/** The logarithm of Γ(a) for a whole number, or a half more than one: a product of what lies below. */
function logGamma(a: number): number {
  let log = Number.isInteger(a) ? 0 : Math.log(Math.PI) / 2;
  for (let factor = a - 1; factor > 0; factor -= 1) log += Math.log(factor);
  return log;
}

/** `x^a e^-x / Γ(a)`. */
const front = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGamma(a));

/** The lower incomplete gamma function over Γ(a), as a series: for x < a + 1. */
function lowerGamma(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_STEPS && term > sum * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * front(a, x);
}

/** The upper incomplete gamma function over Γ(a), as a continued fraction (Lentz): for x ≥ a + 1. */
function upperGamma(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_STEPS; n += 1) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / nonZero(factor * d + b);
    c = nonZero(b + factor / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction * front(a, x);
}

const nonZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/**
 * How probable it is that chance alone gives a chi-squared figure this great or greater.
 *
 * @see https://dlmf.nist.gov/8.11, https://dlmf.nist.gov/8.9 the incomplete gamma function
 * @param degreesOfFreedom one at least
 */
export function chiSquaredProbability(figure: number, degreesOfFreedom: number): number {
  const [a, x] = [degreesOfFreedom / 2, figure / 2];
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerGamma(a, x) : upperGamma(a, x);
}

/** Halvings after which a bound is as exact as a float is. */
const HALVINGS = 200;

/** The chi-squared figure that chance alone reaches with no more than this probability, such as 0.01. */
export function chiSquaredBound(degreesOfFreedom: number, probability: number): number {
  let low = 0;
  let high = degreesOfFreedom;
  while (chiSquaredProbability(high, degreesOfFreedom) > probability) high *= 2;
  for (let i = 0; i < HALVINGS && low < high; i += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (chiSquaredProbability(middle, degreesOfFreedom) > probability) low = middle;
    else high = middle;
  }
  return high;
}
