import { ExplainError } from '../error.ts';
import { Decimal } from '../exact/decimal.ts';
import type { Int } from '../exact/int.ts';
import type { FactSpec, FactValue } from './model.ts';

/** How one fact's value becomes an integer: units at `scale`, 0/1 for booleans, the index for choices. */
export interface FactReader {
  readonly spec: FactSpec;
  readonly index: number;
  readonly scale: number;
  readonly min: Int;
  readonly max: Int;
  /** @throws {ExplainError} `fact-type` or `fact-range`, with the fact's name as path */
  read(value: FactValue): Int;
  /** The value as a caller would give it: decimals as strings, integers as numbers when safe. */
  write(units: Int): FactValue;
}

export function factReader(spec: FactSpec, index: number): FactReader {
  switch (spec.type) {
    case 'boolean':
      return {
        spec,
        index,
        scale: 0,
        min: 0,
        max: 1,
        read: (value) => (value === true ? 1 : value === false ? 0 : wrongType(spec, 'true or false')),
        write: (units) => units === 1,
      };
    case 'choice':
      return choiceReader(spec, index);
    default:
      return numberReader(spec, index);
  }
}

function choiceReader(spec: FactSpec & { type: 'choice' }, index: number): FactReader {
  const order = new Map(spec.values.map((value, place) => [value, place]));
  return {
    spec,
    index,
    scale: 0,
    min: 0,
    max: spec.values.length - 1,
    read(value) {
      if (typeof value !== 'string') wrongType(spec, 'one of its declared values, as a string');
      const place = order.get(value);
      if (place === undefined) {
        throw new ExplainError(
          'fact-range',
          spec.name,
          `is not one of its ${spec.values.length} declared values; use one of them as written in the model`,
        );
      }
      return place;
    },
    write: (units) => spec.values[Number(units)] ?? '',
  };
}

function numberReader(spec: FactSpec & { type: 'integer' | 'decimal' }, index: number): FactReader {
  const scale = spec.type === 'decimal' ? spec.decimals : 0;
  const min = Decimal.parse(spec.min).unitsAt(scale);
  const max = Decimal.parse(spec.max).unitsAt(scale);
  const inRange = (units: Int): Int => {
    if (units < min || units > max) {
      throw new ExplainError(
        'fact-range',
        spec.name,
        `must be from ${spec.min} to ${spec.max}; check the fact or the model's declared range`,
      );
    }
    return units;
  };
  return {
    spec,
    index,
    scale,
    min,
    max,
    read(value) {
      if (scale === 0 && typeof value === 'number' && Number.isSafeInteger(value))
        return inRange(value === 0 ? 0 : value);
      return inRange(parseNumber(value, spec, scale));
    },
    write: (units) =>
      spec.type === 'integer' && typeof units === 'number' ? units : new Decimal(units, scale).toString(),
  };
}

function parseNumber(value: FactValue, spec: FactSpec, scale: number): Int {
  if (typeof value !== 'number' && typeof value !== 'string') wrongType(spec, 'a number');
  let decimal: Decimal;
  try {
    decimal = Decimal.parse(String(value), spec.name);
  } catch {
    return wrongType(spec, `a plain number such as ${scale === 0 ? '4' : '"12.50"'} with no exponent`);
  }
  if (decimal.scale > scale)
    wrongType(spec, scale === 0 ? 'a whole number' : `a number of at most ${scale} decimals`);
  return decimal.unitsAt(scale);
}

function wrongType(spec: FactSpec, expected: string): never {
  throw new ExplainError('fact-type', spec.name, `expected ${expected}`);
}
