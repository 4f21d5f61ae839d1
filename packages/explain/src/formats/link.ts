/** How margins become predictions. */
export type Link =
  | { readonly kind: 'identity' }
  /** 1 / (1 + exp(−slope × margin)), each output by itself */
  | { readonly kind: 'logistic'; readonly slope: number }
  | { readonly kind: 'softmax' }
  /** the number of the largest margin, one prediction per row */
  | { readonly kind: 'largest' }
  | { readonly kind: 'exp' }
  /** 1 when the margin is above 0, else 0 */
  | { readonly kind: 'positive' }
  /** sign(margin) × margin² */
  | { readonly kind: 'signed-square' }
  /** log(1 + exp(margin)) */
  | { readonly kind: 'softplus' }
  /** two predictions from one margin: [1 − margin, margin], its probabilities, or [−margin, margin] */
  | { readonly kind: 'both'; readonly of: 'probability' | 'logistic' | 'score' }
  /** another link, then divided by the row's sum of absolute values or by its Euclidean length */
  | { readonly kind: 'normalized'; readonly norm: 'L1' | 'L2'; readonly of: Link };

/** Predictions per row: as many as outputs, or 1 for `largest`. */
export function predictionsPerRow(link: Link, outputs: number): number {
  if (link.kind === 'normalized') return predictionsPerRow(link.of, outputs);
  if (link.kind === 'both') return 2;
  return link.kind === 'largest' ? 1 : outputs;
}

/** Applies the link to margins (rows × outputs); gives rows × predictionsPerRow. */
export function predictionsOf(link: Link, margins: Float64Array, outputs: number): Float64Array {
  if (link.kind === 'softmax') return softmax(margins, outputs);
  if (link.kind === 'largest') return largest(margins, outputs);
  if (link.kind === 'both') return both(link.of, margins);
  if (link.kind === 'normalized') {
    return normalized(
      link.norm,
      predictionsOf(link.of, margins, outputs),
      predictionsPerRow(link.of, outputs),
    );
  }
  return margins.map(elementwise(link));
}

function elementwise(
  link: Exclude<Link, { kind: 'softmax' | 'largest' | 'both' | 'normalized' }>,
): (margin: number) => number {
  switch (link.kind) {
    case 'identity':
      return (margin) => margin;
    case 'logistic':
      return (margin) => 1 / (1 + Math.exp(-link.slope * margin));
    case 'exp':
      return Math.exp;
    case 'positive':
      return (margin) => (margin > 0 ? 1 : 0);
    case 'signed-square':
      return (margin) => Math.sign(margin) * margin * margin;
    case 'softplus':
      return (margin) => Math.log1p(Math.exp(margin));
  }
}

function both(of: 'probability' | 'logistic' | 'score', margins: Float64Array): Float64Array {
  const result = new Float64Array(2 * margins.length);
  margins.forEach((margin, row) => {
    const second = of === 'logistic' ? 1 / (1 + Math.exp(-margin)) : margin;
    result[2 * row] = of === 'score' ? -second : of === 'logistic' ? 1 / (1 + Math.exp(margin)) : 1 - second;
    result[2 * row + 1] = second;
  });
  return result;
}

function normalized(norm: 'L1' | 'L2', values: Float64Array, width: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    const size = norm === 'L1' ? row.reduce((sum, value) => sum + Math.abs(value), 0) : Math.hypot(...row);
    for (let i = 0; i < width; i++)
      result[at + i] = size === 0 ? (row[i] as number) : (row[i] as number) / size;
  }
  return result;
}

function softmax(margins: Float64Array, outputs: number): Float64Array {
  const result = new Float64Array(margins.length);
  for (let at = 0; at < margins.length; at += outputs) {
    const row = margins.subarray(at, at + outputs);
    const top = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, margin) => total + Math.exp(margin - top), 0);
    for (let output = 0; output < outputs; output++)
      result[at + output] = Math.exp((row[output] as number) - top) / sum;
  }
  return result;
}

function largest(margins: Float64Array, outputs: number): Float64Array {
  return Float64Array.from({ length: margins.length / outputs }, (_, row) => {
    const own = margins.subarray(row * outputs, (row + 1) * outputs);
    return own.indexOf(Math.max(...own));
  });
}
