import { FairnessError } from '../error.ts';
import type { Count } from './interval.ts';
import { logSum, logWeights } from './noncentral-hypergeometric.ts';

const LOG_ODDS = Array.from({ length: 41 }, (_, at) => (at - 20) / 10);
const SPREAD = 0.7;

/**
 * Evidence that the odds of two groups differ, gathered over periods: an e-process. Its value at any look, whenever
 * chosen, exceeds 1/α with probability at most α when there is no difference *within* any period; the common rate may
 * move from period to period as it likes. Exact for any counts: each period enters by the likelihood of the first
 * group's successes given the period's margins (Fisher's noncentral hypergeometric), mixed over odds ratios from e⁻² to
 * e² with discrete normal weights (standard deviation 0.7).
 *
 * Source: Ramdas, Grünwald, Vovk & Shafer, Statistical Science 38 (2023) 576–601 (e-processes, mixtures); R. A. Fisher,
 * JRSS 98 (1935) 39–82 (conditional likelihood).
 */
export class OddsEvidence {
  readonly #logs = LOG_ODDS.map((x) => (-x * x) / (2 * SPREAD * SPREAD));

  constructor() {
    const all = logSum(this.#logs);
    this.#logs.forEach((log, at) => {
      this.#logs[at] = log - all;
    });
  }

  /** Adds one period's whole counts and gives the e-value reached. */
  add(first: Count, second: Count): number {
    for (const n of [first.successes, first.total, second.successes, second.total]) {
      if (Number.isSafeInteger(n) && n >= 0) continue;
      throw new FairnessError('bad-input', `${n} is no whole count`, {
        mend: 'Give the unweighted counts of a period',
      });
    }
    const base = logWeights(first, second, 0);
    LOG_ODDS.forEach((odds, at) => {
      this.#logs[at] =
        (this.#logs[at] as number) + odds * first.successes + base - logWeights(first, second, odds);
    });
    return this.value;
  }

  get value(): number {
    return Math.exp(logSum(this.#logs));
  }
}
