import { Decimal, type DecimalLimits } from '../exact/decimal.ts';
import * as int from '../exact/int.ts';

/** What adds up: the numbers of any additive explanation, as plain decimals. */
export interface Additive {
  readonly base: string;
  readonly score: string;
  readonly threshold: string;
  readonly contributions: readonly { readonly reason: string; readonly value: string }[];
}

/** An explanation shortened for reading; still base + Σ values = score, in the digits shown. */
export interface RoundedExplanation {
  /** How many decimals are shown: as many as asked, or more where fewer would hide which side of the threshold it is. */
  readonly decimals: number;
  readonly base: string;
  readonly score: string;
  readonly threshold: string;
  readonly contributions: readonly { readonly reason: string; readonly value: string }[];
}

const ANY: DecimalLimits = { maxDecimals: 200, maxIntegerDigits: 200 };

/**
 * Shortens an explanation to `decimals` decimals so that the shown numbers still add up.
 *
 * Score, base and threshold are rounded half to even; contributions by largest remainder, so that each is at most one
 * unit of the last shown digit from its exact value. All have the same number of decimals (`0.300`).
 */
export function roundExplanation(explanation: Additive, decimals: number): RoundedExplanation {
  const [score, base, threshold] = [explanation.score, explanation.base, explanation.threshold].map(parse);
  if (score === undefined || base === undefined || threshold === undefined)
    throw new RangeError('not an explanation');
  let places = decimals;
  while (score.compare(threshold) !== score.rounded(places).compare(threshold.rounded(places))) places++;
  const exact = explanation.contributions.map(({ value }) => parse(value));
  const target = int.subtract(score.rounded(places).unitsAt(places), base.rounded(places).unitsAt(places));
  const shown = largestRemainder(exact, target, places);
  return {
    decimals: places,
    base: fixed(base.rounded(places).unitsAt(places), places),
    score: fixed(score.rounded(places).unitsAt(places), places),
    threshold: fixed(threshold.rounded(places).unitsAt(places), places),
    contributions: explanation.contributions.map(({ reason }, place) => ({
      reason,
      value: fixed(shown[place] ?? 0, places),
    })),
  };
}

function parse(text: string): Decimal {
  return Decimal.parse(text, '', ANY);
}

/** Integers next to the exact values (in units of 10^-places) that add up to `target`. */
function largestRemainder(exact: readonly Decimal[], target: int.Int, places: number): int.Int[] {
  const units = exact.map((value) => value.rounded(places).unitsAt(places));
  const rest = exact.map((value, place) => value.minus(new Decimal(units[place] ?? 0, places)));
  let missing = Number(int.subtract(target, units.reduce<int.Int>(int.add, 0)));
  const step = Math.sign(missing);
  const order = [...rest.keys()].sort(
    (a, b) => step * (rest[b] ?? Decimal.ZERO).compare(rest[a] ?? Decimal.ZERO) || a - b,
  );
  for (let turn = 0; missing !== 0 && order.length > 0; turn++, missing -= step) {
    const place = order[turn % order.length] ?? 0;
    units[place] = int.add(units[place] ?? 0, step);
  }
  return units;
}

/** The decimal with all its places written, also trailing zeros. */
function fixed(units: int.Int, places: number): string {
  const text = int.format(units, places);
  if (places === 0) return text;
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(places, '0')}`;
}
