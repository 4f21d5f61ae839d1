import { ExplainError } from '../error.ts';
import * as int from './int.ts';

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** How many digits a decimal from outside may have. */
export interface DecimalLimits {
  readonly maxDecimals: number;
  readonly maxIntegerDigits: number;
}

export const DECIMAL_LIMITS: DecimalLimits = { maxDecimals: 12, maxIntegerDigits: 15 };

/**
 * An exact decimal: `units / 10^scale`. Outside it is always a string in plain notation (`-0.177`): no exponent, no
 * trailing zeros, no `-0`.
 */
export class Decimal {
  readonly units: int.Int;
  readonly scale: number;

  constructor(units: int.Int, scale: number) {
    this.units = units;
    this.scale = scale;
  }

  static readonly ZERO = new Decimal(0, 0);
  static readonly ONE = new Decimal(1, 0);

  /**
   * Reads a plain decimal; trailing zeros are dropped.
   * @throws {ExplainError} `bad-decimal` for an exponent, NaN, blanks, a leading zero or too many digits
   */
  static parse(text: string, path = '', limits: DecimalLimits = DECIMAL_LIMITS): Decimal {
    if (text.length > limits.maxDecimals + limits.maxIntegerDigits + 2 || !PLAIN.test(text)) {
      throw new ExplainError(
        'bad-decimal',
        path,
        `${JSON.stringify(text.slice(0, 40))} is not a plain decimal of at most ${limits.maxIntegerDigits} digits before and ${limits.maxDecimals} after the point; write it like "-0.177"`,
      );
    }
    const point = text.indexOf('.');
    const whole = point < 0 ? text : text.slice(0, point);
    let end = text.length;
    if (point >= 0) while (end > point + 1 && text.charCodeAt(end - 1) === 48) end--;
    const decimals = point < 0 ? '' : text.slice(point + 1, end);
    if (decimals.length > limits.maxDecimals) {
      throw new ExplainError(
        'bad-decimal',
        path,
        `has ${decimals.length} decimals; at most ${limits.maxDecimals} are allowed`,
      );
    }
    if (whole.length - (whole.startsWith('-') ? 1 : 0) > limits.maxIntegerDigits) {
      throw new ExplainError(
        'bad-decimal',
        path,
        `has more than ${limits.maxIntegerDigits} digits before the point`,
      );
    }
    const digits = whole + decimals;
    const units = digits.length <= 15 ? Number(digits) : int.add(BigInt(digits), 0);
    return units === 0 ? Decimal.ZERO : new Decimal(units, decimals.length);
  }

  /** The units at a finer scale. @throws {RangeError} when `scale` is coarser than this decimal's own */
  unitsAt(scale: number): int.Int {
    if (scale < this.scale) throw new RangeError(`scale ${scale} would lose digits of ${this}`);
    return scale === this.scale ? this.units : int.multiply(this.units, int.powerOfTen(scale - this.scale));
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(int.add(this.unitsAt(scale), other.unitsAt(scale)), scale);
  }

  minus(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(int.subtract(this.unitsAt(scale), other.unitsAt(scale)), scale);
  }

  times(other: Decimal): Decimal {
    return new Decimal(int.multiply(this.units, other.units), this.scale + other.scale);
  }

  /** This divided by `other`, rounded half to even to `decimals` decimals. `other` must not be 0. */
  dividedBy(other: Decimal, decimals: number): Decimal {
    const shift = decimals + other.scale - this.scale;
    const numerator = shift >= 0 ? int.multiply(this.units, int.powerOfTen(shift)) : this.units;
    const denominator = shift >= 0 ? other.units : int.multiply(other.units, int.powerOfTen(-shift));
    return new Decimal(int.divideHalfEven(numerator, denominator), decimals);
  }

  /** This rounded half to even to at most `decimals` decimals. */
  rounded(decimals: number): Decimal {
    return decimals >= this.scale ? this : this.dividedBy(Decimal.ONE, decimals);
  }

  absolute(): Decimal {
    return new Decimal(int.absolute(this.units), this.scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    return int.compare(this.unitsAt(scale), other.unitsAt(scale));
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0;
  }

  toString(): string {
    return int.format(this.units, this.scale);
  }
}
