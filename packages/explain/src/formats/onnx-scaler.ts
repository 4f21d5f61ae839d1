import { nextUp, type Split } from '../forest/split.ts';

/** x ↦ (x − offset) × scale, in float32 as ai.onnx.ml.Scaler computes it. */
export interface Scaling {
  readonly offset: number;
  readonly scale: number;
}

function scaled({ offset, scale }: Scaling, x: number): number {
  return Math.fround(Math.fround(x - offset) * scale);
}

/**
 * The split on the value before a chain of scalings that decides exactly as `split` does after it: every edge becomes the
 * least float32 that the chain brings to it or beyond, found by bisection over the float32 numbers.
 */
export function beforeScaling(split: Split, chain: readonly Scaling[]): Split {
  if (chain.length === 0) return split;
  const run = (x: number) => chain.reduce((value, scaling) => scaled(scaling, value), x);
  const direction = chain.reduce((sign, { scale }) => sign * Math.sign(scale), 1);
  if (direction === 0) {
    const value = run(0);
    const segment = split.edges.filter((edge) => edge <= value).length;
    return { ...split, edges: [], left: [split.left[segment] === true] };
  }
  const edges = split.edges.map((edge) =>
    direction > 0 ? leastWith((x) => run(x) >= edge) : leastWith((x) => run(x) < edge),
  );
  return direction > 0
    ? { ...split, edges }
    : { ...split, edges: edges.toReversed(), left: split.left.toReversed() };
}

const LAST = 0x7f7fffff;
const bits = new DataView(new ArrayBuffer(4));

/** The float32 numbers in order, numbered from −LAST to LAST. */
function float32At(place: number): number {
  bits.setInt32(0, Math.abs(place));
  return place < 0 ? -bits.getFloat32(0) : bits.getFloat32(0);
}

/** The least float32 for which a condition that holds from some number on holds; just above the greatest if it never does. */
function leastWith(condition: (x: number) => boolean): number {
  let low = -LAST;
  let high = LAST + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (condition(float32At(middle))) high = middle;
    else low = middle + 1;
  }
  return low > LAST ? nextUp(float32At(LAST)) : float32At(low);
}
