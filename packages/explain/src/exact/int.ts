/**
 * Integers of any size that stay plain numbers while they are provably exact.
 *
 * An `Int` is a `number` exactly when it is a safe integer, a `bigint` otherwise. A float product or sum of safe
 * integers whose rounded result is itself safe is the true result, so the check after the operation is the proof.
 */
export type Int = number | bigint;

const MAX = Number.MAX_SAFE_INTEGER;

function settle(value: bigint): Int {
  return value <= MAX && value >= -MAX ? Number(value) : value;
}

export function add(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (sum <= MAX && sum >= -MAX) return sum;
  }
  return settle(BigInt(a) + BigInt(b));
}

export function subtract(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (difference <= MAX && difference >= -MAX) return difference;
  }
  return settle(BigInt(a) - BigInt(b));
}

export function multiply(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (product <= MAX && product >= -MAX) return product === 0 ? 0 : product;
  }
  return settle(BigInt(a) * BigInt(b));
}

export function negate(a: Int): Int {
  return a === 0 ? 0 : -a;
}

export function absolute(a: Int): Int {
  return a < 0 ? -a : a;
}

export function least(a: Int, b: Int): Int {
  return a <= b ? a : b;
}

export function greatest(a: Int, b: Int): Int {
  return a >= b ? a : b;
}

/** −1, 0 or 1. Mixed `number` and `bigint` compare exactly in JavaScript. */
export function compare(a: Int, b: Int): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const POWERS: readonly number[] = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** 10^exponent, exact. */
export function powerOfTen(exponent: number): Int {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/** numerator / denominator rounded to an integer, halves to even. `denominator` must not be 0. */
export function divideHalfEven(numerator: Int, denominator: Int): Int {
  if (typeof numerator === 'number' && typeof denominator === 'number') {
    const remainder = numerator % denominator;
    const quotient = (numerator - remainder) / denominator;
    const step = roundUp(Math.abs(remainder), Math.abs(denominator), quotient % 2 !== 0);
    const rounded = step === 0 ? quotient : quotient + direction(numerator, denominator);
    return rounded === 0 ? 0 : rounded;
  }
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const quotient = n / d;
  const remainder = n % d;
  const size = remainder < 0n ? -remainder : remainder;
  const step = roundUp(size, d < 0n ? -d : d, quotient % 2n !== 0n);
  return settle(quotient + BigInt(step * direction(numerator, denominator)));
}

function direction(numerator: Int, denominator: Int): number {
  return numerator < 0 === denominator < 0 ? 1 : -1;
}

function roundUp(remainder: Int, denominator: Int, quotientIsOdd: boolean): 0 | 1 {
  const order = compare(remainder, subtract(denominator, remainder));
  return order > 0 || (order === 0 && quotientIsOdd) ? 1 : 0;
}

/** The integer as a decimal string with `scale` decimals moved behind the point; no trailing zeros, no "-0". */
export function format(value: Int, scale: number): string {
  if (scale === 0 || value === 0) return value === 0 ? '0' : String(value);
  const sign = value < 0 ? '-' : '';
  const digits = String(absolute(value)).padStart(scale + 1, '0');
  let end = digits.length;
  const point = digits.length - scale;
  while (end > point && digits.charCodeAt(end - 1) === 48) end--;
  return end === point
    ? sign + digits.slice(0, point)
    : `${sign}${digits.slice(0, point)}.${digits.slice(point, end)}`;
}
