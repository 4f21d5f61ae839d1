import { Decimal } from '@taalil/explain';

/** Below this a double is noise of the arithmetic, and is written as 0. */
const NOISE = 1e-18;

/** A finite double as a plain decimal: the shortest digits that read back as the same double, no exponent. */
export function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a number of a model is not finite');
  if (Math.abs(value) < NOISE) return '0';
  const [digits = '', exponent] = String(Math.abs(value)).split('e');
  const sign = value < 0 ? '-' : '';
  if (exponent === undefined) return `${sign}${digits}`;
  const [whole = '', fraction = ''] = digits.split('.');
  const point = whole.length + Number(exponent);
  const all = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.padEnd(point, '0')}`;
}

/** total − Σ parts, exactly. All are plain decimals of any length. */
export function exactDifference(total: string, parts: readonly string[]): string {
  return parts.reduce((rest, part) => rest.minus(exact(part)), exact(total)).toString();
}

/** Products of coefficients and derived values, and doubles, have more digits than any input. */
export const exact = (value: string) => Decimal.parse(value, '', { maxDecimals: 60, maxIntegerDigits: 60 });
