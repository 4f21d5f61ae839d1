export interface Counts {
  readonly successes: number;
  readonly total: number;
}

/** Whether one share is larger than the other. */
export function excess(own: Counts, others: Counts): boolean {
  return own.successes * others.total > others.successes * own.total;
}

/**
 * One-sided exact p-value for "this share is larger than that one" given both margins: the hypergeometric probability of as many
 * successes or more. Never below its level when the shares are equal.
 *
 * Source: Fisher, Statistical Methods for Research Workers (1934), section 21.02.
 */
export function exactExcess(own: Counts, others: Counts): number {
  const successes = own.successes + others.successes;
  const total = own.total + others.total;
  const most = Math.min(own.total, successes);
  const all = choose(total, own.total);
  let p = 0;
  for (let k = own.successes; k <= most; k++) {
    p += Math.exp(choose(successes, k) + choose(total - successes, own.total - k) - all);
  }
  return Math.min(1, p);
}

const factorials: number[] = [0];

/** Logarithm of n!, summed once. */
function factorial(n: number): number {
  for (let i = factorials.length; i <= n; i++) factorials.push((factorials[i - 1] as number) + Math.log(i));
  return factorials[n] as number;
}

function choose(n: number, k: number): number {
  return k < 0 || k > n ? Number.NEGATIVE_INFINITY : factorial(n) - factorial(k) - factorial(n - k);
}
