/** Largest |bias + Σ values − margin| over rows and outputs; `values` has `features` entries for each margin. */
export function largestGap(
  values: Float64Array,
  bias: Float64Array,
  margin: Float64Array,
  features: number,
): number {
  let gap = 0;
  for (let place = 0; place < margin.length; place++) {
    let sum = bias[place % bias.length] as number;
    for (let i = place * features; i < (place + 1) * features; i++) sum += values[i] as number;
    gap = Math.max(gap, Math.abs(sum - (margin[place] as number)));
  }
  return gap;
}
