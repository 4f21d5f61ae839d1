import { FairnessError } from '../error.ts';
import type { Count } from './interval.ts';
import type { Stratum } from './mantel-haenszel.ts';
import { logSum, logWeights } from './noncentral-hypergeometric.ts';

/** Logarithms of odds ratios beyond the tolerated one over which evidence is mixed, with half-normal weights. */
const BEYOND = Array.from({ length: 20 }, (_, at) => (at + 1) / 10);
const SPREAD = 0.7;
const WEIGHTS = normalized(BEYOND.map((x) => (-x * x) / (2 * SPREAD * SPREAD)));

/** The odds of a rate that is no more than this far from certainty. */
const MOST = 0.999;

/**
 * Evidence that a group's rate exceeds that of its comparison by more than a tolerance, gathered over periods and strata:
 * an e-process. As long as the group keeps the tolerance in every period and stratum, the chance that the value *ever*
 * exceeds 1/α is at most α, at whatever looks; the common level may move as it likes.
 *
 * Exact for any whole counts. Each period and stratum enters by the likelihood of the group's successes given the margins
 * (Fisher's noncentral hypergeometric), as the ratio of an odds ratio beyond the tolerated one to the tolerated one
 * itself; as that family has monotone likelihood ratios, the expectation is at most 1 under every smaller odds ratio too.
 *
 * The tolerance is given in rates. What it means as an odds ratio follows from the comparison's rate in the periods
 * *before*, stratum by stratum; the first period of a stratum therefore only sets the level.
 *
 * A change may come late, after long evidence to the contrary. `restart` adds a point from which evidence is gathered
 * anew: the value is a mixture over all such points, the k-th with weight 1/(k(k + 1)), so restarting costs a factor and
 * no validity.
 *
 * Source: Ramdas, Grünwald, Vovk & Shafer, Statistical Science 38 (2023) 576–601 (e-processes, mixtures, composite
 * nulls); R. A. Fisher, JRSS 98 (1935) 39–82 (conditional likelihood); Shin, Ramdas & Rinaldo, NEJSDS 2 (2024) 229–260
 * (mixtures over change points).
 */
export class ExcessEvidence {
  readonly #tolerance: number;
  readonly #starts: number[][] = [[...WEIGHTS]];
  #before: Count[] = [];

  /** @param tolerance largest tolerated excess of the rate, from 0 to less than 1 */
  constructor(tolerance: number) {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new FairnessError('bad-input', `${tolerance} is no tolerance`, {
        mend: 'Give a number from 0 to less than 1, such as 0.05 for five points',
      });
    }
    this.#tolerance = tolerance;
  }

  /** From the next period on, evidence is gathered anew beside what there is. */
  restart(): void {
    this.#starts.push([...WEIGHTS]);
  }

  /** Takes one period for its level only: nothing is held against anybody. */
  observe(strata: readonly Stratum[]): void {
    strata.forEach(({ reference }, at) => {
      const before = this.#before[at];
      this.#before[at] = {
        successes: (before?.successes ?? 0) + reference.successes,
        total: (before?.total ?? 0) + reference.total,
      };
    });
  }

  /**
   * From the next period on, the comparison is another: its level is that of these periods alone. What it is must follow
   * from the periods before.
   */
  compareWith(periods: readonly (readonly Stratum[])[]): void {
    this.#before = [];
    for (const strata of periods) this.observe(strata);
  }

  /** Adds one period, its strata always in the same order, and gives the e-value reached. */
  add(strata: readonly Stratum[]): number {
    const gained = BEYOND.map(() => 0);
    strata.forEach(({ group, reference }, at) => {
      checkWhole(group, reference);
      const before = this.#before[at];
      const tolerated = before === undefined ? undefined : this.#toleratedOdds(before);
      if (tolerated === undefined || group.total === 0 || reference.total === 0) return;
      const base = logWeights(group, reference, tolerated);
      BEYOND.forEach((more, odds) => {
        gained[odds] =
          (gained[odds] as number) +
          more * group.successes +
          base -
          logWeights(group, reference, tolerated + more);
      });
    });
    this.observe(strata);
    for (const logs of this.#starts)
      gained.forEach((gain, odds) => {
        logs[odds] = (logs[odds] as number) + gain;
      });
    return this.value;
  }

  get value(): number {
    const begun = this.#starts.length;
    return this.#starts.reduce(
      (sum, logs, at) => sum + Math.exp(logSum(logs)) / ((at + 1) * (at + 2)),
      1 / (begun + 1),
    );
  }

  /** Logarithm of the tolerated odds ratio; `undefined` where no rate could exceed the tolerance. */
  #toleratedOdds({ successes, total }: Count): number | undefined {
    if (total === 0) return undefined;
    const level = (successes + 0.5) / (total + 1);
    const limit = level + this.#tolerance;
    return limit >= MOST ? undefined : logOdds(limit) - logOdds(level);
  }
}

function checkWhole(...counts: readonly Count[]): void {
  for (const { successes, total } of counts) {
    if (
      Number.isSafeInteger(successes) &&
      Number.isSafeInteger(total) &&
      successes >= 0 &&
      successes <= total
    )
      continue;
    throw new FairnessError('bad-input', `${successes} of ${total} is no whole count`, {
      mend: 'Give the unweighted counts of a period',
    });
  }
}

function normalized(logs: readonly number[]): readonly number[] {
  const all = logSum(logs);
  return logs.map((log) => log - all);
}

function logOdds(p: number): number {
  return Math.log(p / (1 - p));
}
