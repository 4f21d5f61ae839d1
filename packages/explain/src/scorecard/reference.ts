import type { Facts, FactValue, ScorecardModel, SegmentSpec, Transform } from './model.ts';

/** An exact decimal as (digits, number of decimals): its own small arithmetic, on purpose not shared with the fast path. */
export type Exact = readonly [digits: bigint, decimals: number];

export function exact(text: string): Exact {
  const [whole = '', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), fraction.length];
}

function digitsAt([digits, decimals]: Exact, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - decimals);
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
  const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals).replace(/0+$/, '');
  return (digits < 0n ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`);
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

export function segmentOf(model: ScorecardModel, facts: Facts): SegmentSpec | undefined {
  if (model.segmentBy !== null) return model.segments.get(String(facts[model.segmentBy]));
  return [...model.segments.values()][0];
}

/** The score and outcome of checked facts, straight from the declaration. */
export function replay(model: ScorecardModel, facts: Facts): { score: Exact; outcome: string } {
  const segment = segmentOf(model, facts);
  if (segment === undefined) throw new RangeError('facts select no segment');
  const score = segment.terms.reduce(
    (sum, term) =>
      plus(sum, times(exact(String(term.coefficient)), derive(term.transform, valuesOf(term.from, facts)))),
    exact(String(segment.constant)),
  );
  const above = sign(minus(score, exact(String(model.threshold)))) > 0;
  return { score, outcome: above ? model.outcomes.above : model.outcomes.atMost };
}

export function valuesOf(from: readonly string[], facts: Facts): FactValue[] {
  return from.map((name) => facts[name] ?? '');
}
