/**
 * Where a value goes, as a step function: value x lies in segment k = number of `edges` ≤ x, and goes left when
 * `left[k]`. Missing values go by `missingLeft`.
 */
export interface Split {
  readonly feature: number;
  readonly edges: readonly number[];
  readonly left: readonly boolean[];
  readonly missingLeft: boolean;
}

/** Left when x < threshold. */
export function below(feature: number, threshold: number, missingLeft: boolean): Split {
  return { feature, edges: [threshold], left: [true, false], missingLeft };
}

/** Left when x ≤ threshold. */
export function atMost(feature: number, threshold: number, missingLeft: boolean): Split {
  return below(feature, nextUp(threshold), missingLeft);
}

/** Left or right when the value, truncated to an integer, is one of `categories`; anything else goes the other way. */
export function oneOf(
  feature: number,
  categories: Iterable<number>,
  inGoesLeft: boolean,
  missingLeft: boolean,
): Split {
  const sorted = [...new Set(categories)].sort((a, b) => a - b);
  const edges: number[] = [];
  const left = [!inGoesLeft];
  for (const category of sorted) {
    if (edges.at(-1) === category) {
      edges.pop();
      left.pop();
    } else {
      edges.push(category);
    }
    if (left.length < edges.length + 1) left.push(inGoesLeft);
    edges.push(category + 1);
    left.push(!inGoesLeft);
  }
  return { feature, edges, left, missingLeft };
}

/** The step function that agrees with `goesLeft` everywhere, given all places where it may change. */
export function stepsOf(
  feature: number,
  edges: readonly number[],
  goesLeft: (x: number) => boolean,
  missingLeft: boolean,
): Split {
  const sorted = [...new Set(edges)].sort((a, b) => a - b);
  return {
    feature,
    edges: sorted,
    left: [goesLeft(Number.NEGATIVE_INFINITY), ...sorted.map(goesLeft)],
    missingLeft,
  };
}

const bits = new DataView(new ArrayBuffer(8));

/** The least double above x. */
export function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  if (x === Number.POSITIVE_INFINITY || Number.isNaN(x)) return x;
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
