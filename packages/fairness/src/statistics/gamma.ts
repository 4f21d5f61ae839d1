const TABLE = Float64Array.from({ length: 1024 }, () => 0);
for (let i = 2; i < TABLE.length; i++) TABLE[i] = (TABLE[i - 1] as number) + Math.log(i);

/** ln(n!) for a whole n ≥ 0: a table, then Stirling's series (Abramowitz & Stegun 6.1.41). */
export function logFactorial(n: number): number {
  return n < TABLE.length ? (TABLE[n] as number) : stirling(n + 1);
}

/** ln Γ(x) for x > 0: recurrence up to 10, then Stirling's series; about 15 digits. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 10) {
    shift += Math.log(at);
    at += 1;
  }
  return stirling(at) - shift;
}

function stirling(x: number): number {
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}

/** ln B(a, b). */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * Regularised incomplete beta function I_x(a, b).
 *
 * Source: continued fraction, NIST Digital Library of Mathematical Functions 8.17.22, by Lentz's algorithm.
 */
export function betaLower(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaLower(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || 1e-300);
  let value = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || 1e-300);
    c = 1 + even / c || 1e-300;
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || 1e-300);
    c = 1 + odd / c || 1e-300;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front * value;
}

/** Probability below `t` under Student's distribution with `degrees` degrees of freedom. */
export function studentLower(t: number, degrees: number): number {
  const tail = betaLower(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Quantile of Student's distribution, by bisection to 1e-12. */
export function studentQuantile(probability: number, degrees: number): number {
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees);
  let high = 1;
  while (studentLower(high, degrees) < probability) high *= 2;
  return bisect(0, high, (t) => studentLower(t, degrees) < probability);
}

/** The point where `below` turns from true to false, for a monotone question on [low, high]. */
export function bisect(low: number, high: number, below: (x: number) => boolean): number {
  let left = low;
  let right = high;
  for (let i = 0; i < 200; i++) {
    const middle = (left + right) / 2;
    if (middle <= left || middle >= right || right - left < 1e-14 * Math.abs(middle)) break;
    if (below(middle)) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}
