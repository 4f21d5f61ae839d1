import { Decimal } from '../exact/decimal.ts';
import * as int from '../exact/int.ts';
import type { FactReader } from './facts.ts';
import type { TermSpec, Transform } from './model.ts';

/** The units of every fact of the model, by the fact's index. */
export type Units = int.Int[];

/** A derived value as integer arithmetic on units. */
export interface Derived {
  /** Decimals of the value. */
  readonly scale: number;
  value(facts: Units): int.Int;
  /** The least and the greatest value while every fact i ranges over [low_i, high_i]; may be wider, never narrower. */
  range(low: Units, high: Units): readonly [int.Int, int.Int];
}

/** A term whose contribution is `factor × (value − mean)`, in units of the segment's scale. */
export interface CompiledTerm {
  readonly spec: TermSpec;
  readonly derived: Derived;
  /** Indexes of the facts it reads. */
  readonly facts: readonly number[];
  /** Brings derived units to the scale of the mean. */
  readonly lift: int.Int;
  readonly liftedScale: number;
  readonly mean: int.Int;
  readonly factor: int.Int;
  readonly texts: { readonly coefficient: string; readonly mean: string };
}

/** One reason: the terms that move together and the facts behind them. */
export interface CompiledReason {
  readonly reason: string;
  readonly facts: readonly string[];
  /** Places in `CompiledSegment.terms`. */
  readonly terms: readonly number[];
}

export interface CompiledSegment {
  /** Decimals of every sum in this segment. */
  readonly scale: number;
  readonly constant: int.Int;
  /** The score at the segment's mean. */
  readonly base: int.Int;
  readonly baseText: string;
  readonly threshold: int.Int;
  readonly terms: readonly CompiledTerm[];
  readonly reasons: readonly CompiledReason[];
  /** The facts that this segment reads. */
  readonly needed: readonly FactReader[];
}

/** Brings one segment to integers of one common scale, so that sums need no rounding and no alignment. */
export function compileSegment(
  constant: Decimal,
  threshold: Decimal,
  terms: readonly TermSpec[],
  readers: ReadonlyMap<string, FactReader>,
): CompiledSegment {
  const parts = terms.map((spec) => {
    const derived = compileTransform(
      spec.transform,
      spec.from.map((name) => readerOf(readers, name)),
    );
    return { spec, derived, liftedScale: Math.max(derived.scale, spec.mean.scale) };
  });
  const scale = Math.max(
    constant.scale,
    threshold.scale,
    ...parts.map(({ spec, liftedScale }) => spec.coefficient.scale + liftedScale),
  );
  const compiled = parts.map(
    ({ spec, derived, liftedScale }): CompiledTerm => ({
      spec,
      derived,
      facts: spec.from.map((name) => readerOf(readers, name).index),
      lift: int.powerOfTen(liftedScale - derived.scale),
      liftedScale,
      mean: spec.mean.unitsAt(liftedScale),
      factor: spec.coefficient.unitsAt(scale - liftedScale),
      texts: { coefficient: spec.coefficient.toString(), mean: spec.mean.toString() },
    }),
  );
  const base = compiled.reduce(
    (sum, term) => int.add(sum, int.multiply(term.factor, term.mean)),
    constant.unitsAt(scale),
  );
  return {
    scale,
    constant: constant.unitsAt(scale),
    base,
    baseText: int.format(base, scale),
    threshold: threshold.unitsAt(scale),
    terms: compiled,
    reasons: groupByReason(terms),
    needed: [...new Set(terms.flatMap((term) => term.from))].map((name) => readerOf(readers, name)),
  };
}

function groupByReason(terms: readonly TermSpec[]): CompiledReason[] {
  const groups = Map.groupBy(terms.keys(), (place) => terms[place]?.reason ?? '');
  return [...groups].map(([reason, places]) => ({
    reason,
    facts: [...new Set(places.flatMap((place) => terms[place]?.from ?? []))],
    terms: places,
  }));
}

function readerOf(readers: ReadonlyMap<string, FactReader>, name: string): FactReader {
  const reader = readers.get(name);
  if (reader === undefined) throw new RangeError(`no reader for fact ${name}`);
  return reader;
}

function compileTransform(transform: Transform, from: readonly FactReader[]): Derived {
  const [first, second] = from;
  if (first === undefined) throw new RangeError('a transform reads at least one fact');
  const at = first.index;
  switch (transform.kind) {
    case 'identity':
    case 'boolean':
      return {
        scale: first.scale,
        value: (facts) => facts[at] ?? 0,
        range: (low, high) => [low[at] ?? 0, high[at] ?? 0],
      };
    case 'equals':
      return table(at, first, (units) =>
        first.write(units) === transform.value ? Decimal.ONE : Decimal.ZERO,
      );
    case 'choices':
      return table(at, first, (units) => transform.values.get(String(first.write(units))) ?? Decimal.ZERO);
    case 'share':
      return share(transform, first, second ?? first);
    case 'square':
      return square(compileTransform(transform.of, from));
    case 'atLeast':
    case 'atMost':
      return step(transform, compileTransform(transform.of, from));
    case 'bands':
      return bands(transform, compileTransform(transform.of, from));
  }
}

function table(at: number, reader: FactReader, worth: (units: int.Int) => Decimal): Derived {
  const decimals = Array.from({ length: Number(reader.max) + 1 }, (_, units) => worth(units));
  const scale = Math.max(...decimals.map((value) => value.scale));
  const values = decimals.map((value) => value.unitsAt(scale));
  return {
    scale,
    value: (facts) => values[Number(facts[at])] ?? 0,
    range(low, high) {
      const among = values.slice(Number(low[at]), Number(high[at]) + 1);
      return [among.reduce(int.least), among.reduce(int.greatest)];
    },
  };
}

function square(of: Derived): Derived {
  return {
    scale: of.scale * 2,
    value(facts) {
      const value = of.value(facts);
      return int.multiply(value, value);
    },
    range(low, high) {
      const [from, to] = of.range(low, high);
      const [a, b] = [int.multiply(from, from), int.multiply(to, to)];
      return [from <= 0 && to >= 0 ? 0 : int.least(a, b), int.greatest(a, b)];
    },
  };
}

function share(transform: Transform & { kind: 'share' }, part: FactReader, whole: FactReader): Derived {
  const scale = Math.max(transform.decimals, transform.whenZero.scale);
  const whenZero = transform.whenZero.unitsAt(scale);
  const lift = int.powerOfTen(scale - transform.decimals);
  const shift = transform.decimals + whole.scale - part.scale;
  const [up, down] = [int.powerOfTen(Math.max(shift, 0)), int.powerOfTen(Math.max(-shift, 0))];
  const divide = (a: int.Int, b: int.Int) =>
    int.multiply(int.divideHalfEven(int.multiply(a, up), int.multiply(b, down)), lift);
  return {
    scale,
    value(facts) {
      const [a, b] = [facts[part.index] ?? 0, facts[whole.index] ?? 0];
      return b === 0 ? whenZero : divide(a, b);
    },
    range(low, high) {
      const [fromA, toA] = [low[part.index] ?? 0, high[part.index] ?? 0];
      const [fromB, toB] = [low[whole.index] ?? 0, high[whole.index] ?? 0];
      const ends: int.Int[] = fromB === 0 ? [whenZero] : [];
      if (toB > 0) {
        for (const a of [fromA, toA]) for (const b of [int.greatest(fromB, 1), toB]) ends.push(divide(a, b));
      }
      return [ends.reduce(int.least), ends.reduce(int.greatest)];
    },
  };
}

function step(transform: Transform & { kind: 'atLeast' | 'atMost' }, of: Derived): Derived {
  const scale = Math.max(of.scale, transform.value.scale);
  const lift = int.powerOfTen(scale - of.scale);
  const edge = transform.value.unitsAt(scale);
  const rises = transform.kind === 'atLeast';
  const holds = (value: int.Int) =>
    (rises ? int.multiply(value, lift) >= edge : int.multiply(value, lift) <= edge) ? 1 : 0;
  return {
    scale: 0,
    value: (facts) => holds(of.value(facts)),
    range(low, high) {
      const [from, to] = of.range(low, high);
      return rises ? [holds(from), holds(to)] : [holds(to), holds(from)];
    },
  };
}

function bands(transform: Transform & { kind: 'bands' }, of: Derived): Derived {
  const edges = transform.bands.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]));
  const edgeScale = Math.max(of.scale, ...edges.map((edge) => edge.scale));
  const lift = int.powerOfTen(edgeScale - of.scale);
  const limits = edges.map((edge) => edge.unitsAt(edgeScale));
  const scale = Math.max(...transform.bands.map(({ value }) => value.scale));
  const values = transform.bands.map(({ value }) => value.unitsAt(scale));
  const place = (value: int.Int) => {
    const lifted = int.multiply(value, lift);
    let index = 0;
    while (index < limits.length && lifted > (limits[index] ?? 0)) index++;
    return index;
  };
  return {
    scale,
    value: (facts) => values[place(of.value(facts))] ?? 0,
    range(low, high) {
      const [from, to] = of.range(low, high);
      const among = values.slice(place(from), place(to) + 1);
      return [among.reduce(int.least), among.reduce(int.greatest)];
    },
  };
}
