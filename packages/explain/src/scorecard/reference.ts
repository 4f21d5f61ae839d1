import type { Facts, FactValue, ScorecardModel, SegmentSpec, TermSpec, Transform } from './model.ts';

/** An exact decimal as (digits, number of decimals): its own small arithmetic, on purpose not shared with the fast path. */
export type Exact = readonly [digits: bigint, decimals: number];

export function exact(text: string): Exact {
  const point = text.indexOf('.');
  if (point < 0) return [BigInt(text), 0];
  return [BigInt(text.slice(0, point) + text.slice(point + 1)), text.length - point - 1];
}

const TENS: readonly bigint[] = Array.from({ length: 64 }, (_, power) => 10n ** BigInt(power));

function digitsAt([digits, decimals]: Exact, wanted: number): bigint {
  return wanted === decimals
    ? digits
    : digits * (TENS[wanted - decimals] ?? 10n ** BigInt(wanted - decimals));
}

export function plus(a: Exact, b: Exact): Exact {
  const decimals = Math.max(a[1], b[1]);
  return [digitsAt(a, decimals) + digitsAt(b, decimals), decimals];
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, [-b[0], b[1]]);
}

export function times(a: Exact, b: Exact): Exact {
  return [a[0] * b[0], a[1] + b[1]];
}

export function sign(a: Exact): -1 | 0 | 1 {
  return a[0] < 0n ? -1 : a[0] > 0n ? 1 : 0;
}

/** a / b to `decimals`, halves to even, by doubling and flooring. */
function quotient(a: Exact, b: Exact, decimals: number): Exact {
  const shared = Math.max(a[1], b[1]);
  const top = 2n * digitsAt(a, shared) * 10n ** BigInt(decimals);
  const bottom = digitsAt(b, shared);
  const halves = floor(top, bottom);
  const exactHalf = halves * bottom === top && halves % 2n !== 0n;
  const up = floor(halves + 1n, 2n);
  return [exactHalf && up % 2n !== 0n ? up - 1n : up, decimals];
}

function floor(a: bigint, b: bigint): bigint {
  const whole = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? whole - 1n : whole;
}

export function plain([digits, decimals]: Exact): string {
  if (decimals === 0) return digits.toString();
  const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
  let end = decimals;
  while (end > 0 && text[text.length - decimals + end - 1] === '0') end--;
  const shown =
    text.slice(0, text.length - decimals) +
    (end === 0 ? '' : `.${text.slice(-decimals, text.length - decimals + end)}`);
  return digits < 0n ? `-${shown}` : shown;
}

/** The derived value, straight from the declaration. */
export function derive(transform: Transform, from: readonly FactValue[]): Exact {
  const [first, second] = from;
  const yes = (condition: boolean): Exact => [condition ? 1n : 0n, 0];
  switch (transform.kind) {
    case 'identity':
      return exact(String(first));
    case 'boolean':
      return yes(first === true);
    case 'equals':
      return yes(first === transform.value);
    case 'choices':
      return exact(String(transform.values.get(String(first))));
    case 'share': {
      const whole = exact(String(second));
      return sign(whole) === 0
        ? exact(String(transform.whenZero))
        : quotient(exact(String(first)), whole, transform.decimals);
    }
    case 'square': {
      const value = derive(transform.of, from);
      return times(value, value);
    }
    case 'atLeast':
      return yes(sign(minus(derive(transform.of, from), exact(String(transform.value)))) >= 0);
    case 'atMost':
      return yes(sign(minus(derive(transform.of, from), exact(String(transform.value)))) <= 0);
    case 'bands': {
      const value = derive(transform.of, from);
      const band = transform.bands.find(
        ({ upTo }) => upTo === null || sign(minus(value, exact(String(upTo)))) <= 0,
      );
      return exact(String(band?.value));
    }
  }
}

/** A term's numbers as the declaration states them, read once. */
export interface Stated {
  readonly term: TermSpec;
  readonly coefficient: Exact;
  readonly mean: Exact;
  /** coefficient × mean */
  readonly atMean: Exact;
  readonly texts: { readonly coefficient: string; readonly mean: string };
}

const statedTerms = new WeakMap<SegmentSpec, readonly Stated[]>();

export function statedOf(segment: SegmentSpec): readonly Stated[] {
  let stated = statedTerms.get(segment);
  if (stated === undefined) {
    stated = segment.terms.map((term) => {
      const [coefficient, mean] = [exact(String(term.coefficient)), exact(String(term.mean))];
      const texts = { coefficient: plain(coefficient), mean: plain(mean) };
      return { term, coefficient, mean, atMean: times(coefficient, mean), texts };
    });
    statedTerms.set(segment, stated);
  }
  return stated;
}

export function segmentOf(model: ScorecardModel, facts: Facts): SegmentSpec {
  const name = model.segmentBy === null ? [...model.segments.keys()][0] : facts[model.segmentBy];
  const segment = model.segments.get(String(name));
  if (segment === undefined) throw new RangeError('facts select no segment');
  return segment;
}

/** The outcome that an exact score has. */
export function outcomeOf(model: ScorecardModel, score: Exact): string {
  const above = sign(minus(score, exact(String(model.threshold)))) > 0;
  return above ? model.outcomes.above : model.outcomes.atMost;
}

export function valuesOf(from: readonly string[], facts: Facts): FactValue[] {
  return from.map((name) => facts[name] ?? '');
}
