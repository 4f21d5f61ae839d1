import { ExplainError } from '../error.ts';
import { Decimal } from '../exact/decimal.ts';
import * as int from '../exact/int.ts';
import type { Units } from './compile.ts';
import type { FactReader } from './facts.ts';
import type { Facts, ScorecardModel } from './model.ts';
import type { Changeable } from './what-if.ts';

/** Values in order of distance from the recorded one: `first + j × step` for j = 0 … count−1. */
export interface Arm {
  readonly first: int.Int;
  readonly step: int.Int;
  readonly count: number;
}

/** One fact that may change: the recorded value and the arms that lead away from it. */
export interface Axis {
  readonly fact: string;
  readonly reader: FactReader;
  readonly current: int.Int;
  readonly arms: readonly Arm[];
  /** Cost of one unit of the fact (numbers) or of one other value (booleans, choices). */
  readonly cost: Decimal;
  readonly numeric: boolean;
}

/** Reads what may happen to one fact. @throws {ExplainError} `bad-question`, or `fact-type`/`fact-range` for a value */
export function axisOf(model: ScorecardModel, facts: Facts, units: Units, wish: Changeable): Axis {
  const reader = model.readers.get(wish.fact);
  if (reader === undefined) refuse(wish, 'is not a fact of this model');
  if (!Object.hasOwn(facts, wish.fact)) refuse(wish, 'has no recorded value in this case');
  const current = units[reader.index] ?? 0;
  const numeric = reader.spec.type === 'integer' || reader.spec.type === 'decimal';
  const ranged = wish.min !== undefined || wish.max !== undefined || wish.step !== undefined;
  if (ranged && (!numeric || wish.values !== undefined))
    refuse(wish, 'min, max and step are for a numeric fact without "values"');
  if (wish.direction !== undefined && !numeric) refuse(wish, '"direction" is for a numeric fact');
  const cost = Decimal.parse(String(wish.cost ?? '1'), `cost of ${wish.fact}`);
  if (cost.units <= 0) refuse(wish, 'needs a cost above 0');

  const arms =
    numeric && wish.values === undefined
      ? rangeArms(reader, current, wish)
      : pointArms(reader, current, wish);
  return { fact: wish.fact, reader, current, arms, cost, numeric };
}

function pointArms(reader: FactReader, current: int.Int, wish: Changeable): Arm[] {
  const values =
    wish.values?.map((value) => reader.read(value)) ??
    Array.from({ length: Number(reader.max) + 1 }, (_, place) => place);
  return [...new Set(values)]
    .filter((value) => value !== current && allowed(value, current, wish))
    .map((first) => ({ first, step: 0, count: 1 }));
}

function allowed(value: int.Int, current: int.Int, { direction }: Changeable): boolean {
  return direction === undefined || (direction === 'up' ? value > current : value < current);
}

function rangeArms(reader: FactReader, current: int.Int, wish: Changeable): Arm[] {
  const bound = (value: number | string | undefined, otherwise: int.Int) =>
    value === undefined
      ? otherwise
      : Decimal.parse(String(value), wish.fact).rounded(reader.scale).unitsAt(reader.scale);
  const low = int.greatest(bound(wish.min, reader.min), reader.min);
  const high = int.least(bound(wish.max, reader.max), reader.max);
  const step = bound(wish.step, 1);
  if (step <= 0) refuse(wish, 'needs a step above 0, no finer than the fact itself');
  if (low > high) return [];
  const last = floorDivide(int.subtract(high, low), step);
  const below = int.least(floorDivide(int.subtract(int.subtract(current, low), 1), step), last);
  const above = int.greatest(int.add(floorDivide(int.subtract(current, low), step), 1), 0);
  const at = (place: int.Int) => int.add(low, int.multiply(place, step));
  const arms: Arm[] = [];
  if (wish.direction !== 'up' && below >= 0)
    arms.push({ first: at(below), step: int.negate(step), count: countOf(int.add(below, 1), wish) });
  if (wish.direction !== 'down' && above <= last) {
    arms.push({ first: at(above), step, count: countOf(int.add(int.subtract(last, above), 1), wish) });
  }
  return arms;
}

function countOf(count: int.Int, wish: Changeable): number {
  if (typeof count !== 'number') refuse(wish, 'has too many values; give a coarser step or a narrower range');
  return count;
}

function floorDivide(a: int.Int, b: int.Int): int.Int {
  const [n, d] = [BigInt(a), BigInt(b)];
  return int.add(n / d - (n % d !== 0n && n < 0n ? 1n : 0n), 0);
}

function refuse(wish: Changeable, message: string): never {
  throw new ExplainError('bad-question', String(wish.fact).slice(0, 64), message);
}
