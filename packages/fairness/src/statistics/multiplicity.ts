/**
 * Holm's adjusted p-values: reject those at most α and the chance of *any* false rejection is at most α, whatever the
 * dependence.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  let most = 0;
  return adjust(pValues, ascending(pValues), (p, rank) => {
    most = Math.max(most, (pValues.length - rank) * p);
    return most;
  });
}

/**
 * Benjamini–Hochberg adjusted p-values: the expected share of false ones among the rejected is at most α for
 * independent or positively dependent tests.
 *
 * Source: Benjamini & Hochberg, JRSS B 57 (1995) 289–300.
 */
export function benjaminiHochberg(pValues: readonly number[]): readonly number[] {
  return stepUp(pValues, 1);
}

/**
 * Benjamini–Yekutieli adjusted p-values: as {@link benjaminiHochberg}, under any dependence.
 *
 * Source: Benjamini & Yekutieli, Annals of Statistics 29 (2001) 1165–1188.
 */
export function benjaminiYekutieli(pValues: readonly number[]): readonly number[] {
  return stepUp(
    pValues,
    pValues.reduce((sum, _, at) => sum + 1 / (at + 1), 0),
  );
}

function stepUp(pValues: readonly number[], factor: number): readonly number[] {
  let least = 1;
  return adjust(pValues, ascending(pValues).reverse(), (p, at) => {
    least = Math.min(least, (factor * p * pValues.length) / (pValues.length - at));
    return least;
  });
}

function ascending(pValues: readonly number[]): number[] {
  return pValues.map((_, at) => at).sort((a, b) => (pValues[a] as number) - (pValues[b] as number) || a - b);
}

function adjust(
  pValues: readonly number[],
  order: readonly number[],
  to: (p: number, rank: number) => number,
): readonly number[] {
  const adjusted: number[] = new Array(pValues.length).fill(1);
  order.forEach((at, rank) => {
    adjusted[at] = Math.min(1, to(pValues[at] as number, rank));
  });
  return adjusted;
}
