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
  | { readonly kind: 'softplus' };

/** Predictions per row: as many as outputs, or 1 for `largest`. */
export function predictionsPerRow(link: Link, outputs: number): number {
  return link.kind === 'largest' ? 1 : outputs;
}

/** Applies the link to margins (rows × outputs); gives rows × predictionsPerRow. */
export function predictionsOf(link: Link, margins: Float64Array, outputs: number): Float64Array {
  if (link.kind === 'softmax') return softmax(margins, outputs);
  if (link.kind === 'largest') return largest(margins, outputs);
  return margins.map(elementwise(link));
}

function elementwise(link: Exclude<Link, { kind: 'softmax' | 'largest' }>): (margin: number) => number {
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
